using System.Text;
using Xunit;

namespace CallTracking.Mapping.Tests;

public sealed class DialectTests
{
    static DialectTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [Theory]
    [InlineData("||", "id||text\n1||a\n2||\"b||c\"\"\"\n", "a/b||c\"")]
    [InlineData(";;", "text;;id\r\n\"a\nb\";;1\r\n;b;;2", "a\nb/;b")]
    [InlineData("<>", "id<>text\n1<>\"a\"\n2<>b<\n", "a/b<")]
    [InlineData("§", "id§text\n1§a\n2§\"b§\"\n", "a/b§")]
    [InlineData("\u001F", "id\u001Ftext\n1\u001Fa\n2\u001Fb\n", "a/b")]
    [InlineData("、", "id、text\n1、あ\n2、\"い、\"\n", "あ/い、")]
    public async Task ReadAsync_AnyDelimiter_CutsAtIt(string delimiter, string content, string expected)
    {
        foreach (var drips in (bool[])[true, false])
        {
            Assert.Equal(expected, Texts(await DrippedAsync(Yaml($"delimiter: \"{delimiter}\""), Encoding.UTF8.GetBytes(content), drips)));
        }
    }

    [Theory]
    [InlineData("Report;of;many;cells\n1;x;y;z\n", "Correct preamble")]
    [InlineData("Report;of;many;cells\nid;text;a;b\n1;x;y;z\n", "Line 2 has them: write preamble: 1")]
    [InlineData("Report,of,many,cells\nid,text,a,b\n1,x,y,z\n", "Check encoding and delimiter")]
    public async Task ReadAsync_NoNameOfTheHeaderFits_BlamesWhatTheCellsSpeakAgainst(string content, string cure)
    {
        var yaml = Reading.Csv("subject: text", format: "{type: delimited, delimiter: \";\"}");

        var refused = await Assert.ThrowsAsync<SourceFormatException>(() => Reading.AllAsync(yaml, content));

        Assert.Contains(cure, Assert.Single(refused.Faults).Cure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("A-1|2", true)]
    [InlineData("A-1/2", true)]
    [InlineData("A-1\u001F2", true)]
    [InlineData("A-12", false)]
    public void LocalIdText_OfPartsWithBarsOrStrokes_MeansTheKeyOfSeveralColumns(string written, bool isMeant) =>
        Assert.Equal(isMeant, Checks.LocalIdText.Means(written, "A-1\u001F2"));

    [Fact]
    public async Task ReadAsync_DelimiterThatOverlapsItself_IsTakenFromTheLeft() =>
        Assert.Equal("|\"a/b", Texts(await Reading.AllAsync(Yaml("delimiter: \"||\""), "id||text\n1|||\"a\n2||b\n")));

    [Theory]
    [InlineData("windows-1252", "¦")]
    [InlineData("Shift_JIS", "||")]
    [InlineData("Shift_JIS", "、")]
    [InlineData("utf-16", "||")]
    [InlineData("gb18030", "；")]
    public async Task ReadAsync_DelimiterInOtherEncodings_CutsNoCharacter(string encoding, string delimiter)
    {
        var text = encoding == "windows-1252" ? "é|" : "ポー表";
        var content = Encoding.GetEncoding(encoding).GetBytes($"id{delimiter}text\n1{delimiter}{text}\n");

        Assert.Equal(text, Texts(await Reading.AllAsync(Yaml($"delimiter: \"{delimiter}\"", encoding), content)));
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("\"a\\\"b\"")]
    [InlineData("\"\\n\"")]
    public void Parse_DelimiterThatCannotBe_IsAFault(string delimiter) =>
        Assert.NotEmpty(SourceMapping.Parse("m.yaml", Yaml($"delimiter: {delimiter}")).Faults);

    [Fact]
    public void Parse_DelimiterThatTheEncodingLacks_IsAFault() =>
        Assert.Contains("encoding", Assert.Single(SourceMapping.Parse("m.yaml", Yaml("delimiter: \"、\"", "windows-1252")).Faults).Message, StringComparison.Ordinal);

    [Fact]
    public async Task ReadAsync_JoinLast_GivesSurplusCellsToTheLastColumn()
    {
        var outcomes = await Reading.AllAsync(Yaml("ragged: join_last"), "id,text\n1,a, b,c\n2,\"x\",\"y\"\"z\",\n3\n4,d\n");

        Assert.Equal("a, b,c/x,y\"z,/RaggedRow/d".Replace("RaggedRow", RejectReason.RaggedRow, StringComparison.Ordinal), Texts(outcomes));
    }

    [Fact]
    public async Task ReadAsync_CommentLines_AreNoRowsWhateverStandsInThem()
    {
        var outcomes = await Reading.AllAsync(Yaml("comment: \"#\""), "# \"made by\nid,text\n#\n1,a\n#,\"open\n2,#b\n#end");

        Assert.Equal("a/#b", Texts(outcomes));
        Assert.Equal([(1L, 4L, 21L), (2, 6, 33)], outcomes.Select(row => (row.Position.Row, row.Position.Line, row.Position.ByteOffset)));
    }

    [Theory]
    [InlineData("3")]
    [InlineData("{until: \"^id,\"}")]
    public async Task ReadAsync_Preamble_IsPassedOver(string preamble)
    {
        var outcomes = await Reading.AllAsync(Yaml($"preamble: {preamble}"), "Report: \"open cases\r\n\r\nby id,text\r\nid,text\r\n1,\"a\r\nid,\"\r\n");

        Assert.Equal("a\r\nid,", Texts(outcomes));
        Assert.Equal(5, outcomes[0].Position.Line);
    }

    [Fact]
    public async Task ReadAsync_PreambleWithoutTheHeader_FailsTheFile()
    {
        var failure = await Assert.ThrowsAsync<SourceFormatException>(() => Reading.AllAsync(Yaml("preamble: {until: \"^key\"}"), "id,text\n1,a\n"));

        Assert.Contains("preamble.until", failure.Fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "id,text\n1,a\n2,b\nTotal: 2\n", "a/b")]
    [InlineData(1, "id,text\n1,a\n2,b\nTotal: 2", "a/b")]
    [InlineData(2, "id,text\r\n1,a\r\n2,b\r\n\r\n\"Total\r\n", "a/b")]
    [InlineData(3, "id,text\r1,\"a\rx\"\rGrand Totals\r\r(c) us\r", "a\rx")]
    [InlineData(5, "id,text\n1,a\n", "")]
    public async Task ReadAsync_FooterOfSoManyLines_IsNoRow(int lines, string content, string expected)
    {
        foreach (var drips in (bool[])[true, false])
        {
            Assert.Equal(expected, Texts(await DrippedAsync(Yaml($"footer: {lines}"), Encoding.UTF8.GetBytes(content), drips)));
        }
    }

    [Fact]
    public async Task ReadAsync_FooterFromAPattern_EndsTheRows()
    {
        const string Report = "id,text\n1,a\n2,Grand Totals\nGrand Totals,2\n\n\nConfidential \"Information\n(c) 2026\n";

        Assert.Equal("a/Grand Totals", Texts(await Reading.AllAsync(Yaml("footer: {from: \"^Grand Totals\"}"), Report)));
    }

    [Theory]
    [InlineData("id,text\n1,a\n2,b\n", 4)]
    [InlineData("id,text\n1,a\n2,b", 3)]
    [InlineData("id,text\n1,a\n\n\x1A", 4)]
    [InlineData("id,text\n", 2)]
    [InlineData("id,text\n1,a\nGrand To", 3)]
    public async Task ReadAsync_FooterFromAPatternThatDoesNotCome_IsACutFile(string content, int line)
    {
        foreach (var drips in (bool[])[true, false])
        {
            var failure = await Assert.ThrowsAsync<SourceFormatException>(() => DrippedAsync(Yaml("footer: {from: \"^Grand Totals\"}"), Encoding.UTF8.GetBytes(content), drips));

            Assert.Contains("ends here without what footer.from looks for", failure.Fault.Message, StringComparison.Ordinal);
            Assert.Contains("optional: true", failure.Fault.Cure, StringComparison.Ordinal);
            Assert.Equal(line, failure.Fault.Line);
        }
    }

    [Theory]
    [InlineData("id,text\n1,a\n2,b\n", "a/b")]
    [InlineData("id,text\n1,a\n2,b\nGrand Totals\n\x1A", "a/b")]
    [InlineData("id,text\n", "")]
    public async Task ReadAsync_FooterThatIsOptional_MayComeOrNot(string content, string expected) =>
        Assert.Equal(expected, Texts(await Reading.AllAsync(Yaml("footer: {from: \"^Grand Totals\", optional: true}"), content)));

    [Fact]
    public async Task ReadAsync_RowsBehindWhatLooksLikeAFooter_FailTheFileInsteadOfBeingLost()
    {
        var rows = string.Concat(Enumerable.Range(2, 30).Select(id => $"{id},b\n"));

        var failure = await Assert.ThrowsAsync<SourceFormatException>(() => Reading.AllAsync(Yaml("footer: {from: \"Totals\"}"), $"id,text\n1,Totals\n{rows}"));

        Assert.Equal(2, failure.Fault.Line);
    }

    [Theory]
    [InlineData("sep=;\r\nid;text\r\n1;a\r\n")]
    [InlineData("\"sep=;\"\nid;text\n1;a\n")]
    [InlineData("sep=;\rid;text\r1;a")]
    public async Task ReadAsync_ExcelsLineOfTheDelimiter_IsPassedOver(string content) =>
        Assert.Equal("a", Texts(await Reading.AllAsync(Yaml("delimiter: \";\""), content)));

    [Fact]
    public async Task ReadAsync_ExcelsLineOfAnotherDelimiter_FailsTheFile()
    {
        var failure = await Assert.ThrowsAsync<SourceFormatException>(() => Reading.AllAsync(Yaml("delimiter: \",\""), "sep=;\nid;text\n1;a\n"));

        Assert.Contains("first line", failure.Fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_MixedLineEnds_CountEachOnce()
    {
        var outcomes = await Reading.AllAsync(Yaml(), "id,text\r1,a\n2,\"b\r\nc\rd\ne\"\r\n\r3,f\n\n\r4,g");

        Assert.Equal([2L, 3, 7, 8, 9, 10, 11], outcomes.Select(row => row.Position.Line));
    }

    [Fact]
    public async Task ReadAsync_OldEndOfFileSign_IsNoRow() => Assert.Equal("a", Texts(await Reading.AllAsync(Yaml(), "id,text\r\n1,a\r\n\u001A")));

    [Fact]
    public async Task ReadAsync_HeaderWithSpaces_IsTrimmed() => Assert.Equal("a", Texts(await Reading.AllAsync(Yaml(), " id ,\" text\u00A0\"\n1,a\n")));

    [Fact]
    public async Task ReadAsync_CellOfTwoGigabytes_IsRefusedInBoundedMemory()
    {
        await using var reader = Reading.Mapping(Yaml()).OpenReader(new GeneratedStream("id,text\n1,\"", 2_200_000_000, "\"\n2,b\n"), "cases.csv");
        var before = GC.GetAllocatedBytesForCurrentThread();
        var outcomes = await Reading.AllAsync(reader);

        Assert.Equal("too-large/b", Texts(outcomes));
        Assert.Equal(2_200_000_013, outcomes[1].Position.ByteOffset);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 60_000_000);
    }

    private static string Texts(IEnumerable<RowOutcome> outcomes) => string.Join('/', outcomes.Select(outcome => outcome switch
    {
        RowOutcome.Mapped mapped => mapped.Case.Subject?.Clear ?? "-",
        RowOutcome.Rejected rejected => rejected.Reason,
        _ => outcome.GetType().Name,
    }));

    private static async Task<List<RowOutcome>> DrippedAsync(string yaml, byte[] content, bool drips)
    {
        await using var reader = Reading.Mapping(yaml).OpenReader(drips ? new DrippingStream(content) : new MemoryStream(content), "cases.csv");
        return await Reading.AllAsync(reader);
    }

    private static string Yaml(string more = "ragged: reject", string encoding = "utf-8") =>
        Reading.Csv("subject: {from: text, trim: false}", format: $"{{type: delimited, encoding: {encoding}, {more}}}");
}
