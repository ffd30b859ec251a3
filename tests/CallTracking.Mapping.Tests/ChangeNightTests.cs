using CallTracking.Contracts;
using Xunit;

namespace CallTracking.Mapping.Tests;

/// <summary>Nights on which clocks are changed: what a local time can mean, in ten zones and as somebody decides.</summary>
public sealed class ChangeNightTests
{
    // Zone, a local time of the night, and its two instants: the one that is taken, and the other one; "-" where it has one only.
    [Theory]
    [InlineData("Europe/Berlin", "2026-10-25 02:30", TimeCaution.Overlap, "2026-10-25T00:30Z", "2026-10-25T01:30Z")]
    [InlineData("Europe/Berlin", "2026-03-29 02:30", TimeCaution.Gap, "2026-03-29T01:30Z", "2026-03-29T00:30Z")]
    [InlineData("Europe/London", "2026-10-25 01:30", TimeCaution.Overlap, "2026-10-25T00:30Z", "2026-10-25T01:30Z")]
    [InlineData("Europe/London", "2026-10-25 02:30", TimeCaution.Unspecified, "2026-10-25T02:30Z", "-")]
    [InlineData("Europe/London", "2026-03-29 01:30", TimeCaution.Gap, "2026-03-29T01:30Z", "2026-03-29T00:30Z")]
    [InlineData("America/New_York", "2026-11-01 01:30", TimeCaution.Overlap, "2026-11-01T05:30Z", "2026-11-01T06:30Z")]
    [InlineData("America/New_York", "2026-03-08 02:30", TimeCaution.Gap, "2026-03-08T07:30Z", "2026-03-08T06:30Z")]
    [InlineData("America/Los_Angeles", "2026-11-01 01:30", TimeCaution.Overlap, "2026-11-01T08:30Z", "2026-11-01T09:30Z")]
    [InlineData("America/Los_Angeles", "2026-03-08 02:30", TimeCaution.Gap, "2026-03-08T10:30Z", "2026-03-08T09:30Z")]
    [InlineData("America/Santiago", "2026-04-04 23:30", TimeCaution.Overlap, "2026-04-05T02:30Z", "2026-04-05T03:30Z")]
    [InlineData("America/Santiago", "2026-09-06 00:30", TimeCaution.Gap, "2026-09-06T04:30Z", "2026-09-06T03:30Z")]
    [InlineData("Australia/Sydney", "2026-04-05 02:30", TimeCaution.Overlap, "2026-04-04T15:30Z", "2026-04-04T16:30Z")]
    [InlineData("Australia/Sydney", "2026-10-04 02:30", TimeCaution.Gap, "2026-10-03T16:30Z", "2026-10-03T15:30Z")]
    [InlineData("Australia/Lord_Howe", "2026-04-05 01:45", TimeCaution.Overlap, "2026-04-04T14:45Z", "2026-04-04T15:15Z")]
    [InlineData("Australia/Lord_Howe", "2026-10-04 02:15", TimeCaution.Gap, "2026-10-03T15:45Z", "2026-10-03T15:15Z")]
    [InlineData("Pacific/Auckland", "2026-04-05 02:30", TimeCaution.Overlap, "2026-04-04T13:30Z", "2026-04-04T14:30Z")]
    [InlineData("Pacific/Auckland", "2026-09-27 02:30", TimeCaution.Gap, "2026-09-26T14:30Z", "2026-09-26T13:30Z")]
    [InlineData("Africa/Cairo", "2025-10-30 23:30", TimeCaution.Overlap, "2025-10-30T20:30Z", "2025-10-30T21:30Z")]
    [InlineData("Africa/Cairo", "2025-04-25 00:30", TimeCaution.Gap, "2025-04-24T22:30Z", "2025-04-24T21:30Z")]
    // A zone that moved for good, and one that never changes.
    [InlineData("Europe/Moscow", "2014-10-26 01:30", TimeCaution.Overlap, "2014-10-25T21:30Z", "2014-10-25T22:30Z")]
    [InlineData("Asia/Tokyo", "2026-10-25 02:30", TimeCaution.Unspecified, "2026-10-24T17:30Z", "-")]
    public async Task Opened_OnANightOfChange_KeepsBothReadings(string zone, string text, TimeCaution caution, string taken, string other)
    {
        var time = await OneAsync(zone, text);

        Assert.Equal((caution, taken), (time.Caution, Written(time.At.ToDateTimeOffset())));
        Assert.Equal(other, Other(time));
        Assert.Equal(text, (time.At.ToDateTime() + TimeSpan.FromMinutes(time.UtcOffsetMinutes)).ToString("yyyy-MM-dd HH:mm", null));
    }

    [Theory]
    [InlineData("overlap: earlier", "2026-10-25 02:30", "2026-10-25T00:30Z", 120)]
    [InlineData("overlap: later", "2026-10-25 02:30", "2026-10-25T01:30Z", 60)]
    [InlineData("gap: earlier", "2026-03-29 02:30", "2026-03-29T00:30Z", 120)]
    [InlineData("gap: later", "2026-03-29 02:30", "2026-03-29T01:30Z", 60)]
    public async Task Opened_OnceSomebodyDecided_IsThatReadingWithoutDoubt(string choice, string text, string instant, int offset)
    {
        foreach (var (field, more) in new[] { ($"{{from: t, {choice}}}", ""), ("t", choice), ($"{{from: t, {choice}}}", choice.Replace("later", "reject", StringComparison.Ordinal).Replace("earlier", "reject", StringComparison.Ordinal)) })
        {
            var time = await OneAsync("Europe/Berlin", text, field, more);

            Assert.Equal((TimeCaution.Unspecified, instant, offset, false), (time.Caution, Written(time.At.ToDateTimeOffset()), time.UtcOffsetMinutes, time.HasOtherUtcOffsetMinutes));
        }
    }

    [Theory]
    [InlineData("overlap: reject", "2026-10-25 02:30", "occurs twice")]
    [InlineData("gap: reject", "2026-03-29 02:30", "never occurs")]
    public async Task Opened_WhereSuchTimesAreRefused_RejectsTheRecord(string choice, string text, string why)
    {
        var outcome = Assert.Single(await Reading.AllAsync(Reading.Csv("opened: t", more: choice, zone: "Europe/Berlin"), $"id,t\n1,{text}\n"));

        var rejected = Assert.IsType<RowOutcome.Rejected>(outcome);
        Assert.Equal((RejectReason.BadTime, "opened"), (rejected.Reason, rejected.Field));
        Assert.Contains(why, rejected.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Opened_TheWholeDayThatWasSkipped_IsAGap()
    {
        // Samoa went from 29 to 31 December 2011.
        var time = await OneAsync("Pacific/Apia", "2011-12-30 12:00");

        Assert.Equal((TimeCaution.Gap, "2011-12-30T22:00Z", "2011-12-29T22:00Z"), (time.Caution, Written(time.At.ToDateTimeOffset()), Other(time)));
    }

    private static string Other(CaseTime time) => time.HasOtherUtcOffsetMinutes
        ? Written(time.At.ToDateTimeOffset() + TimeSpan.FromMinutes(time.UtcOffsetMinutes - time.OtherUtcOffsetMinutes))
        : "-";

    private static string Written(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm'Z'", null);

    private static async Task<CaseTime> OneAsync(string zone, string text, string field = "t", string more = "")
    {
        var outcomes = await Reading.AllAsync(Reading.Csv($"opened: {field}", more: more, zone: zone), $"id,t\n1,{text}\n");
        return Assert.IsType<RowOutcome.Mapped>(Assert.Single(outcomes)).Case.Opened;
    }
}
