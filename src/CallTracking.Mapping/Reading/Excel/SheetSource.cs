namespace CallTracking.Mapping.Reading.Excel;

/// <summary>A rectangle of cells, rows and columns counted from 1 and 0: the first cell's value stands for all of them.</summary>
internal readonly record struct MergedCells(int FirstRow, int LastRow, int FirstColumn, int LastColumn);

/// <summary>
/// The rows of one sheet, in order. Reads synchronously: the file is local and its parsers know no other way; the token is asked
/// between the parts of a row too.
/// </summary>
internal abstract class SheetSource : IDisposable
{
    /// <summary>Reads the next row that the file has; false at the end. Rows that it leaves out are empty.</summary>
    public abstract bool Read(SheetCells into, CancellationToken cancellationToken);

    /// <summary>The sheet's merged cells; asked before the first row only, and only where a header has gaps.</summary>
    public abstract IReadOnlyList<MergedCells> FindMerged(int lastRow, CancellationToken cancellationToken);

    public abstract void Dispose();
}
