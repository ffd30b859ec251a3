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

    public static int Find(IReadOnlyList<string> names, string wanted)
    {
        for (var index = 0; index < names.Count; index++)
        {
            if (string.Equals(names[index], wanted, StringComparison.Ordinal))
            {
                return index;
            }
        }

        return -1;
    }
}
