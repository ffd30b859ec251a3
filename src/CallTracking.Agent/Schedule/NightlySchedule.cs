using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using CallTracking.Agent.Configuration;
using Quartz;

namespace CallTracking.Agent.Schedule;

/// <summary>
/// When the next run is due. Only arithmetic: no clock, no waiting, no state. A time that clocks skip in spring is right after the gap; one that they
/// repeat in autumn is the first of the two: one night each.
/// </summary>
/// <param name="settings">Cron expression, zone, jitter, and how late a missed night is still made up for.</param>
/// <param name="share">Of the jitter, 0 up to 1: how much later than the cron's time this region begins.</param>
internal sealed class NightlySchedule(ScheduleSettings settings, double share)
{
    private readonly CronExpression _cron = new(settings.Cron, settings.TimeZone);
    private readonly TimeSpan _delay = settings.Jitter * share;

    /// <summary>The schedule of a region. Its delay follows from its code: regions come apart, and each at the same time every night.</summary>
    public static NightlySchedule Of(AgentSettings settings) => new(settings.Schedule, ShareOf(settings.Region.Value));

    /// <summary>
    /// The instant of the next run, at or after <paramref name="now"/>. When the latest due night has no completed run
    /// (<paramref name="lastStarted"/> lies before it) and is not older than the catch-up time, that is now: once, however many were missed.
    /// </summary>
    /// <param name="now">UTC.</param>
    /// <param name="lastStarted">When the last completed run began; null when there was none: then nothing was missed.</param>
    public DateTimeOffset Next(DateTimeOffset now, DateTimeOffset? lastStarted) =>
        lastStarted is { } last && Missed(now, last) ? now : After(now);

    /// <summary>The first night that begins after an instant; <see cref="DateTimeOffset.MaxValue"/> when none does.</summary>
    public DateTimeOffset After(DateTimeOffset instant)
    {
        var from = instant - _delay;
        while (_cron.GetNextValidTimeAfter(from) is { } due)
        {
            if (!IsSecondOfTwo(due))
            {
                return due + _delay;
            }

            from = due;
        }

        return DateTimeOffset.MaxValue;
    }

    /// <summary>How many nights began after one instant and not after another.</summary>
    public int Between(DateTimeOffset after, DateTimeOffset upTo)
    {
        var count = 0;
        for (var night = After(after); night <= upTo; night = After(night))
        {
            count++;
        }

        return count;
    }

    private static double ShareOf(string region) =>
        BinaryPrimitives.ReadUInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(region))) / (uint.MaxValue + 1.0);

    // Asked from between the two, the cron's arithmetic knows the second only: that night has begun already.
    private bool IsSecondOfTwo(DateTimeOffset due)
    {
        var local = TimeZoneInfo.ConvertTime(due, settings.TimeZone);
        return settings.TimeZone.IsAmbiguousTime(local.DateTime) && local.Offset == settings.TimeZone.GetAmbiguousTimeOffsets(local.DateTime).Min();
    }

    private bool Missed(DateTimeOffset now, DateTimeOffset lastStarted)
    {
        // The first night after the last run's start that is still worth making up for; it was missed if it is over.
        var from = lastStarted > now - settings.CatchUp ? lastStarted : now - settings.CatchUp;
        return After(from) <= now;
    }
}
