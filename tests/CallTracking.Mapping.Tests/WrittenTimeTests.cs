using CallTracking.Contracts;
using Xunit;

namespace CallTracking.Mapping.Tests;

/// <summary>The many ways in which a source writes a time.</summary>
public sealed class WrittenTimeTests
{
    [Theory]
    [InlineData("\"ggy年M月d日\", calendar: japanese", "令和6年5月1日", "2024-05-01 00:00:00")]
    [InlineData("\"ggy年M月d日\", calendar: japanese", "令和元年５月１日", "2019-05-01 00:00:00")]
    [InlineData("\"ggy年M月d日\", calendar: japanese", "㍻31年4月30日", "2019-04-30 00:00:00")]
    [InlineData("\"gy.M.d H:mm\", calendar: japanese", "R6.5.1 9:05", "2024-05-01 09:05:00")]
    [InlineData("gy/M/d, calendar: japanese", "H31/4/30", "2019-04-30 00:00:00")]
    [InlineData("gy/M/d, calendar: japanese", "H31/12/30", "2019-12-30 00:00:00")]
    [InlineData("gy/M/d, calendar: japanese", "H32/1/1", null)]
    [InlineData("gy/M/d, calendar: japanese", "R1/4/30", null)]
    [InlineData("gy/M/d, calendar: japanese", "S63/2/30", null)]
    [InlineData("gy/M/d, calendar: japanese", "X6/2/3", null)]
    [InlineData("d/M/yyyy, calendar: buddhist", "29/2/2567", "2024-02-29 00:00:00")]
    [InlineData("d/M/yyyy, calendar: buddhist", "๒๙/๒/๒๕๖๗", "2024-02-29 00:00:00")]
    [InlineData("\"d MMM yyyy\", calendar: buddhist, culture: th-TH", "1 พ.ค. 2567", "2024-05-01 00:00:00")]
    [InlineData("yyy/MM/dd, calendar: roc", "113/05/01", "2024-05-01 00:00:00")]
    [InlineData("yyy/MM/dd, calendar: roc", "99/05/01", "2010-05-01 00:00:00")]
    [InlineData("yyyMMdd, calendar: roc", "1130501", "2024-05-01 00:00:00")]
    [InlineData("\"yyy/M/d tt h:mm\", calendar: roc, culture: zh-TW", "113/5/1 下午 3:05", "2024-05-01 15:05:00")]
    [InlineData("yyyy/MM/dd, calendar: persian", "1403/02/12", "2024-05-01 00:00:00")]
    [InlineData("yyyy/MM/dd, calendar: persian", "۱۴۰۳/۰۲/۱۲", "2024-05-01 00:00:00")]
    [InlineData("yyyy/MM/dd, calendar: persian", "1403/13/01", null)]
    [InlineData("yyyy/MM/dd, calendar: islamic", "1445/10/22", "2024-05-01 00:00:00")]
    [InlineData("yyyy/M/d, calendar: islamic_civil", "1445/10/22", "2024-04-30 00:00:00")]
    [InlineData("yyyy/MM/dd", "２０２４/０５/０１", "2024-05-01 00:00:00")]
    [InlineData("excel", "45413", "2024-05-01 00:00:00")]
    [InlineData("excel", "45413.38400462963", "2024-05-01 09:12:58")]
    [InlineData("excel", "\"45413,5\"", null)]
    [InlineData("excel, culture: de-DE", "\"45413,5\"", "2024-05-01 12:00:00")]
    [InlineData("excel", "1", "1900-01-01 00:00:00")]
    [InlineData("excel", "60", null)]
    [InlineData("excel", "61", "1900-03-01 00:00:00")]
    [InlineData("excel", "0.5", null)]
    [InlineData("excel_1904", "0", "1904-01-01 00:00:00")]
    [InlineData("excel_1904", "43951", "2024-05-01 00:00:00")]
    [InlineData("\"yyyy-MM-dd day_fraction\"", "2024-05-01 0.38400462962963", "2024-05-01 09:12:58")]
    [InlineData("\"yyyy-MM-dd day_fraction\"", "2024-05-01 1.5", null)]
    [InlineData("unix", "1714554778.25", "2024-05-01 09:12:58")]
    [InlineData("unix_ms", "1714554778250", "2024-05-01 09:12:58")]
    [InlineData("\"dd/MMM/yy h:mm tt\", culture: en-US", "01/May/24 9:12 PM", "2024-05-01 21:12:00")]
    [InlineData("d. MMMM yyyy, culture: de-DE", "1. März 2024", "2024-03-01 00:00:00")]
    [InlineData("[yyyy/MM/dd, dd.MM.yyyy]", "01.05.2024", "2024-05-01 00:00:00")]
    public async Task Time_AsTheSourceWritesIt_IsRead(string format, string text, string? expected)
    {
        var outcome = Assert.Single(await Reading.AllAsync(Reading.Csv($"opened: {{from: t, format: {format}}}"), $"id,t\n1,{text}\n"));

        Assert.Equal(expected, (outcome as RowOutcome.Mapped)?.Case.Opened.At.ToDateTime().ToString("yyyy-MM-dd HH:mm:ss", null));
        Assert.Equal(expected is null ? RejectReason.BadTime : null, (outcome as RowOutcome.Rejected)?.Reason);
    }

    [Fact]
    public async Task BirthDate_OfAnEra_IsIso()
    {
        var yaml = Reading.Csv("customer.birth_date: {from: t, format: [ggy年M月d日, gy.M.d], calendar: japanese}");

        var outcomes = await Reading.AllAsync(yaml, "id,t\n1,昭和55年5月17日\n2,S55.5.17\n");

        Assert.All(outcomes, row => Assert.Equal("1980-05-17", Assert.IsType<RowOutcome.Mapped>(row).Case.Customer.BirthDate.Clear));
    }

    [Fact]
    public async Task Time_OfAHalfClock_IsItsDayOnly()
    {
        var yaml = Reading.Csv("opened: {from: t, format: \"yyyy-MM-dd hh:mm:ss\", half_day: unknown}", zone: "Europe/Berlin");

        var opened = Assert.IsType<RowOutcome.Mapped>(Assert.Single(await Reading.AllAsync(yaml, "id,t\n1,2011-06-28 05:14:00\n"))).Case.Opened;

        Assert.Equal((TimePrecision.Day, "2011-06-28 05:14:00"), (opened.Precision, opened.Original));
        Assert.Equal("2011-06-27 22:00", opened.At.ToDateTime().ToString("yyyy-MM-dd HH:mm", null));
    }

    [Theory]
    [InlineData("\"yyyy-MM-dd hh:mm:ss\"", "AM or PM")]
    [InlineData("[dd/MM/yyyy, M/d/yyyy]", "different days")]
    [InlineData("[\"yyyy-MM-dd\", dd.MM.yyyy, \"yyyy-dd-MM\"]", "different days")]
    [InlineData("[dd-MM-yy, yy-MM-dd]", "different days")]
    [InlineData("yyyy/MM/dd, culture: fa-IR", "calendar")]
    [InlineData("yyyy/MM/dd, culture: th-TH", "calendar")]
    [InlineData("ggy年M月d日", "era")]
    [InlineData("yyyy-MM-ddTHH:mm, calendar: persian", "'T'")]
    [InlineData("yyyy/MM/dd, calendar: japan", "'japan'")]
    [InlineData("soon", "no time format")]
    public void Format_ThatWouldGuess_IsAFault(string format, string said) =>
        Assert.Contains(said, Assert.Single(SourceMapping.Parse("m.yaml", Reading.Csv($"opened: {{from: t, format: {format}}}")).Faults).Message, StringComparison.Ordinal);
}
