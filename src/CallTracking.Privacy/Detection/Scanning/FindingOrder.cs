using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>
/// The written order of overlaps: what stands inside a longer find is part of it and dropped; of one place all readings stay, the
/// one with the lowest <see cref="EntityKinds"/> precedence first. A code within an address stays beside it, and whatever stands within a name.
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
        var named = default(Finding);
        for (var i = 0; i < findings.Count; i++)
        {
            var finding = findings[i];
            var isSame = finding.Start == start && finding.End == end;
            if (finding.End <= end && (isSame ? finding.IsPerson : finding.IsPerson || !named.IsPerson))
            {
                if (finding.DataClass == DataClass.Postcode && named.DataClass == DataClass.PostalAddress)
                {
                    findings[kept++] = finding;
                }

                continue;
            }

            if (isSame && IsRepeated(findings, kept, finding))
            {
                continue;
            }

            findings[kept++] = finding;
            (start, end, named) = (finding.Start, finding.End, finding);
        }

        findings.RemoveRange(kept, findings.Count - kept);
    }

    private static bool IsRepeated(List<Finding> findings, int kept, in Finding finding)
    {
        for (var i = kept - 1; i >= 0 && findings[i].Start == finding.Start && findings[i].End == finding.End; i--)
        {
            if (findings[i].Kind?.Name == finding.Kind?.Name)
            {
                return true;
            }
        }

        return false;
    }
}
