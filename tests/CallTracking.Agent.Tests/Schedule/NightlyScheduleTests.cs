using CallTracking.Agent.Configuration;
using CallTracking.Agent.Identity;
using CallTracking.Agent.Schedule;
using CallTracking.Contracts;
using CallTracking.Rpc;
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

    [Theory]
    [InlineData("2026-10-25T00:31")] // Between the two.
    [InlineData("2026-10-25T01:29")]
    public void Next_AskedBetweenTheTwo_IsTheNextDay(string now)
    {
        var schedule = Schedule("0 30 2 * * ?", Paris);

        Assert.Equal(Utc("2026-10-26T01:30"), schedule.Next(Utc(now), null));
        Assert.Equal(Utc("2026-10-26T01:40"), Schedule("0 30 2 * * ?", Paris, TimeSpan.FromMinutes(10), random: 1).Next(Utc(now).AddMinutes(10), null));
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

    [Fact]
    public void Next_WithinTheJitterOfTonight_IsStillTonight()
    {
        var schedule = Schedule("0 30 1 * * ?", TimeZoneInfo.Utc, jitter: TimeSpan.FromMinutes(10), random: 0.5);

        Assert.Equal(Utc("2026-11-23T01:35"), schedule.Next(Utc("2026-11-23T01:31"), null));
        Assert.Equal(Utc("2026-11-24T01:35"), schedule.Next(Utc("2026-11-23T01:35"), Utc("2026-11-23T01:35")));
    }

    [Fact]
    public void Next_SixNightsMissed_IsNowOnce()
    {
        var schedule = Schedule("0 30 1 * * ?", TimeZoneInfo.Utc, catchUp: TimeSpan.FromDays(7));
        var now = Utc("2026-11-22T09:00");

        Assert.Equal(now, schedule.Next(now, Utc("2026-11-16T01:30")));
        Assert.Equal(Utc("2026-11-23T01:30"), schedule.Next(now.AddMinutes(5), now));
    }

    [Fact]
    public void Of_TwoRegions_ComeApartAndEachAtItsOwnTimeEveryNight()
    {
        var nights = new[] { "DE", "JP", "FR", "US" }.Select(region => NightlySchedule.Of(SettingsOf(region)).After(Utc("2026-11-22T00:00"))).ToList();

        Assert.Equal(4, nights.Distinct().Count());
        Assert.All(nights, night => Assert.InRange(night, Utc("2026-11-22T01:30"), Utc("2026-11-22T02:29:59")));
        Assert.Equal(nights[1].AddDays(1), NightlySchedule.Of(SettingsOf("JP")).After(nights[1]));
    }

    [Fact]
    public void Between_TwoDays_CountsNightsAfterTheFirstInstantOnly()
    {
        var schedule = Schedule("0 30 1 * * ?", TimeZoneInfo.Utc);

        Assert.Equal(2, schedule.Between(Utc("2026-11-22T01:30"), Utc("2026-11-24T01:30")));
        Assert.Equal(0, schedule.Between(Utc("2026-11-22T01:30"), Utc("2026-11-22T23:00")));
    }

    [Theory]
    [InlineData("30 1 * * *", "0 30 1 * * ?")]
    [InlineData("0 2 * * 1-5", "0 0 2 ? * 2-6")]
    [InlineData("0 2 * * 0,7", "0 0 2 ? * 1,1")]
    [InlineData("*/15 2 1 * *", "0 */15 2 1 * ?")]
    [InlineData("0 2 * * 1/2", "0 0 2 ? * 2/2")]
    [InlineData("0 2 * * mon", "0 0 2 ? * mon")]
    [InlineData("0 30 1 * * ?", "0 30 1 * * ?")]
    [InlineData("0 2 * * 0-7", "0 0 2 ? * 1-7")]
    [InlineData("0 2 * * 0-7/2", "0 0 2 ? * 1-7/2")]
    [InlineData("0 2 * JUL 1", "0 0 2 ? JUL 2")]
    [InlineData("0 2 * * wed", "0 0 2 ? * wed")]
    [InlineData("0 2 * * 5#3", null)]
    [InlineData("0 2 * * 5L", null)]
    [InlineData("0 2 L * *", null)]
    [InlineData("0 2 15W * *", null)]
    [InlineData("0 0 2 1 * MON", null)]
    [InlineData("0 0 2 1 * 2 2027", null)]
    [InlineData("0 0 2 ? * 6#3", "0 0 2 ? * 6#3")]
    [InlineData("0 2 1 * 1", null)]
    [InlineData("61 2 * * *", null)]
    [InlineData("nightly", null)]
    public void ToQuartz_Crontab_IsWhatQuartzMeansByIt(string text, string? expected) => Assert.Equal(expected, CronText.ToQuartz(text));

    private static AgentSettings SettingsOf(string region) => new()
    {
        File = "agent.yaml",
        Region = RegionCode.Parse(region),
        Centre = "centre",
        Country = "DE",
        Hubs = new RpcServers(new Uri("https://localhost")),
        State = StateVault.InClear("state"),
        Schedule = new ScheduleSettings("0 30 1 * * ?", TimeZoneInfo.Utc, TimeSpan.FromHours(1), TimeSpan.FromHours(12)),
        OutboxMaxBytes = 1,
        Sources = [],
    };

    private static NightlySchedule Schedule(string cron, TimeZoneInfo zone, TimeSpan jitter = default, TimeSpan? catchUp = null, double random = 0) =>
        new(new ScheduleSettings(cron, zone, jitter, catchUp ?? TimeSpan.FromHours(12)), random);

    private static DateTimeOffset Utc(string text) =>
        DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal);
}
