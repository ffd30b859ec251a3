using System.Text;
using CallTracking.Testing;
using Xunit;

namespace CallTracking.Mapping.Tests.Excel;

/// <summary>Where on a sheet the table is, and where its rows stand.</summary>
public sealed class XlsxTableTests
{
    private static readonly string Header = XlsxBuilder.Row(1, "id", "text");

    [Fact]
    public async Task ReadAsync_Positions_AreTheSheetsRows()
    {
        var outcomes = await Workbooks.AllAsync(Workbooks.Of(XlsxBuilder.Row(2, "1", "a"), "<row r=\"3\"/>", XlsxBuilder.Row(7, "2", "b")));

        Assert.Equal([new("cases.csv", 2, 2, 0), new("cases.csv", 3, 3, 0), new("cases.csv", 7, 7, 0)], outcomes.Select(row => row.Position));
        Assert.Equal(["Mapped", "Blank", "Mapped"], outcomes.Select(row => row.GetType().Name));
    }

    [Fact]
    public async Task ReadAsync_RejectedRow_IsHandedOutAsJson()
    {
        var outcomes = await Workbooks.AllAsync(Workbooks.Of(XlsxBuilder.Row(2, null, "日本 \"a\""), XlsxBuilder.Row(3, "2", "sound")));

        var rejected = Assert.IsType<RowOutcome.Rejected>(outcomes[0]);
        Assert.Equal(RejectReason.MissingKey, rejected.Reason);
        Assert.Equal("{\"row\":2,\"B\":\"日本 \\\"a\\\"\"}", Encoding.UTF8.GetString(rejected.RawRecord.Span));
        Assert.IsType<RowOutcome.Mapped>(outcomes[1]);
    }

    [Fact]
    public async Task ReadAsync_CellsLeftOut_LeaveTheOthersInTheirColumns()
    {
        var file = new XlsxBuilder().Sheet(XlsxBuilder.Row(1, "id", "x", "text") + XlsxBuilder.Row(2, "1", null, "a")).Build();

        Assert.Equal(["1:a"], await Workbooks.ShortAsync(file));
    }

    [Fact]
    public async Task ReadAsync_CellsWithoutReferences_StandOneBehindTheOther()
    {
        const string Rows = "<row><c t=\"inlineStr\"><is><t>id</t></is></c><c t=\"inlineStr\"><is><t>text</t></is></c></row><row><c><v>1</v></c><c><v>2</v></c></row>";

        Assert.Equal(["1:2"], await Workbooks.ShortAsync(new XlsxBuilder().Sheet(Rows).Build()));
    }

    [Theory]
    [InlineData("", "1:visible")]
    [InlineData("sheet: OLD", "1:hidden")]
    [InlineData("sheet: 1", "1:hidden")]
    [InlineData("sheet: \"2\"", "1:digits")]
    public async Task ReadAsync_Sheet_IsTheOneThatIsMeant(string more, string expected)
    {
        var file = new XlsxBuilder()
            .Sheet(Header + XlsxBuilder.Row(2, "1", "hidden"), "Old", "hidden")
            .Sheet(Header + XlsxBuilder.Row(2, "1", "visible"), "New")
            .Sheet(Header + XlsxBuilder.Row(2, "1", "digits"), "2").Build();

        Assert.Equal([expected], await Workbooks.ShortAsync(file, more));
    }

    [Theory]
    [InlineData("sheet: Cses", "Did you mean 'Cases'?")]
    [InlineData("sheet: 2", "the workbook has 1")]
    public async Task ReadAsync_SheetThatThereIsNot_SaysWhichThereAre(string more, string says)
    {
        var failure = await Assert.ThrowsAsync<SourceFormatException>(() => Workbooks.AllAsync(Workbooks.Of(), more));

        Assert.Contains(says, failure.Fault.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "1:a|2:b|Blank|Total:|9:c")]
    [InlineData("skip_rows: 1", "2:b|Blank|Total:|9:c")]
    [InlineData("stop_at_blank: true", "1:a|2:b")]
    [InlineData("stop_at: \"^Total$\"", "1:a|2:b|Blank")]
    public async Task ReadAsync_TableAmongOtherRows_EndsWhereTheMappingSays(string more, string expected)
    {
        var file = new XlsxBuilder().Sheet(
            "<row r=\"2\"/>" + XlsxBuilder.Row(3, "id", "text") + XlsxBuilder.Row(4, "1", "a") + XlsxBuilder.Row(5, "2", "b") + XlsxBuilder.Row(6, " ", "")
            + XlsxBuilder.Row(7, "Total", "") + XlsxBuilder.Row(9, "9", "c")).Build();

        Assert.Equal(expected.Split('|'), await Workbooks.ShortAsync(file, more));
    }

    [Theory]
    [InlineData("stop_at: \"^Total$\"", "Total", false)]
    [InlineData("stop_at: \"^Total$\"", "Sum", true)]
    [InlineData("stop_at: \"^Total$\", stop_at_blank: true", "", false)]
    [InlineData("", "Sum", false)]
    public async Task Doubts_SheetWithoutTheRowThatStopsIt_HasOne(string more, string last, bool isDoubted)
    {
        var file = Workbooks.Of(XlsxBuilder.Row(2, "1", "a"), XlsxBuilder.Row(3, last, ""), XlsxBuilder.Row(5, "9", "c"));
        await using var reader = Reading.Mapping(Workbooks.Yaml(more)).OpenReader(new MemoryStream(file), "desk.xlsx");
        while (await reader.ReadAsync(default) is not null)
        {
            Assert.Empty(reader.Doubts);
        }

        Assert.Equal(isDoubted ? ["desk.xlsx: no row of the sheet begins as stop_at says: are its last rows there, and is none of them totals under another word?"] : [], reader.Doubts);
    }

    [Fact]
    public async Task ReadAsync_RowLeftOut_IsBlankToo() =>
        Assert.Equal(["1:a"], await Workbooks.ShortAsync(Workbooks.Of(XlsxBuilder.Row(2, "1", "a"), XlsxBuilder.Row(4, "2", "b")), "stop_at_blank: true"));

    [Fact]
    public async Task ReadAsync_HeaderRowNamed_PassesOverTheTitleAbove()
    {
        var file = new XlsxBuilder().Sheet(XlsxBuilder.Row(1, "Report of March") + XlsxBuilder.Row(3, "id", "text") + XlsxBuilder.Row(4, "1", "a")).Build();

        Assert.Equal(["1:a"], await Workbooks.ShortAsync(file, "header_row: 3"));
        var failure = await Assert.ThrowsAsync<SourceFormatException>(() => Workbooks.AllAsync(file, "header_row: 2"));
        Assert.Contains("row, 2, is empty", failure.Fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("header_row: 1")]
    [InlineData("header_row: 2")]
    [InlineData("header_row: 4")]
    [InlineData("header_row: 5")]
    [InlineData("header_row: 9")]
    public async Task Header_ThatStandsInAnotherRow_IsFoundAndItsRowSaid(string more)
    {
        var file = new XlsxBuilder().Sheet(XlsxBuilder.Row(1, "Report of March") + XlsxBuilder.Row(3, "id", "text") + XlsxBuilder.Row(4, "1", "a") + XlsxBuilder.Row(6, "2", "b")).Build();

        var fault = (await Assert.ThrowsAsync<SourceFormatException>(() => Workbooks.AllAsync(file, more))).Fault;
        var checkedFault = Assert.Single(await Reading.Mapping(Workbooks.Yaml(more)).CheckHeaderAsync(new MemoryStream(file), "cases.xlsx", CancellationToken.None));

        Assert.Equal("Row 3 has them: write header_row: 3 under format in the mapping.", fault.Cure);
        Assert.Equal(fault.Cure, checkedFault.Cure);
    }

    [Fact]
    public async Task Header_ThatStandsInNoRow_IsNotSaidToBeInOne()
    {
        var file = new XlsxBuilder().Sheet(XlsxBuilder.Row(1, "Report of March") + XlsxBuilder.Row(3, "id", "texts") + XlsxBuilder.Row(4, "1", "a")).Build();

        Assert.DoesNotContain("has them", (await Assert.ThrowsAsync<SourceFormatException>(() => Workbooks.AllAsync(file))).Fault.Cure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_WithoutHeader_TakesTheNamesOfTheMapping()
    {
        var file = new XlsxBuilder().Sheet(XlsxBuilder.Row(1, "title") + XlsxBuilder.Row(2, "a", "1") + XlsxBuilder.Row(3, "b", "2", "surplus")).Build();

        Assert.Equal(
            ["1:a", "ragged-row The mapping names 2 columns; a cell behind B3 has a value."],
            await Workbooks.ShortAsync(file, "header: false, columns: [text, id], skip_rows: 1"));
    }

    [Fact]
    public async Task ReadAsync_TwoHeaderRows_JoinGroupsWithNames()
    {
        const string Merged = "<mergeCells><mergeCell ref=\"A1:A2\"/><mergeCell ref=\"B1:C1\"/><mergeCell ref=\"A3:B3\"/></mergeCells>";
        var file = new XlsxBuilder().Sheet(
            XlsxBuilder.Row(1, "id", "Customer") + XlsxBuilder.Row(2, null, "name", "text", "note") + XlsxBuilder.Row(3, "1", "n", "t", "o"), after: Merged).Build();

        var outcomes = await Workbooks.ShortAsync(file, "header_rows: 2", "subject: {join: [Customer / name, Customer / text, note]}");

        Assert.Equal(["1:n t o"], outcomes);
    }

    [Fact]
    public async Task ReadAsync_MergedHeaderCell_NamesAllItsColumns()
    {
        var file = new XlsxBuilder().Sheet(
            XlsxBuilder.Row(1, "id", "phone", null, "text") + XlsxBuilder.Row(2, "1", "a", "b", "t"), after: "<mergeCells><mergeCell ref=\"B1:C1\"/></mergeCells>").Build();

        Assert.Equal(["1:a b t"], await Workbooks.ShortAsync(file, fields: "subject: {join: [phone#1, phone#2, text]}"));
    }

    [Fact]
    public async Task ReadAsync_WithoutOneNameOfTheMapping_PointsAtSheetAndRow()
    {
        var failure = await Assert.ThrowsAsync<SourceFormatException>(() => Workbooks.AllAsync(new XlsxBuilder().Sheet(XlsxBuilder.Row(1, "Anna", "b")).Build()));

        Assert.Contains("header_row", failure.Fault.Cure, StringComparison.Ordinal);
        Assert.DoesNotContain("Anna", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<row r=\"1\"/>")]
    public async Task ReadAsync_EmptySheet_IsAFault(string rows) =>
        Assert.Contains("empty", (await Assert.ThrowsAsync<SourceFormatException>(() => Workbooks.AllAsync(new XlsxBuilder().Sheet(rows).Build()))).Fault.Message, StringComparison.Ordinal);

    [Fact]
    public async Task CheckHeaderAsync_OfAWorkbook_TellsWithoutReadingOn()
    {
        var file = new XlsxBuilder().Sheet(XlsxBuilder.Row(1, "id", "txt")).Build();

        var faults = await Reading.Mapping(Workbooks.Yaml()).CheckHeaderAsync(new MemoryStream(file), "cases.xlsx", CancellationToken.None);

        Assert.Contains("'txt'", Assert.Single(faults).Cure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_StreamThatCannotGoBack_IsHeld()
    {
        await using var reader = Reading.Mapping(Workbooks.Yaml()).OpenReader(new DrippingStream(Workbooks.Of(XlsxBuilder.Row(2, "1", "a"))), "cases.xlsx.gz");

        Assert.IsType<RowOutcome.Mapped>(Assert.Single(await Reading.AllAsync(reader)));
    }

    [Fact]
    public async Task ReadAsync_LargeStreamThatCannotGoBack_IsAFault()
    {
        await using var reader = Reading.Mapping(Workbooks.Yaml()).OpenReader(new GeneratedStream("PK", 70_000_000, ""), "cases.xlsx.gz");

        var failure = await Assert.ThrowsAsync<SourceFormatException>(() => Reading.AllAsync(reader));
        Assert.Contains("Unpack it", failure.Fault.Cure, StringComparison.Ordinal);
    }
}
