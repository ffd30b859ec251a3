namespace CallTracking.Mapping.Reading.Excel.Xls;

/// <summary>
/// Streams the rows of an .xls sheet (Excel 97 to 2003), by an own reader: the libraries' answer damaged lengths with gigabytes.
/// </summary>
internal sealed class XlsSheet : SheetSource
{
    private readonly BiffRecords _records;
    private readonly ExcelPlace _place;
    private readonly XlsWorkbook _workbook;
    private readonly XlsCells _cells;
    private readonly uint _start;
    private bool _isAtEnd;

    private XlsSheet(BiffRecords records, ExcelFormat format, ExcelPlace place)
    {
        _records = records;
        _place = place;
        _workbook = new XlsWorkbook(records, format, place);
        _cells = new XlsCells(records, _workbook, format, place);
        _start = _workbook.FindSheet(format);
        Rewind();
    }

    public static XlsSheet Open(Stream file, ExcelFormat format, ExcelPlace place, CancellationToken cancellationToken)
    {
        try
        {
            var compound = new CompoundFile(file);
            if (compound.Has("EncryptedPackage"))
            {
                throw place.Fault("The workbook is locked by a password.", "Save it without one: an agent cannot be told passwords.");
            }

            if (!compound.Has("Workbook"))
            {
                throw compound.Has("Book")
                    ? place.Fault("The workbook is older than Excel 97.", "Open it in Excel and save it as .xlsx.")
                    : place.Fault("The file is of Microsoft Office, but no Excel workbook.", "Name an .xlsx or .xls file.");
            }

            return new XlsSheet(new BiffRecords(compound.Open("Workbook")) { Cancellation = cancellationToken }, format, place);
        }
        catch (Exception broken) when (Damage.Is(broken))
        {
            throw place.Damaged(Damage.Say(broken));
        }
    }

    public override bool Read(SheetCells into, CancellationToken cancellationToken)
    {
        try
        {
            _records.Cancellation = cancellationToken;
            return !_isAtEnd && ReadRow(into);
        }
        catch (Exception broken) when (Damage.Is(broken))
        {
            throw _place.Damaged(Damage.Say(broken));
        }
    }

    public override IReadOnlyList<MergedCells> FindMerged(int lastRow, CancellationToken cancellationToken)
    {
        // The header is read: what follows it is found again behind it.
        var found = new List<MergedCells>();
        try
        {
            Rewind();
            while (_records.Type != BiffType.EndOfFile)
            {
                AddMerged(found, lastRow);
                NextOfSheet();
            }

            Rewind();
            SkipTo(lastRow);
        }
        catch (Exception broken) when (Damage.Is(broken))
        {
            throw _place.Damaged(Damage.Say(broken));
        }

        return found;
    }

    public override void Dispose()
    {
        _cells.Dispose();
        _workbook.Dispose();
        _records.Dispose();
    }

    private void Rewind()
    {
        _records.Seek(_start);
        _records.Next();
        XlsWorkbook.RequireBegin(_records, _place);
        NextOfSheet();
    }

    private void SkipTo(int lastRow)
    {
        while (_records.Type != BiffType.EndOfFile && !(XlsCells.IsCell(_records.Type) && _cells.PeekRow() > lastRow))
        {
            NextOfSheet();
        }
    }

    private bool ReadRow(SheetCells into)
    {
        while (!XlsCells.IsCell(_records.Type))
        {
            if (_records.Type == BiffType.EndOfFile)
            {
                _isAtEnd = true;
                return false;
            }

            NextOfSheet();
        }

        var row = _cells.PeekRow();
        _place.BeginRow(into, row);
        _cells.BeginRow();
        while (XlsCells.IsCell(_records.Type) ? _cells.PeekRow() == row : _records.Type != BiffType.EndOfFile)
        {
            if (!XlsCells.IsCell(_records.Type) || !_cells.Read(into))
            {
                NextOfSheet();
            }
        }

        return true;
    }

    // A chart on the sheet is a sheet within it.
    private void NextOfSheet()
    {
        const int Deepest = 64;
        _records.Next();
        for (var depth = _records.Type == BiffType.Begin ? 1 : 0; depth > 0;)
        {
            _records.Next();
            depth += _records.Type switch
            {
                BiffType.Begin => depth < Deepest ? 1 : throw new InvalidDataException("Sheets are nested without end."),
                BiffType.EndOfFile => -1,
                _ => 0,
            };
            if (depth == 0)
            {
                _records.Next();
                depth = _records.Type == BiffType.Begin ? 1 : 0;
            }
        }
    }

    private void AddMerged(List<MergedCells> found, int lastRow)
    {
        if (_records.Type != BiffType.Merged)
        {
            return;
        }

        for (var left = _records.UInt16(); left > 0; left--)
        {
            var (firstRow, endRow, firstColumn, lastColumn) = (_records.UInt16() + 1, _records.UInt16() + 1, _records.UInt16(), _records.UInt16());
            if (firstRow <= lastRow && lastColumn < XlsCells.Columns)
            {
                found.Add(new MergedCells(firstRow, endRow, firstColumn, lastColumn));
            }
        }
    }
}
