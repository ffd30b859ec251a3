using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Reading.Delimited;

/// <summary>The cells of a line of delimited text.</summary>
internal sealed class DelimitedRow(CellSplitter cells, ColumnTable table) : TableRow(table)
{
    private char[] _chars = [];

    protected override int CellCount => cells.Count;

    public void Show(char[] chars, bool mayBeDamaged)
    {
        _chars = chars;
        MayBeDamaged = mayBeDamaged;
    }

    protected override CellText Cell(int ordinal) => new(cells.Cell(_chars, ordinal));
}
