using System.Text.Encodings.Web;
using System.Text.Json;
using CallTracking.Contracts;
using CallTracking.Mapping.Reading.Json;
using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Reading.Mail;

/// <summary>
/// Reads messages of mail, each shown as a tree. Holds one message's headers and texts; attachments are measured as they pass. A
/// message that is broken costs itself only.
/// </summary>
internal sealed class MailReader : RecordReader
{
    private const int MaxJsonDepth = 64;

    private readonly MailFormat _format;
    private readonly string _fileName;
    private readonly ByteWindow _window;
    private readonly MailLines _lines;
    private readonly MimeParser _parser;
    private readonly MailTree _tree;
    private readonly PooledBuffer _raw = new();
    private readonly PooledBuffer _buffer = new();
    private readonly Utf8JsonWriter _json;
    private readonly JsonRecord _record;
    private bool _hasBegun;
    private bool _isMbox;
    private bool _isAtEnd;
    private long _rows;

    public MailReader(Stream stream, MailFormat format, string fileName, ColumnTable table)
    {
        _format = format;
        _fileName = fileName;
        _window = new ByteWindow(stream);
        _lines = new MailLines(_window);
        _parser = new MimeParser(format.MaxRecordBytes);
        _tree = new MailTree(format, table);
        _json = new Utf8JsonWriter(_buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
        _record = new JsonRecord(table, MaxJsonDepth);
    }

    public override SourceRow Row => _record.Row;

    public override async ValueTask<ReadKind> ReadAsync(CancellationToken cancellationToken)
    {
        if (!_hasBegun)
        {
            await BeginAsync(cancellationToken).ConfigureAwait(false);
        }

        if (_isAtEnd)
        {
            return ReadKind.End;
        }

        Position = new RowPosition(_fileName, ++_rows, Math.Max(1, _lines.Number), _lines.Offset);
        _raw.Clear();
        _parser.Begin();
        if (_rows > 1 || _isMbox)
        {
            Keep();
        }

        await TakeMessageAsync(cancellationToken).ConfigureAwait(false);
        _parser.End();
        Raw = _raw.Written;
        return Shown();
    }

    public override async ValueTask DisposeAsync()
    {
        DisposeBuffers();
        await _window.DisposeAsync().ConfigureAwait(false);
    }

    public override void Dispose()
    {
        DisposeBuffers();
        _window.Dispose();
    }

    private async ValueTask BeginAsync(CancellationToken cancellationToken)
    {
        _hasBegun = true;
        await _window.RequireAsync(5, cancellationToken).ConfigureAwait(false);
        if (_window.Unread.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
        {
            _window.Advance(3);
        }

        _isMbox = _format.File == MailFile.Mbox || (_format.File == MailFile.Auto && _window.Unread.StartsWith("From "u8));
        if (_isMbox)
        {
            await FindFirstAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask FindFirstAsync(CancellationToken cancellationToken)
    {
        _isAtEnd = !await _lines.NextAsync(cancellationToken).ConfigureAwait(false);
        if (!_isAtEnd && !_lines.Current.Span.StartsWith("From "u8))
        {
            throw new SourceFormatException(new Fault(
                _fileName, 1, 1, "The file does not start with a line 'From …', as an mbox does.", "Write file: message under format in the mapping for files of one message."));
        }
    }

    /// <summary>Feeds the parser to the end of the message.</summary>
    private async ValueTask TakeMessageAsync(CancellationToken cancellationToken)
    {
        var isBehindBlank = false;
        var isFirst = true;
        while (await _lines.NextAsync(cancellationToken).ConfigureAwait(false))
        {
            if (_isMbox && isBehindBlank && IsSeparator(_lines.Current.Span))
            {
                return;
            }

            Keep();
            var line = _lines.Current.Span;
            isBehindBlank = _lines.BeginsLine && line.IsEmpty;
            if (isFirst && !_isMbox && (line.StartsWith("From "u8) || line.StartsWith(">From "u8)))
            {
                continue;
            }

            isFirst = false;
            _parser.Take(_isMbox && _lines.BeginsLine ? Unquoted(line) : line, _lines.BeginsLine, _lines.EndsLine);
        }

        _isAtEnd = true;
    }

    private ReadKind Shown()
    {
        if (_parser.Fault is { } broken)
        {
            return Broken(broken.Reason, broken.Message);
        }

        _buffer.Clear();
        _json.Reset(_buffer);
        var fault = _tree.Write(_parser.Message, _json);
        _json.Flush();
        fault ??= _record.Parse(_buffer.Written, out _);
        return fault is null ? ReadKind.Row : Broken(fault.Reason, fault.Message);
    }

    private void Keep()
    {
        var room = SourceReader.RawRecordBytes - _raw.Length;
        var bytes = _lines.Whole.Span;
        _raw.Append(bytes.Length > room ? bytes[..room] : bytes);
    }

    // A time is in every such line; without one it is a sentence that begins with "From".
    private bool IsSeparator(ReadOnlySpan<byte> line)
    {
        if (!_lines.BeginsLine || !line.StartsWith("From "u8))
        {
            return false;
        }

        for (var colon = line.IndexOf((byte)':'); colon >= 0; colon = line.IndexOf((byte)':'))
        {
            if (colon > 0 && colon + 1 < line.Length && char.IsAsciiDigit((char)line[colon - 1]) && char.IsAsciiDigit((char)line[colon + 1]))
            {
                return true;
            }

            line = line[(colon + 1)..];
        }

        return false;
    }

    /// <summary>A line "From …" of the message itself was written with a sign before it.</summary>
    private static ReadOnlySpan<byte> Unquoted(ReadOnlySpan<byte> line) =>
        line.Length > 0 && line[0] == '>' && line.TrimStart((byte)'>').StartsWith("From "u8) ? line[1..] : line;

    private void DisposeBuffers()
    {
        _record.Dispose();
        _json.Dispose();
        _buffer.Dispose();
        _raw.Dispose();
        _parser.Dispose();
        _tree.Dispose();
    }
}
