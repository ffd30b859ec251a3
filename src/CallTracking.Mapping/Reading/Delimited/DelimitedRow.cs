using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Reading.Delimited;

/// <summary>The cells of a line of delimited text.</summary>
internal sealed class DelimitedRow(CellSplitter cells, ColumnTable table) : TableRow(table)
{
    private static readonly RowFault Unsound = new(RejectReason.Undecodable, "The cell holds what no text has.");
    private char[] _chars = [];
    private bool _isBroken;

    protected override int CellCount => cells.Count;

    public void Show(char[] chars, bool mayBeDamaged)
    {
        _chars = chars;
        MayBeDamaged = mayBeDamaged;
        _isBroken = false;
    }

    /// <summary>Shows a record that is no row, for its key: cells with U+FFFD or U+0000 have a fault.</summary>
    public void ShowBroken(char[] chars)
    {
        Show(chars, mayBeDamaged: true);
        _isBroken = true;
    }

    protected override RowFault? FaultOf(int ordinal) => _isBroken && Cell(ordinal).Span.ContainsAny('\0', TextRules.Damage) ? Unsound : null;

    protected override CellText Cell(int ordinal) => new(cells.Cell(_chars, ordinal));
}
