using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Reading.Fixed;

/// <summary>The cells of a fixed-width record.</summary>
internal sealed class FixedRow(int columns, ColumnTable table) : TableRow(table)
{
    private readonly (int Start, int Length)[] _cells = new (int, int)[columns];
    private char[] _chars = [];

    /// <summary>No cell holds more than white space.</summary>
    public bool IsBlank { get; private set; }

    protected override int CellCount => columns;

    public void Begin() => IsBlank = true;

    /// <summary>Sets a cell to a part of <paramref name="chars"/>, where the record's text stays until the next.</summary>
    public void Set(int ordinal, char[] chars, int start, int length)
    {
        _chars = chars;
        _cells[ordinal] = (start, length);
        IsBlank = IsBlank && chars.AsSpan(start, length).IsWhiteSpace();
    }

    protected override CellText Cell(int ordinal) => new(_chars.AsSpan(_cells[ordinal].Start, _cells[ordinal].Length));
}
