using CallTracking.Contracts;
using Xunit;

namespace CallTracking.Mapping.Tests;

public sealed class TimeTests
{
    [Theory]
    // Clocks forward on 29 March 2026, 02:00 to 03:00; back on 25 October 2026, 03:00 to 02:00.
    [InlineData("29.03.2026 01:59", "2026-03-29T00:59:00Z", 60, TimeCaution.Unspecified)]
    [InlineData("29.03.2026 02:30", "2026-03-29T01:30:00Z", 60, TimeCaution.Gap)]
    [InlineData("29.03.2026 03:00", "2026-03-29T01:00:00Z", 120, TimeCaution.Unspecified)]
    [InlineData("25.10.2026 01:59", "2026-10-24T23:59:00Z", 120, TimeCaution.Unspecified)]
    [InlineData("25.10.2026 02:30", "2026-10-25T00:30:00Z", 120, TimeCaution.Overlap)]
    [InlineData("25.10.2026 03:00", "2026-10-25T02:00:00Z", 60, TimeCaution.Unspecified)]
    [InlineData("24.12.2026 18:00", "2026-12-24T17:00:00Z", 60, TimeCaution.Unspecified)]
    public async Task Opened_LocalTimeOfBerlin_IsTheInstantAndItsDoubt(string text, string instant, int offset, TimeCaution caution)
    {
        var time = await OneAsync("{from: t, format: dd.MM.yyyy HH:mm}", text, "Europe/Berlin", "de-DE");

        Assert.Equal(instant, time.At.ToDateTime().ToString("yyyy-MM-ddTHH:mm:ssZ", null));
        Assert.Equal((offset, caution, TimePrecision.Minute, text), (time.UtcOffsetMinutes, time.Caution, time.Precision, time.Original));
    }

    [Theory]
    [InlineData("2024-07-26T15:41:04Z", "2024-07-26T15:41:04.0000000Z", 0, TimePrecision.Second)]
    [InlineData("2021-11-03T11:51:13.759Z", "2021-11-03T11:51:13.7590000Z", 0, TimePrecision.Second)]
    [InlineData("2018-04-17T10:00:00.000+0000", "2018-04-17T10:00:00.0000000Z", 0, TimePrecision.Second)]
    [InlineData("2012-03-22T19:01:56-03:00", "2012-03-22T22:01:56.0000000Z", -180, TimePrecision.Second)]
    [InlineData("2016-04-28T11:19:34 -10:00", "2016-04-28T21:19:34.0000000Z", -600, TimePrecision.Second)]
    [InlineData("2016-12-14 02:46", "2016-12-13T17:46:00.0000000Z", 540, TimePrecision.Minute)]
    [InlineData("2016-12-14", "2016-12-13T15:00:00.0000000Z", 540, TimePrecision.Day)]
    public async Task Opened_Iso_NeedsNoFormatAndKeepsNoOriginal(string text, string instant, int offset, TimePrecision precision)
    {
        var time = await OneAsync("t", text, "Asia/Tokyo", "ja-JP");

        Assert.Equal(instant, time.At.ToDateTime().ToString("O"));
        Assert.Equal((offset, precision, ""), (time.UtcOffsetMinutes, time.Precision, time.Original));
    }

    [Theory]
    [InlineData("unix", "1539897198", "2018-10-18T21:13:18Z")]
    [InlineData("unix_ms", "1539897198500", "2018-10-18T21:13:18Z")]
    [InlineData("\"ddd MMM d HH:mm:ss zzz yyyy\"", "Tue Oct 31 22:10:47 +00:00 2017", "2017-10-31T22:10:47Z")]
    [InlineData("\"yyyyMMdd\"", "20240119", "2024-01-18T15:00:00Z")]
    [InlineData("\"yyyy/M/d H:mm:ss\"", "2019/4/25 9:32:09", "2019-04-25T00:32:09Z")]
    [InlineData("[\"MM/dd/yyyy hh:mm:ss tt\", \"M/d/yyyy\"]", "06/20/2016 10:04:21 PM", "2016-06-20T13:04:21Z")]
    [InlineData("[\"MM/dd/yyyy hh:mm:ss tt\", \"M/d/yyyy\"]", "9/22/2020", "2020-09-21T15:00:00Z")]
    [InlineData("\"yyyy-MM-dd HH:mm:ssK\"", "2026-01-01 09:00:00", "2026-01-01T00:00:00Z")]
    [InlineData("\"yyyy-MM-dd HH:mm:ssK\"", "2026-01-01 09:00:00Z", "2026-01-01T09:00:00Z")]
    public async Task Opened_FormatsSeenInTheWild_AreRead(string format, string text, string instant)
    {
        var time = await OneAsync($"{{from: t, format: {format}}}", text, "Asia/Tokyo", "en-US");

        Assert.Equal(instant, time.At.ToDateTime().ToString("yyyy-MM-ddTHH:mm:ssZ", null));
    }

    [Theory]
    [InlineData("el-GR", "d/M/yyyy hh:mm tt", "22/1/2026 09:00 πμ", 9)]
    [InlineData("el-GR", "d/M/yyyy hh:mm tt", "22/1/2026 09:00 π.μ.", 9)]
    [InlineData("el-GR", "d/M/yyyy hh:mm tt", "22/1/2026 09:00 ΜΜ", 21)]
    [InlineData("el-GR", "d/M/yyyy hh:mm tt", "22/1/2026 09:00 μ.μ.", 21)]
    [InlineData("el-GR", "d/M/yyyy hh:mm tt", "22/1/2026 09:00 PM", 21)]
    [InlineData("es-ES", "d/M/yyyy h:mm tt", "22/1/2026 9:00 p.m.", 21)]
    [InlineData("es-ES", "d/M/yyyy h:mm tt", "22/1/2026 9:00 p. m.", 21)]
    [InlineData("es-MX", "d/M/yyyy h:mm tt", "22/1/2026 9:00 AM", 9)]
    [InlineData("en-US", "d/M/yyyy h:mm tt", "22/1/2026 9:00 P.M.", 21)]
    [InlineData("en-AU", "d/M/yyyy h:mmtt", "22/1/2026 9:00a.m.", 9)]
    [InlineData("hu-HU", "yyyy. M. d. tt h:mm", "2026. 1. 22. DU 9:00", 21)]
    [InlineData("cs-CZ", "d.M.yyyy h:mm tt", "22.1.2026 9:00 odp", 21)]
    [InlineData("de-DE", "d. MMMM yyyy h:mm tt", "22. Januar 2026 9:00 p.m.", 21)]
    [InlineData("ko-KR", "yyyy. M. d. tt h:mm", "2026. 1. 22. 오후 9:00", 21)]
    [InlineData("ja-JP", "yyyy年M月d日tth:mm", "2026年1月22日PM9:00", 21)]
    [InlineData("de-DE", "'am' d.M.yyyy h:mm tt", "am 22.1.2026 9:00 p.m.", 21)]
    public async Task Opened_HalvesOfTheDay_AreReadWithDotsAndWithout(string culture, string format, string text, int hour)
    {
        var time = await OneAsync($"{{from: t, format: \"{format}\"}}", text, "Etc/UTC", culture);

        Assert.Equal(new DateTime(2026, 1, 22, hour, 0, 0, DateTimeKind.Utc), time.At.ToDateTime());
    }

    [Theory]
    [InlineData("")]
    [InlineData(", calendar: buddhist")]
    public async Task Opened_ManyWordsThatAreNoTime_AreRefusedAtOnce(string calendar)
    {
        var text = string.Concat(Enumerable.Repeat("a ", 20_000)) + "b";

        var outcomes = await Reading.AllAsync(Reading.Csv($"opened: {{from: t, format: \"d/M/yyyy hh:mm tt\"{calendar}}}"), $"id,t\n1,{text}\n");

        Assert.Equal(RejectReason.BadTime, Assert.IsType<RowOutcome.Rejected>(Assert.Single(outcomes)).Reason);
    }

    [Theory]
    [InlineData("")]
    [InlineData(", calendar: buddhist")]
    public async Task Opened_OfAnotherHalf_IsRefusedWithTheTwoThatAreRead(string calendar)
    {
        var outcomes = await Reading.AllAsync(Reading.Csv($"opened: {{from: t, format: \"d/M/yyyy hh:mm tt\"{calendar}}}", more: "culture: el-GR"), "id,t\n1,22/1/2026 09:00 xq\n");

        var rejected = Assert.IsType<RowOutcome.Rejected>(Assert.Single(outcomes));
        Assert.Contains("d/M/yyyy hh:mm tt (tt is 'π.μ.' or 'μ.μ.')", rejected.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("xq", rejected.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Opened_HalvesOfTheDayInAnotherCalendar_AreReadWithoutDots()
    {
        var time = await OneAsync("{from: t, format: \"d/M/yyyy hh:mm tt\", calendar: buddhist}", "22/1/2569 09:00 ΜΜ", "Etc/UTC", "el-GR");

        Assert.Equal(new DateTime(2026, 1, 22, 21, 0, 0, DateTimeKind.Utc), time.At.ToDateTime());
    }

    [Fact]
    public async Task Opened_StrokesInAGermanMapping_MeanStrokes()
    {
        var time = await OneAsync("{from: t, format: d/M/yyyy HH:mm}", "29/2/2016 01:16", "Europe/Berlin", "de-DE");

        Assert.Equal("2016-02-29T00:16:00Z", time.At.ToDateTime().ToString("yyyy-MM-ddTHH:mm:ssZ", null));
    }

    [Theory]
    [InlineData("2026-02-30")]
    [InlineData("2026-13-01T00:00")]
    [InlineData("2026-01-01T24:00")]
    [InlineData("0000-00-00 00:00:00")]
    [InlineData("2026-01-01T10:00:00+15:00")]
    [InlineData("2026-01-01T10:00:00.")]
    [InlineData("0001-01-01")]
    [InlineData("yesterday")]
    public async Task Opened_NoTime_IsRejectedWithoutItsContent(string text)
    {
        var outcomes = await Reading.AllAsync(Reading.Csv("opened: t", zone: "Asia/Tokyo"), $"id,t\n1,{text}\n");

        var rejected = Assert.IsType<RowOutcome.Rejected>(Assert.Single(outcomes));
        Assert.Equal((RejectReason.BadTime, "opened"), (rejected.Reason, rejected.Field));
        Assert.DoesNotContain(text, rejected.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Opened_MidnightThatNeverWas_IsTheStartOfThatDay()
    {
        // Santiago went from 2025-09-06 24:00 to 01:00.
        var time = await OneAsync("t", "2025-09-07", "America/Santiago", "es-CL");

        Assert.Equal("2025-09-07T04:00:00Z", time.At.ToDateTime().ToString("yyyy-MM-ddTHH:mm:ssZ", null));
        Assert.Equal(TimeCaution.Unspecified, time.Caution);
    }

    [Fact]
    public async Task Closed_FromAnotherField_IsMarkedDerived()
    {
        var yaml = Reading.Csv("closed: {from: t, when: {from: s, in: [closed, solved]}, derived: true}");

        var outcomes = await Reading.AllAsync(yaml, "id,s,t\n1,open,2026-01-01\n2,closed,2026-01-02\n");

        Assert.Null(((RowOutcome.Mapped)outcomes[0]).Case.Closed);
        Assert.Equal(TimeCaution.Derived, ((RowOutcome.Mapped)outcomes[1]).Case.Closed.Caution);
    }

    [Fact]
    public async Task Updated_OfTheSource_IsHandedOut()
    {
        var yaml = Reading.Csv("subject: s", more: "updated: {from: t, format: yyyy/MM/dd HH:mm}", zone: "Asia/Tokyo");

        var outcomes = await Reading.AllAsync(yaml, "id,s,t\n1,a,2026/01/02 03:04\n2,b,\n3,c,soon\n");

        Assert.Equal(new DateTimeOffset(2026, 1, 2, 3, 4, 0, TimeSpan.FromHours(9)), ((RowOutcome.Mapped)outcomes[0]).SourceUpdatedAt);
        Assert.Null(((RowOutcome.Mapped)outcomes[1]).SourceUpdatedAt);
        Assert.Equal((RejectReason.BadTime, "updated"), (((RowOutcome.Rejected)outcomes[2]).Reason, ((RowOutcome.Rejected)outcomes[2]).Field));
    }

    [Theory]
    [InlineData("updated: {from: t, format: yyyy/MM/dd HH:mm}", "", true)]
    [InlineData("updated: {from: t, format: yyyy/MM/dd HH:mm}", "updated: {from: u}", false)]
    [InlineData("subject: t", "", false)]
    public async Task Updated_OfACase_OrdersItsVersionsWhereTheSourceHasNoOtherTime(string field, string own, bool isTaken)
    {
        var outcomes = await Reading.AllAsync(Reading.Csv(field, more: own, zone: "Asia/Tokyo"), "id,t,u\n1,2026/01/02 03:04,\n2,,\n");

        Assert.Equal(isTaken ? new DateTimeOffset(2026, 1, 2, 3, 4, 0, TimeSpan.FromHours(9)) : null, ((RowOutcome.Mapped)outcomes[0]).SourceUpdatedAt);
        Assert.Null(((RowOutcome.Mapped)outcomes[1]).SourceUpdatedAt);
    }

    private static async Task<CaseTime> OneAsync(string field, string text, string zone, string culture)
    {
        var yaml = Reading.Csv($"opened: {field}", more: $"culture: {culture}", zone: zone);
        var outcomes = await Reading.AllAsync(yaml, $"id,t\n1,{text}\n");
        return Assert.IsType<RowOutcome.Mapped>(Assert.Single(outcomes)).Case.Opened;
    }
}
