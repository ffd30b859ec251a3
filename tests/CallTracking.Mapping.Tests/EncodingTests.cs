using System.Text;
using CallTracking.Testing;
using Xunit;

namespace CallTracking.Mapping.Tests;

public sealed class EncodingTests
{
    private static readonly (string Name, string Text)[] Encodings =
    [
        ("utf-8", "é髙～한я😀"), ("utf-16", "é髙～한я😀"), ("utf-16BE", "é髙～한я😀"), ("utf-32", "é髙～한я😀"), ("Shift_JIS", "髙～①纊ｱ∥－"), ("euc-jp", "表能ソア"),
        ("iso-2022-jp", "表能ソア"), ("gb18030", "汉é😀한"), ("big5", "繁體中文"), ("cp949", "한국똠"), ("windows-1252", "é€ß–"), ("koi8-r", "Привет"),
        ("IBM037", "ABé"),
    ];

    static EncodingTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static TheoryData<string, string, bool, string> Matrix()
    {
        var matrix = new TheoryData<string, string, bool, string>();
        foreach (var (name, text) in Encodings)
        {
            foreach (var lineEnd in (string[])["\n", "\r\n", "\r"])
            {
                matrix.Add(name, text, false, lineEnd);
                if (EncodingOf(name).Preamble.Length > 0 || name == "gb18030")
                {
                    matrix.Add(name, text, true, lineEnd);
                }
            }
        }

        return matrix;
    }

    [Theory]
    [MemberData(nameof(Matrix))]
    public async Task ReadAsync_AnyEncodingMarkAndLineEnd_IsTheFileInUtf8(string name, string text, bool hasMark, string lineEnd)
    {
        var rows = $"id,text|1,{text}|2,\"a|{text}\"||3,{text}".Replace("|", lineEnd, StringComparison.Ordinal);
        var encoding = EncodingOf(name);
        byte[] mark = hasMark ? encoding.GetBytes("\uFEFF") : [];

        var expected = await Reading.AllAsync(Yaml("utf-8"), rows);
        var outcomes = await Reading.AllAsync(Yaml(name), [.. mark, .. encoding.GetBytes(rows)]);

        Assert.Equal(expected.Select(Shown), outcomes.Select(Shown));
        var second = $"id,text|1,{text}|".Replace("|", lineEnd, StringComparison.Ordinal);
        Assert.Equal(mark.Length + encoding.GetByteCount(second), outcomes[1].Position.ByteOffset);
    }

    // Rows 13 (NEC) and 89 to 92 (NEC's choice of IBM's), 115 to 119 (IBM), and the signs that other tables read differently.
    [Theory]
    [InlineData(new byte[] { 0x87, 0x40, 0x87, 0x8A, 0x87, 0x82 }, "①㈱№")]
    [InlineData(new byte[] { 0xED, 0x40, 0xEE, 0xE0, 0xEE, 0xFC }, "纊髙＂")]
    [InlineData(new byte[] { 0xFA, 0x5C, 0xFB, 0xFC, 0xFA, 0x58, 0xFC, 0x4B }, "纊髙㈱黑")]
    [InlineData(new byte[] { 0x81, 0x60, 0x81, 0x7C, 0x81, 0x61, 0x81, 0x50, 0x81, 0x5C }, "～－∥￣―")]
    [InlineData(new byte[] { 0x81, 0x91, 0x81, 0x92, 0x81, 0xCA, 0x5C, 0x7E }, "￠￡￢\\~")]
    [InlineData(new byte[] { 0xB1, 0xDE, 0xA1 }, "ｱﾞ｡")]
    public async Task ReadAsync_Windows31JBeyondTheStandard_IsWhatWindowsMeans(byte[] bytes, string expected)
    {
        var outcomes = await Reading.AllAsync(Yaml("cp932"), [.. "id,text\n1,"u8, .. bytes, .. "\n"u8]);

        Assert.Equal(expected, Assert.IsType<RowOutcome.Mapped>(Assert.Single(outcomes)).Case.Subject.Clear);
    }

    [Theory]
    [InlineData("utf-16", new byte[] { 0x00, 0xD8 })]
    [InlineData("utf-16BE", new byte[] { 0xDC, 0x00 })]
    [InlineData("utf-32", new byte[] { 0x00, 0x00, 0x11, 0x00 })]
    [InlineData("iso-2022-jp", new byte[] { 0x1B, 0x24, 0x42, 0x7E, 0x7E, 0x1B, 0x28, 0x42 })]
    public async Task ReadAsync_BadByteReadThroughUtf8_CostsOneRecordAndIsNamedByItsPlace(string name, byte[] bad)
    {
        var encoding = EncodingOf(name);
        byte[] content = [.. encoding.Preamble, .. encoding.GetBytes("id,text\n1,a\n2,b"), .. bad, .. encoding.GetBytes("\n3,c\n")];

        var outcomes = await Reading.AllAsync(Yaml(name), content);

        var rejected = Assert.IsType<RowOutcome.Rejected>(outcomes[1]);
        Assert.Equal((RejectReason.Undecodable, 2L, 3L), (rejected.Reason, rejected.Position.Row, rejected.Position.Line));
        var place = encoding.Preamble.Length + encoding.GetByteCount("id,text\n1,a\n2,b") + (name == "iso-2022-jp" ? 3 : 0);
        Assert.Contains($"Byte {place} of the file is not {name}", rejected.Message, StringComparison.Ordinal);
        Assert.Equal("1 a,3 c", string.Join(',', outcomes.OfType<RowOutcome.Mapped>().Select(row => $"{row.LocalId} {row.Case.Subject.Clear}")));
    }

    [Theory]
    [InlineData("utf-16", "\r\n")]
    [InlineData("utf-16", "\n")]
    [InlineData("utf-16BE", "\n")]
    [InlineData("utf-16BE", "\r\n")]
    public async Task ReadAsync_ByteMissingInUtf16_CostsOneRecord(string name, string lineEnd)
    {
        var encoding = EncodingOf(name);
        var content = encoding.GetBytes($"id,text{lineEnd}1,a{lineEnd}2,bcdef{lineEnd}3,c{lineEnd}4,d{lineEnd}").ToList();
        content.RemoveAt(encoding.GetByteCount($"id,text{lineEnd}1,a{lineEnd}2,bc"));

        var outcomes = await Reading.AllAsync(Yaml(name), [.. content]);

        Assert.Equal(RejectReason.Undecodable, Assert.IsType<RowOutcome.Rejected>(outcomes[1]).Reason);
        Assert.Equal("1 a,3 c,4 d", string.Join(',', outcomes.OfType<RowOutcome.Mapped>().Select(row => $"{row.LocalId} {row.Case.Subject.Clear}")));
    }

    [Fact]
    public async Task ReadAsync_FileEndsInsideACharacter_CostsTheLastRecord()
    {
        var outcomes = await Reading.AllAsync(Yaml("utf-16"), [.. Encoding.Unicode.GetBytes("id,text\n1,a\n2,b"), 0x41]);

        Assert.Equal(["Mapped", "Rejected"], outcomes.Select(row => row.GetType().Name));
    }

    [Fact]
    public async Task ReadAsync_Utf16MarkOfTheOtherOrder_IsFollowedWhereTheNameLeavesItOpen()
    {
        var outcomes = await Reading.AllAsync(Yaml("utf-16"), [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes("id,text\n1,é\n")]);

        Assert.Equal("é", Assert.IsType<RowOutcome.Mapped>(Assert.Single(outcomes)).Case.Subject.Clear);
    }

    [Fact]
    public async Task ReadAsync_MainframesNextLine_EndsARecord()
    {
        var encoding = EncodingOf("IBM037");
        var content = encoding.GetBytes("id,text\u00851,A\u00852,B\u0085");

        Assert.Equal(2, (await Reading.AllAsync(Yaml("IBM037"), content)).OfType<RowOutcome.Mapped>().Count());
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-8")]
    public async Task ReadAsync_JsonLinesInAnyEncoding_LoseOnlyTheBadLine(string name)
    {
        var yaml = Reading.Csv("subject: text", format: $"{{type: jsonl, encoding: {name}}}");
        var encoding = EncodingOf(name);
        byte[] bad = name == "utf-8" ? [0xFF] : [0x00, 0xD8];
        byte[] content = [.. encoding.GetBytes("{\"id\":1,\"text\":\"é\"}\n{\"id\":2,\"text\":\""), .. bad, .. encoding.GetBytes("\"}\n{\"id\":3,\"text\":\"c\"}\n")];

        var outcomes = await Reading.AllAsync(yaml, content);

        Assert.Equal(["Mapped", "Rejected", "Mapped"], outcomes.Select(row => row.GetType().Name));
        Assert.Equal(encoding.GetByteCount("{\"id\":1,\"text\":\"é\"}\n"), outcomes[1].Position.ByteOffset);
    }

    [Theory]
    [InlineData("Shift_JIS", 0x81, "\n")]
    [InlineData("Shift_JIS", 0xE0, "\r\n")]
    [InlineData("gb18030", 0x81, "\n")]
    [InlineData("euc-kr", 0xB0, "\r\n")]
    [InlineData("big5", 0xA4, "\n")]
    [InlineData("euc-jp", 0xB0, "\n")]
    [InlineData("johab", 0x88, "\n")]
    public async Task ReadAsync_LineThatEndsInHalfACharacter_IsLostAlone(string name, int half, string end)
    {
        var encoding = EncodingOf(name);
        var yaml = Reading.Csv("subject: text", format: $"{{type: jsonl, encoding: {name}}}");
        foreach (var length in new[] { 0, 1, 1000, 1022, 1023, 1024, 5000 })
        {
            var first = encoding.GetBytes($"{{\"id\":1,\"text\":\"a\"}}{end}");
            byte[] second = [.. encoding.GetBytes("{\"id\":2,\"text\":\"" + new string('x', length)), (byte)half];
            byte[] content = [.. first, .. second, .. encoding.GetBytes($"{end}{{\"id\":3,\"text\":\"c\"}}{end}")];

            var outcomes = await Reading.AllAsync(yaml, content);

            Assert.Equal(["Mapped", "Rejected", "Mapped"], outcomes.Select(row => row.GetType().Name));
            Assert.Equal([0, first.Length, first.Length + second.Length + end.Length], outcomes.Select(row => (int)row.Position.ByteOffset));
            Assert.Equal([1, 2, 3], outcomes.Select(row => (int)row.Position.Line));
        }
    }

    [Theory]
    [InlineData("Shift_JIS", "{type: delimited, encoding: Shift_JIS, delimiter: '|'}")]
    [InlineData("gb18030", "{type: delimited, encoding: gb18030, delimiter: '|'}")]
    [InlineData("utf-16", "{type: delimited, encoding: utf-16, delimiter: '|'}")]
    public async Task ReadAsync_LineWhoseFirstCharacterLiesInTwoBlocks_HasItsPlace(string name, string format)
    {
        var encoding = EncodingOf(name);
        var text = "id|text\n" + string.Concat(Enumerable.Repeat(name == "utf-16" ? "😀表|a\n" : "表|a\n", 9));
        var yaml = Reading.Csv("subject: text", format: format);
        await using var reader = Reading.Mapping(yaml).OpenReader(new DrippingStream(encoding.GetBytes(text)), "f");

        var outcomes = await Reading.AllAsync(reader);

        Assert.Equal(
            Enumerable.Range(0, 9).Select(line => (long)encoding.GetByteCount("id|text\n") + (line * encoding.GetByteCount(text[8..(text.IndexOf('a', 8) + 2)]))),
            outcomes.Select(row => row.Position.ByteOffset));
    }

    [Fact]
    public async Task ReadAsync_DetectedEncoding_ReadsAsNamed()
    {
        var rows = "id,text\r\n" + string.Concat(Enumerable.Range(1, 40).Select(id => $"{id},Příliš žluťoučký kůň úpěl ďábelské ódy {id}\r\n"));
        var encoding = EncodingOf("windows-1250");

        var outcomes = await Reading.AllAsync(Yaml("detect"), encoding.GetBytes(rows));

        Assert.Equal("Příliš žluťoučký kůň úpěl ďábelské ódy 40", Assert.IsType<RowOutcome.Mapped>(outcomes[^1]).Case.Subject.Clear);
        Assert.Equal(encoding.GetByteCount(rows) - encoding.GetByteCount("40,Příliš žluťoučký kůň úpěl ďábelské ódy 40\r\n"), outcomes[^1].Position.ByteOffset);
    }

    [Fact]
    public async Task ReadAsync_DetectionUnsure_RefusesTheFileAndQuotesNothing()
    {
        var failure = await Assert.ThrowsAsync<SourceFormatException>(() => Reading.AllAsync(Yaml("detect"), [.. "id,text\n1,M"u8, 0x9F, .. "ller\n"u8]));

        Assert.Contains("0.90", failure.Fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("ller", failure.Fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_DetectionWithLessConfidenceAsked_Reads()
    {
        var outcomes = await Reading.AllAsync(Yaml("detect, confidence: 0.5"), EncodingOf("windows-1252").GetBytes("id,text\n1,Größe geändert\n"));

        Assert.Equal("Größe geändert", Assert.IsType<RowOutcome.Mapped>(Assert.Single(outcomes)).Case.Subject.Clear);
    }

    [Fact]
    public async Task ReadAsync_DetectedUtf8WithABadByte_CostsThatRecord()
    {
        var rows = Encoding.UTF8.GetBytes("id,text\n" + string.Concat(Enumerable.Range(1, 60).Select(id => $"{id},Größe é\n")));
        byte[] content = [.. rows, .. "61,"u8, 0xE9, .. "\n"u8];

        var outcomes = await Reading.AllAsync(Yaml("detect"), content);

        Assert.Equal(60, outcomes.OfType<RowOutcome.Mapped>().Count());
        Assert.Contains($"Byte {rows.Length + 3} ", Assert.IsType<RowOutcome.Rejected>(outcomes[^1]).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("reject", "", "DamagedText")]
    [InlineData("keep", "", "Mapped")]
    [InlineData("reject", ", damaged: keep", "Mapped")]
    public async Task ReadAsync_CharacterLostBeforeUs_IsNoticed(string rule, string ofField, string expected)
    {
        var yaml = Reading.Csv($"subject: {{from: text{ofField}}}", more: $"damaged: {rule}");

        var outcome = Assert.Single(await Reading.AllAsync(yaml, "id,text,other\n1,Bras\uFFFDlia,\uFFFD\n"));

        Assert.Equal(expected, outcome is RowOutcome.Rejected { Reason: RejectReason.DamagedText, Field: "subject" } ? "DamagedText" : outcome.GetType().Name);
    }

    [Fact]
    public async Task ReadAsync_CharacterLostInAnUnmappedColumn_IsNoticedWhenItIsKept()
    {
        var yaml = Reading.Csv("subject: text", more: "unmapped: keep");

        var outcomes = await Reading.AllAsync(yaml, "id,text,other\n1,a,\uFFFD\n");

        Assert.Equal(RejectReason.DamagedText, Assert.IsType<RowOutcome.Rejected>(Assert.Single(outcomes)).Reason);
    }

    [SharedFact("samples/consumidor-gov-br")]
    public async Task ReadAsync_RealDamagedExport_RejectsWhatWasLostAndReadsTheRest()
    {
        var columns = string.Join(", ", Enumerable.Range(1, 23).Select(column => $"c{column}"));
        var yaml = Reading.Csv("subject: c3", format: $"{{type: delimited, delimiter: \";\", quote: none, header: false, columns: [{columns}]}}")
            .Replace("key: id", "key: [c3, c8, c12, c17]", StringComparison.Ordinal);

        var outcomes = await Reading.AllAsync(yaml, await File.ReadAllBytesAsync(SharedData.Path("samples", "consumidor-gov-br", "2014-05.csv")));

        var kinds = outcomes.Select(row => row is RowOutcome.Rejected rejected ? rejected.Reason : "mapped").Distinct().Order();
        Assert.Equal(70, outcomes.Count);
        Assert.Equal([RejectReason.DamagedText, "mapped"], kinds);
        Assert.All(outcomes.OfType<RowOutcome.Mapped>(), row => Assert.DoesNotContain('\uFFFD', row.LocalId + row.Case.Subject.Clear));
    }

    private static string Shown(RowOutcome outcome) =>
        $"{outcome.Position.Row} {outcome.Position.Line} {outcome.GetType().Name} {(outcome as RowOutcome.Mapped)?.Case.Subject.Clear}";

    private static Encoding EncodingOf(string name) => Encoding.GetEncoding(name switch { "cp949" => 949, "Shift_JIS" => 932, "euc-jp" => 51932, _ => Encoding.GetEncoding(name).CodePage });

    private static string Yaml(string encoding) => Reading.Csv("subject: text", format: $"{{type: delimited, encoding: {encoding}}}");
}
