using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace CallTracking.Testing.Limits;

/// <summary>What is read.</summary>
public static class LimitCases
{
    private const string Csv = "{type: delimited, encoding: utf-8}";
    private const string MySqlEnd = "');\n-- Dump completed\n";
    private const long TwoGigabytes = 2_000_000_000;

    /// <summary>All of them.</summary>
    /// <param name="share">Of the full size of sound files, and of values, what is taken: 1, or less for a quick look.</param>
    public static IReadOnlyList<LimitCase> All(double share)
    {
        var bytes = (long)(TwoGigabytes * share);
        var rows = (int)(1_000_000 * share);
        var size = Size(bytes);
        return
        [
            new($"CSV of {size}, rows of 1 KB", "cases.csv", Csv, 200, Count(bytes / BigFiles.RowBytes) + " rows (cases", file => BigFiles.Csv(file, bytes)) { IsSound = true },
            new($".xlsx, {Count(rows)} rows of {Count(2 * rows)} shared texts", "cases.xlsx", "{type: excel}", 300, Count(rows) + " rows (cases", file => BigFiles.Xlsx(file, rows)) { IsSound = true },
            new($"one cell of {size}, CSV", "cell.csv", Csv, 200, "cell.csv: row 1, line 2, byte 5", file => Long(file, "id,s\n1,\"", bytes, "\"\n2,b\n")),
            new($"one value of {size}, JSON", "value.json", "{type: json}", 200, "value.json: row 1, line 1, byte 1", file => Long(file, "[{\"id\":1,\"s\":\"", bytes, "\"},{\"id\":2}]")),
            new($"one element of {size}, XML", "element.xml", "{type: xml, records: e/r}", 200, "element.xml: row 1, line 1, byte 3", file => Long(file, "<e><r><id>1</id><s>", bytes, "</s></r><r><id>2</id></r></e>")),
            new($"one value of {size}, SQL dump", "value.sql", "{type: sqldump, table: t}", 200, "value.sql: row 1", file => Long(file, "-- MySQL dump\nINSERT INTO `t` (`id`,`s`) VALUES (1,'", bytes, MySqlEnd)),
            new("JSON a million deep", "deep.json", "{type: json}", 200, "deep.json: row 1, line 1, byte 1", file => AMillion(file, "[{\"id\":1,\"s\":", "[", "]", "}]")),
            new("JSON a million deep without an end", "open.json", "{type: json}", 200, "open.json:1:1: Broken JSON at byte", file => AMillion(file, "[{\"id\":1,\"s\":", "[", "[", string.Empty)),
            new("XML a million deep", "deep.xml", "{type: xml, records: e/r}", 200, "deep.xml:2:", file => AMillion(file, "<e>\n<r>", "<a>", "</a>", "</r></e>")),
            new("XML entities of entities", "entities.xml", "{type: xml, records: e/r}", 200, "entities.xml:1:", Entities),
            new($"zip that expands to {size}", "bomb.zip", Csv, 200, "bomb.zip!cases.csv", file => Zip(file, bytes)),
            new($"gz that expands to {size}", "bomb.csv.gz", Csv, 200, "bomb.csv.gz", file => Gzip(file, bytes)),
            new($".xlsx whose sheet expands to {size}", "bomb.xlsx", "{type: excel}", 200, "bomb.xlsx", file => BigFiles.XlsxBomb(file, bytes)),
        ];
    }

    private static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Size(long bytes) => bytes >= 1_000_000_000
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.#} GB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0} MB");

    private static void Long(Stream file, string head, long letters, string tail)
    {
        file.Write(Encoding.UTF8.GetBytes(head));
        BigFiles.Fill(file, (byte)'x', letters);
        file.Write(Encoding.UTF8.GetBytes(tail));
    }

    private static void AMillion(Stream file, string head, string open, string close, string tail) =>
        file.Write(Encoding.UTF8.GetBytes(head + string.Concat(Enumerable.Repeat(open, 1_000_000)) + string.Concat(Enumerable.Repeat(close, 1_000_000)) + tail));

    private static void Entities(Stream file) => file.Write(Encoding.UTF8.GetBytes(
        "<!DOCTYPE e [<!ENTITY a0 \"lol\">"
        + string.Concat(Enumerable.Range(1, 30).Select(index => $"<!ENTITY a{index} \"{string.Concat(Enumerable.Repeat($"&a{index - 1};", 10))}\">"))
        + "]><e><r><id>&a30;</id></r></e>"));

    private static void Zip(Stream file, long letters)
    {
        using var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true);
        using var entry = zip.CreateEntry("cases.csv", CompressionLevel.Optimal).Open();
        Long(entry, "id,s\n1,a\n", letters, string.Empty);
    }

    private static void Gzip(Stream file, long letters)
    {
        using var gzip = new GZipStream(file, CompressionLevel.Optimal, leaveOpen: true);
        Long(gzip, "id,s\n1,a\n", letters, string.Empty);
    }
}
