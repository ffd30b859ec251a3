using CallTracking.Contracts;
using CallTracking.Mapping.Spec;
using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Reading.SqlDump;

/// <summary>
/// Reads the rows of one table of a dump, in memory bounded by its largest row. A statement that is broken ends the file: what
/// follows cannot be found again with certainty. A dump without its last words is cut off, and ends with a fault.
/// </summary>
internal sealed class SqlDumpReader(Stream stream, SqlDumpFormat format, string fileName, ColumnTable table, HeaderCheck checkHeader) : TableReader
{
    private readonly SqlCells _cells = new();
    private ByteWindow _window = new(stream);
    private SqlDumpStart? _start;
    private SqlCursor? _cursor;
    private SqlStatements? _statements;
    private SqlRow? _row;
    private IReadOnlyList<SqlColumn> _header = [];
    private IReadOnlyList<SqlColumn> _columns = [];
    private SqlRows _rows;
    private bool _isFirst;
    private bool _isAtEnd;
    private long _count;
    private int _pending;

    public override SourceRow Row => _row!;

    public override async ValueTask<IReadOnlyList<string>> ReadHeaderAsync(CancellationToken cancellationToken)
    {
        await BeginAsync(cancellationToken).ConfigureAwait(false);
        await FindAsync(cancellationToken).ConfigureAwait(false);
        _header = _statements!.Declared.Count > 0 ? _statements.Declared : _statements.Listed;
        return HeaderNames.Of(_header.Select(column => column.Name));
    }

    public override async ValueTask<ReadKind> ReadAsync(CancellationToken cancellationToken)
    {
        if (_row is null)
        {
            await BindAsync(cancellationToken).ConfigureAwait(false);
        }

        _cursor!.Consume(_pending);
        _pending = 0;
        while (!_isAtEnd)
        {
            var kind = _rows == SqlRows.Values
                ? await ValuesAsync(cancellationToken).ConfigureAwait(false)
                : await LineAsync(cancellationToken).ConfigureAwait(false);
            if (kind != ReadKind.End)
            {
                return kind;
            }

            await FindAsync(cancellationToken).ConfigureAwait(false);
        }

        return ReadKind.End;
    }

    public override async ValueTask DisposeAsync()
    {
        _cells.Dispose();
        await _window.DisposeAsync().ConfigureAwait(false);
    }

    public override void Dispose()
    {
        _cells.Dispose();
        _window.Dispose();
    }

    private async ValueTask BeginAsync(CancellationToken cancellationToken)
    {
        await _window.RequireAsync(SqlDumpStart.SniffedBytes, cancellationToken).ConfigureAwait(false);
        await ByteOrderMark.SkipAsync(_window, format.Encoding ?? SourceEncoding.Utf8, fileName, cancellationToken).ConfigureAwait(false);
        _start = SqlDumpStart.Of(_window.Peek(Math.Min(_window.Unread.Length, SqlDumpStart.SniffedBytes)).Span, format, fileName);
        if (!_start.Encoding.IsUtf8)
        {
            _window = new ByteWindow(new TranscodingInput(new WindowStream(_window), _start.Encoding, fileName));
        }

        _cursor = new SqlCursor(_window, _start, fileName);
        _statements = new SqlStatements(_cursor, _start, format.Table);
    }

    private async ValueTask BindAsync(CancellationToken cancellationToken)
    {
        var names = await ReadHeaderAsync(cancellationToken).ConfigureAwait(false);
        if (checkHeader(names) is { Count: > 0 } faults)
        {
            throw new SourceFormatException(faults);
        }

        _row = new SqlRow(_cells, table);
        _row.Bind(_header, names);
        Place();
    }

    /// <summary>Goes to the next rows of the table, or finds that the dump has ended as it should.</summary>
    private async ValueTask FindAsync(CancellationToken cancellationToken)
    {
        _rows = await _statements!.NextAsync(cancellationToken).ConfigureAwait(false);
        _isFirst = true;
        _isAtEnd = _rows == SqlRows.None;
        if (_isAtEnd)
        {
            RequireWhole();
            return;
        }

        _columns = _statements.Listed.Count > 0 ? _statements.Listed.Select(Typed).ToList() : _statements.Declared;
        if (_columns.Count == 0)
        {
            throw _cursor!.Broken($"nothing before says which columns the table '{format.Table}' has");
        }

        if (_row is not null)
        {
            Place();
        }
    }

    /// <summary>Finds the header's columns among those of the statement.</summary>
    private void Place()
    {
        var places = new int[_header.Count];
        var known = 0;
        for (var ordinal = 0; ordinal < places.Length; ordinal++)
        {
            places[ordinal] = IndexOf(_columns, _header[ordinal].Name);
            known += places[ordinal] < 0 ? 0 : 1;
        }

        if (known < _columns.Count)
        {
            throw _cursor!.Broken("a statement names columns that the table does not have in the one before");
        }

        _row!.Place(places);
    }

    private async ValueTask<ReadKind> ValuesAsync(CancellationToken cancellationToken)
    {
        var next = await _cursor!.PeekAsync(cancellationToken).ConfigureAwait(false);
        if (!_isFirst && next != ',')
        {
            // ON DUPLICATE KEY UPDATE … and its like say nothing of the rows.
            if (next is not (';' or 'O' or 'o'))
            {
                throw _cursor.Broken("expected ',' or ';' behind the values of a row");
            }

            await _cursor.SkipAsync(isGroup: false, cancellationToken).ConfigureAwait(false);
            return ReadKind.End;
        }

        _cursor.Consume(_isFirst ? 0 : 1);
        _isFirst = false;
        if (await _cursor.PeekAsync(cancellationToken).ConfigureAwait(false) != '(')
        {
            throw _cursor.Broken("expected the values of a row");
        }

        Position = new RowPosition(fileName, ++_count, _cursor.Line, _cursor.Offset);
        if (await _cursor.MeasureAsync(isGroup: true, format.MaxRecordBytes, cancellationToken).ConfigureAwait(false) is { } length)
        {
            return TakeTuple(length);
        }

        Raw = _cursor.Peek(SourceReader.RawRecordBytes).ToArray();
        await _cursor.SkipAsync(isGroup: true, cancellationToken).ConfigureAwait(false);
        return TooLarge();
    }

    private ReadKind TakeTuple(int length)
    {
        var bytes = _cursor!.Peek(length);
        _pending = length;
        Raw = Truncated(bytes);
        var tuple = new SqlTuple(bytes.Span, _cells, _start!, _columns);
        return tuple.TryCut() ? Shown() : Broken(RejectReason.BrokenRecord, $"No list of values at byte {Position.ByteOffset + tuple.At} of the file.");
    }

    private async ValueTask<ReadKind> LineAsync(CancellationToken cancellationToken)
    {
        var measured = await _cursor!.MeasureLineAsync(format.MaxRecordBytes, cancellationToken).ConfigureAwait(false);
        if (measured is var (length, consumed))
        {
            var line = _cursor.Peek(length);
            if (line.Span.SequenceEqual("\\."u8))
            {
                _cursor.Consume(consumed);
                return ReadKind.End;
            }

            Position = new RowPosition(fileName, ++_count, _cursor.Line, _cursor.Offset);
            _pending = consumed;
            Raw = Truncated(line);
            SqlCopyLine.Cut(line.Span, _cells);
            return Shown();
        }

        Position = new RowPosition(fileName, ++_count, _cursor.Line, _cursor.Offset);
        Raw = _cursor.Peek(SourceReader.RawRecordBytes).ToArray();
        await _cursor.SkipPastAsync("\n"u8.ToArray(), cancellationToken).ConfigureAwait(false);
        return TooLarge();
    }

    private ReadKind Shown()
    {
        if (_cells.Count != _columns.Count)
        {
            return Broken(RejectReason.RaggedRow, $"Expected {_columns.Count} values as there are columns, got {_cells.Count}.");
        }

        return _row!.Check(_start!.Encoding.Name) is { } fault ? Broken(fault.Reason, fault.Message) : ReadKind.Row;
    }

    private ReadKind TooLarge() =>
        Broken(RejectReason.TooLarge, $"The row is longer than max_record_bytes, {format.MaxRecordBytes}.");

    private void RequireWhole()
    {
        var faults = new List<Fault>();
        if (!_statements!.IsFound)
        {
            faults.Add(new Fault(
                fileName, 0, 0, $"There is no table '{format.Table}' in the dump.", $"{NearestNames.Cure(format.Table, _statements.Tables)} Correct table under format in the mapping."));
        }

        if (format.EndIsMarked && !_cursor!.IsComplete)
        {
            faults.Add(new Fault(
                fileName,
                (int)_cursor.Line,
                1,
                $"The dump ends at byte {_cursor.Offset} without '{_start!.EndMark}': it was cut off, and what is missing cannot be known.",
                "Ask for the dump again. When it is always written without comments: end: unmarked under format in the mapping."));
        }

        if (faults.Count > 0)
        {
            throw new SourceFormatException(faults);
        }
    }

    /// <summary>The column with the type that the table declares, which a list of names does not say.</summary>
    private SqlColumn Typed(SqlColumn listed) =>
        IndexOf(_statements!.Declared, listed.Name) is >= 0 and var index ? _statements.Declared[index] : listed;

    private static int IndexOf(IReadOnlyList<SqlColumn> columns, string name)
    {
        for (var index = 0; index < columns.Count; index++)
        {
            if (string.Equals(columns[index].Name, name, StringComparison.Ordinal))
            {
                return index;
            }
        }

        return -1;
    }
}
