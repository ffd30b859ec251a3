using System.Globalization;

namespace CallTracking.Hub.Alarms;

/// <summary>Raises an alarm for each region whose deadline passed without its night, and clears it when the night has come. May run in many processes at once.</summary>
internal sealed class LateRegions(NightStore nights, AlarmStore alarms, AlarmDelivery delivery, TimeProvider clock, ILogger<LateRegions> logger)
{
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var rows = await nights.ListAsync(cancellationToken);
        foreach (var row in rows)
        {
            if (row.Deadline.MissedAt(now, row.LastRunAt) is not { } due)
            {
                await ClearAsync(row.Deadline.Region.Value, now, cancellationToken);
            }
            else if (row.Pause is not { } pause || !pause.Holds(now))
            {
                // While a pause holds, nothing is raised, and nothing that is open is cleared either: the night is still missing.
                await RaiseAsync(row, due, now, cancellationToken);
            }
        }

        // Of regions whose deadline was taken away.
        var open = await alarms.ListOpenAsync(cancellationToken);
        foreach (var left in open.Where(alarm => alarm.Code == AlarmCode.RegionLate && rows.All(row => row.Deadline.Region.Value != alarm.Region)))
        {
            await ClearAsync(left.Region, now, cancellationToken);
        }
    }

    private async Task RaiseAsync(NightRow row, DateTimeOffset due, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var words = string.Create(
            CultureInfo.InvariantCulture,
            $"no whole run came for the deadline of {due:yyyy-MM-dd HH:mm}Z; the last came {(row.LastRunAt is { } last ? $"{last:yyyy-MM-dd HH:mm}Z" : "never")}");
        if (await alarms.RaiseAsync(AlarmCode.RegionLate, row.Deadline.Region.Value, words, now, delivery.Channels, cancellationToken) is { } raised)
        {
            AlarmLog.Raised(logger, raised.Id, raised.Code, raised.Region, raised.Words);
        }
    }

    private async Task ClearAsync(string region, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await alarms.ClearAsync(AlarmCode.RegionLate, region, now, delivery.Channels, cancellationToken) is { } cleared)
        {
            AlarmLog.Cleared(logger, cleared.Id, cleared.Code, cleared.Region);
        }
    }
}
