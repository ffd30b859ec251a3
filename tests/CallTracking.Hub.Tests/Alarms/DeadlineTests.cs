using System.Globalization;
using CallTracking.Contracts;
using CallTracking.Hub.Alarms;
using Xunit;

namespace CallTracking.Hub.Tests.Alarms;

public sealed class DeadlineTests
{
    [Fact]
    public void MissedAt_RunsAroundTheDeadline_OnlyOneOfThisNightCounts()
    {
        var deadline = Of("06:00", "Asia/Tokyo");
        var after = Utc("2026-11-24T21:30");

        Assert.Null(deadline.MissedAt(after, Utc("2026-11-24T17:00")));
        Assert.Null(deadline.MissedAt(after, Utc("2026-11-24T21:20")));
        Assert.Equal(Utc("2026-11-24T21:00"), deadline.MissedAt(after, Utc("2026-11-23T22:00")));
        Assert.Equal(Utc("2026-11-24T21:00"), deadline.MissedAt(after, null));
        Assert.Null(deadline.MissedAt(Utc("2026-11-24T20:59"), Utc("2026-11-23T21:00")));
    }

    [Fact]
    public void Last_WeekendAndHoliday_AreNoDeadlines()
    {
        var deadline = Of("06:00", "UTC", "Mon-Fri", "2026-11-23");

        Assert.Equal(Utc("2026-11-20T06:00"), deadline.Last(Utc("2026-11-23T12:00")));
        Assert.Equal(Utc("2026-11-24T06:00"), deadline.Next(Utc("2026-11-20T06:00")));
    }

    [Fact]
    public void Last_BeforeTheDeadlineWasSet_NothingWasPromised()
    {
        var deadline = Of("06:00", "UTC") with { SetAt = Utc("2026-11-24T09:00") };

        Assert.Null(deadline.MissedAt(Utc("2026-11-24T10:00"), null));
        Assert.Equal(Utc("2026-11-25T06:00"), deadline.MissedAt(Utc("2026-11-25T06:00"), null));
    }

    [Fact]
    public void Next_HourThatClocksSkip_IsTheEndOfTheGap() =>
        Assert.Equal(Utc("2026-03-29T01:00"), Of("02:30", "Europe/Paris").Next(Utc("2026-03-28T12:00")));

    [Fact]
    public void Next_HourThatClocksRepeat_IsTheSecondTimeAndOnlyThat()
    {
        var deadline = Of("02:30", "Europe/Paris");

        Assert.Equal(Utc("2026-10-25T01:30"), deadline.Next(Utc("2026-10-24T12:00")));
        Assert.Equal(Utc("2026-10-26T01:30"), deadline.Next(Utc("2026-10-25T01:30")));
    }

    [Theory]
    [InlineData("Mon-Fri", "Mon,Tue,Wed,Thu,Fri")]
    [InlineData("fri-mon", "Sun,Mon,Fri,Sat")]
    [InlineData("Sun-Sat", "every day")]
    [InlineData("Tue, Thu", "Tue,Thu")]
    public void TryParse_Days_AreThose(string text, string days)
    {
        Assert.True(DayOfWeekSet.TryParse(text, out var set));
        Assert.Equal(days, set.ToString());
    }

    [Theory]
    [InlineData("Monday")]
    [InlineData("Mon-Wed-Fri")]
    [InlineData("")]
    public void TryParse_OtherWords_AreNone(string text) => Assert.False(DayOfWeekSet.TryParse(text, out _));

    private static Deadline Of(string at, string zone, string days = "Sun-Sat", params string[] holidays)
    {
        Assert.True(DayOfWeekSet.TryParse(days, out var set));
        return new Deadline(
            RegionCode.Parse("JP"),
            TimeOnly.Parse(at, CultureInfo.InvariantCulture),
            TimeZoneInfo.FindSystemTimeZoneById(zone),
            set,
            holidays.Select(day => DateOnly.Parse(day, CultureInfo.InvariantCulture)).ToHashSet(),
            Deadline.DefaultReach,
            DateTimeOffset.MinValue);
    }

    private static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
