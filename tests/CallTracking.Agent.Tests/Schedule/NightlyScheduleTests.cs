using CallTracking.Agent.Configuration;
using CallTracking.Agent.Schedule;
using Xunit;

namespace CallTracking.Agent.Tests.Schedule;

public sealed class NightlyScheduleTests
{
    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    [Fact]
    public void Next_ZoneOfTheCentre_IsItsLocalHour()
    {
        var tokyo = TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo");
        var schedule = Schedule("0 30 1 * * ?", tokyo);

        Assert.Equal(Utc("2026-11-22T16:30"), schedule.Next(Utc("2026-11-22T05:00"), null));
    }

    [Fact]
    public void Next_SpringNightWithoutThatHour_StillFiresOnce()
    {
        // 2026-03-29 02:00 → 03:00 in Paris: 02:30 never occurs.
        var schedule = Schedule("0 30 2 * * ?", Paris);

        var first = schedule.Next(Utc("2026-03-28T12:00"), null);
        var second = schedule.Next(first.AddSeconds(1), first);

        Assert.Equal(Utc("2026-03-29T01:00"), first);
        Assert.Equal(Utc("2026-03-30T00:30"), second);
    }

    [Fact]
    public void Next_AutumnNightWithThatHourTwice_FiresOnce()
    {
        // 2026-10-25 03:00 → 02:00 in Paris: 02:30 occurs twice.
        var schedule = Schedule("0 30 2 * * ?", Paris);

        var first = schedule.Next(Utc("2026-10-24T12:00"), null);
        var second = schedule.Next(first.AddSeconds(1), first);

        Assert.Equal(Utc("2026-10-25T00:30"), first);
        Assert.Equal(Utc("2026-10-26T01:30"), second);
    }

    [Fact]
    public void Next_MissedNightWithinCatchUp_IsNow()
    {
        var schedule = Schedule("0 30 1 * * ?", TimeZoneInfo.Utc, catchUp: TimeSpan.FromHours(12));
        var now = Utc("2026-11-22T09:00");

        Assert.Equal(now, schedule.Next(now, lastStarted: Utc("2026-11-21T01:30")));
    }

    [Fact]
    public void Next_MissedNightTooLongAgo_WaitsForTheNext()
    {
        var schedule = Schedule("0 30 1 * * ?", TimeZoneInfo.Utc, catchUp: TimeSpan.FromHours(2));

        Assert.Equal(Utc("2026-11-23T01:30"), schedule.Next(Utc("2026-11-22T09:00"), Utc("2026-11-21T01:30")));
    }

    [Fact]
    public void Next_TonightIsDone_WaitsForTheNext()
    {
        var schedule = Schedule("0 30 1 * * ?", TimeZoneInfo.Utc);

        Assert.Equal(Utc("2026-11-23T01:30"), schedule.Next(Utc("2026-11-22T03:00"), Utc("2026-11-22T01:31")));
    }

    [Fact]
    public void Next_NeverRunBefore_NothingWasMissed()
    {
        var schedule = Schedule("0 30 1 * * ?", TimeZoneInfo.Utc);

        Assert.Equal(Utc("2026-11-23T01:30"), schedule.Next(Utc("2026-11-22T03:00"), null));
    }

    [Theory]
    [InlineData(0.0, 0)]
    [InlineData(0.5, 150)]
    [InlineData(0.75, 225)]
    public void Next_Jitter_DelaysByLessThanItsBound(double random, double seconds)
    {
        var schedule = Schedule("0 30 1 * * ?", TimeZoneInfo.Utc, jitter: TimeSpan.FromMinutes(5), random: random);

        Assert.Equal(Utc("2026-11-23T01:30").AddSeconds(seconds), schedule.Next(Utc("2026-11-22T03:00"), null));
    }

    private static NightlySchedule Schedule(string cron, TimeZoneInfo zone, TimeSpan jitter = default, TimeSpan? catchUp = null, double random = 0) =>
        new(new ScheduleSettings(cron, zone, jitter, catchUp ?? TimeSpan.FromHours(12)), () => random);

    private static DateTimeOffset Utc(string text) =>
        DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal);
}
