using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Reading.Fixed;

/// <summary>The cells of a fixed-width record.</summary>
internal sealed class FixedRow(int columns, ColumnTable table) : TableRow(table)
{
    private static readonly RowFault Unsound = new(RejectReason.Undecodable, "The cell holds bytes that are no text.");
    private readonly (int Start, int Length)[] _cells = new (int, int)[columns];
    private readonly bool[] _unsound = new bool[columns];
    private char[] _chars = [];

    /// <summary>No cell holds more than white space.</summary>
    public bool IsBlank { get; private set; }

    protected override int CellCount => columns;

    public void Begin()
    {
        IsBlank = true;
        Array.Clear(_unsound);
    }

    /// <summary>What the column holds cannot be read: the record is no row, and its other cells are there for its key.</summary>
    public void SetUnsound(int ordinal)
    {
        _cells[ordinal] = default;
        _unsound[ordinal] = true;
        IsBlank = false;
    }

    protected override RowFault? FaultOf(int ordinal) => _unsound[ordinal] ? Unsound : null;

    /// <summary>Sets a cell to a part of <paramref name="chars"/>, where the record's text stays until the next.</summary>
    public void Set(int ordinal, char[] chars, int start, int length)
    {
        _chars = chars;
        _cells[ordinal] = (start, length);
        IsBlank = IsBlank && chars.AsSpan(start, length).IsWhiteSpace();
    }

    protected override CellText Cell(int ordinal) => new(_chars.AsSpan(_cells[ordinal].Start, _cells[ordinal].Length));
}
