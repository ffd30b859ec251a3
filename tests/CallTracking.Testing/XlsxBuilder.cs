using System.IO.Compression;
using System.Security;
using System.Text;

namespace CallTracking.Testing;

/// <summary>Writes small .xlsx files by hand, each part replaceable, so that what is wrong in one can be put there.</summary>
public sealed class XlsxBuilder
{
    public const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    public const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private readonly List<(string Name, string? State, string Xml)> _sheets = [];
    private readonly List<string> _strings = [];
    private readonly List<string> _formats = [];

    public bool Is1904 { get; init; }

    /// <summary>Parts with own content, or left out (null).</summary>
    public Dictionary<string, string?> Parts { get; } = [];

    /// <summary>A style that shows numbers so; its number for a cell's s.</summary>
    public int Style(string formatCode)
    {
        _formats.Add(formatCode);
        return _formats.Count;
    }

    /// <summary>A text in the shared table; its number for a cell's v.</summary>
    public int Shared(string text) => SharedXml($"<si><t xml:space=\"preserve\">{Escaped(text)}</t></si>");

    public int SharedXml(string item)
    {
        _strings.Add(item);
        return _strings.Count - 1;
    }

    /// <summary>A sheet of these elements row; what stands behind the rows may follow.</summary>
    public XlsxBuilder Sheet(string rows, string name = "Cases", string? state = null, string after = "")
    {
        _sheets.Add((name, state, $"<worksheet xmlns=\"{Main}\"><dimension ref=\"A1\"/><sheetData>{rows}</sheetData>{after}</worksheet>"));
        return this;
    }

    /// <summary>A row of inline strings from column A; null leaves a cell out.</summary>
    public static string Row(int row, params string?[] texts) => $"<row r=\"{row}\">{string.Concat(texts.Select((text, column) => Text(column, row, text)))}</row>";

    public static string Text(int column, int row, string? text) => text is null
        ? ""
        : $"<c r=\"{(char)('A' + column)}{row}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{Escaped(text)}</t></is></c>";

    // As Excel does: what XML cannot hold or would change is written _xHHHH_, and what looks like that is escaped itself.
    public static string Escaped(string text) => SecurityElement.Escape(
        text.Replace("_x", "_x005F_x", StringComparison.Ordinal).Replace("\r", "_x000D_", StringComparison.Ordinal));

    public byte[] Build()
    {
        var parts = new Dictionary<string, string?>
        {
            ["_rels/.rels"] = Rels(("rId1", "officeDocument", "xl/workbook.xml")),
            ["xl/workbook.xml"] = Workbook(),
            ["xl/_rels/workbook.xml.rels"] = Rels([
                .. _sheets.Select((_, index) => ($"rId{index + 1}", "worksheet", $"worksheets/sheet{index + 1}.xml")),
                ("rIdStyles", "styles", "styles.xml"),
                ("rIdStrings", "sharedStrings", "/xl/sharedStrings.xml")]),
            ["xl/styles.xml"] = Styles(),
            ["xl/sharedStrings.xml"] = $"<sst xmlns=\"{Main}\">{string.Concat(_strings)}</sst>",
        };
        for (var index = 0; index < _sheets.Count; index++)
        {
            parts[$"xl/worksheets/sheet{index + 1}.xml"] = _sheets[index].Xml;
        }

        foreach (var (name, content) in Parts)
        {
            parts[name] = content;
        }

        return Zip(parts.Where(part => part.Value is not null).Select(part => (part.Key, part.Value!)));
    }

    public static byte[] Zip(IEnumerable<(string Name, string Content)> parts)
    {
        var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in parts)
            {
                using var entry = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
                entry.Write(Encoding.UTF8.GetBytes(content));
            }
        }

        return file.ToArray();
    }

    private static string Rels(params (string Id, string Kind, string Target)[] relations) =>
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
        + string.Concat(relations.Select(to => $"<Relationship Id=\"{to.Id}\" Type=\"{Relations}/{to.Kind}\" Target=\"{to.Target}\"/>"))
        + "</Relationships>";

    private string Workbook() =>
        $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Relations}\"><workbookPr{(Is1904 ? " date1904=\"1\"" : "")}/><sheets>"
        + string.Concat(_sheets.Select((sheet, index) =>
            $"<sheet name=\"{sheet.Name}\" sheetId=\"{index + 1}\"{(sheet.State is null ? "" : $" state=\"{sheet.State}\"")} r:id=\"rId{index + 1}\"/>"))
        + "</sheets></workbook>";

    private string Styles() =>
        $"<styleSheet xmlns=\"{Main}\"><numFmts>"
        + string.Concat(_formats.Select((code, index) => $"<numFmt numFmtId=\"{164 + index}\" formatCode=\"{SecurityElement.Escape(code)}\"/>"))
        + "</numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/>"
        + string.Concat(_formats.Select((_, index) => $"<xf numFmtId=\"{164 + index}\"/>"))
        + "</cellXfs></styleSheet>";
}
