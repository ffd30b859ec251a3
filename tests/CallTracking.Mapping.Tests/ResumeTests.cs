using System.Text;
using Xunit;

namespace CallTracking.Mapping.Tests;

/// <summary>Reading on in a file that grew, and reading a rejected record once more.</summary>
public sealed class ResumeTests
{
    private const string Fields = "subject: subject\nstatus: {from: status, values: {open: open, closed: closed}}";
    private static readonly string Csv = Reading.Csv(Fields);
    private static readonly string Lines = Reading.Csv(Fields, format: "{type: jsonl}");

    [Theory]
    [InlineData("id,subject,status\nA,one,open\n\"B\",\"two\nlines\",open\n", "C,three,closed\n", 2, 3, 5)]
    [InlineData("\uFEFFid,subject,status\r\nA,one,open\r\n", "B,two,open\r\n", 1, 2, 3)]
    [InlineData("id,subject,status\n", "A,one,open\n", 0, 1, 2)]
    public async Task Resume_DelimitedFileThatGrew_GivesTheNewRecordsWithTheirOwnPlaces(string before, string more, long rows, long row, long line)
    {
        var (end, _) = await EndOfAsync(Csv, before);
        var outcomes = await ReadOnAsync(Csv, before + more, end!.Value);

        Assert.Equal(rows, end.Value.Row);
        var mapped = Assert.IsType<RowOutcome.Mapped>(Assert.Single(outcomes));
        Assert.Equal((row, line, Encoding.UTF8.GetByteCount(before)), (mapped.Position.Row, mapped.Position.Line, (int)mapped.Position.ByteOffset));
    }

    [Fact]
    public async Task Resume_LastRecordWithoutLineEnd_IsReadAgain()
    {
        const string Before = "id,subject,status\nA,one,open\nB,two,op";
        var (end, _) = await EndOfAsync(Csv, Before);
        var outcomes = await ReadOnAsync(Csv, Before + "en\nC,three,open\n", end!.Value);

        Assert.Equal(["B", "C"], outcomes.Select(outcome => Assert.IsType<RowOutcome.Mapped>(outcome).LocalId));
        Assert.Equal(2, outcomes[0].Position.Row);
    }

    [Fact]
    public async Task Resume_HeaderWithoutLineEnd_CannotGoOn() =>
        Assert.Null((await EndOfAsync(Csv, "\uFEFFid,subject,status")).End);

    [Fact]
    public async Task Resume_JsonLinesThatGrew_GivesTheNewLinesAndTheUnfinishedOne()
    {
        const string Before = "\uFEFF{\"id\":\"A\",\"subject\":\"one\"}\n\n{\"id\":\"B\",\"sub";
        var (end, _) = await EndOfAsync(Lines, Before);
        var outcomes = await ReadOnAsync(Lines, Before + "ject\":\"two\"}\n{\"id\":\"C\"}", end!.Value);

        Assert.Equal(["B", "C"], outcomes.Select(outcome => Assert.IsType<RowOutcome.Mapped>(outcome).LocalId));
        Assert.Equal((3L, 3L), (outcomes[0].Position.Row, outcomes[0].Position.Line));
    }

    [Theory]
    [InlineData("{type: json}", "[{\"id\":\"A\"}]")]
    [InlineData("{type: delimited, encoding: utf-16}", "id,subject,status\nA,one,open\n")]
    public async Task Resume_FilesThatAreReadFromTheirStartOnly_SaySo(string format, string text) =>
        Assert.Null((await EndOfAsync(Reading.Csv(Fields, format: format), text, format.Contains("16", StringComparison.Ordinal) ? Encoding.Unicode : null)).End);

    [Theory]
    [InlineData("{type: delimited, encoding: windows-1252}", "id,subject,status\nA,Größe,réouvert\n", 1252)]
    [InlineData("{type: delimited, encoding: utf-16}", "id,subject,status\nA,Größe,réouvert\n", 1200)]
    [InlineData("{type: jsonl}", "{\"id\":\"A\",\"subject\":\"Größe\",\"status\":\"réouvert\"}\n", 65001)]
    [InlineData("{type: json, records: data.tickets}", "{\"data\":{\"tickets\":[{\"id\":\"A\",\n\"subject\":\"Größe\",\"status\":\"réouvert\"}]}}", 65001)]
    public async Task OpenKept_RejectedRecord_IsMappedOnceMoreByAMendedMapping(string format, string text, int codePage)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var (_, kept) = await EndOfAsync(Reading.Csv(Fields, format: format), text, Encoding.GetEncoding(codePage));
        var rejected = Assert.Single(kept);

        var mended = Reading.Mapping(Reading.Csv(Fields.Replace("closed: closed", "réouvert: open", StringComparison.Ordinal), format: format));
        await using var reader = mended.OpenKept(rejected.RawRecord, "cases.csv")!;
        var mapped = Assert.IsType<RowOutcome.Mapped>(await reader.ReadAsync(CancellationToken.None));

        Assert.Equal(("A", "Größe"), (mapped.LocalId, mapped.Case.Subject.Clear));
        Assert.Null(await reader.ReadAsync(CancellationToken.None));
        Assert.Contains("réouvert", mended.TextOf(rejected.RawRecord.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rejected_UnknownWord_SaysKeyWordAndLineButNotInItsText()
    {
        var (_, kept) = await EndOfAsync(Csv, "id,subject,status\nA,one,Klärung\n,two,open\n\"C,x");

        Assert.Equal(("A", "Klärung"), (kept[0].LocalId, kept[0].Word!.Text));
        Assert.Equal(Csv.Split('\n').ToList().FindIndex(line => line.Contains("values:", StringComparison.Ordinal)) + 1, kept[0].Word!.Line);
        Assert.DoesNotContain("Klärung", $"{kept[0]} {kept[0].Word}", StringComparison.Ordinal);
        Assert.All(kept.Skip(1), other => Assert.Null(other.LocalId));
    }

    private static async Task<(ResumePoint? End, List<RowOutcome.Rejected> Kept)> EndOfAsync(string yaml, string text, Encoding? encoding = null)
    {
        await using var reader = Reading.Mapping(yaml).OpenReader(new MemoryStream((encoding ?? Encoding.UTF8).GetBytes(text)), "cases.csv");
        var kept = new List<RowOutcome.Rejected>();
        while (await reader.ReadAsync(CancellationToken.None) is { } outcome)
        {
            if (outcome is RowOutcome.Rejected rejected)
            {
                kept.Add(rejected with { RawRecord = (byte[])[.. reader.Head.Span, .. rejected.RawRecord.Span] });
            }
        }

        return (reader.Resume, kept);
    }

    private static async Task<List<RowOutcome>> ReadOnAsync(string yaml, string text, ResumePoint from)
    {
        await using var reader = Reading.Mapping(yaml).OpenReader(new MemoryStream(Encoding.UTF8.GetBytes(text)), "cases.csv", from);
        return await Reading.AllAsync(reader);
    }
}
