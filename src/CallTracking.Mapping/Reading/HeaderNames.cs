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

    // "Comment" where it stands once, "Comment#1", "Comment#2" where it stands more often.
    private static bool IsOneOf(string name, string stem) =>
        stem.Length - 1 == name.Length
            ? stem.StartsWith(name, StringComparison.Ordinal)
            : name.StartsWith(stem, StringComparison.Ordinal) && !name.AsSpan(stem.Length).ContainsAnyExceptInRange('0', '9');
}
