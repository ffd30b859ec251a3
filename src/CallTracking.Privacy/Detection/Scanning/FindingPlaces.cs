namespace CallTracking.Privacy;

/// <summary>Findings that overlap, as one place; named after the longest, on a tie after the one with the lowest rank.</summary>
internal readonly record struct FindingPlace(int Start, int End, Finding Named);

/// <summary>Makes places of findings.</summary>
internal static class FindingPlaces
{
    private static readonly Comparison<Finding> ByStart = static (left, right) => left.Start.CompareTo(right.Start);

    /// <summary>The places of a text in order; the list is sorted on the way.</summary>
    public static IEnumerable<FindingPlace> Of(List<Finding> findings)
    {
        findings.Sort(ByStart);
        for (var i = 0; i < findings.Count;)
        {
            var best = findings[i];
            var (start, end) = (best.Start, best.End);
            for (i++; i < findings.Count && findings[i].Start < end; i++)
            {
                var other = findings[i];
                end = Math.Max(end, other.End);
                best = other.Length > best.Length || (other.Length == best.Length && other.Rank < best.Rank) ? other : best;
            }

            yield return new FindingPlace(start, end, best);
        }
    }
}
