using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using CallTracking.Mapping.Shapes;
using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Reading.Joins;

/// <summary>The rows of a fold: taken as the file has them, given back case by case. Memory holds one case, and of that no more than a record may have. Not thread-safe.</summary>
internal sealed class FoldedRows(FoldRule fold, int mostBytes, ISpill spill, IFoldWatch? watch, HeaderSeen seen) : IDisposable
{
    // Row, line, byte and file stand before each tree.
    private const int PlaceBytes = 28;

    private readonly List<string> _files = [];
    private readonly PooledBuffer _row = new();
    private readonly PooledBuffer _standing = new();
    private readonly PooledBuffer _events = new();

    // Of the case at hand: how often each row stands in each file, and how often it was taken.
    private readonly Dictionary<(int File, UInt128 Row), int> _perFile = [];
    private readonly Dictionary<UInt128, int> _taken = [];
    private IEnumerator<UInt128>? _cases;
    private IEnumerator<ReadOnlyMemory<byte>>? _rows;
    private RowPosition _first;
    private RowPosition _last;
    private long _count;
    private FoldState _state;

    /// <summary>Of what the last <see cref="Next"/> gave.</summary>
    public RowPosition Position { get; private set; }

    /// <summary>The tree of the row whose values stand for the case.</summary>
    public ReadOnlyMemory<byte> Standing => _standing.Written;

    /// <summary>The case's rows have more bytes than a record may have; not all of them are held.</summary>
    public bool IsTooLarge { get; private set; }

    /// <summary>Earlier rows of the case are gone with a file or out of it, and the mapping does not do without them.</summary>
    public bool IsIncomplete => _state == FoldState.Incomplete;

    /// <summary>Keeps the row that the reader stands on.</summary>
    /// <exception cref="SourceFormatException">There is no room.</exception>
    public RowFault? Take(RecordReader reader, RecordKeys keys, bool showsAll)
    {
        var order = 0L;
        var fault = keys.Read(fold.By, reader.Row, out var key) ?? fold.Order?.Read(reader.Row, out order);
        if (fault is not null || key is null)
        {
            return fault ?? fold.NoCase;
        }

        if (_files.Count == 0 || _files[^1] != reader.Position.File)
        {
            _files.Add(reader.Position.File);
        }

        _row.Clear();
        Span<byte> place = stackalloc byte[PlaceBytes];
        BinaryPrimitives.WriteInt64LittleEndian(place, reader.Position.Row);
        BinaryPrimitives.WriteInt64LittleEndian(place[8..], reader.Position.Line);
        BinaryPrimitives.WriteInt64LittleEndian(place[16..], reader.Position.ByteOffset);
        BinaryPrimitives.WriteInt32LittleEndian(place[24..], _files.Count - 1);
        _row.Append(place);
        fault = reader.Row.WriteTree(_row, showsAll);
        if (fault is null && !spill.TryAdd(key.Value, order, _row.Written.Span))
        {
            throw new SourceFormatException(SpillFault.Of(reader.Position.File));
        }

        if (fault is null)
        {
            watch?.Fed(reader.Position.File, key.Value, fold.Order is null ? null : order, _row.Written.Span[PlaceBytes..]);
        }

        return fault;
    }

    /// <summary>All rows were taken.</summary>
    public void Close() => watch?.Complete();

    /// <summary>The next row: one that is folded, or the one that stands for its case.</summary>
    public ReadKind Next()
    {
        _cases ??= spill.Keys().GetEnumerator();
        if (_rows is null && !TryBegin())
        {
            return ReadKind.End;
        }

        while (_rows!.MoveNext())
        {
            if (watch?.IsCopy(FileOf(_rows.Current.Span)) is true || IsRepeated(_rows.Current.Span))
            {
                Position = PlaceOf(_rows.Current.Span);
                return ReadKind.Folded;
            }

            var before = _last;
            Keep(_rows.Current.Span);
            seen.Watch?.Folds?.Add(_rows.Current[PlaceBytes..]);
            if (_count == 1)
            {
                _first = _last;
                continue;
            }

            Position = fold.LastStands ? before : _last;
            return ReadKind.Folded;
        }

        _rows.Dispose();
        _rows = null;
        seen.Watch?.Folds?.End(Standing);
        Position = fold.LastStands ? _last : _first;
        return _state == FoldState.Settled ? ReadKind.Folded : ReadKind.Row;
    }

    /// <summary>The standing row's tree, with all rows in it where the mapping reads them.</summary>
    public void Write(TreeComposer into)
    {
        into.Begin(_standing.Written.Span);
        if (fold.ShowsEvents)
        {
            _events.Append("]"u8);
            into.Property(FoldRule.Events, _events.Written.Span);
        }
    }

    public void Dispose()
    {
        _rows?.Dispose();
        _cases?.Dispose();
        spill.Dispose();
        watch?.Dispose();
        _row.Dispose();
        _standing.Dispose();
        _events.Dispose();
    }

    private bool TryBegin()
    {
        if (!_cases!.MoveNext())
        {
            return false;
        }

        _rows = spill.Find(_cases.Current).GetEnumerator();
        seen.Watch?.Folds?.Begin();
        _events.Clear();
        _perFile.Clear();
        _taken.Clear();
        _count = 0;
        IsTooLarge = false;
        _state = fold.AcceptsIncomplete || watch is null ? FoldState.Whole : watch.StateOf(_cases.Current);
        return true;
    }

    /// <summary>
    /// Exports overlap: a row of the same place and content in another file is the same row once more. As often as it stands in one file it is meant. Without an order
    /// nothing tells it from another event that looks like it.
    /// </summary>
    private bool IsRepeated(ReadOnlySpan<byte> row)
    {
        if (fold.Order is null || _files.Count < 2)
        {
            return false;
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(row[PlaceBytes..], hash);
        var content = BinaryPrimitives.ReadUInt128LittleEndian(hash);
        var here = ++CollectionsMarshal.GetValueRefOrAddDefault(_perFile, (BinaryPrimitives.ReadInt32LittleEndian(row[24..]), content), out _);
        ref var taken = ref CollectionsMarshal.GetValueRefOrAddDefault(_taken, content, out _);
        var isRepeated = here <= taken;
        taken = Math.Max(taken, here);
        return isRepeated;
    }

    private void Keep(ReadOnlySpan<byte> row)
    {
        _count++;
        _last = PlaceOf(row);
        var tree = row[PlaceBytes..];
        if (fold.LastStands || _count == 1)
        {
            _standing.Clear();
            _standing.Append(tree);
        }

        IsTooLarge |= fold.ShowsEvents && _events.Length + tree.Length > mostBytes;
        if (fold.ShowsEvents && !IsTooLarge)
        {
            _events.Append(_events.Length == 0 ? "["u8 : ","u8);
            _events.Append(tree);
        }
    }

    private string FileOf(ReadOnlySpan<byte> row) => _files[BinaryPrimitives.ReadInt32LittleEndian(row[24..])];

    private RowPosition PlaceOf(ReadOnlySpan<byte> row) => new(
        FileOf(row), BinaryPrimitives.ReadInt64LittleEndian(row), BinaryPrimitives.ReadInt64LittleEndian(row[8..]), BinaryPrimitives.ReadInt64LittleEndian(row[16..]));
}
