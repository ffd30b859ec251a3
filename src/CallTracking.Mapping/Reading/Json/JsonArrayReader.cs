using CallTracking.Contracts;
using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Reading.Json;

/// <summary>
/// Reads the elements of one array of a JSON document, or the members of one object, one at a time. Syntax that is broken ends the file: what follows cannot be
/// found again with certainty.
/// </summary>
internal sealed class JsonArrayReader : RecordReader
{
    // Where less is unread, the next record may be cut by the window's end, and it has room for more.
    private const int Few = 32 * 1024;

    private readonly JsonArrayFormat _format;
    private readonly string _fileName;
    private readonly ByteWindow _window;
    private readonly JsonCursor _cursor;
    private readonly JsonRecord _record;
    private readonly JsonMember? _member;
    private int _pending;
    private long _rows;
    private State _state;

    public JsonArrayReader(Stream stream, JsonArrayFormat format, string fileName, ColumnTable table)
    {
        _format = format;
        _fileName = fileName;
        _window = new ByteWindow(format.Decoded(stream, fileName));
        _cursor = new JsonCursor(_window, fileName, format.MaxRecordBytes);
        _record = new JsonRecord(table, through: _window.Transcoding);
        _member = format.IsOfMembers ? new JsonMember() : null;
    }

    private enum State
    {
        Before,
        First,
        Inside,
        After,
    }

    public override SourceRow Row => _record.Row;

    public override ValueTask<ReadKind> ReadAsync(CancellationToken cancellationToken)
    {
        _cursor.Consume(_pending);
        _pending = 0;
        return _state != State.Inside || _member is not null ? SearchAsync(cancellationToken)
            : TryNext(out var kind) ? new ValueTask<ReadKind>(kind)
            : _window.Unread.Length < Few && !_window.IsAtEnd ? FillAsync(cancellationToken)
            : SearchAsync(cancellationToken);
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

    /// <summary>Reads a record that is whole in the window and sound, in one pass and without waiting; false, and nothing done, for every other.</summary>
    private bool TryNext(out ReadKind kind)
    {
        kind = ReadKind.End;
        var bytes = _window.Unread;
        var start = JsonCursor.Blanks(bytes);
        if (start == bytes.Length || bytes[start] != ',')
        {
            return false;
        }

        start++;
        start += JsonCursor.Blanks(bytes[start..]);
        if (!_record.TryFind(bytes[start..], out var length) || length > _format.MaxRecordBytes)
        {
            return false;
        }

        _cursor.Consume(start);
        Position = new RowPosition(_fileName, ++_rows, _cursor.Line, _cursor.Offset);
        kind = _record.Show(Stand(length)) is { } fault ? Broken(fault.Reason, fault.Message) : ReadKind.Row;
        return true;
    }

    private async ValueTask<ReadKind> FillAsync(CancellationToken cancellationToken)
    {
        await _window.FillAsync(cancellationToken).ConfigureAwait(false);
        return TryNext(out var kind) ? kind : await SearchAsync(cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<ReadKind> SearchAsync(CancellationToken cancellationToken)
    {
        if (_state == State.Before)
        {
            await EnterAsync(cancellationToken).ConfigureAwait(false);
            _state = State.First;
        }

        if (_state == State.After || await IsLastAsync(cancellationToken).ConfigureAwait(false))
        {
            return ReadKind.End;
        }

        _member?.Begin(await _cursor.NameAsync(cancellationToken).ConfigureAwait(false));
        await RequireValueAsync(cancellationToken).ConfigureAwait(false);
        Position = new RowPosition(_fileName, ++_rows, _cursor.Line, _cursor.Offset);
        if (await _cursor.MeasureAsync(cancellationToken).ConfigureAwait(false) is not { } length)
        {
            Raw = Truncated(_window.Peek(_window.Unread.Length)).ToArray();
            await _cursor.SkipAsync(cancellationToken).ConfigureAwait(false);
            return Broken(RejectReason.TooLarge, $"The record is longer than max_record_bytes, {_format.MaxRecordBytes}.");
        }

        return Take(length);
    }

    private ReadOnlyMemory<byte> Stand(int length)
    {
        var bytes = _window.Peek(length);
        Raw = Truncated(bytes);
        _pending = length;
        return bytes;
    }

    private ReadKind Take(int length)
    {
        var bytes = Stand(length);
        if (_member is not null)
        {
            bytes = _member.Named(bytes);
            Raw = Truncated(bytes);
        }

        if (_record.Parse(bytes, out var badByte) is not { } fault)
        {
            return ReadKind.Row;
        }

        return badByte < 0 ? Broken(fault.Reason, fault.Message) : throw _cursor.Broken("the record's syntax is wrong", badByte);
    }

    /// <summary>Goes from the root to the start of the array of records.</summary>
    private async ValueTask EnterAsync(CancellationToken cancellationToken)
    {
        await ByteOrderMark.SkipAsync(_window, _format.Encoding, _fileName, cancellationToken).ConfigureAwait(false);
        await ByteOrderMark.RequireNarrowAsync(_window, _format.Encoding, _fileName, cancellationToken).ConfigureAwait(false);
        foreach (var name in _format.RecordsPath)
        {
            await FindAsync(name, cancellationToken).ConfigureAwait(false);
        }

        var found = await _cursor.PeekAsync(cancellationToken).ConfigureAwait(false);
        if (found != Opening)
        {
            throw new SourceFormatException(new Fault(
                _fileName,
                (int)_cursor.Line,
                1,
                $"Expected {(_member is null ? "an array" : "an object")} of records {Place()} {_cursor.Place()}.",
                _member is not null ? "Write the path to the object, and .* behind it, as records under format in the mapping; to an array without .*."
                : found == '{' ? $"Write the path to the array as records under format in the mapping; where each member of this object is a record, records: '{string.Join('.', [.. _format.RecordsPath, "*"])}'; or type: jsonl for one object per line."
                : "Write the path to the array as records under format in the mapping, or type: jsonl for one object per line."));
        }

        _cursor.Consume(1);
    }

    private async ValueTask FindAsync(string wanted, CancellationToken cancellationToken)
    {
        await _cursor.ExpectAsync('{', cancellationToken).ConfigureAwait(false);
        var seen = new List<string>();
        while (await _cursor.PeekAsync(cancellationToken).ConfigureAwait(false) != '}')
        {
            if (seen.Count > 0)
            {
                await _cursor.ExpectAsync(',', cancellationToken).ConfigureAwait(false);
            }

            var name = await _cursor.NameAsync(cancellationToken).ConfigureAwait(false);
            if (string.Equals(name, wanted, StringComparison.Ordinal))
            {
                return;
            }

            if (seen.Count < 200)
            {
                seen.Add(name); // Enough to propose from; a hostile document has millions.
            }

            await SkipValueAsync(cancellationToken).ConfigureAwait(false);
        }

        throw new SourceFormatException(new Fault(
            _fileName, (int)_cursor.Line, 1, $"There is no '{wanted}' in the document.", Spec.NearestNames.Cure(wanted, seen)));
    }

    /// <summary>True at the end of the array, when the rest of the document has been passed over too.</summary>
    private async ValueTask<bool> IsLastAsync(CancellationToken cancellationToken)
    {
        var next = await _cursor.PeekAsync(cancellationToken).ConfigureAwait(false);
        if (next == Closing)
        {
            _cursor.Consume(1);
            await LeaveAsync(cancellationToken).ConfigureAwait(false);
            _state = State.After;
            return true;
        }

        if (_state == State.Inside)
        {
            await _cursor.ExpectAsync(',', cancellationToken).ConfigureAwait(false);
            next = await _cursor.PeekAsync(cancellationToken).ConfigureAwait(false);
        }

        if (next is -1 or ']' or ',' or '}' or ':')
        {
            throw _cursor.Broken(next == -1 ? $"the file ends inside the {(_member is null ? "array" : "object")} of records" : "expected a record");
        }

        _state = State.Inside;
        return false;
    }

    private async ValueTask LeaveAsync(CancellationToken cancellationToken)
    {
        foreach (var name in _format.RecordsPath.Reverse())
        {
            while (await _cursor.PeekAsync(cancellationToken).ConfigureAwait(false) != '}')
            {
                await _cursor.ExpectAsync(',', cancellationToken).ConfigureAwait(false);
                var sibling = await _cursor.NameAsync(cancellationToken).ConfigureAwait(false);
                if (string.Equals(sibling, name, StringComparison.Ordinal))
                {
                    throw _cursor.Broken($"'{name}' stands twice in one object, so records would be missed");
                }

                await SkipValueAsync(cancellationToken).ConfigureAwait(false);
            }

            _cursor.Consume(1);
        }

        if (await _cursor.PeekAsync(cancellationToken).ConfigureAwait(false) != -1)
        {
            throw _cursor.Broken("there is more behind the end of the document");
        }
    }

    private async ValueTask SkipValueAsync(CancellationToken cancellationToken)
    {
        await RequireValueAsync(cancellationToken).ConfigureAwait(false);
        await _cursor.SkipAsync(cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask RequireValueAsync(CancellationToken cancellationToken)
    {
        var next = await _cursor.PeekAsync(cancellationToken).ConfigureAwait(false);
        if (next is -1 or ',' or '}' or ']' or ':')
        {
            throw await _cursor.MissingAsync("a value", cancellationToken).ConfigureAwait(false);
        }
    }

    private char Opening => _member is null ? '[' : '{';

    private char Closing => _member is null ? ']' : '}';

    private string Place() => _format.RecordsPath.Count == 0 ? "as the document" : $"as '{string.Join('.', _format.RecordsPath)}'";
}
