using CallTracking.Contracts;
using CallTracking.SampleData;
using CallTracking.Testing.Installations;

namespace CallTracking.Demo;

/// <summary>Does a run report close, is it what the hub counted, and is it what the file was made of?</summary>
internal static class ReportChecks
{
    /// <summary>What is wrong, in words; empty when nothing is.</summary>
    public static IEnumerable<string> Faults(string region, RunReport report, RunReportAck hub, SampleTotals made)
    {
        if (report.Rows != report.Cases + report.Folded + report.Blank + report.Filtered + report.Quarantined)
        {
            yield return $"{region}: rows do not close.";
        }

        if (report.Cases != report.New + report.Changed + report.Unchanged + report.Held + report.Suppressed + report.Gone)
        {
            yield return $"{region}: cases do not close.";
        }

        if (!hub.Agrees || hub.New != report.New || hub.Changed != report.Changed || hub.Gone != report.Gone || hub.Received != report.SentCases)
        {
            yield return $"{region}: the hub received {hub.Received:N0} and counted new {hub.New:N0}, changed {hub.Changed:N0}, gone {hub.Gone:N0}.";
        }

        (string What, ulong Counted, long Made)[] pairs =
        [
            ("rows", report.Rows, made.Rows), ("cases", report.Cases, made.Cases), ("folded", report.Folded, made.Folded),
            ("blank", report.Blank, made.Blank), ("filtered", report.Filtered, made.Filtered),
            ("quarantined", report.Quarantined, made.Quarantined.Values.Sum()),
        ];
        foreach (var (what, counted, truth) in pairs.Where(pair => pair.Counted != (ulong)pair.Made))
        {
            yield return $"{region}: the file was made with {truth:N0} {what}, the report says {counted:N0}.";
        }
    }

    /// <summary>After everything was offered once more: exactly the removed cases are suppressed beside those that were before.</summary>
    /// <param name="before">The last night before the removal: cases that were too old when they came are suppressed already.</param>
    /// <param name="after">The night in which every case was sent again.</param>
    /// <param name="removed">How many cases of each region were removed in between; a region without any may be missing.</param>
    public static IEnumerable<string> SuppressionFaults(
        IReadOnlyList<(string Region, SyncResult Result)> before, IReadOnlyList<(string Region, SyncResult Result)> after, IReadOnlyDictionary<string, long> removed)
    {
        foreach (var ((region, earlier), (_, later)) in before.Zip(after))
        {
            var expected = earlier.Report!.Suppressed + (ulong)removed.GetValueOrDefault(region);
            if (later.Report!.Suppressed != expected || later.HubCount!.Suppressed != expected)
            {
                yield return $"{region}: {expected:N0} cases should have been answered 'suppressed', the report counts {later.Report.Suppressed:N0} and the hub {later.HubCount!.Suppressed:N0}.";
            }
        }
    }
}
