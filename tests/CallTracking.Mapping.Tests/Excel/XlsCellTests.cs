using System.Text;
using Xunit;

namespace CallTracking.Mapping.Tests.Excel;

/// <summary>What becomes of each record of an .xls sheet.</summary>
public sealed class XlsCellTests
{
    private const int Formula = 0x0006;
    private const int Continue = 0x003C;
    private const int MultipleRk = 0x00BD;
    private const int SharedTexts = 0x00FC;
    private const int SharedText = 0x00FD;
    private const int Number = 0x0203;
    private const int FlagOrError = 0x0205;
    private const int FormulaText = 0x0207;
    private const int Rk = 0x027E;

    [Theory]
    [InlineData(Number, 0, 1.5, "1.5")]
    [InlineData(Number, 1, 45351.0, "2024-02-29")]
    [InlineData(Number, 1, 60.0, "bad-time Cell B2 is 1900-02-29, a day that was not.")]
    [InlineData(Number, 9, 1.0, "bad-value Cell B2 has a style that the workbook has not: whether it is a number or a time cannot be known.")]
    [InlineData(Number, 0, double.NaN, "bad-value Cell B2 is stored as a number, but is none.")]
    public async Task ReadAsync_NumberWithStyle_IsWhatItMeans(int type, int style, double value, string expected) =>
        Assert.Equal([Row(expected)], await ShortAsync(Table().Text(1, 0, "1").Put(type, 1, 1, style, value)));

    [Theory]
    [InlineData((12345u << 2) | 2, "12345")]
    [InlineData((12345u << 2) | 3, "123.45")]
    [InlineData(unchecked((uint)(-5 << 2)) | 2, "-5")]
    [InlineData(0x3FF80000u, "1.5")]
    [InlineData(0x3FF80001u, "0.015")]
    public async Task ReadAsync_PackedNumber_IsUnpacked(uint packed, string expected)
    {
        Assert.Equal([$"1:{expected}"], await ShortAsync(Table().Text(1, 0, "1").Put(Rk, 1, 1, 0, packed)));
        Assert.Equal([$"1:{expected}"], await ShortAsync(Table().Put(MultipleRk, 1, 0, 0, (1u << 2) | 2, 0, packed, 1)));
    }

    [Theory]
    [InlineData(1, 0, "true")]
    [InlineData(0, 0, "false")]
    [InlineData(0x2A, 1, "")]
    [InlineData(0x17, 1, "bad-value Cell B2 holds an error of Excel: mend its formula, or write errors: empty under format in the mapping.")]
    public async Task ReadAsync_FlagOrError_IsTold(int value, int isError, string expected) =>
        Assert.Equal([Row(expected)], await ShortAsync(Table().Text(1, 0, "1").Put(FlagOrError, 1, 1, 0, (byte)value, (byte)isError)));

    [Fact]
    public async Task ReadAsync_Formulas_GiveTheirResults()
    {
        byte[] Result(byte kind, byte value) => [kind, 0, value, 0, 0, 0, 0xFF, 0xFF];
        var table = Table()
            .Text(1, 0, "1").Put(Formula, 1, 1, 0, Result(0, 0)).Put(FormulaText, 2, (byte)0, "ab")
            .Text(2, 0, "2").Put(Formula, 2, 1, 0, 0.25)
            .Text(3, 0, "3").Put(Formula, 3, 1, 0, Result(1, 1))
            .Text(4, 0, "4").Put(Formula, 4, 1, 0, Result(3, 0))
            .Text(5, 0, "5").Put(Formula, 5, 1, 0, Result(0, 0))
            .Text(6, 0, "6").Text(6, 1, "z");

        Assert.Equal(
            ["1:ab", "2:0.25", "3:true", "4:", "bad-value Cell B6 holds a formula without its result: open the workbook in Excel and save it.", "6:z"],
            await ShortAsync(table));
    }

    [Fact]
    public async Task ReadAsync_SharedTextsOverRecords_AreJoinedWithoutTheirReadings()
    {
        // A rich text with readings; a text that goes on in wide letters; one whose record ends before it.
        var table = Table()
            .Global(SharedTexts, 3u, 3u, 2, (byte)(1 | 4 | 8), 1, 3u, Encoding.Unicode.GetBytes("東京"), new byte[4], new byte[3], 4, (byte)0, "ab")
            .Global(Continue, (byte)1, Encoding.Unicode.GetBytes("表é"))
            .Global(Continue, 1, (byte)0, "z")
            .Text(1, 0, "1").Put(SharedText, 1, 1, 0, 0u)
            .Text(2, 0, "2").Put(SharedText, 2, 1, 0, 1u)
            .Text(3, 0, "3").Put(SharedText, 3, 1, 0, 2u)
            .Text(4, 0, "4").Put(SharedText, 4, 1, 0, 3u);

        Assert.Equal(
            ["1:東京", "2:ab表é", "3:z", "bad-value Cell B5 refers to a text that the workbook has not; it has 3."],
            await ShortAsync(table));
    }

    [Fact]
    public async Task ReadAsync_CellsOutOfOrder_RejectTheirRows()
    {
        var table = Table()
            .Text(1, 1, "a").Text(1, 0, "1")
            .Text(3, 0, "3").Text(3, 0, "3")
            .Text(2, 0, "2")
            .Text(4, 300, "x")
            .Text(5, 0, "5").Text(5, 1, "sound");

        var outcomes = await ShortAsync(table);

        Assert.Equal(
            ["Cell A2 stands twice, or behind B2.", "Cell A4 stands twice, or behind A4.", "Row 3 stands behind row 4.", "A cell stands beyond column IV."],
            outcomes.Take(4).Select(outcome => outcome[(RejectReason.BrokenRecord.Length + 1)..]));
        Assert.Equal("5:sound", outcomes[4]);
    }

    [Fact]
    public async Task ReadAsync_DateIn1904System_CountsFromThere() =>
        Assert.Equal(["1:2024-02-29"], await ShortAsync(Table().Global(0x0022, 1).Text(1, 0, "1").Put(Number, 1, 1, 1, 43889.0)));

    [Fact]
    public async Task ReadAsync_TextTableThatSaysItIsEndless_IsAFault()
    {
        var table = Table().Global(SharedTexts, 1u, uint.MaxValue, 1, (byte)0, "a");

        var failure = await Assert.ThrowsAsync<SourceFormatException>(() => ShortAsync(table));

        Assert.Contains("not continued", failure.Fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Header_ThatStandsInAnotherRow_IsFoundAndItsRowSaid()
    {
        var file = new XlsBuilder().Text(0, 0, "Report of March").Text(2, 0, "id").Text(2, 1, "text").Text(3, 0, "1").Build();

        var failure = await Assert.ThrowsAsync<SourceFormatException>(() => Workbooks.AllAsync(file));

        Assert.Equal("Row 3 has them: write header_row: 3 under format in the mapping.", failure.Fault.Cure);
    }

    private static XlsBuilder Table() => new XlsBuilder().Text(0, 0, "id").Text(0, 1, "text");

    private static string Row(string expected) => expected.Contains(' ', StringComparison.Ordinal) ? expected : $"1:{expected}";

    private static Task<IReadOnlyList<string>> ShortAsync(XlsBuilder table) => Workbooks.ShortAsync(table.Build());
}
