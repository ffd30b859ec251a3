namespace CallTracking.SchemaLock;

/// <summary>What differs between the lock and the contract as it is.</summary>
public sealed record LockComparison(IReadOnlyList<string> Breaking, IReadOnlyList<string> Unlocked)
{
    /// <summary>
    /// A locked line that is gone is a breaking change, except a field whose number is now reserved.
    /// A line that the lock lacks is an addition that nobody locked yet.
    /// </summary>
    public static LockComparison Of(IEnumerable<string> locked, IReadOnlyCollection<string> current)
    {
        var now = current.ToHashSet(StringComparer.Ordinal);
        var before = locked.ToHashSet(StringComparer.Ordinal);
        return new LockComparison(
            [.. before.Where(line => !now.Contains(line) && !IsReserved(line, now)).Order(StringComparer.Ordinal)],
            [.. now.Where(line => !before.Contains(line)).Order(StringComparer.Ordinal)]);
    }

    private static bool IsReserved(string line, HashSet<string> now)
    {
        var words = line.Split(' ');
        return words is ["field", var message, var number, ..] && now.Contains($"reserved {message} {number}");
    }
}
