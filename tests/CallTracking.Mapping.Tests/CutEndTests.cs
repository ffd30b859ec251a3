using System.Text;
using Xunit;

namespace CallTracking.Mapping.Tests;

/// <summary>A file that was cut off gives no piece of a record, where its mapping says how files end.</summary>
public sealed class CutEndTests
{
    private const string Footer = "footer: {from: \"^Total\"}";

    static CutEndTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [Theory]
    [InlineData("id,text\n1,a\n2,b\n", "a/cut-off")]
    [InlineData("id,text\r\n1,a\r\n2,b", "a/cut-off")]
    [InlineData("id,text\n1,a\n2,b\n\n \t\r\n-- note\n\n\x1A", "a/cut-off/Blank/Blank/Blank")]
    [InlineData("id,text\n1,a\n-- note\n\n2,b\n--", "a/Blank/cut-off")]
    [InlineData("id,text\n1,a\n  -- no comment,b\n", "a/cut-off")]
    [InlineData("id,text\n1,a\n\"2\",\"b\nb\"\n", "a/cut-off")]
    [InlineData("id,text\n1,a\nTot", "a/cut-off")]
    [InlineData("id,text\n1,a\nSumme,2\n", "a/cut-off")]
    [InlineData("id,text\n1,a\n2,b\x1A\n", "a/cut-off")]
    public async Task ReadAsync_FooterDoesNotCome_HoldsTheRecordBefore(string content, string expected)
    {
        foreach (var drips in (bool[])[true, false])
        {
            var (outcomes, isWhole) = await ReadAsync(Delimited($"{Footer}, comment: \"--\""), Encoding.UTF8.GetBytes(content), drips);

            Assert.Equal((expected, false), (Texts(outcomes), isWhole));
        }
    }

    [Theory]
    [InlineData("id,text\n1,a\n2,b\nTotal,2\n", "a/b")]
    [InlineData("id,text\n1,a\n\n--\n  x,b\n\n-- note\nTotal", "a/Blank/b/Blank")]
    public async Task ReadAsync_FooterComes_HoldsNothing(string content, string expected)
    {
        foreach (var drips in (bool[])[true, false])
        {
            var (outcomes, isWhole) = await ReadAsync(Delimited($"{Footer}, comment: \"--\""), Encoding.UTF8.GetBytes(content), drips);

            Assert.Equal((expected, true), (Texts(outcomes), isWhole));
        }
    }

    [Fact]
    public async Task ReadAsync_MoreThanTheWindowBeforeTheFooter_HoldsTheLastRecordOnly()
    {
        var rows = string.Concat(Enumerable.Range(1, 30_000).Select(row => $"{row},text {row}\n"));

        var whole = await ReadAsync(Delimited(Footer), Encoding.UTF8.GetBytes($"id,text\n{rows}Total\n"));
        var cut = await ReadAsync(Delimited(Footer), Encoding.UTF8.GetBytes($"id,text\n{rows}"));

        Assert.Equal((30_000, 29_999), (whole.Outcomes.Count(outcome => outcome is RowOutcome.Mapped), cut.Outcomes.Count(outcome => outcome is RowOutcome.Mapped)));
        Assert.Equal(30_000, cut.Outcomes[^1].Position.Row);
        Assert.Equal("30000,text 30000", Encoding.UTF8.GetString(((RowOutcome.Rejected)cut.Outcomes[^1]).RawRecord.Span));
    }

    [Theory]
    [InlineData("id,text\n1,a\n2,b", "a/cut-off")]
    [InlineData("id,text\n1,a\n2", "a/cut-off")]
    [InlineData("id,text\n1,a\n,", "a/cut-off")]
    [InlineData("id,text\n1,a\n2,\"b\"", "a/cut-off")]
    [InlineData("id,text\n1,a\n2,\"b", "a/broken-record")]
    [InlineData("id,text\n1,a\n2,b\n\x1A", "a/b")]
    [InlineData("id,text\n1,a\n2,b\r", "a/b")]
    [InlineData("id,text\n1,a\n2,b\n\n", "a/b/Blank")]
    [InlineData("id,text\n", "")]
    public async Task ReadAsync_EveryRecordEndsInALineEnd_RejectsALastOneWithout(string content, string expected)
    {
        foreach (var drips in (bool[])[true, false])
        {
            var (outcomes, isWhole) = await ReadAsync(Delimited("end: line"), Encoding.UTF8.GetBytes(content), drips);

            Assert.Equal((expected, true), (Texts(outcomes), isWhole));
            Assert.All(outcomes.OfType<RowOutcome.Rejected>().Where(row => row.Reason == RejectReason.CutOff), row => Assert.Contains("leave out end: line under format", row.Message, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("footer: 1", "id,text\n1,a\n2,b\nTotal", "a/b")]
    [InlineData("footer: {from: \"^Total\", optional: true}", "id,text\n1,a\n2,b\nTotal", "a/b")]
    [InlineData("footer: {from: \"^Total\", optional: true}", "id,text\n1,a\n2,b", "a/cut-off")]
    [InlineData("ragged: pad", "id,text\n1\n2", "-/cut-off")]
    public async Task ReadAsync_EveryRecordEndsInALineEnd_GoesWithTheOtherKeys(string more, string content, string expected) =>
        Assert.Equal(expected, Texts((await ReadAsync(Delimited($"end: line, {more}"), Encoding.UTF8.GetBytes(content))).Outcomes));

    [Fact]
    public async Task ReadAsync_OnlyAHeaderWithoutItsLineEnd_IsACutFile()
    {
        var failure = await Assert.ThrowsAsync<SourceFormatException>(() => Reading.AllAsync(Delimited("end: line"), "id,text"));

        Assert.Contains("ends within its header", failure.Fault.Message, StringComparison.Ordinal);
        Assert.Empty(await Reading.AllAsync(Delimited("end: any"), "id,text"));
    }

    /// <summary>Cut at any byte, in any encoding: what becomes a case is a whole record, what does not is rejected or a fault, or the cut is at a line end.</summary>
    [Theory]
    [InlineData("utf-8", "\n", "end: line")]
    [InlineData("utf-8", "\r\n", "end: line")]
    [InlineData("utf-8", "\r", Footer)]
    [InlineData("utf-8", "\n", "end: line, ragged: pad")]
    [InlineData("utf-8", "\n", "end: line, ragged: join_last")]
    [InlineData("utf-16", "\r\n", "end: line")]
    [InlineData("utf-16BE", "\n", Footer)]
    [InlineData("utf-32", "\r\n", "end: line")]
    [InlineData("Shift_JIS", "\r\n", "end: line")]
    [InlineData("iso-2022-jp", "\n", "end: line")]
    [InlineData("gb18030", "\n", "end: line, delimiter: \"||\"")]
    public async Task ReadAsync_DelimitedCutAtAnyByte_GivesNoPieceOfARecord(string encoding, string lineEnd, string more)
    {
        var delimiter = more.Contains("||", StringComparison.Ordinal) ? "||" : ",";
        string[] records = ["1,1250", "2,\"日本,語\"", $"3,\"a{lineEnd}b\"\"c\"", "4,日本語", "5,1250"];
        var text = string.Concat(records.Prepend("id,text").Select(record => record.Replace(",", delimiter, StringComparison.Ordinal) + lineEnd));

        await NoPieceAsync(Delimited($"encoding: {encoding}, {more}"), Bytes(encoding, text + (more == Footer ? $"Total{delimiter}5{lineEnd}" : string.Empty)), Bytes(encoding, $"id{delimiter}text{lineEnd}").Length, records.Length);
    }

    [Theory]
    [InlineData("utf-8", "\n", "end: line, ragged: pad")]
    [InlineData("utf-16", "\r\n", "end: line, ragged: pad")]
    [InlineData("Shift_JIS", "\r\n", "end: line, unit: bytes, ragged: pad")]
    [InlineData("utf-8", "\n", $"{Footer}, ragged: pad")]
    public async Task ReadAsync_FixedWidthCutAtAnyByte_GivesNoPieceOfARecord(string encoding, string lineEnd, string more)
    {
        var text = string.Concat(new[] { "001 1250", "002 日本語", "    ", "004 12" }.Select(record => record + lineEnd));
        var yaml = Reading.Csv("subject: text", format: $"{{type: fixed, encoding: {encoding}, columns: [{{name: id, width: 3}}, {{name: text, start: 5}}], {more}}}");

        await NoPieceAsync(yaml, Bytes(encoding, text + (more.StartsWith(Footer, StringComparison.Ordinal) ? "Total 4\n" : string.Empty)), 0, 4);
    }

    /// <summary>Where the mapping does not say how files end, a cut within the only record's key is told all the same, wherever the key stands.</summary>
    [Theory]
    [InlineData("{name: id, width: 6}, {name: text, width: 4}, {name: more, start: 12}", "100041one  more", 10)]
    [InlineData("{name: text, width: 4}, {name: id, width: 6}", "one 100041", 9)]
    public async Task ReadAsync_OnlyRecordOfFixedWidthCutWithinItsKey_IsNoCase(string columns, string record, int mostCut)
    {
        foreach (var fold in (string[])["", "fold: {by: id}\n"])
        {
            var yaml = fold + Reading.Csv("subject: text", format: $"{{type: fixed, ragged: pad, columns: [{columns}]}}");
            for (var length = 1; length <= record.Length; length++)
            {
                Assert.Equal(length <= mostCut ? "cut-off" : "one", Texts((await ReadAsync(yaml, Bytes("utf-8", record[..length]))).Outcomes));
                Assert.NotEqual("cut-off", Texts((await ReadAsync(yaml, Bytes("utf-8", record[..length] + '\n'))).Outcomes));
            }
        }
    }

    [Theory]
    [InlineData("{type: fixed, ragged: pad, columns: [{name: id, width: 3}, {name: text, width: 4}, {name: state, width: 4}]}", "001b\n", 1)]
    [InlineData("{type: delimited, ragged: pad}", "id,text,state\n1,b\n", 2)]
    public async Task OpenKept_ShortRowRejectedForSomethingElse_IsNoCutFile(string format, string content, int line)
    {
        var mapping = Reading.Mapping(Reading.Csv("subject: {from: text, values: {a: x}, unknown: reject}\nstatus: {from: state, values: {o: open}, unknown: reject}", format: format));
        await using var reader = mapping.OpenReader(new MemoryStream(Bytes("utf-8", content)), "cases.csv");
        var rejected = Assert.IsType<RowOutcome.Rejected>(await reader.ReadAsync(CancellationToken.None));

        await using var kept = mapping.OpenKept((byte[])[.. reader.Head.Span, .. rejected.RawRecord.Span], "cases.csv")!;

        Assert.Equal(line, rejected.Position.Line);
        Assert.Equal(rejected.Reason, Assert.IsType<RowOutcome.Rejected>(await kept.ReadAsync(CancellationToken.None)).Reason);
        Assert.Equal(RejectReason.UnmappedValue, rejected.Reason);
    }

    /// <summary>What a line of JSON lacks at its end, a brace at least, breaks it: such files need no word on their end.</summary>
    [Theory]
    [InlineData("utf-8")]
    [InlineData("Shift_JIS")]
    [InlineData("utf-16")]
    public async Task ReadAsync_JsonLineCutAtAnyByte_IsToldToBeCut(string encoding)
    {
        var yaml = Reading.Csv("subject: text", format: $"{{type: jsonl, encoding: {encoding}}}");
        var line = Bytes(encoding, "{\"id\":1,\"text\":\"日本\",\"cost\":1250}");
        for (var length = 1; length < line.Length; length++)
        {
            Assert.Equal("cut-off", Texts((await ReadAsync(yaml, line[..length])).Outcomes));
        }

        Assert.Equal("日本", Texts((await ReadAsync(yaml, line)).Outcomes));
        Assert.Equal("broken-record", Texts((await ReadAsync(yaml, [.. line[..^Bytes(encoding, "}").Length], .. Bytes(encoding, "\n")])).Outcomes));
    }

    [Fact]
    public async Task ReadAsync_ClosedJsonLineWithABadByte_IsNotToldToBeCut() =>
        Assert.Equal("undecodable", Texts((await ReadAsync(Reading.Csv("subject: text", format: "{type: jsonl}"), [.. "{\"id\":1,\"text\":\""u8, 0xFF, .. "\"} "u8])).Outcomes));

    [Theory]
    [InlineData("{type: json}", "utf-8")]
    [InlineData("{type: json, encoding: Shift_JIS}", "Shift_JIS")]
    [InlineData("{type: json, encoding: utf-16}", "utf-16")]
    [InlineData("{type: xml, records: a/b}", "utf-8")]
    [InlineData("{type: xml, records: a/b, encoding: Shift_JIS}", "Shift_JIS")]
    [InlineData("{type: xml, records: a/b, encoding: utf-16}", "utf-16")]
    public async Task ReadAsync_TreeCutAtAnyByte_IsToldToEnd(string format, string encoding)
    {
        var isXml = format.Contains("xml", StringComparison.Ordinal);
        var whole = Bytes(encoding, isXml ? "<a><b><id>1</id><text>日本</text></b><b><id>2</id><text>本</text></b></a>" : "[{\"id\":1,\"text\":\"日本\"}, {\"id\":2,\"text\":\"本\"}]");
        for (var length = Bytes(encoding, "[{").Length + 1; length < whole.Length; length++)
        {
            var failure = await Assert.ThrowsAsync<SourceFormatException>(() => Reading.AllAsync(Reading.Csv("subject: text", format: format), whole[..length]));

            Assert.Contains("the file ends", failure.Fault.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("is not", failure.Fault.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task OpenKept_RowRejectedForSomethingElse_NeedsNoLineEnd()
    {
        var mapping = Reading.Mapping(Reading.Csv("subject: text\nstatus: {from: state, values: {o: open}, unknown: reject}", format: "{type: delimited, end: line}"));
        await using var reader = mapping.OpenReader(new MemoryStream("id,text,state\n1,a,x\n"u8.ToArray()), "cases.csv");
        var rejected = Assert.IsType<RowOutcome.Rejected>(await reader.ReadAsync(CancellationToken.None));

        await using var kept = mapping.OpenKept((byte[])[.. reader.Head.Span, .. rejected.RawRecord.Span], "cases.csv")!;

        Assert.Equal(RejectReason.UnmappedValue, Assert.IsType<RowOutcome.Rejected>(await kept.ReadAsync(CancellationToken.None)).Reason);
    }

    [Theory]
    [InlineData("{type: fixed, record_length: 8, end: line, columns: [{name: id, width: 8}]}", "Records of fixed length have no line ends")]
    [InlineData("{type: delimited, end: marked}", "end")]
    [InlineData("{type: jsonl, end: line}", "end")]
    public void Parse_AnEndThatTheFormatHasNot_IsAFault(string format, string said) =>
        Assert.Contains(said, Assert.Single(SourceMapping.Parse("mapping.yaml", Reading.Csv("subject: id", format: format)).Faults).Message, StringComparison.Ordinal);

    private static async Task NoPieceAsync(string yaml, byte[] whole, int header, int records)
    {
        var (all, isSound) = await ReadAsync(yaml, whole);
        Assert.True(isSound);
        Assert.Equal(records, all.Count);
        for (var length = header; length < whole.Length; length++)
        {
            var (outcomes, isWhole) = await ReadAsync(yaml, whole[..length], drips: length % 7 == 0);
            var cases = outcomes.TakeWhile(outcome => outcome is not RowOutcome.Rejected).ToList();
            Assert.Equal(all.Take(cases.Count).Select(Text), cases.Select(Text));
            Assert.All(outcomes.Skip(cases.Count), outcome => Assert.IsNotType<RowOutcome.Mapped>(outcome));

            // Nothing tells of a cut at a line end, but the footer that did not come; a cut in the footer costs nothing.
            Assert.True(
                !isWhole || cases.Count < outcomes.Count || (cases.Count == records && !yaml.Contains("end: line", StringComparison.Ordinal)) || cases.Count == Complete(yaml, whole, length, all),
                $"A cut at byte {length} of {whole.Length} is told by nothing.");
        }
    }

    // How many of the records have a line end before the cut, be it half of one; -1 where the cut is in none's end.
    private static int Complete(string yaml, byte[] whole, int length, List<RowOutcome> all)
    {
        var behind = all.FindIndex(outcome => outcome.Position.ByteOffset >= length);
        var count = behind < 0 ? all.Count : behind;
        var text = Encoding.GetEncoding(yaml.Split("encoding: ") is [_, var name, ..] ? name.Split(',', '}')[0] : "utf-8").GetString(whole, 0, length);
        return text.Length == 0 || text[^1] is '\r' or '\n' ? count : -1;
    }

    private static async Task<(List<RowOutcome> Outcomes, bool IsWhole)> ReadAsync(string yaml, byte[] content, bool drips = false)
    {
        var outcomes = new List<RowOutcome>();
        await using var reader = Reading.Mapping(yaml).OpenReader(drips ? new DrippingStream(content) : new MemoryStream(content), "cases.csv");
        try
        {
            while (await reader.ReadAsync(CancellationToken.None) is { } outcome)
            {
                outcomes.Add(outcome is RowOutcome.Rejected rejected ? rejected with { RawRecord = rejected.RawRecord.ToArray() } : outcome);
            }
        }
        catch (SourceFormatException)
        {
            return (outcomes, false);
        }

        return (outcomes, true);
    }

    private static byte[] Bytes(string encoding, string text) => Encoding.GetEncoding(encoding).GetBytes(text);

    private static string Texts(IEnumerable<RowOutcome> outcomes) => string.Join('/', outcomes.Select(Text));

    private static string Text(RowOutcome outcome) => outcome switch
    {
        RowOutcome.Mapped mapped => mapped.Case.Subject?.Clear ?? "-",
        RowOutcome.Rejected rejected => rejected.Reason,
        _ => outcome.GetType().Name,
    };

    private static string Delimited(string more) => Reading.Csv("subject: text", format: $"{{type: delimited, {more}}}");
}
