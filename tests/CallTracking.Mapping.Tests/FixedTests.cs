using System.Text;
using Xunit;

namespace CallTracking.Mapping.Tests;

public sealed class FixedTests
{
    private const string Columns = "columns: [{name: id, width: 3}, {name: text, start: 5, end: 10}]";

    static FixedTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [Theory]
    [InlineData("001 abc   \n002 defghi\n", "001:abc 002:defghi")]
    [InlineData("001-abc   rest of the line\r\n002 defghixyz", "001:abc 002:defghi")]
    [InlineData("001 日本語\u3000\u3000\u3000\r002 😀é    \r", "001:日本語 002:😀é")]
    public async Task ReadAsync_Lines_AreCutAtCharacters(string content, string expected) =>
        Assert.Equal(expected, Texts(await Reading.AllAsync(Yaml(Columns), content)));

    [Fact]
    public async Task ReadAsync_PlacesInBytes_CutDoubleByteTextAsTheMainframeCounts()
    {
        var content = Encoding.GetEncoding(932).GetBytes("001 日本語\n002 ｱ表b  \n");

        Assert.Equal("001:日本語 002:ｱ表b", Texts(await Reading.AllAsync(Yaml($"unit: bytes, {Columns}", "Shift_JIS"), content)));
    }

    [Fact]
    public async Task ReadAsync_PlaceInsideACharacter_CostsThatRecord()
    {
        var content = Encoding.GetEncoding(932).GetBytes("001 a日本日\n002 def   \n");

        var outcomes = await Reading.AllAsync(Yaml($"unit: bytes, {Columns}", "Shift_JIS"), content);

        var rejected = Assert.IsType<RowOutcome.Rejected>(outcomes[0]);
        Assert.Contains("Column 'text': Byte 9 of the file", rejected.Message, StringComparison.Ordinal);
        Assert.Equal((RejectReason.Undecodable, "002"), (rejected.Reason, ((RowOutcome.Mapped)outcomes[1]).LocalId));
        Assert.Equal("001", rejected.LocalId);
    }

    [Fact]
    public async Task ReadAsync_BadByteOutsideTheColumns_CostsNothingInBytes()
    {
        var outcomes = await Reading.AllAsync(Yaml($"unit: bytes, {Columns}", "Shift_JIS"), [.. "001"u8, 0xFF, .. "abcdef\n"u8]);

        Assert.Equal("001:abcdef", Texts(outcomes));
    }

    [Theory]
    [InlineData("Shift_JIS", "001 日本語002 ab    ")]
    [InlineData("IBM037", "001 abcdef002 ab    ")]
    [InlineData("IBM037", "001 abcdef002 ab    \u0085")]
    public async Task ReadAsync_RecordsOfOneLength_NeedNoLineEnds(string encoding, string text)
    {
        var content = Encoding.GetEncoding(encoding == "Shift_JIS" ? 932 : 37).GetBytes(text.TrimEnd('\u0085')).Concat(text.EndsWith('\u0085') ? "\r\n"u8.ToArray() : []);

        var outcomes = await Reading.AllAsync(Yaml($"unit: bytes, record_length: 10, {Columns}", encoding), [.. content]);

        Assert.Equal(encoding == "IBM037" ? "001:abcdef 002:ab" : "001:日本語 002:ab", Texts(outcomes.Where(row => row is not RowOutcome.Blank)));
        Assert.Equal(10, outcomes[1].Position.ByteOffset);
    }

    [Theory]
    [InlineData("utf-16", "chars")]
    [InlineData("iso-2022-jp", "chars")]
    [InlineData("IBM037", "bytes")]
    public async Task ReadAsync_LinesReadThroughUtf8_CountCharacters(string encoding, string unit)
    {
        var content = Encoding.GetEncoding(encoding).GetBytes("001 abcdef\n002 b     \n");

        Assert.Equal("001:abcdef 002:b", Texts(await Reading.AllAsync(Yaml($"unit: {unit}, {Columns}", encoding), content)));
    }

    [Fact]
    public async Task ReadAsync_FillingOfAColumn_IsTrimmedWhereItStands()
    {
        const string Filled = "columns: [{name: id, width: 5, align: right, pad: \"0\"}, {name: text, width: 6, pad: \"*\"}, {name: x, width: 4, align: right}]";
        var yaml = Yaml(Filled).Replace("subject: text", "subject: {from: text, trim: false}\n  description: {from: x, trim: false}", StringComparison.Ordinal);

        var outcomes = await Reading.AllAsync(yaml, "00420a*b***  c \n00000******  cd\n");

        Assert.Equal("420:a*b 0:-", Texts(outcomes));
        Assert.Equal("c ", ((RowOutcome.Mapped)outcomes[0]).Case.Description.Clear);
    }

    [Fact]
    public async Task ReadAsync_ShortLines_AreRejectedOrPadded()
    {
        const string Content = "001 abc\n002\n\n003 abcdef\n";

        Assert.Equal("ragged-row ragged-row Blank 003:abcdef", Texts(await Reading.AllAsync(Yaml(Columns), Content)));
        Assert.Equal("001:abc 002:- Blank 003:abcdef", Texts(await Reading.AllAsync(Yaml($"ragged: pad, {Columns}"), Content)));
    }

    [Theory]
    [InlineData("001 abcdef\n002 abcdef\n0", "001:abcdef 002:abcdef cut-off")]
    [InlineData("001 abcdef\n002 abcdef\n003 abc", "001:abcdef 002:abcdef cut-off")]
    [InlineData("00", "cut-off")]
    [InlineData("001", "cut-off")]
    [InlineData("\n001", "Blank cut-off")]
    [InlineData("001 ab", "001:ab")]
    [InlineData("001 abcdef", "001:abcdef")]
    [InlineData("00\n", "00:-")]
    [InlineData("001\n", "001:-")]
    [InlineData("001 abcdef\n002 abc\n003 ab", "001:abcdef 002:abc 003:ab")]
    [InlineData("001 abcdef\n002 abcdef\n003 abc\n", "001:abcdef 002:abcdef 003:abc")]
    [InlineData("001 abcdef\n002\n003", "001:abcdef 002:- 003:-")]
    [InlineData("001 abcdef\n002 abcdef\n003 abcdef", "001:abcdef 002:abcdef 003:abcdef")]
    public async Task ReadAsync_PaddedFileEndsWithinItsLastRecord_RejectsThatRecord(string content, string expected) =>
        Assert.Equal(expected, Texts(await Reading.AllAsync(Yaml($"ragged: pad, {Columns}"), content)));

    [Theory]
    [InlineData("001 abcdef\n", false)]
    [InlineData("", false)]
    [InlineData("001 abcdef\nTRAILER 1\n", true)]
    [InlineData("TRAILER 0\n", true)]
    public async Task ReadAsync_FooterByItsMark_IsWhatMakesTheFileWhole(string content, bool isWhole)
    {
        var failure = await Record.ExceptionAsync(() => Reading.AllAsync(Yaml($"footer: {{from: ^TRAILER}}, {Columns}"), content));

        Assert.Equal(isWhole ? null : typeof(SourceFormatException), failure?.GetType());
    }

    [Fact]
    public async Task ReadAsync_Framing_IsNoRow()
    {
        var outcomes = await Reading.AllAsync(Yaml($"preamble: 1, footer: 1, comment: \"*\", {Columns}"), "HEADER\n001 abcdef\n* note\n002 ghijkl\nTRAILER 2\n");

        Assert.Equal("001:abcdef 002:ghijkl", Texts(outcomes));
        Assert.Equal(4, outcomes[1].Position.Line);
    }

    [Fact]
    public async Task ReadAsync_NulInAColumn_RejectsUnlessItIsTheFilling()
    {
        Assert.Equal("nul-character", Texts(await Reading.AllAsync(Yaml(Columns), "001 ab\0\0\0\0\n")));
        var filled = Columns.Replace("end: 10", "end: 10, pad: \"\\0\"", StringComparison.Ordinal);
        Assert.Equal("001:ab", Texts(await Reading.AllAsync(Yaml(filled), "001 ab\0\0\0\0\n")));
    }

    [Theory]
    [InlineData("columns: [a, b]")]
    [InlineData("columns: [{name: id}]")]
    [InlineData("columns: [{name: id, width: 3, end: 4}]")]
    [InlineData("columns: [{name: id, start: 5, end: 4}]")]
    [InlineData("columns: [{name: id, width: 3}, {name: id, width: 3}]")]
    [InlineData("columns: [{name: id, width: 3, pad: xx}]")]
    [InlineData("encoding: utf-16, unit: bytes, columns: [{name: id, width: 3}]")]
    [InlineData("encoding: detect, record_length: 3, columns: [{name: id, width: 3}]")]
    public void Parse_ColumnsThatCannotBe_AreAFault(string format)
    {
        var load = SourceMapping.Parse("m.yaml", Reading.Csv("subject: id", format: $"{{type: fixed, {format}}}"));

        Assert.NotEmpty(load.Faults);
        Assert.All(load.Faults, fault => Assert.NotEmpty(fault.Cure));
    }

    [Fact]
    public async Task ReadAsync_LineOfTwoGigabytes_IsRefusedInBoundedMemory()
    {
        await using var reader = Reading.Mapping(Yaml(Columns)).OpenReader(new GeneratedStream("", 2_200_000_000, "\n002 abcdef\n"), "cases.txt");
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Equal("too-large 002:abcdef", Texts(await Reading.AllAsync(reader)));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 60_000_000);
    }

    private static string Texts(IEnumerable<RowOutcome> outcomes) => string.Join(' ', outcomes.Select(outcome => outcome switch
    {
        RowOutcome.Mapped mapped => $"{mapped.LocalId}:{mapped.Case.Subject?.Clear ?? "-"}",
        RowOutcome.Rejected rejected => rejected.Reason,
        _ => outcome.GetType().Name,
    }));

    private static string Yaml(string more, string encoding = "utf-8") =>
        Reading.Csv("subject: text", format: $"{{type: fixed, encoding: {encoding}, {more}}}");
}
