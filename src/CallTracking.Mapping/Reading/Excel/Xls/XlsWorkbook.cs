namespace CallTracking.Mapping.Reading.Excel.Xls;

/// <summary>What an .xls file says for all its sheets, read from the front of its stream.</summary>
internal sealed class XlsWorkbook : IDisposable
{
    private const int Biff8 = 0x0600;

    private readonly ExcelPlace _place;
    private readonly BiffRecords _records;
    private readonly TextBuffer _text;
    private readonly List<SheetName> _sheets = [];
    private readonly List<(uint Start, bool HasCells)> _starts = [];
    private readonly Dictionary<int, CellFormat> _ownFormats = [];
    private readonly List<int> _styles = [];

    public XlsWorkbook(BiffRecords records, ExcelFormat format, ExcelPlace place)
    {
        _place = place;
        _records = records;
        _text = new TextBuffer(format.MaxRecordBytes);
        Strings = new SharedStrings(format.MaxSharedBytes, place);
        records.Next();
        RequireBegin(records, place);
        while (true)
        {
            records.Next();
            if (records.Type == BiffType.EndOfFile)
            {
                break;
            }

            Take();
        }
    }

    public bool Is1904 { get; private set; }

    public SharedStrings Strings { get; }

    public CellFormat? FormatOf(int style)
    {
        if (style >= _styles.Count)
        {
            return null;
        }

        return _ownFormats.TryGetValue(_styles[style], out var own) ? own : CellFormat.BuiltIn(_styles[style]);
    }

    /// <summary>Where the rows of the mapping's sheet begin.</summary>
    public uint FindSheet(ExcelFormat format)
    {
        var index = SheetChoice.Find(_sheets, format, _place);
        return _starts[index].HasCells
            ? _starts[index].Start
            : throw _place.Fault($"Sheet {index + 1} of the workbook has no cells: it is a chart or a macro.", "Correct sheet under format in the mapping.");
    }

    public void Dispose() => _text.Dispose();

    public static void RequireBegin(BiffRecords records, ExcelPlace place)
    {
        if (records.Type != BiffType.Begin)
        {
            throw new InvalidDataException("A sheet does not begin where it should.");
        }

        if (records.UInt16() != Biff8)
        {
            throw place.Fault("The workbook is older than Excel 97.", "Open it in Excel and save it as .xlsx.");
        }
    }

    private void Take()
    {
        switch (_records.Type)
        {
            case BiffType.FilePass:
                throw _place.Fault("The workbook is locked by a password.", "Save it without one: an agent cannot be told passwords.");
            case BiffType.DateMode:
                Is1904 = _records.UInt16() == 1;
                break;
            case BiffType.Format:
                var number = _records.UInt16();
                ReadText(_records.UInt16());
                _ownFormats[number] = CellFormat.Parse(_text.Text);
                break;
            case BiffType.Style:
                _records.Skip(2);
                _styles.Add(_records.UInt16());
                break;
            case BiffType.Sheet:
                ReadSheet();
                break;
            case BiffType.SharedTexts:
                ReadStrings();
                break;
        }
    }

    private void ReadSheet()
    {
        var start = _records.UInt32();
        var isVisible = (_records.Byte() & 3) == 0;
        var hasCells = _records.Byte() == 0;
        ReadText(_records.Byte());
        _sheets.Add(new SheetName(_text.Text.ToString(), isVisible));
        _starts.Add((start, hasCells));
    }

    private void ReadText(int chars)
    {
        _text.Clear();
        _records.Text(chars, (_records.Byte() & 1) == 1, _text);
    }

    private void ReadStrings()
    {
        const int Wide = 1;
        const int HasReadings = 4;
        const int IsRich = 8;
        _records.Skip(4);
        for (var left = _records.UInt32(); left > 0; left--)
        {
            _text.Clear();
            var chars = _records.UInt16();
            var flags = _records.Byte();
            var runs = (flags & IsRich) != 0 ? _records.UInt16() : 0;
            var readings = (flags & HasReadings) != 0 ? _records.UInt32() : 0;
            _records.Text(chars, (flags & Wide) != 0, _text);
            _records.Skip((4L * runs) + readings);
            Strings.Add(_text);
        }
    }
}
