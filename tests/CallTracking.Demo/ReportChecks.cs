using CallTracking.Contracts;

namespace CallTracking.Demo;

/// <summary>Does a run report close, and is it what the hub counted?</summary>
internal static class ReportChecks
{
    public static IEnumerable<string> Faults(string region, RunReport report, RunReportAck hub)
    {
        if (report.Rows != report.Cases + report.Folded + report.Blank + report.Filtered + report.Quarantined)
        {
            yield return $"{region}: rows do not close.";
        }

        if (report.Cases != report.New + report.Changed + report.Unchanged + report.Held + report.Suppressed + report.Gone)
        {
            yield return $"{region}: cases do not close.";
        }

        if (!hub.Agrees || hub.New != report.New || hub.Changed != report.Changed || hub.Gone != report.Gone)
        {
            yield return $"{region}: the hub counted new {hub.New}, changed {hub.Changed}, gone {hub.Gone}.";
        }
    }
}
