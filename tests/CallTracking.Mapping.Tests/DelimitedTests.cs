using System.Text;
using CallTracking.Contracts;
using Xunit;

namespace CallTracking.Mapping.Tests;

public sealed class DelimitedTests
{
    private static readonly string Plain = Reading.Csv("subject: text");

    static DelimitedTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [Theory]
    [InlineData("id,text\n1,a\n2,b\n", "a|b")]
    [InlineData("id,text\r\n1,a\r\n2,b", "a|b")]
    [InlineData("id,text\r1,a\r2,b\r", "a|b")]
    [InlineData("id,text\n1,\"a\"\n2,\"b\"\n", "a|b")]
    [InlineData("id,text\n1,\"a,\"\"x\"\"\r\nb\"\n", "a,\"x\"\r\nb")]
    [InlineData("id,text\n1,5\" pipe\n2,b\n", "5\" pipe|b")]
    [InlineData("text,id\n\"\"\"a\"\"\",1\n", "\"a\"")]
    [InlineData("\"id\",\"text\"\n\"1\",\"a\"", "a")]
    public async Task ReadAsync_QuotesAndLineEnds_AreRead(string content, string expected)
    {
        var outcomes = await Reading.AllAsync(Plain, content);

        Assert.Equal(expected.Split('|'), outcomes.Cast<RowOutcome.Mapped>().Select(row => row.Case.Subject.Clear));
    }

    [Fact]
    public async Task ReadAsync_Positions_CountRowsLinesAndBytes()
    {
        var outcomes = await Reading.AllAsync(Plain, "id,text\r\n1,\"a\r\nb\"\r\n2,c\r\n");

        Assert.Equal([new("cases.csv", 1, 2, 9), new("cases.csv", 2, 4, 19)], outcomes.Select(row => row.Position));
    }

    [Fact]
    public async Task ReadAsync_ByteOrderMark_IsNotPartOfTheFirstName()
    {
        var outcomes = await Reading.AllAsync(Plain, [.. Encoding.UTF8.Preamble, .. "id,text\n1,a\n"u8]);

        Assert.Equal("1", Assert.IsType<RowOutcome.Mapped>(Assert.Single(outcomes)).LocalId);
    }

    [Fact]
    public async Task ReadAsync_RowsOfNothing_AreBlank()
    {
        var outcomes = await Reading.AllAsync(Plain, "id,text\n\n,\n1,a\n \t,\n");

        Assert.Equal(["Blank", "Blank", "Mapped", "Blank"], outcomes.Select(row => row.GetType().Name));
    }

    [Theory]
    [InlineData("1\n", RejectReason.RaggedRow, "Expected 2 cells as in the header, got 1.")]
    [InlineData("1,a,b\n", RejectReason.RaggedRow, "got 3")]
    [InlineData("1,\"a\"b\n", RejectReason.BrokenRecord, "Cell 2")]
    [InlineData("1,a\0\n", RejectReason.NulCharacter, "character 4")]
    [InlineData(",a\n", RejectReason.MissingKey, "'id'")]
    public async Task ReadAsync_BadRow_IsRejectedAndTheNextIsRead(string bad, string reason, string says)
    {
        var outcomes = await Reading.AllAsync(Plain, $"id,text\n{bad}2,sound\n");

        var rejected = Assert.IsType<RowOutcome.Rejected>(outcomes[0]);
        Assert.Equal(reason, rejected.Reason);
        Assert.Contains(says, rejected.Message, StringComparison.Ordinal);
        Assert.Equal(bad.TrimEnd('\n'), Encoding.UTF8.GetString(rejected.RawRecord.Span));
        Assert.Equal("sound", Assert.IsType<RowOutcome.Mapped>(outcomes[1]).Case.Subject.Clear);
    }

    [Fact]
    public async Task ReadAsync_RaggedRowsToPad_LoseNothing()
    {
        var yaml = Reading.Csv("subject: text", format: "{type: delimited, encoding: utf-8, ragged: pad}");

        var outcomes = await Reading.AllAsync(yaml, "id,text\n1\n2,b,,\n3,c,surplus\n");

        Assert.Equal(["Mapped", "Mapped", "Rejected"], outcomes.Select(row => row.GetType().Name));
        Assert.Null(((RowOutcome.Mapped)outcomes[0]).Case.Subject);
    }

    [Theory]
    [InlineData("id,text\n1,a\n2", true)]
    [InlineData("id,text\n2", true)]
    [InlineData("id,text\n2,", false)]
    [InlineData("id,text\n2,b", false)]
    [InlineData("id,text\n1,a\n2\n", false)]
    [InlineData("id,text\n1\n2", false)]
    [InlineData("id,text\n1\n2,b", false)]
    public async Task ReadAsync_PaddedFileEndsWithinItsLastRecord_RejectsThatRecord(string content, bool isCut)
    {
        var outcomes = await Reading.AllAsync(Reading.Csv("subject: text", format: "{type: delimited, encoding: utf-8, ragged: pad}"), content);

        Assert.Equal(isCut, outcomes[^1] is RowOutcome.Rejected { Reason: RejectReason.CutOff } cut && cut.Message.Contains("The file may have been cut off", StringComparison.Ordinal));
        Assert.Equal(isCut ? 1 : 0, outcomes.Count(row => row is RowOutcome.Rejected));
    }

    [Fact]
    public async Task ReadAsync_QuoteNeverClosed_NamesTheLineWhereItOpened()
    {
        var outcomes = await Reading.AllAsync(Plain, "id,text\n1,a\n2,\"b\n");

        var rejected = Assert.IsType<RowOutcome.Rejected>(outcomes[1]);
        Assert.Equal(RejectReason.BrokenRecord, rejected.Reason);
        Assert.Contains("opens in line 3", rejected.Message, StringComparison.Ordinal);
        Assert.Equal("2,\"b\n", Encoding.UTF8.GetString(rejected.RawRecord.Span));
    }

    [Theory]
    [InlineData("utf-8", 0xFF)]
    [InlineData("Shift_JIS", 0xFF)]
    [InlineData("windows-1252", 0x81)]
    [InlineData("us-ascii", 0xE9)]
    public async Task ReadAsync_ByteThatTheEncodingLacks_RejectsThatRowWithItsPlace(string encoding, byte bad)
    {
        var yaml = Reading.Csv("subject: text", format: $"{{type: delimited, encoding: {encoding}}}");

        var outcomes = await Reading.AllAsync(yaml, [.. "id,text\n1,ab"u8, bad, .. "\n2,sound\n"u8]);

        var rejected = Assert.IsType<RowOutcome.Rejected>(outcomes[0]);
        Assert.Equal(RejectReason.Undecodable, rejected.Reason);
        Assert.Contains("Byte 12 of the file", rejected.Message, StringComparison.Ordinal);
        Assert.Equal("sound", Assert.IsType<RowOutcome.Mapped>(outcomes[1]).Case.Subject.Clear);
    }

    [Theory]
    [InlineData("Shift_JIS")]
    [InlineData("cp932")]
    [InlineData("windows-31j")]
    public async Task ReadAsync_Windows31J_ReadsWhatExcelWrites(string name)
    {
        var yaml = Reading.Csv("subject: 内容", format: $"{{type: delimited, encoding: {name}}}");

        // 髙 as IBM and as NEC code, ～ and a character whose second byte is a backslash, one whose second byte is a stroke.
        byte[] content = [.. "id,"u8, 0x93, 0xE0, 0x97, 0x65, .. "\n1,"u8, 0xFB, 0xFC, 0xEE, 0xE0, 0x81, 0x60, 0x83, 0x5C, 0x83, 0x7C, .. "\n"u8];
        var outcomes = await Reading.AllAsync(yaml, content);

        Assert.Equal("髙髙～ソポ", Assert.IsType<RowOutcome.Mapped>(Assert.Single(outcomes)).Case.Subject.Clear);
    }

    [Fact]
    public async Task ReadAsync_StrokeAsDelimiterInWindows31J_DoesNotCutCharacters()
    {
        var yaml = Reading.Csv("subject: text", format: "{type: delimited, encoding: cp932, delimiter: \"|\"}");

        var outcomes = await Reading.AllAsync(yaml, "id|text\n1|ポンプ\"一\n2|b\n", Encoding.GetEncoding(932));

        Assert.Equal(["ポンプ\"一", "b"], outcomes.Cast<RowOutcome.Mapped>().Select(row => row.Case.Subject.Clear));
    }

    [Fact]
    public async Task ReadAsync_RecordOverTheLimit_IsRejectedWithoutBeingHeld()
    {
        var yaml = Reading.Csv("subject: text", format: "{type: delimited, encoding: utf-8, max_record_bytes: 5000000}");
        var mapping = Reading.Mapping(yaml);

        await using var reader = mapping.OpenReader(new GeneratedStream("id,text\n1,\"", 300_000_000, "\"\n2,b\n"), "cases.csv");
        var before = GC.GetAllocatedBytesForCurrentThread();
        var outcomes = await Reading.AllAsync(reader);

        var rejected = Assert.IsType<RowOutcome.Rejected>(outcomes[0]);
        Assert.Equal((RejectReason.TooLarge, SourceReader.RawRecordBytes), (rejected.Reason, rejected.RawRecord.Length));
        Assert.Equal("b", Assert.IsType<RowOutcome.Mapped>(outcomes[1]).Case.Subject.Clear);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 60_000_000);
    }

    [Fact]
    public async Task ReadAsync_CaseOverThreeMebibytes_IsRejected()
    {
        var outcomes = await Reading.AllAsync(Plain, $"id,text\n1,{new string('x', SyncLimits.CaseBytes + 1)}\n2,b\n");

        Assert.Equal(RejectReason.TooLarge, Assert.IsType<RowOutcome.Rejected>(outcomes[0]).Reason);
        Assert.IsType<RowOutcome.Mapped>(outcomes[1]);
    }

    [Fact]
    public async Task ReadAsync_QuoteOpenOverTheLimitToTheEnd_FailsTheFileInsteadOfLosingCases()
    {
        var rows = string.Concat(Enumerable.Range(2, 1000).Select(id => $"{id},b\n"));
        var yaml = Reading.Csv("subject: text", format: "{type: delimited, encoding: utf-8, max_record_bytes: 2000}");

        var failure = await Assert.ThrowsAsync<SourceFormatException>(() => Reading.AllAsync(yaml, $"id,text\n1,\"a\n{rows}"));

        Assert.Equal(2, failure.Fault.Line);
    }

    [Fact]
    public async Task ReadAsync_MissingColumns_AreAllNamedWithTheirPlaceAndTheNearest()
    {
        var yaml = Reading.Csv("subject: Betref\ndescription: Beschreibung\ntags: {from: y, optional: true}\nresolution: x");

        var failure = await Assert.ThrowsAsync<SourceFormatException>(() => Reading.AllAsync(yaml, "Id,Betreff,x\n1,a,b\n"));

        Assert.Equal(["id", "Betref", "Beschreibung"], failure.Faults.Select(fault => fault.Message.Split('\'')[1]));
        Assert.Equal(["mapping.yaml:4:6", "mapping.yaml:7:12", "mapping.yaml:8:16"], failure.Faults.Select(fault => $"{fault.File}:{fault.Line}:{fault.Column}"));
        Assert.Contains("'Id'", failure.Faults[0].Cure, StringComparison.Ordinal);
        Assert.Contains("'Betreff'", failure.Faults[1].Cure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(";")]
    [InlineData("\t")]
    public async Task ReadAsync_HeaderNotCut_PointsAtTheFormatOnly(string delimiter)
    {
        var failure = await Assert.ThrowsAsync<SourceFormatException>(() => Reading.AllAsync(Plain, $"id{delimiter}text\n1{delimiter}a\n"));

        Assert.Contains("delimiter", Assert.Single(failure.Faults).Cure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_NoneOfTheColumns_PointsAtTheFormatAndQuotesNoCell()
    {
        var failure = await Assert.ThrowsAsync<SourceFormatException>(() => Reading.AllAsync(Plain, "Nummer,Betreff\n1,a\n"));

        // What stands there may be a row of data without its header.
        Assert.DoesNotContain("Nummer", Assert.Single(failure.Faults).ToString(), StringComparison.Ordinal);
        Assert.Contains("delimiter", failure.Fault.Cure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_NothingDecodableFromTheStart_FailsTheFile()
    {
        byte[] row = [.. "1,"u8, 0xE9, .. "\n"u8];
        byte[] wrong = [.. "id,text\n\n"u8, .. Enumerable.Repeat(row, 150).SelectMany(bytes => bytes)];
        byte[] mixed = [.. "id,text\n0,sound\n"u8, .. Enumerable.Repeat(row, 150).SelectMany(bytes => bytes)];

        var failure = await Assert.ThrowsAsync<SourceFormatException>(() => Reading.AllAsync(Plain, wrong));
        var outcomes = await Reading.AllAsync(Plain, mixed);

        Assert.Contains("Byte 407 of the file is not utf-8", failure.Fault.Message, StringComparison.Ordinal);
        Assert.Equal(150, outcomes.Count(row => row is RowOutcome.Rejected));
    }

    [Fact]
    public async Task ReadAsync_ColumnNamedTwice_MustBeNumbered()
    {
        var failure = await Assert.ThrowsAsync<SourceFormatException>(() => Reading.AllAsync(Plain, "id,text,text\n1,a,b\n"));
        var outcomes = await Reading.AllAsync(Reading.Csv("subject: \"text#2\""), "id,text,text\n1,a,b\n");

        Assert.Contains("text#1", failure.Fault.Cure, StringComparison.Ordinal);
        Assert.Equal("b", Assert.IsType<RowOutcome.Mapped>(Assert.Single(outcomes)).Case.Subject.Clear);
    }

    [Fact]
    public async Task ReadAsync_WithoutHeader_TakesTheNamesOfTheMapping()
    {
        var yaml = Reading.Csv("subject: text", format: "{type: delimited, encoding: utf-8, delimiter: tab, header: false, columns: [text, id]}");

        var outcomes = await Reading.AllAsync(yaml, "a\t1\nb\t2\n");

        Assert.Equal(["1:a", "2:b"], outcomes.Cast<RowOutcome.Mapped>().Select(row => $"{row.LocalId}:{row.Case.Subject.Clear}"));
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    [InlineData("iso-2022-jp")]
    public async Task ReadAsync_EncodingsThatCannotBeCutInBytes_AreReadThroughUtf8(string name)
    {
        var yaml = Reading.Csv("subject: text", format: $"{{type: delimited, encoding: {name}}}");

        var encoding = Encoding.GetEncoding(name);
        var outcomes = await Reading.AllAsync(yaml, [.. encoding.Preamble, .. encoding.GetBytes("id,text\n1,日本,\n".Replace("本,", "本", StringComparison.Ordinal))]);

        Assert.Equal("日本", Assert.IsType<RowOutcome.Mapped>(Assert.Single(outcomes)).Case.Subject.Clear);
    }

    [Theory]
    [InlineData("utf-8", "utf-16")]
    [InlineData("utf-8", "utf-32")]
    [InlineData("windows-1252", "utf-8")]
    [InlineData("utf-16BE", "utf-16")]
    [InlineData("utf-16", "utf-32")]
    public async Task ReadAsync_MarkOfAnotherEncoding_SaysWhichToWrite(string written, string found)
    {
        var yaml = Reading.Csv("subject: text", format: $"{{type: delimited, encoding: {written}}}");
        var encoding = Encoding.GetEncoding(found);

        var failure = await Assert.ThrowsAsync<SourceFormatException>(
            () => Reading.AllAsync(yaml, [.. encoding.Preamble, .. encoding.GetBytes("id,text\n1,a\n")]));

        Assert.Contains($"encoding: {found}", failure.Fault.Cure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_EmptyFile_IsAFault() =>
        Assert.Contains("empty", (await Assert.ThrowsAsync<SourceFormatException>(() => Reading.AllAsync(Plain, ""))).Fault.Message, StringComparison.Ordinal);

    [Fact]
    public async Task CheckHeaderAsync_OfAFile_TellsWithoutReadingOn()
    {
        var faults = await Reading.Mapping(Plain).CheckHeaderAsync(new MemoryStream("id,txt\n"u8.ToArray()), "cases.csv", CancellationToken.None);

        Assert.Contains("'txt'", Assert.Single(faults).Cure, StringComparison.Ordinal);
    }
}
