using CallTracking.Testing;
using Xunit;

namespace CallTracking.Mapping.Tests.Excel;

/// <summary>What becomes of each kind of cell.</summary>
public sealed class XlsxCellTests
{
    [Theory]
    [InlineData("<c r='B2' t='inlineStr'><is><t>a</t></is></c>", "a")]
    [InlineData("<c r='B2' t='inlineStr'><is><r><t>run </t></r><r><rPr><b/></rPr><t>two</t></r><rPh sb='0' eb='1'><t>ラン</t></rPh><phoneticPr fontId='1'/></is></c>", "run two")]
    [InlineData("<c r='B2' t='inlineStr'><is><t>a_x000D_b_x005F_x0041__x00zz_</t></is></c>", "a\rb_x0041__x00zz_")]
    [InlineData("<c r='B2' t='inlineStr'><is><t><![CDATA[<a>]]> &amp;</t></is></c>", "<a> &")]
    [InlineData("<c r='B2' t='str'><f>A1</f><v>result</v></c>", "result")]
    [InlineData("<c r='B2' t='str'><f>A1</f><v></v></c>", "")]
    [InlineData("<c r='B2'><f>1+1</f><v>2</v></c>", "2")]
    [InlineData("<c r='B2'><f>1+1</f><v/></c>", "bad-value Cell B2 holds a formula without its result: open the workbook in Excel and save it.")]
    [InlineData("<c r='B2'><f>1+1</f></c>", "bad-value Cell B2 holds a formula without its result: open the workbook in Excel and save it.")]
    [InlineData("<c r='B2' t='b'><v>1</v></c>", "true")]
    [InlineData("<c r='B2' t='b'><v>0</v></c>", "false")]
    [InlineData("<c r='B2' t='b'><v>2</v></c>", "bad-value Cell B2 is neither true nor false.")]
    [InlineData("<c r='B2' t='e'><v>#N/A</v></c>", "")]
    [InlineData("<c r='B2' t='e'><v>#REF!</v></c>", "bad-value Cell B2 holds an error of Excel: mend its formula, or write errors: empty under format in the mapping.")]
    [InlineData("<c r='B2' t='d'><v>2024-02-29T13:45:00</v></c>", "2024-02-29T13:45:00")]
    [InlineData("<c r='B2' s='3'/>", "")]
    [InlineData("<c r='B2' t='x'><v>1</v></c>", "bad-value Cell B2 is of a type that there is not.")]
    [InlineData("<c r='B2' s='9'><v>1</v></c>", "bad-value Cell B2 has a style that the workbook has not: whether it is a number or a time cannot be known.")]
    [InlineData("<c r='B2' t='s'><v>7</v></c>", "bad-value Cell B2 refers to a text that the workbook has not; it has 0.")]
    [InlineData("<c r='B2' t='s'><v>-1</v></c>", "bad-value Cell B2 refers to a text that the workbook has not; it has 0.")]
    [InlineData("<c r='B2' t='inlineStr'><is><t>a_x0000_</t></is></c>", "nul-character Cell B2 holds U+0000; the text of a case cannot hold it.")]
    [InlineData("<c r='B2' t='inlineStr'><is><t>a_xD83D_</t></is></c>", "undecodable Cell B2 holds half of a surrogate pair, which is no character.")]
    [InlineData("<c r='B2' t='inlineStr'><is><t>_xD83D__xDE00_</t></is></c>", "😀")]
    public async Task ReadAsync_Cell_BecomesItsText(string cell, string expected) =>
        Assert.Equal(expected, await Workbooks.CellAsync(cell.Replace('\'', '"')));

    [Theory]
    [InlineData("1", "1")]
    [InlineData("-0", "0")]
    [InlineData("1.5", "1.5")]
    [InlineData("9.9499999999999993", "9.95")]
    [InlineData("0.30000000000000004", "0.30000000000000004")]
    [InlineData("9007199254740992", "9007199254740992")]
    [InlineData("1.2345678901234E+15", "1234567890123400")]
    [InlineData("1E+20", "100000000000000000000")]
    [InlineData("1E-05", "0.00001")]
    [InlineData("1.7976931348623157E+308", "1.7976931348623157E+308")]
    [InlineData("NaN", "bad-value Cell B2 is stored as a number, but is none.")]
    [InlineData("1e999", "bad-value Cell B2 is stored as a number, but is none.")]
    [InlineData("1,5", "bad-value Cell B2 is stored as a number, but is none.")]
    public async Task ReadAsync_Number_IsTheShortestTextOfIt(string stored, string expected) =>
        Assert.Equal(expected, await Workbooks.CellAsync($"<c r=\"B2\"><v>{stored}</v></c>"));

    [Fact]
    public async Task ReadAsync_TextOfDigits_KeepsItsZeros() =>
        Assert.Equal("00123", await Workbooks.CellAsync("<c r=\"B2\" t=\"inlineStr\"><is><t>00123</t></is></c>"));

    [Theory]
    [InlineData("yyyy-mm-dd", "45351", "2024-02-29")]
    [InlineData("yyyy/m/d h:mm", "45351.572916666664", "2024-02-29T13:45")]
    [InlineData("yyyy/m/d h:mm:ss", "45351.572916666664", "2024-02-29T13:45:00")]
    [InlineData("yyyy/m/d h:mm", "45351", "2024-02-29T00:00")]
    [InlineData("dd.mm.yy", "45351.25", "2024-02-29T06:00")]
    [InlineData("[$-411]ggge\"年\"m\"月\"d\"日\";@", "45351", "2024-02-29")]
    [InlineData("mmm-yy", "45323", "2024-02-01")]
    [InlineData("yyyy-mm-dd hh:mm:ss.000", "45351.99999999", "2024-02-29T23:59:59.999")]
    [InlineData("yyyy-mm-dd hh:mm:ss", "45351.9999999999", "2024-03-01T00:00:00")]
    [InlineData("yyyy-mm-dd", "1", "1900-01-01")]
    [InlineData("yyyy-mm-dd", "59", "1900-02-28")]
    [InlineData("yyyy-mm-dd", "60", "bad-time Cell B2 is 1900-02-29, a day that was not.")]
    [InlineData("yyyy-mm-dd", "61", "1900-03-01")]
    [InlineData("yyyy-mm-dd", "0", "bad-time Cell B2 is day 0 of the calendar, which is no date.")]
    [InlineData("yyyy-mm-dd", "-1", "bad-time Cell B2 is a time before the workbook's first day.")]
    [InlineData("yyyy-mm-dd", "2958465", "9999-12-31")]
    [InlineData("yyyy-mm-dd", "2958466", "bad-time Cell B2 is a time beyond the year 9999.")]
    [InlineData("yyyy-mm-dd", "1E+300", "bad-time Cell B2 is a time beyond the year 9999.")]
    [InlineData("h:mm AM/PM", "0.5", "12:00")]
    [InlineData("h:mm", "0", "00:00")]
    [InlineData("mm:ss", "0.003495370370370370", "00:05:02")]
    [InlineData("h:mm", "45351.5", "2024-02-29T12:00")]
    [InlineData("[h]:mm", "1.1041666666666667", "26:30")]
    [InlineData("[h]:mm:ss", "1.1041666666666667", "26:30:00")]
    [InlineData("[mm]:ss", "0.0625", "01:30:00")]
    [InlineData("0%", "0.25", "0.25")]
    [InlineData("0.00E+00", "1500", "1500")]
    [InlineData("#,##0.00 \"days\"", "2", "2")]
    [InlineData("[Red]General;[Blue]-General", "45351", "45351")]
    [InlineData("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "45351", "2024-02-29")]
    [InlineData("@", "45351", "45351")]
    [InlineData("0\\d", "3", "3")]
    public async Task ReadAsync_NumberWithFormat_IsWhatTheFormatMeans(string format, string stored, string expected)
    {
        var builder = new XlsxBuilder();

        Assert.Equal(expected, await Workbooks.CellAsync($"<c r=\"B2\" s=\"{builder.Style(format)}\"><v>{stored}</v></c>", builder));
    }

    [Theory]
    [InlineData("0", "1904-01-01")]
    [InlineData("60", "1904-03-01")]
    [InlineData("43889", "2024-02-29")]
    [InlineData("2957003", "9999-12-31")]
    [InlineData("2957004", "bad-time Cell B2 is a time beyond the year 9999.")]
    public async Task ReadAsync_DateIn1904System_CountsFromThere(string stored, string expected)
    {
        var builder = new XlsxBuilder { Is1904 = true };

        Assert.Equal(expected, await Workbooks.CellAsync($"<c r=\"B2\" s=\"{builder.Style("yyyy-mm-dd")}\"><v>{stored}</v></c>", builder));
    }

    [Fact]
    public async Task ReadAsync_DateCellForAFieldWithFormats_IsReadAsWhatItIs()
    {
        var builder = new XlsxBuilder();
        var style = builder.Style("dd/mm/yyyy h:mm");
        var file = builder.Sheet(
            XlsxBuilder.Row(1, "id", "when")
            + $"<row r=\"2\"><c r=\"A2\"><v>1</v></c><c r=\"B2\" s=\"{style}\"><v>45351.5</v></c></row>"
            + XlsxBuilder.Row(3, "2", "29.02.2024 12:00")).Build();

        var outcomes = await Workbooks.AllAsync(file, fields: "opened: {from: when, format: \"dd.MM.yyyy HH:mm\"}\ncustomer.birth_date: {from: when, format: \"dd.MM.yyyy HH:mm\"}");

        var cases = outcomes.Cast<RowOutcome.Mapped>().Select(row => row.Case).ToList();
        Assert.Equal(cases[0].Opened.At, cases[1].Opened.At);
        Assert.Equal(("", "29.02.2024 12:00"), (cases[0].Opened.Original, cases[1].Opened.Original));
        Assert.All(cases, one => Assert.Equal("2024-02-29", one.Customer.BirthDate.Clear));
    }

    [Fact]
    public async Task ReadAsync_NumberInAMappingOfAnotherCulture_KeepsItsPoint()
    {
        var file = new XlsxBuilder().Sheet(XlsxBuilder.Row(1, "id", "n") + "<row r=\"2\"><c r=\"A2\"><v>1</v></c><c r=\"B2\"><v>4.5</v></c></row>").Build();

        var outcomes = await Reading.AllAsync(Reading.Csv("repair.cost: {from: n, currency: EUR}", more: "culture: de-DE", format: "{type: excel}"), file);

        var cost = Assert.IsType<RowOutcome.Mapped>(Assert.Single(outcomes)).Case.Repair.Cost;
        Assert.Contains("4", cost.ToString(), StringComparison.Ordinal);
        Assert.Contains("5", cost.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_SharedTexts_AreJoinedWithoutTheirReadings()
    {
        var builder = new XlsxBuilder();
        builder.Shared("unused");
        var plain = builder.Shared("日本 😀");
        var rich = builder.SharedXml("<si><r><rPr><sz val=\"9\"/></rPr><t xml:space=\"preserve\">東京 </t></r><r><t>支店</t></r><rPh sb=\"0\" eb=\"2\"><t>トウキョウ</t></rPh></si>");
        var empty = builder.SharedXml("<si/>");
        string Cell(int row, int index) => $"<row r=\"{row}\"><c r=\"A{row}\"><v>{row}</v></c><c r=\"B{row}\" t=\"s\"><v>{index}</v></c></row>";

        var outcomes = await Workbooks.ShortAsync(builder.Sheet(XlsxBuilder.Row(1, "id", "text") + Cell(2, rich) + Cell(3, plain) + Cell(4, empty) + Cell(5, rich)).Build());

        Assert.Equal(["2:東京 支店", "3:日本 😀", "4:", "5:東京 支店"], outcomes);
    }

    [Fact]
    public async Task ReadAsync_FaultyCellThatTheMappingDoesNotName_CostsNothing()
    {
        var file = new XlsxBuilder().Sheet(XlsxBuilder.Row(1, "id", "text", "sum") + $"<row r=\"2\">{XlsxBuilder.Text(0, 2, "1")}{XlsxBuilder.Text(1, 2, "a")}<c r=\"C2\"><f>1</f></c></row>").Build();

        Assert.Equal(["1:a"], await Workbooks.ShortAsync(file));
    }

    [Fact]
    public async Task ReadAsync_ErrorsThatCountAsEmpty_LeaveTheFieldEmpty() =>
        Assert.Equal("", await Workbooks.CellAsync("<c r=\"B2\" t=\"e\"><v>#DIV/0!</v></c>", more: "errors: empty"));

    [Fact]
    public async Task ReadAsync_UnmappedToKeep_HaveTheTypesThatExcelGivesThem()
    {
        var builder = new XlsxBuilder();
        var day = builder.Style("yyyy-mm-dd");
        var yaml = Reading.Csv("subject: text", more: "unmapped: keep", format: "{type: excel}");
        var file = builder.Sheet(
            XlsxBuilder.Row(1, "id", "text", "n", "flag", "day")
            + $"<row r=\"2\"><c r=\"A2\"><v>1</v></c><c r=\"C2\"><v>1.5</v></c><c r=\"D2\" t=\"b\"><v>1</v></c><c r=\"E2\" s=\"{day}\"><v>45351</v></c></row>").Build();

        var custom = Assert.IsType<RowOutcome.Mapped>(Assert.Single(await Reading.AllAsync(yaml, file))).Case.CustomFields;

        Assert.Equal(["day", "flag", "n"], custom.Select(field => field.Name));
        Assert.Equal((1.5, true, "2024-02-29"), (custom[2].Number, custom[1].Flag, custom[0].Text.Clear));
    }
}
