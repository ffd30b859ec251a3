using System.Buffers;
using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Reading.Feed;

/// <summary>Reads a feed row by row. A row's raw record (<see cref="KeptRow"/>) is written only when it is asked for.</summary>
internal sealed class FeedReader : TableReader
{
    private readonly RowFeed _feed;
    private readonly TableFormat _format;
    private readonly string _name;
    private readonly HeaderCheck _check;
    private readonly FeedRow _row;
    private readonly FeedTableRow _cells;
    private readonly ArrayBufferWriter<byte> _raw = new();
    private IReadOnlyList<string>? _names;
    private long _rows;

    public FeedReader(RowFeed feed, TableFormat format, string name, ColumnTable columns, HeaderCheck check)
    {
        (_feed, _format, _name, _check) = (feed, format, name, check);
        _row = new FeedRow(format.MaxRecordBytes);
        _cells = new FeedTableRow(_row, columns);
    }

    public override SourceRow Row => _cells;

    public override int Size => (int)Math.Min(int.MaxValue, _row.Size);

    public override ReadOnlyMemory<byte> Raw
    {
        get
        {
            if (_raw.WrittenCount == 0 && _row.Cells.Count > 0)
            {
                KeptRow.Write(_raw, _names!, _row.Cells);
            }

            return Truncated(_raw.WrittenMemory);
        }
    }

    public override async ValueTask<IReadOnlyList<string>> ReadHeaderAsync(CancellationToken cancellationToken) =>
        HeaderNames.Of(await _feed.ReadColumnsAsync(cancellationToken).ConfigureAwait(false));

    public override async ValueTask<ReadKind> ReadAsync(CancellationToken cancellationToken)
    {
        _names ??= await BeginAsync(cancellationToken).ConfigureAwait(false);
        _row.Clear();
        _raw.Clear();
        if (!await _feed.ReadAsync(_row, cancellationToken).ConfigureAwait(false))
        {
            return ReadKind.End;
        }

        Position = new RowPosition(_name, ++_rows, 0, 0);
        if (_row.Room < 0)
        {
            return Broken(RejectReason.TooLarge, $"The row is longer than max_record_bytes, {_format.MaxRecordBytes}.");
        }

        return _row.Cells.All(cell => cell.Count == 0) ? ReadKind.Blank : ReadKind.Row;
    }

    public override ValueTask DisposeAsync() => _feed.DisposeAsync();

    public override void Dispose() => _feed.Dispose();

    private async ValueTask<IReadOnlyList<string>> BeginAsync(CancellationToken cancellationToken)
    {
        var names = await ReadHeaderAsync(cancellationToken).ConfigureAwait(false);
        if (_check(names) is { Count: > 0 } faults)
        {
            throw new SourceFormatException(faults);
        }

        _cells.Name(names);
        return names;
    }
}
