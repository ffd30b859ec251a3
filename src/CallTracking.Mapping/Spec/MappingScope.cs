using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CallTracking.Mapping.Reading;
using CallTracking.Mapping.Reading.Json;
using CallTracking.Mapping.Shapes;
using CallTracking.Mapping.Values;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CallTracking.Mapping.Spec;

/// <summary>What the parts of a mapping share while it is read: faults, format, zone, culture, the texts' rules, the columns named so far.</summary>
internal sealed record MappingScope(
    FaultLog Faults, RecordFormat Format, ColumnTable Columns, ZoneClock Clock, CultureInfo Culture, TextRules Rules)
{
    private static readonly TimeSpan PatternTime = TimeSpan.FromSeconds(1);

    public static readonly IReadOnlyDictionary<string, NormalizationForm?> Forms = new Dictionary<string, NormalizationForm?>
    {
        ["none"] = null,
        ["NFC"] = NormalizationForm.FormC,
        ["NFKC"] = NormalizationForm.FormKC,
        ["NFD"] = NormalizationForm.FormD,
    };

    public static readonly IReadOnlyDictionary<string, bool> Widths = new Dictionary<string, bool> { ["keep"] = false, ["half"] = true };

    /// <summary>Within the elements of a text: what they are called there.</summary>
    public ElementScope? Element { get; init; }

    /// <summary>Where records are composed of several files or rows.</summary>
    public Composition? Composition { get; init; }

    /// <summary>The names to each array whose elements are read, from the outermost.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Around { get; init; } = [];

    /// <summary>Within one of the files that a record is composed of: a table's column may be written as in the composed record.</summary>
    public bool IsPart { get; init; }

    /// <summary>What was decided of local times that have two readings.</summary>
    public TimeChoices TimeChoices { get; init; }

    /// <summary>Dictionaries that were read for this mapping.</summary>
    public required LookupFiles Lookups { get; init; }

    /// <summary>What becomes of a source that is not what it was.</summary>
    public SourceContract Contract { get; init; } = SourceContract.Open;

    /// <summary>Columns whose values a rule takes for more than a text.</summary>
    public HashSet<string> Typed { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Every path into a record's own tree, as the contract calls it, with the line that first names it.</summary>
    public Dictionary<string, int> Paths { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Every place in a record that the mapping reads or chooses elements by, as names with points, without the brackets of arrays.</summary>
    public HashSet<string> Reads { get; init; } = new(StringComparer.Ordinal);

    /// <summary>What the contract says of the columns named since the use of this number; null in the elements of texts, which have none.</summary>
    public ContractRule? RuleOf(int firstUse, bool isTyped)
    {
        var names = Element is null ? Columns.Uses.Skip(firstUse).Distinct().Select(slot => PlaceOf(Columns.Columns[slot].Name)).ToList() : [];
        if (isTyped)
        {
            Typed.UnionWith(names);
        }

        return names.Count == 0 ? null : new ContractRule(names, names.Select(name => Contract.AnswerTo(ContractChange.Retyped, name)).MaxBy(Severity));
    }

    /// <summary>The rule at a key, with the columns named since the use of this number.</summary>
    public RulePlace PlaceOf(YamlNode key, int firstUse) =>
        new((int)key.Start.Line, [.. Columns.Uses.Skip(firstUse).Distinct().Select(slot => PlaceOf(Columns.Columns[slot].Name))]);

    public int SlotOf(YamlScalarNode name, bool isOptional = false) => SlotOf(name.Value ?? string.Empty, name.Start, isOptional);

    /// <summary>The slot of a column or path; <paramref name="at"/> is where the mapping names it.</summary>
    public int SlotOf(string name, Mark at, bool isOptional)
    {
        if (Element is not null)
        {
            return Element.SlotOf(this, name, at, isOptional);
        }

        JsonPath? path = null;
        if (Format.IsTree)
        {
            path = JsonPath.Parse(name);
            if (path is null)
            {
                Faults.Add(at, $"'{name}' is no path.", "Write names with points: via.channel, comments[0].body, fields[id=7].value.");
                path = JsonPath.Parse("_");
            }
        }
        else if (name.Length == 0)
        {
            Faults.Add(at, "A column has a name.", "Write the name as in the header, in quotes when it has signs that YAML uses.");
        }
        else if (IsPart && JsonPath.Parse(name) is { LevelsUp: 0, Names: [{ } column] })
        {
            name = column;
        }

        if (path is { LevelsUp: 0 } && !IsPart && Composition is null)
        {
            Paths.TryAdd(PlaceOf(name), (int)at.Line);
        }

        if (path is not null && !IsPart)
        {
            NoteReads(path);
        }

        isOptional |= !IsPart && Contract.AnswerTo(ContractChange.Vanished, PlaceOf(name)) == ContractAnswer.DiscardValue;
        var use = new ColumnRef(name, (int)at.Line, (int)at.Column, path) { IsOptional = isOptional };
        Composition?.Note(path!, Around, use);
        return Columns.SlotOf(use);
    }

    private void NoteReads(JsonPath path)
    {
        var depth = Around.Count - path.LevelsUp;
        Reads.Add(string.Join('.', Composition.NamesTo(path, Around)));
        Reads.UnionWith(path.Choices.Select(choice => string.Join('.', (IEnumerable<string>)[.. depth > 0 ? Around[depth - 1] : [], .. choice])));
    }

    private static int Severity(ContractAnswer answer) => answer switch
    {
        ContractAnswer.Freeze => 3,
        ContractAnswer.DiscardRow => 2,
        ContractAnswer.DiscardValue => 1,
        _ => 0,
    };

    // Of an array's elements, as the contract calls it: comments[*].at.
    private string PlaceOf(string name) =>
        Around.Count == 0 ? name : $"{string.Join('.', Around.Select(names => $"{string.Join('.', names)}[*]"))}.{name}";

    public TextRules WithForm(YamlMap? normalize)
    {
        if (normalize is null)
        {
            return Rules;
        }

        var rules = Rules with
        {
            Form = normalize.TakeChoice("form", Forms, Rules.Form),
            Width = normalize.TakeChoice("width", Widths, Rules.Width),
        };
        normalize.RejectUnknown();
        return rules;
    }

    /// <summary>Only patterns that take time in proportion to the text are accepted.</summary>
    public Regex? PatternOf(YamlScalarNode? pattern) => PatternOf(pattern, Faults);

    /// <inheritdoc cref="PatternOf(YamlScalarNode?)"/>
    public static Regex? PatternOf(YamlScalarNode? pattern, FaultLog faults)
    {
        if (pattern is null)
        {
            return null;
        }

        try
        {
            return new Regex(pattern.Value!, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, PatternTime);
        }
        catch (Exception wrong) when (wrong is ArgumentException or NotSupportedException)
        {
            faults.Add(pattern, "The pattern is no regular expression of the kind that takes linear time.", "Leave out look-around and back-references, and check the brackets.");
            return null;
        }
    }

    public ZoneClock ClockOf(YamlScalarNode? zone)
    {
        if (zone is null)
        {
            return Clock;
        }

        if (TimeZoneInfo.TryFindSystemTimeZoneById(zone.Value!, out var found))
        {
            return new ZoneClock(found);
        }

        Faults.Add(zone, $"There is no time zone '{zone.Value}'.", "Write an IANA name, such as Europe/Berlin or Asia/Tokyo.");
        return Clock;
    }

    public CultureInfo CultureOf(YamlScalarNode? culture)
    {
        if (culture is null)
        {
            return Culture;
        }

        try
        {
            return CultureInfo.GetCultureInfo(culture.Value!, predefinedOnly: true);
        }
        catch (CultureNotFoundException)
        {
            Faults.Add(culture, $"There is no culture '{culture.Value}'.", "Write a language and a country, such as ja-JP or de-DE.");
            return Culture;
        }
    }

    /// <summary>Times in ISO 8601, in the document's zone where they have no offset.</summary>
    public TimeRules IsoTimes => new([IsoFormat.Instance], Clock, Culture, TimeChoices);
}
