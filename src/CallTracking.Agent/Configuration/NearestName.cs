namespace CallTracking.Agent.Configuration;

/// <summary>Finds what a person probably meant: the known name with the fewest edits, if it is near enough to say.</summary>
internal static class NearestName
{
    /// <summary>The nearest of <paramref name="known"/>, or null when all differ by more than a third of their letters.</summary>
    public static string? Of(string written, IEnumerable<string> known)
    {
        var best = known
            .Select(name => (Name: name, Edits: Edits(written.ToLowerInvariant(), name.ToLowerInvariant())))
            .OrderBy(candidate => candidate.Edits)
            .FirstOrDefault();
        return best.Name is not null && best.Edits <= Math.Max(2, best.Name.Length / 3) ? best.Name : null;
    }

    private static int Edits(string left, string right)
    {
        var row = new int[right.Length + 1];
        for (var column = 0; column <= right.Length; column++)
        {
            row[column] = column;
        }

        for (var line = 1; line <= left.Length; line++)
        {
            var diagonal = row[0];
            row[0] = line;
            for (var column = 1; column <= right.Length; column++)
            {
                var replaced = diagonal + (left[line - 1] == right[column - 1] ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.Min(replaced, Math.Min(row[column], row[column - 1]) + 1);
            }
        }

        return row[^1];
    }
}
