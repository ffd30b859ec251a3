using CallTracking.Mapping.Targets;
using CallTracking.Mapping.Values;
using YamlDotNet.RepresentationModel;

namespace CallTracking.Mapping.Spec;

/// <summary>Reads <c>values</c>, <c>unknown</c> and <c>ignore_case</c>: the source's words and what they mean.</summary>
internal static class TableParser
{
    public static ValueTable<T>? Parse<T>(YamlMap map, MappingScope scope, TargetPath path, Conversion<T> convert)
    {
        var values = map.TakeMap("values");
        var unknown = map.TakeScalar("unknown");
        var ignoreCase = map.TakeFlag("ignore_case", false);
        if (values is null)
        {
            if (unknown is not null)
            {
                scope.Faults.Add(unknown, "'unknown' says what a word outside of values becomes, and there are no values.", "Write values: {word: meaning}, or take unknown out.");
            }

            return null;
        }

        var entries = new Dictionary<string, TableAnswer<T>>(ignoreCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        foreach (var (word, meaning) in values.Entries())
        {
            if (meaning is not YamlScalarNode scalar)
            {
                scope.Faults.Add(meaning, "A word means one value.", "Write word: value, or word: null to leave the field empty.");
            }
            else if (Answer(scope, path, scalar, convert) is { } answer && !entries.TryAdd(word.Value!, answer))
            {
                scope.Faults.Add(word, $"'{word.Value}' stands twice when case is ignored.", "Keep one of them.");
            }
        }

        var other = unknown is null or { Value: "reject" } ? null : Answer(scope, path, unknown, convert);
        return new ValueTable<T>(entries, other, ignoreCase, (int)values.Node.Start.Line);
    }

    public static bool TryConvert<T>(MappingScope scope, TargetPath path, YamlScalarNode word, Conversion<T> convert, out T value)
    {
        if (convert(new CellText(word.Value!, isInvariant: true), out value) is null)
        {
            return true;
        }

        var cure = path.Kind == TargetKind.Enum
            ? NearestNames.Cure(word.Value!, EnumNames.Of(path.Leaf.EnumType).Names)
            : "Write a value of the field's type.";
        scope.Faults.Add(word, $"'{word.Value}' is no value of {path.Text}.", cure);
        return false;
    }

    private static TableAnswer<T>? Answer<T>(MappingScope scope, TargetPath path, YamlScalarNode word, Conversion<T> convert)
    {
        if (YamlMap.IsNull(word))
        {
            return new TableAnswer<T>(false, default!);
        }

        return TryConvert(scope, path, word, convert, out var value) ? new TableAnswer<T>(true, value) : null;
    }
}
