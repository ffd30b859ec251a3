using System.IO.Compression;
using System.Xml;
using System.Xml.Linq;
using CallTracking.Mapping.Tests.Excel;
using CallTracking.Testing;
using Xunit;

namespace CallTracking.Mapping.Tests.Mutants;

/// <summary>Workbooks whose bytes are turned: from outside, and inside the parts of a package whose check sums are sound.</summary>
public sealed class WorkbookMutantTests
{
    private const int Each = 2_500;

    [Theory]
    [InlineData("libreoffice.xls", false)]
    [InlineData("libreoffice.xlsx", false)]
    [InlineData("libreoffice.xlsx", true)]
    [InlineData("built", true)]
    public async Task ReadAsync_OfMutantsOfAWorkbook_EndsWithOutcomesOrAFault(string name, bool isInside)
    {
        var sound = name == "built" ? Built() : await File.ReadAllBytesAsync(XlsTests.PathOf(name));
        var mapping = Reading.Mapping(XlsTests.Yaml);
        var kind = new MutantKind(
            $"{name} {isInside}",
            random => isInside ? DamagedInside(sound, random) : Damaged(sound, random),
            content => mapping.OpenReader(new MemoryStream(content), "workbook"))
        {
            HasOwnNumbers = true,
            Records = content => isInside ? RowsOf(content, name == "built" ? "sheet1" : "sheet2") : null,
        };

        var run = await MutantRun.OfAsync(kind, Each);

        Assert.InRange(run.Faults, run.Mutants / 20, run.Mutants);
        Assert.True(!isInside || run.Counted > run.Mutants / 50, $"Only {run.Counted} were counted.");
    }

    private static byte[] Damaged(byte[] sound, Random dice)
    {
        var mutant = (byte[])sound.Clone();
        for (var left = 1 + dice.Next(8); left > 0; left--)
        {
            var at = dice.Next(3) == 0 ? dice.Next(Math.Min(2048, mutant.Length)) : dice.Next(mutant.Length);
            mutant[at] = dice.Next(2) == 0 ? (byte)dice.Next(256) : (byte)(mutant[at] ^ (1 << dice.Next(8)));
        }

        return dice.Next(10) == 0 ? mutant[..dice.Next(mutant.Length)] : mutant;
    }

    // Turns bits of the parts and packs them anew, so that every check sum is sound.
    private static byte[] DamagedInside(byte[] sound, Random dice)
    {
        var file = new MemoryStream();
        using (var from = new ZipArchive(new MemoryStream(sound), ZipArchiveMode.Read))
        using (var to = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            var chosen = dice.Next(from.Entries.Count);
            for (var index = 0; index < from.Entries.Count; index++)
            {
                var part = new MemoryStream();
                using var read = from.Entries[index].Open();
                read.CopyTo(part);
                using var write = to.CreateEntry(from.Entries[index].FullName, CompressionLevel.NoCompression).Open();
                write.Write(index == chosen && part.Length > 0 ? Damaged(part.ToArray(), dice) : part.ToArray());
            }
        }

        return file.ToArray();
    }

    // The rows under the two of the header; null where the platform finds no XML, or rows without their numbers in order.
    private static long? RowsOf(byte[] content, string sheet)
    {
        try
        {
            using var package = new ZipArchive(new MemoryStream(content), ZipArchiveMode.Read);
            using var part = package.GetEntry($"xl/worksheets/{sheet}.xml")!.Open();
            using var reader = XmlReader.Create(part, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
            var rows = XElement.Load(reader).Elements().Where(element => element.Name.LocalName == "sheetData").Elements().Where(element => element.Name.LocalName == "row")
                .Select(row => int.TryParse(row.Attribute("r")?.Value, out var number) ? number : -1).ToList();
            return rows.Contains(-1) || rows.Zip(rows.Skip(1)).Any(pair => pair.First >= pair.Second) ? null : rows.Count(row => row > 2);
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static byte[] Built()
    {
        var builder = new XlsxBuilder();
        var day = builder.Style("yyyy-mm-dd hh:mm");
        var rich = builder.SharedXml("<si><r><t>東京 </t></r><r><t>支店</t></r><rPh sb=\"0\" eb=\"2\"><t>トウ</t></rPh></si>");
        var rows = string.Concat(Enumerable.Range(3, 20).Select(row =>
            $"<row r=\"{row}\"><c r=\"A{row}\"><v>{row}</v></c><c r=\"B{row}\" t=\"s\"><v>{rich}</v></c><c r=\"C{row}\" s=\"{day}\"><v>45351.5</v></c>"
            + $"<c r=\"D{row}\" t=\"str\"><f>A1</f><v>a</v></c><c r=\"E{row}\" t=\"e\"><v>#N/A</v></c><c r=\"F{row}\" t=\"b\"><v>1</v></c><c r=\"G{row}\"><v>1.5</v></c></row>"));
        return builder.Sheet(
            XlsxBuilder.Row(1, "Case", null, "Details") + XlsxBuilder.Row(2, "id", "text", "when", "time", "long", "flag", "n") + rows,
            after: "<mergeCells><mergeCell ref=\"A1:B1\"/><mergeCell ref=\"C1:G1\"/></mergeCells>").Build();
    }
}
