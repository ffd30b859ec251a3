using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Reading.Excel;

/// <summary>The cells of a sheet's row.</summary>
internal sealed class ExcelRow(SheetCells cells, ColumnTable table) : TableRow(table)
{
    protected override int CellCount => cells.Count;

    protected override CellText Cell(int ordinal) =>
        new(cells.Text(ordinal), isInvariant: cells.Kind(ordinal) is CellKind.Number or CellKind.Time);

    protected override RowFault? FaultOf(int ordinal) => cells.FaultOf(ordinal);

    protected override UnmappedKind KindOf(int ordinal) => cells.Kind(ordinal) switch
    {
        CellKind.Number => UnmappedKind.Number,
        CellKind.Flag => UnmappedKind.Flag,
        _ => UnmappedKind.Text,
    };
}
