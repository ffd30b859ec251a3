using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Reading.Json;

/// <summary>Reads one JSON object per line. A line that is none costs that line only.</summary>
internal sealed class JsonLinesReader : RecordReader
{
    private readonly JsonLinesFormat _format;
    private readonly string _fileName;
    private readonly ByteWindow _window;
    private readonly JsonRecord _record;
    private int _pending;
    private int _scanned;
    private long _rows;
    private bool _hasBegun;
    private bool _isTerminated = true;
    private ResumePoint? _resume;
    private ResumePoint _start;

    public JsonLinesReader(Stream stream, JsonLinesFormat format, string fileName, ColumnTable table)
    {
        (_format, _fileName) = (format, fileName);
        _window = new ByteWindow(format.Decoded(stream, fileName));
        _record = new JsonRecord(table, through: _window.Transcoding);
    }

    public override SourceRow Row => _record.Row;

    public override ResumePoint? Resume => _format.CanResume ? _resume : null;

    public override void StartAt(ResumePoint point) => _start = point;

    public override ValueTask<ReadKind> ReadAsync(CancellationToken cancellationToken)
    {
        if (!_hasBegun)
        {
            return BeginAsync(cancellationToken);
        }

        GoOn();
        return TryTake(out var kind) ? new ValueTask<ReadKind>(kind) : FillAsync(cancellationToken);
    }

    public override ValueTask DisposeAsync()
    {
        _record.Dispose();
        return _window.DisposeAsync();
    }

    public override void Dispose()
    {
        _record.Dispose();
        _window.Dispose();
    }

    private async ValueTask<ReadKind> BeginAsync(CancellationToken cancellationToken)
    {
        _hasBegun = true;
        await ByteOrderMark.SkipAsync(_window, _format.Encoding, _fileName, cancellationToken).ConfigureAwait(false);
        await ByteOrderMark.RequireNarrowAsync(_window, _format.Encoding, _fileName, cancellationToken).ConfigureAwait(false);
        GoToStart();
        GoOn();
        return TryTake(out var kind) ? kind : await FillAsync(cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<ReadKind> FillAsync(CancellationToken cancellationToken)
    {
        ReadKind kind;
        do
        {
            if (_window.Unread.Length > _format.MaxRecordBytes)
            {
                return await SkipAsync(cancellationToken).ConfigureAwait(false);
            }

            if (_window.IsAtEnd)
            {
                return ReadKind.End;
            }

            await _window.FillAsync(cancellationToken).ConfigureAwait(false);
        }
        while (!TryTake(out kind));
        return kind;
    }

    private void GoOn()
    {
        _window.Advance(_pending);
        _pending = 0;
        if (_isTerminated)
        {
            _resume = new ResumePoint(_window.Offset, _rows, _rows + 1);
        }

        _scanned = 0;
        Position = new RowPosition(_fileName, _rows + 1, _rows + 1, _window.SourceOf(_window.Offset));
    }

    // False when more of the line has to be read.
    private bool TryTake(out ReadKind kind)
    {
        kind = ReadKind.End;
        if (!TryLine(out var length))
        {
            return false;
        }

        _rows++;
        kind = Take(length);
        return true;
    }

    private void GoToStart()
    {
        if (_start.ByteOffset > 0)
        {
            _window.Jump(_start.ByteOffset);
            _rows = _start.Row;
        }
    }

    // Sets too whether the line's end is written: one without may go on when the file grows, and is read again.
    private bool TryLine(out int length)
    {
        var bytes = _window.Unread;
        var end = bytes[_scanned..].IndexOf((byte)'\n');
        length = end < 0 ? bytes.Length : _scanned + end;
        _pending = end < 0 ? length : length + 1;
        _scanned = bytes.Length;
        _isTerminated = end >= 0 || (length == 0 && _isTerminated);
        return end >= 0 || (_window.IsAtEnd && length > 0);
    }

    private ReadKind Take(int length)
    {
        var line = _window.Peek(length);
        Raw = Truncated(line);
        if (length > _format.MaxRecordBytes)
        {
            return TooLarge();
        }

        if (line.Span.Trim(" \t\r"u8).IsEmpty)
        {
            return ReadKind.Blank;
        }

        return _record.Parse(line, out _) is not { } fault ? ReadKind.Row
            : _isTerminated || !MayBeCut(fault, line.Span) ? Broken(fault.Reason, fault.Message)
            : Broken(RejectReason.CutOff, $"The file ends within it, without a line end, and may have been cut off: ask for the export again. {fault.Message}");
    }

    // A cut within a character leaves a byte that is none.
    private static bool MayBeCut(RowFault fault, ReadOnlySpan<byte> line) =>
        fault.Reason == RejectReason.BrokenRecord || (fault.Reason == RejectReason.Undecodable && line.TrimEnd(" \t\r"u8) is not [.., (byte)'}']);

    private async ValueTask<ReadKind> SkipAsync(CancellationToken cancellationToken)
    {
        _rows++;
        Raw = Truncated(_window.Peek(_window.Unread.Length)).ToArray();
        while (!TryLine(out _) && !_window.IsAtEnd)
        {
            _window.Advance(_window.Unread.Length);
            _scanned = 0;
            await _window.FillAsync(cancellationToken).ConfigureAwait(false);
        }

        return TooLarge();
    }

    private ReadKind TooLarge() =>
        Broken(RejectReason.TooLarge, $"The line is longer than max_record_bytes, {_format.MaxRecordBytes}.");
}
