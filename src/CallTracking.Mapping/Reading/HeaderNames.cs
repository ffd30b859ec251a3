using CallTracking.Mapping.Spec;

namespace CallTracking.Mapping.Reading;

/// <summary>Names of columns. Where a name stands twice, the columns are called name#1 and name#2, so that none is meant by chance.</summary>
internal static class HeaderNames
{
    public static IReadOnlyList<string> Of(IEnumerable<string> cells)
    {
        var names = cells.ToList();
        var repeated = names.GroupBy(name => name, StringComparer.Ordinal).Where(group => group.Count() > 1 && group.Key.Length > 0)
            .Select(group => group.Key).ToHashSet(StringComparer.Ordinal);
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var index = 0; index < names.Count; index++)
        {
            var name = names[index];
            if (repeated.Contains(name))
            {
                seen[name] = seen.GetValueOrDefault(name) + 1;
                names[index] = $"{name}#{seen[name]}";
            }
        }

        return names;
    }

    /// <summary>The places of a name; <c>name#*</c> means every column of that name. Empty when there is none.</summary>
    public static IReadOnlyList<int> Find(IReadOnlyList<string> names, string wanted)
    {
        var all = wanted.EndsWith("#*", StringComparison.Ordinal) ? wanted[..^1] : null;
        return [.. Enumerable.Range(0, names.Count).Where(index =>
            string.Equals(names[index], wanted, StringComparison.Ordinal) || (all is not null && IsOneOf(names[index], all)))];
    }

    /// <summary>
    /// Whether a row is a header, so that a message may quote it: it has half of the wanted names, but for a letter, and no cell that only data
    /// have. A row of data without its header may have a wanted name by chance ("closed"), and its other cells are nobody's business.
    /// </summary>
    public static bool AreQuotable(IReadOnlyList<string> names, IReadOnlyList<string> wanted) =>
        !names.Any(IsValue) && wanted.Count(name => names.Any(given => NearestNames.IsNear(name, given))) * 2 >= Math.Max(1, wanted.Count);

    /// <summary>A cell that only data have: an address, a number, a time.</summary>
    public static bool IsValue(string cell) => cell.Contains('@', StringComparison.Ordinal) || (cell.Length > 0 && !cell.Any(char.IsLetter));

    // "Comment" where it stands once, "Comment#1", "Comment#2" where it stands more often.
    private static bool IsOneOf(string name, string stem) =>
        stem.Length - 1 == name.Length
            ? stem.StartsWith(name, StringComparison.Ordinal)
            : name.StartsWith(stem, StringComparison.Ordinal) && !name.AsSpan(stem.Length).ContainsAnyExceptInRange('0', '9');
}
