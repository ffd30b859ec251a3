using CallTracking.Mapping.Reading.Json;
using CallTracking.Mapping.Shapes;
using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Reading.Joins;

/// <summary>
/// Folds rows that come in the order of their cases, as a query gives them: memory holds the rows of one case, and nothing waits anywhere. A case
/// whose rows do not stand together comes several times. Not thread-safe.
/// </summary>
internal sealed class GroupedReader(ComposedFormat format, RecordReader rows, ColumnTable table, HeaderSeen seen) : RecordReader
{
    private readonly FoldRule _fold = format.Fold!;
    private readonly RecordKeys _keys = new();
    private readonly PooledBuffer _tree = new();
    private readonly PooledBuffer _events = new();
    private readonly TreeComposer _composer = new(format.MaxRecordBytes);
    private readonly JsonRecord _record = new(table);
    private readonly List<GroupedRow> _case = [];
    private UInt128 _key;
    private long _bytes;
    private GroupedRow? _next;
    private UInt128 _nextKey;
    private int _given = -1;
    private bool _isAtEnd;
    private RowFault? _objection;

    public override SourceRow Row => _record.Row;

    public override RowFault? Objection => _objection;

    private bool IsTooLarge => _bytes > format.MaxRecordBytes;

    public override async ValueTask<ReadKind> ReadAsync(CancellationToken cancellationToken)
    {
        _objection = null;
        while (true)
        {
            if (_given >= 0)
            {
                return Give();
            }

            if (_isAtEnd)
            {
                return ReadKind.End;
            }

            if (await TakeAsync(cancellationToken).ConfigureAwait(false) is { } kind)
            {
                return kind;
            }
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await rows.DisposeAsync().ConfigureAwait(false);
        DisposeOwn();
    }

    public override void Dispose()
    {
        rows.Dispose();
        DisposeOwn();
    }

    /// <summary>Reads one row; what it is when it belongs to no case, or to one that is too large to keep it.</summary>
    private async ValueTask<ReadKind?> TakeAsync(CancellationToken cancellationToken)
    {
        var kind = await rows.ReadAsync(cancellationToken).ConfigureAwait(false);
        if (kind == ReadKind.End)
        {
            _isAtEnd = true;
            _given = _case.Count > 0 ? 0 : -1;
            return null;
        }

        (Position, Fault, Raw) = (rows.Position, rows.Fault, rows.Raw);
        if (kind != ReadKind.Row)
        {
            return kind;
        }

        var order = 0L;
        var fault = _keys.Read(_fold.By, rows.Row, out var key) ?? _fold.Order?.Read(rows.Row, out order);
        _tree.Clear();
        fault ??= key is null
            ? _fold.NoCase
            : rows.Row.WriteTree(_tree, format.Primary.ShowsAll);
        return fault is not null ? Alone(fault) : Keep(key!.Value, new GroupedRow(order, Position, _tree.Written.ToArray()));
    }

    /// <summary>A row that cannot be folded, shown as it is: its key is known then.</summary>
    private ReadKind Alone(RowFault fault)
    {
        _tree.Clear();
        if (rows.Row.WriteTree(_tree, isWhole: true) is not null || _record.Parse(_tree.Written, out _) is not null)
        {
            Fault = fault;
            return ReadKind.Broken;
        }

        _objection = fault;
        return ReadKind.Row;
    }

    private ReadKind? Keep(UInt128 key, GroupedRow row)
    {
        if (_case.Count > 0 && key != _key)
        {
            (_next, _nextKey, _given) = (row, key, 0);
            return null;
        }

        (_key, _bytes) = (key, _bytes + row.Tree.Length);
        if (IsTooLarge && _case.Count > 0)
        {
            return ReadKind.Folded;
        }

        _case.Add(row);
        return null;
    }

    /// <summary>One of the case's rows: first those that do not stand for it, then the case.</summary>
    private ReadKind Give()
    {
        if (_given == 0 && _fold.Order is not null)
        {
            var inOrder = _case.OrderBy(row => row.Order).ToList();
            _case.Clear();
            _case.AddRange(inOrder);
        }

        if (_given < _case.Count - 1)
        {
            Position = _case[_fold.LastStands ? _given : _given + 1].Position;
            _given++;
            return ReadKind.Folded;
        }

        Position = _case[_fold.LastStands ? ^1 : 0].Position;
        Look();
        var kind = Stand();
        _case.Clear();
        (_bytes, _given) = (0, -1);
        if (_next is { } next)
        {
            _next = null;
            Keep(_nextKey, next);
        }

        return kind;
    }

    private void Look()
    {
        if (seen.Watch?.Folds is { } look)
        {
            look.Begin();
            _case.ForEach(row => look.Add(row.Tree));
            look.End(_case[_fold.LastStands ? ^1 : 0].Tree);
        }
    }

    private ReadKind Stand()
    {
        _composer.Begin(_case[_fold.LastStands ? ^1 : 0].Tree);
        if (_fold.ShowsEvents)
        {
            _events.Clear();
            foreach (var row in _case)
            {
                _events.Append(_events.Length == 0 ? "["u8 : ","u8);
                _events.Append(row.Tree);
            }

            _events.Append("]"u8);
            _composer.Property(FoldRule.Events, _events.Written.Span);
        }

        _composer.End();
        Raw = Truncated(_composer.Written);
        if (IsTooLarge || _composer.IsTooLarge)
        {
            return Broken(RejectReason.TooLarge, $"The case's rows together are larger than max_record_bytes, {format.MaxRecordBytes}.");
        }

        Fault = _record.Parse(_composer.Written, out _);
        return Fault is null ? ReadKind.Row : ReadKind.Broken;
    }

    private void DisposeOwn()
    {
        _record.Dispose();
        _composer.Dispose();
        _events.Dispose();
        _tree.Dispose();
        _case.ForEach(row => Array.Clear(row.Tree));
    }

    private sealed record GroupedRow(long Order, RowPosition Position, byte[] Tree);
}
