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

        RefuseUnreachable(map, values, scope);
        if (unknown is null)
        {
            scope.Faults.Note(values.Node, $"{path.Text}: a word outside of values rejects the record.", "Write unknown: reject when that is meant, else what such words become.");
        }

        var other = unknown is null or { Value: "reject" } ? null : Answer(scope, path, unknown, convert);
        return new ValueTable<T>(entries, other, ignoreCase, (int)values.Node.Start.Line);
    }

    // A word that cleaning changes or empties is never met: the row of the table waits in vain.
    private static void RefuseUnreachable(YamlMap map, YamlMap values, MappingScope scope)
    {
        if (!map.Has("from") || map.Has("lookup"))
        {
            return;
        }

        var rules = SourceParser.Rules(map, scope) with { Pattern = null };
        foreach (var (word, _) in values.Entries())
        {
            var cleaned = new CellText(word.Value ?? string.Empty);
            if (!rules.TryClean(ref cleaned))
            {
                scope.Faults.Add(word, $"'{word.Value}' is nothing here: it is empty or among the nulls, so that no value is ever looked up for it.", "Write default: for what stands when there is no value, or nulls: [] on this field.");
            }
            else if (!cleaned.Span.SequenceEqual(word.Value))
            {
                scope.Faults.Add(word, $"'{word.Value}' is never met: trim, lower, upper or normalize change it first.", $"Write '{cleaned.ToString()}'.");
            }
        }
    }

    public static bool TryConvert<T>(MappingScope scope, TargetPath path, YamlScalarNode word, Conversion<T> convert, out T value)
    {
        if (convert(new CellText(word.Value!, isInvariant: true), out value) is null)
        {
            return true;
        }

        scope.Faults.Add(word, $"'{word.Value}' is no value of {path.Text}.", Cure(path, word.Value!));
        return false;
    }

    private static string Cure(TargetPath path, string word) => path.Kind == TargetKind.Enum
        ? NearestNames.Cure(word, EnumNames.Of(path.Leaf.EnumType).Names)
        : IsCountry(path) ? $"Write {CountryCode.Of(word) ?? "the two letters of ISO 3166-1, such as DE"}."
        : "Write a value of the field's type.";

    private static bool IsCountry(TargetPath path) => path.Kind is TargetKind.Text or TargetKind.Personal && path.Leaf.Name.EndsWith("country", StringComparison.Ordinal);

    /// <summary>What a lookup answers goes into the field as it is, where no values stand between.</summary>
    public static void CheckLookup<T>(ValueSource? source, MappingScope scope, TargetPath path, Conversion<T> convert)
    {
        // Numbers and times of a dictionary may be a person's.
        var isPlain = path.Kind is TargetKind.Enum or TargetKind.Flag || IsCountry(path);
        if (source?.Lookup is { } lookup)
        {
            scope.Lookups.Check(lookup, scope.Faults, word => convert(new CellText(word), out _) is null
                ? null
                : new WrongAnswer(word, $"{(isPlain ? $"'{word}'" : $"an answer of {word.Length} characters")} is no value of {path.Text}.", Cure(path, word)));
        }
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
