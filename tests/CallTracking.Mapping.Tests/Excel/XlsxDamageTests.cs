using System.IO.Compression;
using System.Text;
using CallTracking.Testing;
using Xunit;

namespace CallTracking.Mapping.Tests.Excel;

/// <summary>Files that are not what they should be, by accident or on purpose.</summary>
public sealed class XlsxDamageTests
{
    private const string Sheet = "xl/worksheets/sheet1.xml";

    [Theory]
    [InlineData("<row r='2'><c r='B2'><v>1</v></c><c r='A2'><v>1</v></c></row>", "Cell A2 stands twice, or behind B2.")]
    [InlineData("<row r='2'><c r='A2'><v>1</v></c><c r='A2'><v>2</v></c></row>", "Cell A2 stands twice")]
    [InlineData("<row r='2'><c r='A3'><v>1</v></c></row>", "Cell A3 stands in row 2.")]
    [InlineData("<row r='2'><c r='XFE2'><v>1</v></c></row>", "beyond A1 to XFD1048576")]
    [InlineData("<row r='2'><c r='B2'><v>1</v></c><c r='ZZZZZZZZZZ2'><v>1</v></c></row>", "The cell behind B2 is beyond")]
    [InlineData("<row r='2'><c r='17'><v>1</v></c></row>", "beyond A1")]
    [InlineData("<row r='1'><c r='A1'><v>1</v></c></row>", "Row 1 stands behind row 1.")]
    [InlineData("<row r='1048577'><c r='A1048577'><v>1</v></c></row>", "a number beyond 1 to 1048576")]
    [InlineData("<row r='99999999999999999999'/>", "a number beyond 1 to 1048576")]
    [InlineData("<row r='-2'/>", "a number beyond 1 to 1048576")]
    public async Task ReadAsync_RowThatIsNone_IsRejectedWithItsPlaceAndTheNextIsRead(string row, string says)
    {
        var outcomes = await Workbooks.ShortAsync(Workbooks.Of(row.Replace('\'', '"'), XlsxBuilder.Row(5, "2", "sound")));

        Assert.StartsWith(RejectReason.BrokenRecord, outcomes[0], StringComparison.Ordinal);
        Assert.Contains(says, outcomes[0], StringComparison.Ordinal);
        Assert.Equal("2:sound", outcomes[1]);
    }

    [Fact]
    public async Task ReadAsync_AllColumnsUpToXfd_AreRead()
    {
        var cells = string.Concat(Enumerable.Range(0, 16_384).Select(_ => "<c><v>1</v></c>"));
        var file = new XlsxBuilder().Sheet($"{XlsxBuilder.Row(1, "id", "text")}<row r=\"2\">{cells}</row><row r=\"3\">{cells}<c><v>1</v></c></row>").Build();

        var outcomes = await Workbooks.ShortAsync(file);

        Assert.Equal("1:1", outcomes[0]);
        Assert.Contains("more cells than 16384", outcomes[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("_rels/.rels", "<Relationships", "XML is broken")]
    [InlineData("xl/workbook.xml", null, "holds no Excel workbook")]
    [InlineData("xl/worksheets/sheet1.xml", null, "lacks a part")]
    [InlineData("xl/sharedStrings.xml", null, "lacks a part")]
    [InlineData("xl/workbook.xml", "<workbook/>", "No sheet of the workbook is visible")]
    [InlineData("xl/worksheets/sheet1.xml", "<!DOCTYPE a [<!ENTITY b \"c\">]><worksheet/>", "XML is broken, or of a kind that is not read")]
    [InlineData("xl/worksheets/sheet1.xml", "<worksheet><sheetData><row r=\"1\"><c>", "XML is broken")]
    [InlineData("xl/worksheets/sheet1.xml", "", "XML is broken")]
    public async Task ReadAsync_PartsMissingOrBroken_AreAFault(string part, string? content, string says)
    {
        var builder = new XlsxBuilder { Parts = { [part] = content } }.Sheet(XlsxBuilder.Row(1, "id", "text"));

        var failure = await Assert.ThrowsAsync<SourceFormatException>(() => Workbooks.AllAsync(builder.Build()));

        Assert.Contains(says, failure.Fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_SheetBrokenInTheMiddle_NamesTheLastRow()
    {
        var builder = new XlsxBuilder().Sheet("");
        builder.Parts[Sheet] = $"<worksheet><sheetData>{XlsxBuilder.Row(1, "id", "text")}{XlsxBuilder.Row(2, "1", "a")}<row r=\"3\"></wrong>";

        var failure = await Assert.ThrowsAsync<SourceFormatException>(() => Workbooks.AllAsync(builder.Build()));

        Assert.Equal(3, failure.Fault.Line);
    }

    [Theory]
    [InlineData("", "The file is empty.")]
    [InlineData("id;text\n1;a\n", "no Excel workbook")]
    [InlineData("\n<html><table>", "a page of HTML or XML")]
    [InlineData("PK\u0003\u0004 and nothing more", "cut short")]
    public async Task ReadAsync_NoWorkbook_SaysWhatItIs(string content, string says)
    {
        var failure = await Assert.ThrowsAsync<SourceFormatException>(() => Workbooks.AllAsync(Encoding.UTF8.GetBytes(content)));

        Assert.Contains(says, failure.Fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_BinaryWorkbook_IsNamedAsSuch()
    {
        var file = XlsxBuilder.Zip([("_rels/.rels", $"<Relationships><Relationship Id=\"a\" Type=\"{XlsxBuilder.Relations}/officeDocument\" Target=\"xl/workbook.bin\"/></Relationships>")]);

        Assert.Contains(".xlsb", (await Assert.ThrowsAsync<SourceFormatException>(() => Workbooks.AllAsync(file))).Fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_TruncatedFile_IsAFaultWhereverItIsCut()
    {
        var file = Workbooks.Of(XlsxBuilder.Row(2, "1", "a"));
        for (var length = 8; length < file.Length; length += 7)
        {
            await Assert.ThrowsAsync<SourceFormatException>(() => Workbooks.AllAsync(file[..length]));
        }
    }

    [Fact]
    public async Task ReadAsync_OneBitOfATextTurned_IsNotedByItsCheckSum()
    {
        var file = StoredSheet($"<worksheet><sheetData>{XlsxBuilder.Row(1, "id", "text")}{XlsxBuilder.Row(2, "1", "plantedtext")}</sheetData></worksheet>");
        file[file.AsSpan().IndexOf("plantedtext"u8)] ^= 1;

        var failure = await Assert.ThrowsAsync<SourceFormatException>(() => Workbooks.AllAsync(file));

        Assert.Contains("check sum", failure.Fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_CellOfGigabytes_IsRejectedWithItsPlaceWithoutBeingHeld()
    {
        var letters = TestTier.IsLong ? 2_000_000_000 : 200_000_000;
        var file = Generated(letters, "<worksheet><sheetData>" + XlsxBuilder.Row(1, "id", "text") + "<row r=\"2\"><c r=\"A2\"><v>1</v></c><c r=\"B2\" t=\"inlineStr\"><is><t>",
            "</t></is></c></row>" + XlsxBuilder.Row(3, "2", "sound") + "</sheetData></worksheet>");
        var before = GC.GetAllocatedBytesForCurrentThread();

        var outcomes = await Workbooks.ShortAsync(file);

        Assert.Equal(["too-large Cell B2 makes the row longer than max_record_bytes, 4194304.", "2:sound"], outcomes);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 60_000_000);
    }

    [Theory]
    [InlineData("<worksheet a=\"", "\"/>", "A tag is longer")]
    [InlineData("<worksheet><", "/></worksheet>", "A tag is longer")]
    [InlineData("<worksheet><!--", "--></worksheet>", "A tag is longer")]
    public async Task ReadAsync_TagWithoutEnd_IsAFaultWithoutBeingHeld(string head, string tail, string says)
    {
        var file = Generated(300_000_000, head, tail);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var failure = await Assert.ThrowsAsync<SourceFormatException>(() => Workbooks.AllAsync(file));

        Assert.Contains(says, failure.Fault.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20_000_000);
    }

    [Fact]
    public async Task ReadAsync_FileThatUnpacksWithoutEnd_StopsAtTheLimit()
    {
        var file = Generated(200_000_000, "<worksheet><sheetData>" + XlsxBuilder.Row(1, "id", "text") + "<row r=\"2\"><c r=\"A2\" t=\"str\"><v>", "</v></c></row></sheetData></worksheet>");

        var failure = await Assert.ThrowsAsync<SourceFormatException>(() => Workbooks.AllAsync(file, "max_unpacked_mb: 100"));

        Assert.Contains("unpacks to more than 104857600 bytes", failure.Fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_LongTextRepeatedByManyCells_StopsAtTheLimit()
    {
        var builder = new XlsxBuilder();
        builder.Shared(new string('x', 1_000_000));
        var rows = string.Concat(Enumerable.Range(2, 200).Select(row => $"<row r=\"{row}\"><c r=\"A{row}\"><v>{row}</v></c><c r=\"B{row}\" t=\"s\"><v>0</v></c></row>"));

        var failure = await Assert.ThrowsAsync<SourceFormatException>(
            () => Workbooks.AllAsync(builder.Sheet(XlsxBuilder.Row(1, "id", "text") + rows).Build(), "max_unpacked_mb: 100"));

        Assert.InRange(failure.Fault.Line, 90, 110);
    }

    [Fact]
    public async Task ReadAsync_TableOfTextsOverItsLimit_IsAFault()
    {
        var builder = new XlsxBuilder();
        builder.Shared(new string('x', 1_100_000));

        var failure = await Assert.ThrowsAsync<SourceFormatException>(() => Workbooks.AllAsync(builder.Sheet("").Build(), "max_shared_mb: 1"));

        Assert.Contains("max_shared_mb", failure.Fault.Cure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(100_000, "<a>", "nested deeper")]
    [InlineData(30_000, "<a{0}/>", "names")]
    public async Task ReadAsync_DepthOrNamesWithoutEnd_AreAFault(int count, string element, string says)
    {
        var builder = new XlsxBuilder().Sheet("");
        builder.Parts[Sheet] = "<worksheet>" + string.Concat(Enumerable.Range(0, count).Select(index => element.Replace("{0}", $"{index}", StringComparison.Ordinal)));

        Assert.Contains(says, (await Assert.ThrowsAsync<SourceFormatException>(() => Workbooks.AllAsync(builder.Build()))).Fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_ManyPartsInTheTableOfContents_AreAFault()
    {
        var file = XlsxBuilder.Zip(Enumerable.Range(0, 50_000).Select(index => ($"{index}{new string('x', 100)}", "")));

        Assert.Contains("table of contents", (await Assert.ThrowsAsync<SourceFormatException>(() => Workbooks.AllAsync(file))).Fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_CancelledInAnEndlessCell_Ends()
    {
        using var cancel = new CancellationTokenSource();
        var file = Generated(1_000_000_000, "<worksheet><sheetData>" + XlsxBuilder.Row(1, "id", "text") + "<row r=\"2\"><c r=\"A2\" t=\"str\"><v>", "</v></c></row></sheetData></worksheet>");
        await using var reader = Reading.Mapping(Workbooks.Yaml()).OpenReader(new MemoryStream(file), "cases.xlsx");

        // A thread of its own: a timer waits for the pool, which other tests may keep busy until the cell is read.
        var canceller = new Thread(() =>
        {
            Thread.Sleep(TimeSpan.FromMilliseconds(200));
            cancel.Cancel();
        });
        canceller.Start();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.Run(async () => await reader.ReadAsync(cancel.Token)));
        canceller.Join();
    }

    private static byte[] StoredSheet(string sheet)
    {
        var file = new MemoryStream();
        file.Write(new XlsxBuilder { Parts = { [Sheet] = null } }.Sheet("").Build());
        using (var zip = new ZipArchive(file, ZipArchiveMode.Update, leaveOpen: true))
        {
            using var entry = zip.CreateEntry(Sheet, CompressionLevel.NoCompression).Open();
            entry.Write(Encoding.UTF8.GetBytes(sheet));
        }

        return file.ToArray();
    }

    // The sheet's part is a beginning, many letters, an end.
    private static byte[] Generated(long letters, string head, string tail)
    {
        var whole = new MemoryStream();
        using (var from = new ZipArchive(new MemoryStream(new XlsxBuilder { Parts = { [Sheet] = null } }.Sheet("").Build()), ZipArchiveMode.Read))
        using (var to = new ZipArchive(whole, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var part in from.Entries)
            {
                using var read = part.Open();
                using var write = to.CreateEntry(part.FullName).Open();
                read.CopyTo(write);
            }

            using var sheet = to.CreateEntry(Sheet, CompressionLevel.Fastest).Open();
            new GeneratedStream(head, letters, tail).CopyTo(sheet);
        }

        return whole.ToArray();
    }
}
