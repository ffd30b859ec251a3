namespace CallTracking.Privacy;

/// <summary>
/// The written order of overlaps: what stands inside a longer find is part of it and dropped; of one place all readings stay, the
/// one with the lowest <see cref="EntityKinds"/> precedence first. A street and its parts stay beside each other.
/// </summary>
internal static class FindingOrder
{
    private static readonly Comparison<Finding> ByPlace = static (left, right) =>
        left.Start != right.Start ? left.Start.CompareTo(right.Start)
        : left.End != right.End ? right.End.CompareTo(left.End)
        : left.Rank.CompareTo(right.Rank);

    public static void Settle(List<Finding> findings)
    {
        findings.Sort(ByPlace);
        var kept = 0;
        var (start, end) = (0, 0);
        for (var i = 0; i < findings.Count; i++)
        {
            var finding = findings[i];
            var isSame = finding.Start == start && finding.End == end;
            if (finding.End <= end && !isSame)
            {
                continue;
            }

            findings[kept++] = finding;
            (start, end) = (finding.Start, finding.End);
        }

        findings.RemoveRange(kept, findings.Count - kept);
    }
}
