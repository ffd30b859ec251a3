using System.Text.Json;
using CallTracking.Contracts;

namespace CallTracking.Hub.Cases;

internal static class RegionJson
{
    public static void Write(Utf8JsonWriter json, IReadOnlyList<RegionOverview> regions, long? policyVersion)
    {
        json.WriteStartObject();
        if (policyVersion is { } version)
        {
            json.WriteNumber("policy_version", version);
        }
        else
        {
            json.WriteNull("policy_version");
        }

        json.WriteNumber("stored_cases", regions.Sum(region => region.StoredCases));
        json.WriteStartArray("regions");
        foreach (var region in regions)
        {
            Write(json, region);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, RegionOverview region)
    {
        json.WriteStartObject();
        json.WriteString("region", region.Code);
        json.WriteString("name", region.Name);
        json.WriteString("centre", region.Centre);
        json.WriteString("country", region.Country);
        json.WriteNumber("epoch", region.Epoch);
        json.WriteString("agent_version", region.AgentVersion);
        json.WriteNumber("stored_cases", region.StoredCases);
        CaseJson.WriteTime(json, "last_push_at", region.LastPushAt);
        CaseJson.WriteTime(json, "other_agent_at", region.OtherAgentAt);
        CaseJson.WriteTime(json, "certificate_expires_at", region.CertificateExpiresAt);
        CaseJson.WriteTime(json, "late_since", region.LateSince);
        json.WriteString("pause_note", region.PauseNote);
        CaseJson.WriteTime(json, "paused_until", region.PausedUntil);
        if (region.LastRun is { } run)
        {
            json.WriteStartObject("last_run");
            Write(json, run);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("last_run");
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, LastRun run)
    {
        CaseJson.WriteTime(json, "finished_at", run.FinishedAt);
        json.WriteBoolean("closes", run.Closes);
        json.WriteBoolean("agrees", run.Agrees);
        json.WriteString("outcome", CodedWord<RunOutcome>.Of(run.Report.Outcome));
        foreach (var (name, count) in Counts(run.Report))
        {
            json.WriteNumber(name, count);
        }

        json.WriteStartObject("held_reasons");
        foreach (var reason in run.Report.HeldReasons)
        {
            json.WriteNumber(reason.Reason, reason.Count);
        }

        json.WriteEndObject();
    }

    private static IEnumerable<(string Name, ulong Count)> Counts(RunReport report) =>
    [
        ("rows", report.Rows), ("cases", report.Cases), ("folded", report.Folded), ("blank", report.Blank), ("filtered", report.Filtered),
        ("quarantined", report.Quarantined), ("new", report.New), ("changed", report.Changed), ("unchanged", report.Unchanged),
        ("held", report.Held), ("suppressed", report.Suppressed), ("gone", report.Gone), ("vanished", report.Vanished), ("sent_cases", report.SentCases),
        ("sent_bytes", report.SentBytes),
    ];
}
