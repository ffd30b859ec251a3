namespace CallTracking.Mapping.Reading.Excel.Xlsx;

/// <summary>What the workbook says for all its sheets: their list, the system of dates, the formats of numbers, the table of texts.</summary>
internal sealed class XlsxWorkbook
{
    private const int MostSheets = 10_000;

    private readonly XlsxPackage _package;
    private readonly string _path;
    private readonly IReadOnlyDictionary<string, PartRelation> _relations;
    private readonly List<SheetName> _sheets = [];
    private readonly List<string> _sheetRelations = [];

    public XlsxWorkbook(XlsxPackage package)
    {
        _package = package;
        _path = package.FindWorkbook();
        _relations = package.Relations(_path);
        ReadList();
    }

    /// <summary>Days are counted from 1904-01-01, as on old Macintoshes.</summary>
    public bool Is1904 { get; private set; }

    /// <summary>The part of the sheet that the mapping means.</summary>
    public string FindSheet(ExcelFormat format, ExcelPlace place)
    {
        var index = SheetChoice.Find(_sheets, format, place);
        if (!_relations.TryGetValue(_sheetRelations[index], out var relation))
        {
            throw place.Damaged("The workbook lacks the sheet that it lists.");
        }

        return relation.Kind == "worksheet"
            ? relation.Target
            : throw place.Fault($"Sheet {index + 1} of the workbook has no cells: it is a {relation.Kind}.", "Correct sheet under format in the mapping.");
    }

    public SharedStrings ReadStrings(ExcelFormat format, ExcelPlace place, CancellationToken cancellationToken)
    {
        var strings = new SharedStrings(format.MaxSharedBytes, place);
        if (PartOf("sharedStrings") is { } part)
        {
            using var xml = _package.OpenLarge(part);
            xml.Cancellation = cancellationToken;
            StringItem.ReadAll(xml, strings, format.MaxRecordBytes);
        }

        return strings;
    }

    public IReadOnlyList<CellFormat> ReadFormats()
    {
        if (PartOf("styles") is not { } part)
        {
            return [default];
        }

        using var xml = _package.Open(part);
        return XlsxStyles.Read(xml);
    }

    private string? PartOf(string kind) =>
        _relations.Values.Where(relation => relation.Kind == kind).Select(relation => relation.Target).FirstOrDefault();

    private void ReadList()
    {
        using var xml = _package.Open(_path);
        var (properties, sheet) = (xml.Name("workbookPr"), xml.Name("sheet"));
        while (xml.Read() && _sheets.Count < MostSheets)
        {
            if (xml.IsStart(properties))
            {
                Is1904 = xml.Attribute("date1904") is "1" or "true" or "on";
            }
            else if (xml.IsStart(sheet) && xml.Attribute("name") is { } name)
            {
                _sheets.Add(new SheetName(name, xml.Attribute("state") is null or "visible"));
                _sheetRelations.Add(xml.QualifiedAttribute("id") ?? string.Empty);
            }
        }
    }
}
