using CallTracking.Contracts;
using CallTracking.Mapping.Targets;
using CallTracking.Mapping.Values;
using YamlDotNet.RepresentationModel;

namespace CallTracking.Mapping.Spec;

/// <summary>Reads <c>custom_fields</c> and <c>unmapped</c>: what the contract has no field for, each with its data class.</summary>
internal static class CustomFieldParser
{
    /// <summary>The data classes by the words that a mapping uses.</summary>
    public static readonly IReadOnlyDictionary<string, DataClass> Classes = EnumClasses();

    /// <summary>The types that a custom field can have.</summary>
    public static readonly IReadOnlyDictionary<string, string> Types =
        ((string[])["text", "integer", "number", "flag", "instant", "duration"]).ToDictionary(type => type);

    /// <summary>In the order of their names, as the contract wants them.</summary>
    public static IReadOnlyList<CustomFieldBinding> Parse(YamlMap root, MappingScope scope)
    {
        var found = new List<CustomFieldBinding>();
        foreach (var (name, value) in root.TakeMap("custom_fields")?.Entries() ?? [])
        {
            if (value is not YamlMappingNode mapping)
            {
                scope.Faults.Add(value, $"The custom field '{name.Value}' has no data class.", "Write {from: column, class: technical}; the class decides what a policy does with it.");
                continue;
            }

            var map = new YamlMap(mapping, scope.Faults);
            if (One(name, map, scope) is { } binding)
            {
                found.Add(binding);
            }

            map.RejectUnknown();
        }

        return [.. found.OrderBy(binding => binding.Name, StringComparer.Ordinal)];
    }

    public static UnmappedRule Unmapped(YamlMap root, MappingScope scope)
    {
        switch (root.Take("unmapped"))
        {
            case null or YamlScalarNode { Value: "drop" }:
                return UnmappedRule.Drop;
            case YamlScalarNode { Value: "keep" }:
                return new UnmappedRule(true, DataClass.Unspecified, scope.Rules.KeepsDamage);
            case YamlMappingNode mapping:
                var map = new YamlMap(mapping, scope.Faults);
                var rule = new UnmappedRule(map.TakeFlag("keep", true), map.TakeChoice("class", Classes, DataClass.Unspecified), scope.Rules.KeepsDamage);
                map.RejectUnknown();
                return rule;
            case { } other:
                scope.Faults.Add(other, "'unmapped' is keep or drop.", "Write unmapped: drop, or unmapped: {keep: true, class: free_text}.");
                return UnmappedRule.Drop;
        }
    }

    private static CustomFieldBinding? One(YamlScalarNode key, YamlMap map, MappingScope scope)
    {
        var name = key.Value!;
        var used = scope.Columns.Uses.Count;
        if (!map.Has("class"))
        {
            map.Lacks(["class"], $"The custom field '{name}' has no data class.", "Write class: technical when it tells nothing about a person, else its class; it decides what a policy does.");
        }

        var dataClass = map.TakeChoice("class", Classes, DataClass.Unspecified);
        var type = map.TakeChoice("type", Types, "text");
        if (type != "text" && dataClass is not (DataClass.Technical or DataClass.Unspecified))
        {
            scope.Faults.Add(map.Node, $"The custom field '{name}' is typed and personal: only texts can carry what a policy made of them.", "Write type: text, or class: technical.");
        }

        var fill = Fill(name, type, map, scope);
        var found = SourceParser.Source(map, scope);
        if (type != "text")
        {
            TableParser.CheckLookup(found, scope, new TargetPath($"custom_fields.{name}", [], TargetKind.Number), (CellText text, out bool isRead) =>
            {
                var fault = fill(text, new CustomField());
                isRead = fault is null;
                return fault;
            });
        }

        return found is { } source
            ? new CustomFieldBinding(name, dataClass, source, fill) { Origin = FieldParser.OriginOf(key, map.Node, scope, used), Contract = scope.RuleOf(used, isTyped: type != "text" || FieldParser.IsTyped(map.Node)) }
            : null;
    }

    private static CustomFill Fill(string name, string type, YamlMap map, MappingScope scope)
    {
        var numbers = NumberParser.Parse(map, scope);
        switch (type)
        {
            case "integer":
                return (text, field) => Set<long>(numbers.ToInt64, text, value => field.Integer = value);
            case "number":
                return (text, field) => Set<double>(numbers.ToDouble, text, value => field.Number = value);
            case "flag":
                return (text, field) => Set<bool>(Conversions.Flag, text, value => field.Flag = value);
            case "duration":
                var durations = NumberParser.Durations(map, numbers, scope.Faults);
                return (text, field) => Set<double>(durations.Read, text, value => field.Number = value);
            case "instant":
                var times = TimeParser.Parse(map, scope);
                return (text, field) => Set<TimeReading>(times.Read, text, value => field.Instant = TimeRules.ToTimestamp(value.At));
            default:
                var path = new TargetPath($"custom_fields.{name}", [], TargetKind.Personal);
                var table = TableParser.Parse<string>(map, scope, path, Conversions.Text);
                return (text, field) => SetText(table, text, field);
        }
    }

    private static RowFault? SetText(ValueTable<string>? table, CellText text, CustomField field)
    {
        var answer = table is null ? new TableAnswer<string>(true, text.ToString()) : table.Find(text.Span);
        if (answer is not { } known)
        {
            return TableFaults.Unmapped(text, table!);
        }

        if (known.HasValue)
        {
            field.Text = new PersonalText { Clear = known.Value };
        }

        return null;
    }

    private static RowFault? Set<T>(Conversion<T> convert, CellText text, Action<T> set)
    {
        if (convert(text, out var value) is { } fault)
        {
            return fault;
        }

        set(value);
        return null;
    }

    private static Dictionary<string, DataClass> EnumClasses()
    {
        var classes = EnumNames.Of(OptionsReflection.Descriptor.EnumTypes.Single(type => type.Name == nameof(DataClass)));
        var named = classes.Names.ToDictionary(name => name, name =>
        {
            classes.Convert(new CellText(name), out var number);
            return (DataClass)number;
        });
        named.Remove("inherited");
        named["unspecified"] = DataClass.Unspecified;
        return named;
    }
}
