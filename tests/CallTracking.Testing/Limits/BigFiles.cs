using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace CallTracking.Testing.Limits;

/// <summary>Writes large files: the same bytes each time.</summary>
internal static class BigFiles
{
    /// <summary>Bytes of a row of <see cref="Csv"/>.</summary>
    public const int RowBytes = 1000;

    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    /// <summary>Columns id and s, rows of <see cref="RowBytes"/>.</summary>
    public static void Csv(Stream file, long bytes)
    {
        file.Write("id,s\n"u8);
        var row = Encoding.UTF8.GetBytes($"000000000,\"{new string('x', 400)}, {string.Concat(Enumerable.Repeat("The appliance hums. ", 30))}")[..(RowBytes - 2)].Append((byte)'"').Append((byte)'\n').ToArray();
        for (var number = 0; number < bytes / RowBytes; number++)
        {
            number.TryFormat(row, out _, "000000000", CultureInfo.InvariantCulture);
            file.Write(row);
        }
    }

    /// <summary>Columns id, s and t, whose texts stand in the table of shared strings, each once.</summary>
    public static void Xlsx(Stream file, int rows)
    {
        using var zip = Package(file);
        Part(zip, "xl/sharedStrings.xml", write =>
        {
            write($"<sst xmlns=\"{Main}\">");
            for (var index = 0; index < rows; index++)
            {
                write($"<si><t>text {2 * index} of the file 本</t></si><si><t>more {(2 * index) + 1} in it, ready</t></si>");
            }

            write("</sst>");
        });
        Part(zip, "xl/worksheets/sheet1.xml", write =>
        {
            write(SheetStart);
            for (var index = 0; index < rows; index++)
            {
                write($"<row r=\"{index + 2}\"><c r=\"A{index + 2}\"><v>{index}</v></c><c r=\"B{index + 2}\" t=\"s\"><v>{2 * index}</v></c><c r=\"C{index + 2}\" t=\"s\"><v>{(2 * index) + 1}</v></c></row>");
            }

            write("</sheetData></worksheet>");
        });
    }

    /// <summary>A sheet that is nearly nothing, written very long.</summary>
    public static void XlsxBomb(Stream file, long bytes)
    {
        using var zip = Package(file);
        Part(zip, "xl/sharedStrings.xml", write => write($"<sst xmlns=\"{Main}\"/>"));
        using var sheet = zip.CreateEntry("xl/worksheets/sheet1.xml", CompressionLevel.Optimal).Open();
        sheet.Write(Encoding.UTF8.GetBytes(SheetStart));
        Fill(sheet, (byte)' ', bytes);
        sheet.Write("</sheetData></worksheet>"u8);
    }

    /// <summary>So many bytes of one letter.</summary>
    public static void Fill(Stream file, byte letter, long bytes)
    {
        var block = new byte[1 << 20];
        Array.Fill(block, letter);
        for (; bytes > 0; bytes -= block.Length)
        {
            file.Write(block, 0, (int)Math.Min(bytes, block.Length));
        }
    }

    private static string SheetStart => $"<worksheet xmlns=\"{Main}\"><sheetData><row r=\"1\">"
        + string.Concat(((string[])["id", "s", "t"]).Select((name, column) => $"<c r=\"{(char)('A' + column)}1\" t=\"inlineStr\"><is><t>{name}</t></is></c>")) + "</row>";

    private static ZipArchive Package(Stream file)
    {
        var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true);
        Part(zip, "_rels/.rels", write => write(Links(("rId1", "officeDocument", "xl/workbook.xml"))));
        Part(zip, "xl/_rels/workbook.xml.rels", write => write(Links(("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "sharedStrings", "sharedStrings.xml"))));
        Part(zip, "xl/workbook.xml", write => write($"<workbook xmlns=\"{Main}\" xmlns:r=\"{Relations}\"><sheets><sheet name=\"Cases\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"));
        return zip;
    }

    private static string Links(params (string Id, string Kind, string Target)[] links) =>
        $"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{string.Concat(links.Select(to => $"<Relationship Id=\"{to.Id}\" Type=\"{Relations}/{to.Kind}\" Target=\"{to.Target}\"/>"))}</Relationships>";

    private static void Part(ZipArchive zip, string name, Action<Action<string>> make)
    {
        using var writer = new StreamWriter(zip.CreateEntry(name, CompressionLevel.Fastest).Open(), new UTF8Encoding(false), 64 * 1024);
        make(writer.Write);
    }
}
