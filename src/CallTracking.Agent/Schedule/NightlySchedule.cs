using CallTracking.Agent.Configuration;
using Quartz;

namespace CallTracking.Agent.Schedule;

/// <summary>When the next run is due. Only arithmetic: no clock, no waiting, no state.</summary>
/// <param name="settings">Cron expression, zone, jitter, and how late a missed night is still made up for.</param>
/// <param name="nextRandom">Gives numbers from 0 up to 1.</param>
internal sealed class NightlySchedule(ScheduleSettings settings, Func<double> nextRandom)
{
    private readonly CronExpression _cron = new(settings.Cron, settings.TimeZone);

    /// <summary>
    /// The instant of the next run, at or after <paramref name="now"/>. When the latest due night has no completed run
    /// (<paramref name="lastStarted"/> lies before it) and is not older than the catch-up time, that is now.
    /// </summary>
    /// <param name="now">UTC.</param>
    /// <param name="lastStarted">When the last completed run began; null when there was none: then nothing was missed.</param>
    public DateTimeOffset Next(DateTimeOffset now, DateTimeOffset? lastStarted)
    {
        if (lastStarted is { } last && Missed(now, last))
        {
            return now;
        }

        var due = _cron.GetNextValidTimeAfter(now) ?? DateTimeOffset.MaxValue;
        return due == DateTimeOffset.MaxValue ? due : due + (settings.Jitter * nextRandom());
    }

    private bool Missed(DateTimeOffset now, DateTimeOffset lastStarted)
    {
        // The first night after the last run's start that is still worth making up for; it was missed if it is over.
        var from = lastStarted > now - settings.CatchUp ? lastStarted : now - settings.CatchUp;
        return _cron.GetNextValidTimeAfter(from) is { } due && due <= now;
    }
}
