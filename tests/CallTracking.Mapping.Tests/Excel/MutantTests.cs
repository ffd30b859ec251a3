using System.Diagnostics;
using System.IO.Compression;
using Xunit;

namespace CallTracking.Mapping.Tests.Excel;

/// <summary>Ten thousand damaged workbooks, the same each time: whatever was turned, the reader ends soon, in little memory, and says so.</summary>
public sealed class MutantTests
{
    private const int Mutants = 2500;
    private const long MostBytes = 100_000_000;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData("libreoffice.xls", false)]
    [InlineData("libreoffice.xlsx", false)]
    [InlineData("libreoffice.xlsx", true)]
    [InlineData("built", true)]
    public async Task ReadAsync_AnyDamage_EndsWithOutcomesOrAFault(string name, bool isInside)
    {
        var sound = name == "built" ? Built() : File.ReadAllBytes(XlsTests.PathOf(name));
        var faults = 0;
        for (var seed = 0; seed < Mutants; seed++)
        {
            var mutant = isInside ? DamagedInside(sound, new Random(seed)) : Damaged(sound, new Random(seed));
            faults += await EndsAsync(mutant, $"{name} {isInside} seed {seed}") ? 1 : 0;
        }

        Assert.InRange(faults, Mutants / 20, Mutants);
    }

    private static async Task<bool> EndsAsync(byte[] mutant, string which)
    {
        var clock = Stopwatch.StartNew();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var failed = await Record.ExceptionAsync(async () =>
        {
            var outcomes = await XlsTests.AllAsync(mutant);
            Assert.All(outcomes.OfType<RowOutcome.Rejected>(), row => Assert.True(row.Position.Row > 0 && row.Message.Length > 0));
        });
        Assert.True(failed is null or SourceFormatException, $"{which}: {failed}");
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < MostBytes, $"{which}: {GC.GetAllocatedBytesForCurrentThread() - before} bytes");
        Assert.True(clock.Elapsed < Longest, $"{which}: {clock.Elapsed}");
        return failed is not null;
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
                using var write = to.CreateEntry(from.Entries[index].FullName, CompressionLevel.Fastest).Open();
                write.Write(index == chosen && part.Length > 0 ? Damaged(part.ToArray(), dice) : part.ToArray());
            }
        }

        return file.ToArray();
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
