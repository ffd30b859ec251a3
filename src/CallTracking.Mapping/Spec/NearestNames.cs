namespace CallTracking.Mapping.Spec;

/// <summary>Names that a mistyped one may have meant.</summary>
internal static class NearestNames
{
    private const int Shown = 3;
    private const int ListedAtMost = 12;

    /// <summary>"Write X or Y." from the nearest names, or the list when there are few.</summary>
    /// <param name="wrong">What was written.</param>
    /// <param name="names">Those that may be meant.</param>
    /// <param name="quoted">How a name is written; null for between quotes.</param>
    /// <param name="known">What is listed where none of them is near; null for the same.</param>
    public static string Cure(string wrong, IEnumerable<string> names, Func<string, string>? quoted = null, IEnumerable<string>? known = null)
    {
        var all = names.Where(name => name.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        var near = all
            .Select(name => (name, distance: Distance(Folded(wrong), Folded(name))))
            .Where(candidate => candidate.distance <= Math.Max(2, Math.Max(wrong.Length, candidate.name.Length) / 2)
                || candidate.name.Contains(wrong, StringComparison.OrdinalIgnoreCase) || wrong.Contains(candidate.name, StringComparison.OrdinalIgnoreCase))
            .OrderBy(candidate => candidate.distance)
            .Take(Shown)
            .Select(candidate => quoted?.Invoke(candidate.name) ?? $"'{candidate.name}'")
            .ToList();
        all = known?.Where(name => name.Length > 0).Distinct(StringComparer.Ordinal).ToList() ?? all;
        return near.Count > 0 ? $"Did you mean {string.Join(" or ", near)}?"
            : all.Count == 0 ? "There is no name to choose from here."
            : $"There are: {string.Join(", ", all.Take(ListedAtMost))}{(all.Count > ListedAtMost ? ", …" : ".")}";
    }

    /// <summary>So few letters lie between them that one may be the other, mistyped.</summary>
    public static bool IsNear(string wrong, string name) =>
        name.Length <= 2 * (wrong.Length + 1) && Distance(Folded(wrong), Folded(name)) <= Math.Max(1, wrong.Length / 5);

    /// <summary>The name that this one is, mistyped by a letter in three at most, or with its letters in another order; null when none is so near.</summary>
    public static string? Mistyped(string wrong, IEnumerable<string> names) => names
        .Select(name => (name, distance: Distance(Folded(wrong), Folded(name))))
        .Where(candidate => candidate.distance <= Math.Max(1, wrong.Length / 3) || wrong.Order().SequenceEqual(candidate.name.Order()))
        .OrderBy(candidate => candidate.distance)
        .Select(candidate => candidate.name)
        .FirstOrDefault();

    private static string Folded(string name) =>
        Formed(name).ToUpperInvariant().Replace("_", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);

    private static string Formed(string name)
    {
        try
        {
            return name.Normalize(System.Text.NormalizationForm.FormKC);
        }
        catch (ArgumentException)
        {
            return name; // A header may hold what is no Unicode text; it is compared as it is.
        }
    }

    // Levenshtein, two rows.
    private static int Distance(string left, string right)
    {
        var previous = Enumerable.Range(0, right.Length + 1).ToArray();
        var current = new int[right.Length + 1];
        for (var row = 0; row < left.Length; row++)
        {
            current[0] = row + 1;
            for (var column = 0; column < right.Length; column++)
            {
                var change = previous[column] + (left[row] == right[column] ? 0 : 1);
                current[column + 1] = Math.Min(change, Math.Min(previous[column + 1], current[column]) + 1);
            }

            (previous, current) = (current, previous);
        }

        return previous[right.Length];
    }
}
