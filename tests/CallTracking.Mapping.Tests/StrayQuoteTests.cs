using System.Globalization;
using System.Text;
using Xunit;

namespace CallTracking.Mapping.Tests;

/// <summary>A quote too many or too few costs its own record, and never takes others along unsaid.</summary>
public sealed class StrayQuoteTests
{
    private const string Header = "id,text,a,b,c\n";
    private static readonly string Mapping = Reading.Csv("subject: text");

    [Theory]
    [InlineData("2,\"lone,,,\n", "2,\"lone,,,", "line 3 is not closed before the end of the file. Reading goes on in line 4")]
    [InlineData("2,x,,,\"\n", "2,x,,,\"", "Reading goes on in line 4")]
    [InlineData("2,\"two\nlines\",,\"z,\n", "2,\"two\nlines\",,\"z,", "The quote that opens in line 4")]
    public async Task ReadAsync_QuoteThatNeverCloses_CostsItsOwnLineOnly(string bad, string kept, string says)
    {
        var outcomes = await Reading.AllAsync(Mapping, $"{Header}1,a,,,\n{bad}3,c,,,\n4,d,,,\n5,e,,,");

        var rejected = Assert.IsType<RowOutcome.Rejected>(outcomes[1]);
        Assert.Equal(RejectReason.BrokenRecord, rejected.Reason);
        Assert.Equal(kept, Encoding.UTF8.GetString(rejected.RawRecord.Span));
        Assert.Contains(says, rejected.Message, StringComparison.Ordinal);
        Assert.Equal(["1", "3", "4", "5"], Ids(outcomes));
        Assert.Equal(kept.Contains('\n', StringComparison.Ordinal) ? 5 : 4, outcomes[2].Position.Line);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public async Task ReadAsync_QuoteClosedByAnotherRecordsQuote_CostsItsOwnLineOnly(string lineEnd)
    {
        var lines = "id,text,a,b,c|1,a,,,|2,\"lone,,,|3,c,,,|4,\"d\",,,|5,e,,,|".Replace("|", lineEnd, StringComparison.Ordinal);

        var outcomes = await Reading.AllAsync(Mapping, lines);

        Assert.Equal(["1", "3", "4", "5"], Ids(outcomes));
        Assert.Equal([2L, 3, 4, 5, 6], outcomes.Select(row => row.Position.Line));
        Assert.Equal([1L, 2, 3, 4, 5], outcomes.Select(row => row.Position.Row));
    }

    [Fact]
    public async Task ReadAsync_EndCutOffInsideLongText_IsAFaultWithItsLinesBehindWhatWasRead()
    {
        await using var reader = Reading.Mapping(Mapping).OpenReader(
            new MemoryStream(Encoding.UTF8.GetBytes($"{Header}1,a,,,\n2,\"Hello,\nit hums\nsince Monday")), "cases.csv");

        Assert.IsType<RowOutcome.Mapped>(await reader.ReadAsync(default));
        Assert.Equal(RejectReason.BrokenRecord, Assert.IsType<RowOutcome.Rejected>(await reader.ReadAsync(default)).Reason);
        var cut = await Assert.ThrowsAsync<SourceFormatException>(async () => await reader.ReadAsync(default));

        var fault = Assert.Single(cut.Faults);
        Assert.Equal(3, fault.Line);
        Assert.Contains("3 lines", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hums", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_LinesOfProseInFewColumns_AreNotTakenForRecords()
    {
        var outcomes = await Reading.AllAsync(Mapping, "id,text\n1,\"Hello,\nit hums, always\n\"and, loudly\n2,b\n");

        Assert.Equal(["2"], Ids(outcomes));
        Assert.Contains("The record takes 3 lines", Assert.IsType<RowOutcome.Rejected>(outcomes[0]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_EveryLineMadeToBeReadAgain_EndsSoon()
    {
        var yaml = Reading.Csv("subject: text", format: "{type: delimited, encoding: utf-8, max_record_bytes: 65536}");
        var lines = new StringBuilder(Header);
        for (var line = 0; lines.Length < 60_000; line++)
        {
            lines.Append(CultureInfo.InvariantCulture, $"{line},\"a\"b,,,\"c\n{line},x,,,\n");
        }

        await using var reader = Reading.Mapping(yaml).OpenReader(new MemoryStream(Encoding.UTF8.GetBytes(lines.ToString())), "cases.csv");

        var end = await Assert.ThrowsAsync<SourceFormatException>(async () => await Reading.AllAsync(reader));
        Assert.Contains("is not closed", end.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Ids(IEnumerable<RowOutcome> outcomes) => outcomes.OfType<RowOutcome.Mapped>().Select(row => row.LocalId);
}
