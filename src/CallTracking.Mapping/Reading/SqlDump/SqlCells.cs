using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace CallTracking.Mapping.Reading.SqlDump;

/// <summary>How a dump writes a value.</summary>
internal enum SqlValueKind
{
    Null,
    Text,
    Number,

    /// <summary>Bytes that are no text of the dump's encoding, or that hold U+0000.</summary>
    Binary,

    /// <summary>Something that a dump does not write, such as a call of a function.</summary>
    Unknown,
}

/// <summary>The values of one row, without their escapes. Reused from row to row. Not thread-safe.</summary>
internal sealed class SqlCells : IDisposable
{
    private readonly List<Cell> _cells = [];
    private readonly PooledBuffer _bytes = new();
    private char[] _chars = ArrayPool<char>.Shared.Rent(4096);
    private int _usedChars;

    public int Count => _cells.Count;

    /// <summary>Where the next value's bytes are written.</summary>
    public PooledBuffer Bytes => _bytes;

    public void Clear()
    {
        _cells.Clear();
        _bytes.Clear();
        _usedChars = 0;
    }

    /// <summary>What has been written to <see cref="Bytes"/> since <paramref name="start"/> is a value.</summary>
    public void Add(int start, SqlValueKind kind) => _cells.Add(new Cell(kind, start, _bytes.Length - start));

    /// <summary>A whole number, of at most eight bytes in the order of the network, as its digits.</summary>
    public void AddBits(int start)
    {
        ulong value = 0;
        foreach (var part in _bytes.Written.Span[start..])
        {
            value = (value << 8) | part;
        }

        var from = _bytes.Length;
        _bytes.Append(Encoding.ASCII.GetBytes(value.ToString(CultureInfo.InvariantCulture)));
        Add(from, SqlValueKind.Number);
    }

    /// <summary>Decodes all values; those that are no text become <see cref="SqlValueKind.Binary"/>.</summary>
    public void Decode()
    {
        if (_chars.Length < _bytes.Length)
        {
            ReturnChars();
            _chars = ArrayPool<char>.Shared.Rent(_bytes.Length);
        }

        for (var index = 0; index < _cells.Count; index++)
        {
            var cell = _cells[index];
            var bytes = _bytes.Written.Span.Slice(cell.Start, cell.Length);
            if (cell.Kind is not (SqlValueKind.Text or SqlValueKind.Number))
            {
                continue;
            }

            var status = Utf8.ToUtf16(bytes, _chars.AsSpan(_usedChars), out _, out var written, replaceInvalidSequences: false);
            var isText = status == OperationStatus.Done && !_chars.AsSpan(_usedChars, written).Contains('\0');
            _cells[index] = isText ? cell with { FirstChar = _usedChars, Chars = written } : cell with { Kind = SqlValueKind.Binary };
            _usedChars += isText ? written : 0;
        }
    }

    public SqlValueKind KindOf(int ordinal) => _cells[ordinal].Kind;

    public ReadOnlySpan<char> TextOf(int ordinal) => _chars.AsSpan(_cells[ordinal].FirstChar, _cells[ordinal].Chars);

    public ReadOnlySpan<byte> BytesOf(int ordinal) => _bytes.Written.Span.Slice(_cells[ordinal].Start, _cells[ordinal].Length);

    public void Dispose()
    {
        _bytes.Dispose();
        ReturnChars();
    }

    private void ReturnChars()
    {
        if (_chars.Length > 0)
        {
            ArrayPool<char>.Shared.Return(_chars, clearArray: true);
            _chars = [];
        }
    }

    private readonly record struct Cell(SqlValueKind Kind, int Start, int Length, int FirstChar = 0, int Chars = 0);
}
