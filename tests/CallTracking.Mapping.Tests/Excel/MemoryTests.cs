using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using CallTracking.Testing;
using Xunit;
using Xunit.Abstractions;

namespace CallTracking.Mapping.Tests.Excel;

public sealed class MemoryTests(ITestOutputHelper output)
{
    private const int Rows = 1_000_000;
    private const int MostMebibytes = 300;

    [LongFact]
    public async Task ReadAsync_MillionRowsOfTwoMillionTexts_StayUnder300Mebibytes()
    {
        var file = Path.Combine(AppContext.BaseDirectory, $"million-{Environment.ProcessId}.xlsx");
        try
        {
            var unpacked = Write(file);
            var (rows, seconds, peak) = await ReadApartAsync(file);

            output.WriteLine($"{new FileInfo(file).Length / 1e6:0} MB packed, {unpacked / 1e6:0} MB unpacked: {seconds:0.0} s, {unpacked / 1e6 / seconds:0} MB/s, {rows / seconds:0} rows/s, peak {peak / 1024} MiB");
            Assert.Equal(Rows, rows);
            Assert.InRange(peak / 1024, 1, MostMebibytes);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task<(int Rows, double Seconds, long PeakKibibytes)> ReadApartAsync(string file)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(MemoryTests).Assembly.Location, "read", file]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var printed = (await process.StandardOutput.ReadToEndAsync()).Split(' ');
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return (int.Parse(printed[0], CultureInfo.InvariantCulture), double.Parse(printed[1], CultureInfo.InvariantCulture), long.Parse(printed[2], CultureInfo.InvariantCulture));
    }

    private static long Write(string file)
    {
        using var zip = new ZipArchive(File.Create(file), ZipArchiveMode.Create);
        using (var small = new ZipArchive(new MemoryStream(new XlsxBuilder().Sheet("").Build()), ZipArchiveMode.Read))
        {
            foreach (var part in small.Entries.Where(part => !part.FullName.EndsWith("sheet1.xml", StringComparison.Ordinal) && !part.FullName.EndsWith("Strings.xml", StringComparison.Ordinal)))
            {
                using var from = part.Open();
                using var to = zip.CreateEntry(part.FullName).Open();
                from.CopyTo(to);
            }
        }

        var strings = WritePart(zip, "xl/sharedStrings.xml", "<sst>", index => $"<si><t>text {2 * index} of the file 本</t></si><si><t>more {(2 * index) + 1} in it, ready</t></si>", "</sst>");
        return strings + WritePart(
            zip,
            "xl/worksheets/sheet1.xml",
            "<worksheet><sheetData>" + XlsxBuilder.Row(1, "id", "text", "more"),
            index => $"<row r=\"{index + 2}\"><c r=\"A{index + 2}\"><v>{index}</v></c><c r=\"B{index + 2}\" t=\"s\"><v>{2 * index}</v></c><c r=\"C{index + 2}\" t=\"s\"><v>{(2 * index) + 1}</v></c><c r=\"D{index + 2}\"><v>45351.5</v></c></row>",
            "</sheetData></worksheet>");
    }

    private static long WritePart(ZipArchive zip, string name, string head, Func<int, string> row, string tail)
    {
        long length = 0;
        using var writer = new StreamWriter(zip.CreateEntry(name, CompressionLevel.Fastest).Open());
        writer.Write(head);
        for (var index = 0; index < Rows; index++)
        {
            var text = row(index);
            length += text.Length;
            writer.Write(text);
        }

        writer.Write(tail);
        return length;
    }
}
