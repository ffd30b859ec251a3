using CallTracking.Contracts;

namespace CallTracking.Mapping.Reading.Excel;

/// <summary>Which file is read, and how far: what faults of the whole file name.</summary>
internal sealed class ExcelPlace(string file)
{
    public string File => file;

    /// <summary>The last row of the sheet that was begun; 0 before the first.</summary>
    public int Row { get; private set; }

    /// <summary>The row at hand stands behind all before it, as it must.</summary>
    public bool IsInOrder { get; private set; } = true;

    /// <summary>Begins a row; one that stands behind a later one is faulty, as no program writes it so.</summary>
    public void BeginRow(SheetCells cells, int row)
    {
        cells.Begin(row);
        IsInOrder = row > Row;
        if (IsInOrder)
        {
            Row = row;
        }
        else
        {
            cells.Reject(RejectReason.BrokenRecord, $"Row {row} stands behind row {Row}.");
        }
    }

    /// <summary>Begins a row whose own number is none.</summary>
    public void BeginRowWithoutNumber(SheetCells cells)
    {
        cells.Begin(Row + 1);
        IsInOrder = false;
        cells.Reject(RejectReason.BrokenRecord, $"The row behind row {Row} has a number beyond 1 to {CellReference.Rows}.");
    }

    public SourceFormatException Fault(string message, string cure) => new(new Fault(file, Row, Row > 0 ? 1 : 0, message, cure));

    /// <summary>The bytes are not what a workbook's are. Says nothing of what stands there: that may be personal.</summary>
    public SourceFormatException Damaged(string what) => Fault(
        Row > 0 ? $"{what} The rows before this one were read." : what,
        "Ask for the file again, or open it in Excel and save it anew: it was cut short or damaged on its way.");
}
