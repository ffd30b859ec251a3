using System.Text;
using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Reading.Excel;

/// <summary>
/// The workbook's table of texts, which its cells refer to in any order and which must thus be held: as UTF-8 in chunks, with four
/// bytes a text beside them. Two million texts of 30 bytes take 70 MB.
/// </summary>
internal sealed class SharedStrings(int mostBytes, ExcelPlace place)
{
    private const int ChunkBits = 20;
    private const int ChunkBytes = 1 << ChunkBits;
    private const int StartsBits = 16;
    private const int BytesBesideOne = 4;
    private const int BytesBesideAFault = 128;

    private readonly List<byte[]> _chunks = [];
    private readonly List<int[]> _starts = [];
    private readonly Dictionary<int, RowFault> _faults = [];
    private byte[] _scratch = new byte[1024];
    private int _used;
    private long _held;

    public int Count { get; private set; }

    /// <summary>Puts a text into a cell.</summary>
    public void CopyTo(int index, SheetCells row, int column, UnpackBudget budget)
    {
        if (index < 0 || index >= Count)
        {
            row.AddFaulty(column, [], RejectReason.BadValue, $"refers to a text that the workbook has not; it has {Count}.");
            return;
        }

        if (_faults.TryGetValue(index, out var fault))
        {
            if (fault.Reason == RejectReason.TooLarge)
            {
                row.RejectTooLarge(column);
            }

            row.AddFaulty(column, [], fault.Reason, fault.Message);
            return;
        }

        var start = StartOf(index);
        var bytes = Bytes(start, (index + 1 < Count ? StartOf(index + 1) : _used) - start);
        budget.Spend(bytes.Length);
        row.AddUtf8(column, bytes);
    }

    public void Add(TextBuffer text)
    {
        var fault = text.IsTooLong
            ? new RowFault(RejectReason.TooLarge, "is longer than max_record_bytes.")
            : CellValues.FaultOf(text.Text);
        var length = fault is null ? Encoding.UTF8.GetByteCount(text.Text) : 0;
        _held += length + BytesBesideOne + (fault is null ? 0 : BytesBesideAFault);
        if (_held > mostBytes)
        {
            throw place.Fault(
                $"The workbook's table of texts takes more than {mostBytes} bytes of memory.",
                "If the agent's computer has more, raise max_shared_mb under format in the mapping; or export fewer rows at once.");
        }

        if (Count >> StartsBits == _starts.Count)
        {
            _starts.Add(new int[1 << StartsBits]);
        }

        _starts[^1][Count & ((1 << StartsBits) - 1)] = _used;
        if (fault is not null)
        {
            _faults.Add(Count, fault);
        }
        else
        {
            Store(text.Text, length);
        }

        Count++;
    }

    private void Store(ReadOnlySpan<char> text, int length)
    {
        var bytes = Scratch(length);
        Encoding.UTF8.GetBytes(text, bytes);
        while (bytes.Length > 0)
        {
            if (_used >> ChunkBits == _chunks.Count)
            {
                _chunks.Add(new byte[ChunkBytes]);
            }

            var room = _chunks[^1].AsSpan(_used & (ChunkBytes - 1));
            var part = Math.Min(room.Length, bytes.Length);
            bytes[..part].CopyTo(room);
            _used += part;
            bytes = bytes[part..];
        }
    }

    private int StartOf(int index) => _starts[index >> StartsBits][index & ((1 << StartsBits) - 1)];

    private ReadOnlySpan<byte> Bytes(int start, int length)
    {
        var at = start & (ChunkBytes - 1);
        if (length == 0 || at + length <= ChunkBytes)
        {
            return length == 0 ? [] : _chunks[start >> ChunkBits].AsSpan(at, length);
        }

        var whole = Scratch(length);
        for (var copied = 0; copied < length;)
        {
            at = (start + copied) & (ChunkBytes - 1);
            var part = Math.Min(ChunkBytes - at, length - copied);
            _chunks[(start + copied) >> ChunkBits].AsSpan(at, part).CopyTo(whole[copied..]);
            copied += part;
        }

        return whole;
    }

    private Span<byte> Scratch(int length)
    {
        if (_scratch.Length < length)
        {
            _scratch = new byte[Math.Max(length, _scratch.Length * 2)];
        }

        return _scratch.AsSpan(0, length);
    }
}
