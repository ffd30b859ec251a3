using CallTracking.Contracts;
using CallTracking.Mapping.Targets;
using CallTracking.Mapping.Values;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using YamlDotNet.RepresentationModel;

namespace CallTracking.Mapping.Spec;

/// <summary>Reads what fills one field of the contract, by the field's type, and compiles it.</summary>
internal sealed class ValueParser(MappingScope scope, TargetPath path, MessageDescriptor root)
{
    private readonly NumberRules _numbers = new(scope.Culture);

    public Binding? FromColumns(IReadOnlyList<YamlScalarNode> columns)
    {
        if (path.Kind == TargetKind.Money || IsCsat)
        {
            scope.Faults.Add(columns[0], $"'{path.Text}' needs more than a column.", IsCsat ? "Write {from: column, scale: [1, 5]}." : "Write {from: column, currency: EUR}.");
            return null;
        }

        var source = SourceParser.Plain(columns, scope);
        var times = scope.IsoTimes;
        return path.Kind switch
        {
            TargetKind.Text or TargetKind.Personal when path.IsRepeated => new RepeatedBinding(path.Text, source, null, Setter<string>()),
            TargetKind.Text or TargetKind.Personal when IsCountry => Scalar<string>(source, Conversions.Country),
            TargetKind.Text or TargetKind.Personal => new TextBinding(path.Text, source, Setter<string>()),
            TargetKind.Enum => Scalar<int>(source, EnumNames.Of(path.Leaf.EnumType).Convert),
            TargetKind.Time => Scalar<CaseTime>(source, (text, out time) => times.ToCaseTime(text, isDerived: false, out time)),
            TargetKind.Number => Scalar<double>(source, _numbers.ToDouble),
            TargetKind.Integer => Scalar(source, Ranged(_numbers)),
            TargetKind.Size => Scalar<ulong>(source, ToSize),
            TargetKind.Flag => Scalar<bool>(source, Conversions.Flag),
            _ => throw new System.Diagnostics.UnreachableException(path.Kind.ToString()),
        };
    }

    public Binding? FromMap(YamlMap map)
    {
        if (map.Has("const"))
        {
            return Constant(map);
        }

        if (map.Has("detect") && IsLanguage)
        {
            return LanguageParser.Parse(map, scope, path, Setter<string>());
        }

        return path.Kind switch
        {
            TargetKind.Text or TargetKind.Personal when path.IsRepeated => Repeated(map),
            TargetKind.Text or TargetKind.Personal => Text(map),
            TargetKind.Enum => Build<int>(map, EnumNames.Of(path.Leaf.EnumType).Convert),
            TargetKind.Time => Time(map),
            TargetKind.Number when IsCsat => Csat(map),
            TargetKind.Number => Build<double>(map, LocalNumbers(map).ToDouble),
            TargetKind.Integer => Build(map, Ranged(LocalNumbers(map))),
            TargetKind.Size => Build<ulong>(map, ToSize),
            TargetKind.Flag => Build<bool>(map, Conversions.Flag),
            TargetKind.Money => Money(map),
            _ => throw new System.Diagnostics.UnreachableException(path.Kind.ToString()),
        };
    }

    private Conversion<string> TextConversion => IsCountry ? Conversions.Country : Conversions.Text;

    private bool IsCountry => path.Leaf.Name.EndsWith("country", StringComparison.Ordinal);

    private bool IsLanguage => path.Leaf.FullName == "calltracking.v1.Case.language";

    private bool IsCsat => path.Leaf.FullName == "calltracking.v1.Satisfaction.csat";

    private Binding? Constant(YamlMap map)
    {
        var word = map.TakeScalar("const");
        if (word is null)
        {
            return null;
        }

        return path.Kind switch
        {
            TargetKind.Text or TargetKind.Personal => Fixed(word, TextConversion),
            TargetKind.Enum => Fixed<int>(word, EnumNames.Of(path.Leaf.EnumType).Convert),
            TargetKind.Number when !IsCsat => Fixed<double>(word, Conversions.Number),
            TargetKind.Integer => Fixed<int>(word, Conversions.Integer),
            TargetKind.Flag => Fixed<bool>(word, Conversions.Flag),
            _ => NoConstant(word),
        };
    }

    private Binding? NoConstant(YamlScalarNode word)
    {
        scope.Faults.Add(word, $"'{path.Text}' cannot be the same in every case.", "Write from: column.");
        return null;
    }

    private ConstantBinding<T>? Fixed<T>(YamlScalarNode word, Conversion<T> convert) =>
        TableParser.TryConvert(scope, path, word, convert, out var value) ? new ConstantBinding<T>(path.Text, value, Setter<T>()) : null;

    private RepeatedBinding? Repeated(YamlMap map)
    {
        var table = TableParser.Parse<string>(map, scope, path, Conversions.Text);
        return SourceParser.Source(map, scope) is { } source ? new RepeatedBinding(path.Text, source, table, Setter<string>()) : null;
    }

    private ScalarBinding<string>? Text(YamlMap map)
    {
        if (!map.Has("format"))
        {
            return Build(map, TextConversion);
        }

        var times = TimeParser.Parse(map, scope);
        return Build<string>(map, times.ToIsoDate);
    }

    private ScalarBinding<CaseTime>? Time(YamlMap map)
    {
        var times = TimeParser.Parse(map, scope);
        var isDerived = map.TakeFlag("derived", false);
        var source = SourceParser.Source(map, scope);
        if (source is null)
        {
            return null;
        }

        Conversion<CaseTime> convert = (text, out time) => times.ToCaseTime(text, isDerived, out time);
        TableParser.CheckLookup(source, scope, path, convert);
        return Scalar(source, convert);
    }

    private ScalarBinding<double>? Csat(YamlMap map)
    {
        var scale = CsatScale.Parse(map, scope.Faults);
        var read = scale.Read ?? LocalNumbers(map).ToDouble;
        Conversion<double> convert = (text, out value) => read(text, out value) ?? scale.Check(value);
        var set = Setter<double>();
        var setLeast = Sibling("csat_min");
        var setMost = Sibling("csat_max");
        var setScore = Sibling("csat_score");
        return Build(
            map,
            convert,
            (target, value) =>
            {
                set(target, value);
                setLeast(target, Math.Min(scale.Worst, scale.Best));
                setMost(target, Math.Max(scale.Worst, scale.Best));
                setScore(target, scale.ScoreOf(value));
            },
            scale.Words is { } words && !map.Has("values") ? TableOf(words, (int)map.Node.Start.Line) : null);
    }

    private static ValueTable<double> TableOf(IReadOnlyDictionary<string, double?> words, int line) => new(
        words.ToDictionary(word => word.Key, word => new TableAnswer<double>(word.Value is not null, word.Value ?? 0)), unknown: null, ignoreCase: true, line);

    private Action<IMessage, double> Sibling(string name)
    {
        var field = path.Leaf.ContainingType.FindFieldByName(name);
        return TargetSetter.Compile<double>(root, path with { Steps = [.. path.Steps.SkipLast(1), field] });
    }

    private MoneyBinding? Money(YamlMap map)
    {
        var numbers = LocalNumbers(map);
        var currency = map.Take("currency");
        ValueSource? currencySource = null;
        var constant = string.Empty;
        switch (currency)
        {
            case YamlScalarNode { Value.Length: 3 } code:
                constant = code.Value!;
                break;
            case YamlMappingNode mapping:
                var from = new YamlMap(mapping, scope.Faults);
                constant = from.TakeText("default") ?? string.Empty;
                currencySource = SourceParser.Source(from, scope);
                from.RejectUnknown();
                break;
            default:
                map.Wants("currency", "An amount has a currency.", "Write currency: EUR, or currency: {from: column}.");
                break;
        }

        var amounts = SourceParser.Source(map, scope);
        TableParser.CheckLookup(amounts, scope, path, (CellText text, out decimal value) => numbers.ToAmount(text, constant, out value));
        return amounts is { } amount
            ? new MoneyBinding(path.Text, amount, currencySource, constant, numbers, Setter<Money>())
            : null;
    }

    private Conversion<int> Ranged(NumberRules numbers)
    {
        if (path.Leaf.FullName != "calltracking.v1.Satisfaction.nps")
        {
            return numbers.ToInt32;
        }

        return (text, out value) => numbers.ToInt32(text, out value)
            ?? (value is >= 0 and <= 10 ? null : new RowFault(RejectReason.BadValue, "Expected a promoter answer from 0 to 10, got one outside."));
    }

    private NumberRules LocalNumbers(YamlMap map) => NumberParser.Parse(map, scope);

    private ScalarBinding<T>? Build<T>(YamlMap map, Conversion<T> convert, Action<IMessage, T>? set = null, ValueTable<T>? known = null)
    {
        var table = TableParser.Parse(map, scope, path, convert) ?? known;
        TableAnswer<T>? fallback = map.TakeScalar("default") is { } word && TableParser.TryConvert(scope, path, word, convert, out var value)
            ? new TableAnswer<T>(true, value)
            : null;
        var source = SourceParser.Source(map, scope);
        if (table is null)
        {
            TableParser.CheckLookup(source, scope, path, convert);
        }

        return source is null ? null : new ScalarBinding<T>(path.Text, source, table, convert, fallback, set ?? Setter<T>());
    }

    private ScalarBinding<T> Scalar<T>(ValueSource source, Conversion<T> convert) =>
        new(path.Text, source, table: null, convert, fallback: null, Setter<T>());

    private RowFault? ToSize(CellText text, out ulong value)
    {
        var fault = _numbers.ToInt64(text, out var wide);
        value = wide >= 0 ? (ulong)wide : 0;
        return fault ?? (wide >= 0 ? null : new RowFault(RejectReason.BadValue, "Expected a size, got a negative number."));
    }

    private Action<IMessage, T> Setter<T>() => TargetSetter.Compile<T>(root, path);
}
