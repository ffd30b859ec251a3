using System.Globalization;
using CallTracking.Hub.Audit;

namespace CallTracking.Hub.Alarms;

/// <summary>Raises an alarm while rows of the audit log wait for their seal for longer than usual: what is not sealed can be rewritten by whoever has the database, and nobody would know.</summary>
internal sealed class StalledSeals(AuditLogStore log, AlarmStore alarms, AlarmDelivery delivery, TimeProvider clock, ILogger<StalledSeals> logger)
{
    // A hub that was away finds rows that are late already, and seals them in its first minute.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private long? _lateSince;

    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var (oldest, now) = (await log.OldestUnsealedAsync(cancellationToken), clock.GetUtcNow());
        _lateSince = oldest is { IsLate: true } ? _lateSince ?? clock.GetTimestamp() : null;
        if (_lateSince is { } since)
        {
            if (clock.GetElapsedTime(since) < Patience)
            {
                return;
            }

            var words = string.Create(CultureInfo.InvariantCulture, $"rows of the audit log since {oldest!.At:yyyy-MM-dd HH:mm}Z are not sealed");
            if (await alarms.RaiseAsync(AlarmCode.AuditUnsealed, Alarm.NoRegion, words, now, delivery.Channels, cancellationToken) is { } raised)
            {
                AlarmLog.Raised(logger, raised.Id, raised.Code, raised.Region, raised.Words);
            }
        }
        else if (await alarms.ClearAsync(AlarmCode.AuditUnsealed, Alarm.NoRegion, now, cancellationToken) is { } cleared)
        {
            AlarmLog.Cleared(logger, cleared.Id, cleared.Code, cleared.Region);
        }
    }
}
