namespace CallTracking.Mapping.Reading.Excel.Xlsx;

/// <summary>Streams the rows of an .xlsx sheet: nothing is held but the row at hand and the workbook's table of texts.</summary>
internal sealed class XlsxSheet : SheetSource
{
    private readonly XlsxPackage _package;
    private readonly string _part;
    private readonly ExcelPlace _place;
    private readonly XmlPart _xml;
    private readonly XlsxCell _cell;
    private readonly string _rowName;
    private readonly string _cellName;

    private int _depth;
    private bool _isAtEnd;

    private XlsxSheet(XlsxPackage package, XlsxWorkbook workbook, ExcelFormat format, ExcelPlace place, CancellationToken cancellationToken)
    {
        _package = package;
        _place = place;
        _part = workbook.FindSheet(format, place);
        var values = new XlsxValues(
            workbook.ReadStrings(format, place, cancellationToken), workbook.ReadFormats(), workbook.Is1904, format.ErrorsAreEmpty, package.Budget);
        _xml = package.OpenLarge(_part);
        _cell = new XlsxCell(_xml, values, format.MaxRecordBytes);
        _rowName = _xml.Name("row");
        _cellName = _xml.Name("c");
        FindData();
    }

    public static XlsxSheet Open(Stream file, ExcelFormat format, ExcelPlace place, CancellationToken cancellationToken)
    {
        XlsxPackage? package = null;
        try
        {
            package = new XlsxPackage(file, format, place);
            return new XlsxSheet(package, new XlsxWorkbook(package), format, place, cancellationToken);
        }
        catch (Exception broken) when (Damage.Is(broken))
        {
            package?.Dispose();
            throw place.Damaged(Damage.Say(broken));
        }
    }

    public override bool Read(SheetCells into, CancellationToken cancellationToken)
    {
        try
        {
            _xml.Cancellation = cancellationToken;
            return !_isAtEnd && ReadRow(into);
        }
        catch (Exception broken) when (Damage.Is(broken))
        {
            throw _place.Damaged(Damage.Say(broken));
        }
    }

    public override IReadOnlyList<MergedCells> FindMerged(int lastRow, CancellationToken cancellationToken)
    {
        try
        {
            using var again = _package.OpenLarge(_part);
            again.Cancellation = cancellationToken;
            return XlsxMerged.Read(again, lastRow);
        }
        catch (Exception broken) when (Damage.Is(broken))
        {
            throw _place.Damaged(Damage.Say(broken));
        }
    }

    public override void Dispose()
    {
        _cell.Dispose();
        _xml.Dispose();
        _package.Dispose();
    }

    private void FindData()
    {
        var data = _xml.Name("sheetData");
        while (_xml.Read())
        {
            if (_xml.IsStart(data) && _xml.Depth == 1)
            {
                _depth = _xml.Depth;
                _isAtEnd = _xml.IsEmpty;
                return;
            }
        }

        _isAtEnd = true;
    }

    private bool ReadRow(SheetCells into)
    {
        while (_xml.ReadWithin(_depth))
        {
            if (_xml.IsStart(_rowName) && _xml.Depth == _depth + 1)
            {
                BeginRow(into);
                ReadCells(into);
                return true;
            }
        }

        _isAtEnd = true;

        // To the end of the part, where its check sum is compared.
        while (_xml.Read())
        {
        }

        return false;
    }

    private void BeginRow(SheetCells into)
    {
        var stated = _xml.Attribute("r");
        var row = _place.Row + 1;
        var isSound = stated is null ? row <= CellReference.Rows : CellReference.TryRow(stated, out row);
        if (isSound)
        {
            _place.BeginRow(into, row);
            return;
        }

        _place.BeginRowWithoutNumber(into);
    }

    private void ReadCells(SheetCells into)
    {
        var depth = _xml.Depth;
        if (_xml.IsEmpty)
        {
            return;
        }

        var last = -1;
        while (_xml.ReadWithin(depth))
        {
            if (_xml.IsStart(_cellName) && _xml.Depth == depth + 1)
            {
                last = _cell.Read(into, last);
            }
        }
    }
}
