using System.Globalization;
using CallTracking.Contracts;
using CallTracking.Hub.Alarms;
using CallTracking.Hub.Cases;
using CallTracking.Hub.Configuration;
using Npgsql;

namespace CallTracking.Hub.Doctor;

/// <summary>Looks at regions: late, silent, never here, about to be shut out, met twice; and at what alarms could not be told.</summary>
internal sealed class RegionLook(HubOptions options, NpgsqlDataSource database, TimeProvider clock)
{
    private static readonly TimeSpan Silent = TimeSpan.FromHours(26);
    private static readonly TimeSpan Soon = TimeSpan.FromDays(7);

    public async Task<IReadOnlyList<Diagnosis>> LookAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var regions = await new RegionOverviewStore(database, clock).ListAsync(CaseScope.AllRegions, cancellationToken);
        var nights = await new NightStore(database).ListAsync(cancellationToken);
        var late = nights.Where(night => night.LateSince(now) is not null).ToList();
        var found = late.Select(Late).Concat(regions.SelectMany(region => Of(region, late, now))).ToList();
        found.AddRange(await AlarmsAsync(nights.Any(night => night.Deadline is not null), cancellationToken));
        return found.Count > 0 ? found : [Diagnosis.Well("regions", string.Create(CultureInfo.InvariantCulture, $"{regions.Count:N0} regions; none is late, silent or about to be shut out"))];
    }

    private static Diagnosis Late(NightRow night) => Diagnosis.Doubt(
        "region-late",
        string.Create(CultureInfo.InvariantCulture, $"{night.Region}: its deadline has passed; its last whole run came {(night.LastRunAt is { } last ? $"{last:u}" : "never")}"),
        "Ask the centre for 'calltracking-agent doctor', and whether the service runs there.");

    private static IEnumerable<Diagnosis> Of(RegionOverview region, List<NightRow> late, DateTimeOffset now)
    {
        var rests = region.PauseNote is not null;
        if (region.LastPushAt is null && region.CertificateExpiresAt is not null)
        {
            yield return Diagnosis.Doubt("region-never-pushed", $"{region.Code} has enrolled and never pushed", "Ask the centre for 'calltracking-agent doctor', and to run a sync.");
        }
        else if (!rests && region.LastPushAt is { } last && now - last > Silent && late.TrueForAll(night => night.Region.Value != region.Code))
        {
            yield return Diagnosis.Doubt("region-silent", string.Create(CultureInfo.InvariantCulture, $"{region.Code} pushed last on {last:u}"), "Ask the centre for 'calltracking-agent doctor'. With a deadline ('region deadline') you are told by yourself, and not where a region has days off.");
        }

        if (region.CertificateExpiresAt is { } until && until - now < Soon)
        {
            yield return until <= now
                ? Diagnosis.Doubt("region-certificate-expired", $"{region.Code} is shut out: its certificate ended {until:u}", $"Give the centre a token: calltracking-hub region token {region.Code}")
                : Diagnosis.Doubt("region-certificate-ends-soon", $"{region.Code}: its certificate ends {until:u}, and its agent should have renewed it", "Ask the centre what its agent's log says of the renewal.");
        }

        if (region.OtherAgentAt is { } met && now - met < Soon)
        {
            yield return Diagnosis.Doubt("two-agents", string.Create(CultureInfo.InvariantCulture, $"{region.Code}: two agents were met last on {met:u}, in different machines or folders"), "Have the centre find the other one and let one run.");
        }

        if (region.LastRun is { } run && !(run.Closes && run.Agrees))
        {
            yield return Diagnosis.Doubt("run-does-not-agree", $"{region.Code}: its last run {(run.Closes ? "was counted otherwise here" : "does not add up")}", "Have the centre run 'calltracking-agent reconcile'; if that does not mend it, look for what its 'status' says.");
        }
    }

    private async Task<IReadOnlyList<Diagnosis>> AlarmsAsync(bool hasDeadlines, CancellationToken cancellationToken)
    {
        var store = new AlarmStore(database);
        var found = (await store.ListWaitingAsync(cancellationToken)).Select(waiting => Diagnosis.Doubt(
            "alarm-not-told",
            string.Create(CultureInfo.InvariantCulture, $"{waiting.Channel} did not take {waiting.Alarms:N0} {(waiting.Alarms == 1 ? "alarm" : "alarms")}, tried {waiting.Attempts:N0} times, of {waiting.Since:u} and later"),
            "Try it at once: calltracking-hub alarm test")).ToList();
        if (hasDeadlines && options.Alarms is { Webhook: null, Mail: null })
        {
            found.Add(Diagnosis.Doubt("alarm-no-channel", "regions have deadlines, and nobody is called when one is late: there is neither alarms.webhook nor alarms.mail", "Name one in hub.yaml; the page and the log tell it already."));
        }

        return found;
    }
}
