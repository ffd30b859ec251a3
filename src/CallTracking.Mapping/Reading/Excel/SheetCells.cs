using System.Buffers;
using System.Text;
using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Reading.Excel;

/// <summary>What a cell holds, once its value is a text.</summary>
internal enum CellKind : byte
{
    Empty,
    Text,
    Number,
    Flag,
    Time,
    Faulty,
}

/// <summary>
/// The row at hand: its cells' texts one behind the other in one pooled buffer, so that a row costs no strings. Holds at most
/// <paramref name="maxBytes"/> of text, counted in UTF-8; a row with more is faulty as a whole. Not thread-safe.
/// </summary>
internal sealed class SheetCells(int maxBytes) : IDisposable
{
    private char[] _chars = ArrayPool<char>.Shared.Rent(4096);
    private Entry[] _cells = new Entry[64];
    private int _used;

    /// <summary>The sheet's row, from 1.</summary>
    public int Row { get; private set; }

    /// <summary>The last used column + 1.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes of text in UTF-8.</summary>
    public int Size { get; private set; }

    /// <summary>Why the row as a whole is no record.</summary>
    public RowFault? Fault { get; private set; }

    /// <summary>No cell says anything.</summary>
    public bool IsBlank { get; private set; } = true;

    public void Begin(int row)
    {
        Array.Clear(_cells, 0, Count);
        Row = row;
        Count = _used = Size = 0;
        Fault = null;
        IsBlank = true;
    }

    public void Reject(string reason, string message) => Fault ??= new RowFault(reason, message);

    public CellKind Kind(int column) => column < Count ? _cells[column].Kind : CellKind.Empty;

    public ReadOnlySpan<char> Text(int column) =>
        column < Count ? _chars.AsSpan(_cells[column].Start, _cells[column].Length) : [];

    public RowFault? FaultOf(int column) => column < Count ? _cells[column].Fault : null;

    /// <summary>The first value from the left; empty when there is none.</summary>
    public ReadOnlySpan<char> FirstText()
    {
        for (var column = 0; column < Count; column++)
        {
            if (!Text(column).IsWhiteSpace())
            {
                return Text(column);
            }
        }

        return [];
    }

    /// <summary>True when a cell at or behind this column says something.</summary>
    public bool HasValueFrom(int column)
    {
        for (; column < Count; column++)
        {
            if (_cells[column].Kind == CellKind.Faulty || !Text(column).IsWhiteSpace())
            {
                return true;
            }
        }

        return false;
    }

    public void Add(int column, CellKind kind, ReadOnlySpan<char> text)
    {
        if (Fits(column, Encoding.UTF8.GetByteCount(text)))
        {
            text.CopyTo(Room(text.Length));
            Put(column, kind, text.Length, null);
        }
    }

    /// <summary>As <see cref="Add"/>, from well-formed UTF-8.</summary>
    public void AddUtf8(int column, ReadOnlySpan<byte> text)
    {
        if (Fits(column, text.Length))
        {
            Put(column, CellKind.Text, Encoding.UTF8.GetChars(text, Room(text.Length)), null);
        }
    }

    /// <summary>A cell that has something which is no value: it costs the row only where the mapping asks for it.</summary>
    /// <param name="column">Its column, from 0.</param>
    /// <param name="found">What stands in it, for the quarantine.</param>
    /// <param name="reason">One of <see cref="RejectReason"/>.</param>
    /// <param name="what">What is wrong, to be read behind the cell's name.</param>
    public void AddFaulty(int column, ReadOnlySpan<char> found, string reason, string what)
    {
        if (Fits(column, Encoding.UTF8.GetByteCount(found)))
        {
            found.CopyTo(Room(found.Length));
            Put(column, CellKind.Faulty, found.Length, new RowFault(reason, $"Cell {CellReference.Name(column, Row)} {what}"));
        }
    }

    public void RejectTooLarge(int column) => Reject(
        RejectReason.TooLarge, $"Cell {CellReference.Name(column, Row)} makes the row longer than max_record_bytes, {maxBytes}.");

    // Personal data: the pool gets a clean buffer.
    public void Dispose()
    {
        if (_chars.Length > 0)
        {
            ArrayPool<char>.Shared.Return(_chars, clearArray: true);
            _chars = [];
            Count = 0;
        }
    }

    private bool Fits(int column, int bytes)
    {
        if (bytes > maxBytes - Size)
        {
            RejectTooLarge(column);
            return false;
        }

        Size += bytes;
        return true;
    }

    private Span<char> Room(int chars)
    {
        if (_used + chars > _chars.Length)
        {
            var larger = ArrayPool<char>.Shared.Rent(Math.Max(_used + chars, _chars.Length * 2));
            _chars.AsSpan(0, _used).CopyTo(larger);
            ArrayPool<char>.Shared.Return(_chars, clearArray: true);
            _chars = larger;
        }

        return _chars.AsSpan(_used);
    }

    private void Put(int column, CellKind kind, int length, RowFault? fault)
    {
        if (column >= _cells.Length)
        {
            Array.Resize(ref _cells, Math.Min(CellReference.Columns, Math.Max(column + 1, _cells.Length * 2)));
        }

        _cells[column] = new Entry(_used, length, kind, fault);
        IsBlank = IsBlank && fault is null && _chars.AsSpan(_used, length).IsWhiteSpace();
        Count = column + 1;
        _used += length;
    }

    private readonly record struct Entry(int Start, int Length, CellKind Kind, RowFault? Fault);
}
