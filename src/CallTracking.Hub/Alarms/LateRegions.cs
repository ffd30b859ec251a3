using System.Globalization;

namespace CallTracking.Hub.Alarms;

/// <summary>Raises an alarm for each region whose deadline passed without its night, and clears it when the night has come. May run in many processes at once.</summary>
internal sealed class LateRegions(NightStore nights, AlarmStore alarms, AlarmDelivery delivery, AlarmMeter meter, TimeProvider clock, ILogger<LateRegions> logger)
{
    // Said once: this machine lacks the zone until somebody installs it.
    private readonly HashSet<(string Region, string Zone)> _unknown = [];

    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var rows = await nights.ListAsync(cancellationToken);
        meter.Show(rows);
        var open = (await alarms.ListOpenAsync(cancellationToken)).Where(alarm => alarm.Code == AlarmCode.RegionLate).ToDictionary(alarm => alarm.Region);
        foreach (var row in rows.Where(row => !row.IsShutOut))
        {
            await LookAtAsync(row, open.GetValueOrDefault(row.Region.Value), now, cancellationToken);
        }

        // Of regions whose deadline was taken away, or that may not come any more.
        var expected = rows.Where(row => !row.IsShutOut && (row.Deadline is not null || row.UnknownZone is not null)).Select(row => row.Region.Value).ToHashSet();
        foreach (var left in open.Keys.Where(region => !expected.Contains(region)))
        {
            await ClearAsync(left, now, cancellationToken);
        }
    }

    private async Task LookAtAsync(NightRow row, Alarm? open, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (row.Deadline is not { } deadline)
        {
            if (row.UnknownZone is { } zone && _unknown.Add((row.Region.Value, zone)))
            {
                AlarmLog.UnknownZone(logger, row.Region.Value, zone);
            }
        }
        else if (deadline.MissedAt(now, row.LastRunAt) is null)
        {
            // Setting another deadline is no night that came: the alarm waits for one.
            if (open is not null && (deadline.Last(now) is not null || row.LastRunAt > open.RaisedAt - deadline.Reach))
            {
                await ClearAsync(open.Region, now, cancellationToken);
            }
        }
        else if (open is null && row.LateSince(now) is { } due)
        {
            // While a pause holds nothing is raised, nor for a deadline that fell into one; and nothing that is open is cleared either: the night is still missing.
            await RaiseAsync(row, due, now, cancellationToken);
        }
    }

    private async Task RaiseAsync(NightRow row, DateTimeOffset due, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var words = string.Create(
            CultureInfo.InvariantCulture,
            $"no whole run came for the deadline of {due:yyyy-MM-dd HH:mm}Z; the last came {(row.LastRunAt is { } last ? $"{last:yyyy-MM-dd HH:mm}Z" : "never")}");
        if (await alarms.RaiseAsync(AlarmCode.RegionLate, row.Region.Value, words, now, delivery.Channels, cancellationToken) is { } raised)
        {
            AlarmLog.Raised(logger, raised.Id, raised.Code, raised.Region, raised.Words);
        }
    }

    private async Task ClearAsync(string region, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await alarms.ClearAsync(AlarmCode.RegionLate, region, now, cancellationToken) is { } cleared)
        {
            AlarmLog.Cleared(logger, cleared.Id, cleared.Code, cleared.Region);
        }
    }
}
