using System.Buffers;
using CallTracking.Contracts;
using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Reading.Delimited;

/// <summary>Reads delimited text: cuts a record in bytes, decodes it strictly, cuts it into cells.</summary>
internal sealed class DelimitedReader : TableReader
{
    private readonly ByteWindow _window;
    private readonly DelimitedFormat _format;
    private readonly string _fileName;
    private readonly HeaderCheck _checkHeader;
    private readonly RecordSplitter _splitter;
    private readonly StrictDecoder _decoder;
    private readonly CellSplitter _cells;
    private readonly DelimitedRow _row;

    private char[] _chars = ArrayPool<char>.Shared.Rent(4096);
    private ReadOnlyMemory<byte> _record;
    private int _columns;
    private int _pending;
    private long _rows;
    private long _line = 1;
    private bool _hasBegun;
    private bool _isTerminated = true;
    private ResumePoint? _resume;
    private ResumePoint _start;
    private byte[] _head = [];

    public DelimitedReader(
        Stream stream, DelimitedFormat format, string fileName, ColumnTable table, HeaderCheck checkHeader)
    {
        _window = new ByteWindow(format.Decoded(stream, fileName));
        _format = format;
        _fileName = fileName;
        _checkHeader = checkHeader;
        _splitter = new RecordSplitter((byte)format.Delimiter, (byte?)format.Quote, (byte?)format.Escape);
        _decoder = new StrictDecoder(format.CutsInPlace ? format.Encoding : SourceEncoding.Utf8);
        _cells = new CellSplitter(format.Delimiter, format.Quote, format.Escape);
        _row = new DelimitedRow(_cells, table);
    }

    public override SourceRow Row => _row;

    public override System.Text.Encoding RawEncoding => _format.RawEncoding;

    public override ResumePoint? Resume => _format.CanResume ? _resume : null;

    public override ReadOnlyMemory<byte> Head => _head;

    public override void StartAt(ResumePoint point) => _start = point;

    public override async ValueTask<ReadKind> ReadAsync(CancellationToken cancellationToken)
    {
        if (!_hasBegun)
        {
            await BeginAsync(cancellationToken).ConfigureAwait(false);
        }

        var kind = await CutAsync(cancellationToken).ConfigureAwait(false);
        if (kind == ReadKind.End)
        {
            return kind;
        }

        Position = Position with { Row = ++_rows };
        return kind == ReadKind.Broken ? kind : Decode();
    }

    public override async ValueTask<IReadOnlyList<string>> ReadHeaderAsync(CancellationToken cancellationToken)
    {
        await ByteOrderMark.SkipAsync(_window, _format.Encoding, _fileName, cancellationToken).ConfigureAwait(false);
        if (!_format.HasHeader)
        {
            return _format.Columns;
        }

        var kind = await CutAsync(cancellationToken).ConfigureAwait(false);
        if (kind == ReadKind.End)
        {
            return [];
        }

        if ((kind == ReadKind.Broken ? kind : DecodeCells()) == ReadKind.Broken)
        {
            throw new SourceFormatException(new Fault(
                _fileName, (int)Position.Line, 1, $"The header cannot be read: {Fault!.Message}", "Check encoding, quote and delimiter under format in the mapping."));
        }

        _head = [.. _record.Span, .. "\n"u8];
        return HeaderNames.Of(Enumerable.Range(0, _cells.Count).Select(index => _cells.Cell(_chars, index).Trim().ToString()));
    }

    public override async ValueTask DisposeAsync()
    {
        ReturnChars();
        await _window.DisposeAsync().ConfigureAwait(false);
    }

    public override void Dispose()
    {
        ReturnChars();
        _window.Dispose();
    }

    private async ValueTask BeginAsync(CancellationToken cancellationToken)
    {
        _hasBegun = true;
        var names = await ReadHeaderAsync(cancellationToken).ConfigureAwait(false);
        if (names.Count == 0)
        {
            throw new SourceFormatException(new Fault(_fileName, 0, 0, "The file is empty: not even a header.", "Ask for the export again; a night without cases still has its header."));
        }

        if (_checkHeader(names) is { Count: > 0 } faults)
        {
            throw new SourceFormatException(faults);
        }

        _columns = names.Count;
        _row.Bind(names);
        if (_start.ByteOffset > 0)
        {
            _pending = 0;
            _isTerminated = true;
            _window.Jump(_start.ByteOffset);
            (_rows, _line) = (_start.Row, _start.Line);
        }
    }

    /// <summary>Moves to the next record's bytes.</summary>
    private async ValueTask<ReadKind> CutAsync(CancellationToken cancellationToken)
    {
        _window.Advance(_pending);
        _pending = 0;
        NoteEnd();
        _splitter.Reset();
        Position = new RowPosition(_fileName, _rows, _line, _window.Offset);
        while (true)
        {
            if (_splitter.TryEnd(_window.Unread, _window.IsAtEnd, dropped: 0, out var length, out var consumed))
            {
                return Take(length, consumed);
            }

            if (_window.IsAtEnd)
            {
                return ReadKind.End;
            }

            if (_window.Unread.Length > _format.MaxRecordBytes)
            {
                return await SkipAsync(cancellationToken).ConfigureAwait(false);
            }

            await _window.FillAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    // A record whose line end is still missing may go on when the file grows: it is read again.
    private void NoteEnd()
    {
        if (_columns > 0 && _isTerminated)
        {
            _resume = new ResumePoint(_window.Offset, _rows, _line);
        }
    }

    private ReadKind Take(int length, int consumed)
    {
        _record = _window.Peek(length);
        _pending = consumed;
        _isTerminated = consumed > length;
        Raw = Truncated(_record);
        var bytes = _window.Unread[..consumed];
        if (_splitter.IsInQuotes)
        {
            var opened = _line + LineEnds(bytes[..(int)_splitter.QuoteOpenedAt]);
            _line += LineEnds(bytes);
            return Broken(RejectReason.BrokenRecord, $"The quote that opens in line {opened} is not closed before the end of the file.");
        }

        _line += LineEnds(bytes);
        return length > _format.MaxRecordBytes ? TooLarge() : ReadKind.Row;
    }

    /// <summary>Passes over a record that is too large, keeping its beginning only.</summary>
    private async ValueTask<ReadKind> SkipAsync(CancellationToken cancellationToken)
    {
        Raw = Truncated(_window.Peek(_window.Unread.Length)).ToArray();
        long dropped = 0;
        int length, consumed;
        while (!_splitter.TryEnd(_window.Unread, _window.IsAtEnd, dropped, out length, out consumed) && !_window.IsAtEnd)
        {
            var drop = _splitter.Drop();
            _line += LineEnds(_window.Unread[..drop]);
            _window.Advance(drop);
            dropped += drop;
            await _window.FillAsync(cancellationToken).ConfigureAwait(false);
        }

        // A quote that never closes has taken all the rest of the file: the cases in it must not count as one bad row.
        if (_splitter.IsInQuotes)
        {
            throw new SourceFormatException(new Fault(
                _fileName,
                (int)Position.Line,
                1,
                $"A quote opened in the record at byte {Position.ByteOffset} is not closed before the end of the file, {dropped + length} bytes on.",
                "Ask for the export again, or correct quote and escape under format in the mapping."));
        }

        _line += LineEnds(_window.Unread[..consumed]);
        _pending = consumed;
        _isTerminated = consumed > length;
        return TooLarge();
    }

    private ReadKind TooLarge() =>
        Broken(RejectReason.TooLarge, $"The record is longer than max_record_bytes, {_format.MaxRecordBytes}.");

    private ReadKind Decode()
    {
        var kind = DecodeCells();
        if (kind != ReadKind.Row)
        {
            return kind;
        }

        if (_cells.Count == _columns)
        {
            return ReadKind.Row;
        }

        return _format.PadsRaggedRows && _row.FitsPadded(_columns)
            ? ReadKind.Row
            : Broken(RejectReason.RaggedRow, $"Expected {_columns} cells as in the header, got {_cells.Count}.");
    }

    private ReadKind DecodeCells()
    {
        var bytes = _record.Span;
        if (StrictDecoder.Room(bytes.Length) > _chars.Length)
        {
            ReturnChars();
            _chars = ArrayPool<char>.Shared.Rent(StrictDecoder.Room(bytes.Length));
        }

        if (!_decoder.TryDecode(bytes, _chars, out var written, out var badByte))
        {
            return Broken(RejectReason.Undecodable, $"Byte {Position.ByteOffset + badByte} of the file is not {_format.Encoding.Name}.");
        }

        var record = _chars.AsSpan(0, written);
        if (record.IndexOf('\0') is >= 0 and var nul)
        {
            return Broken(RejectReason.NulCharacter, $"U+0000 at character {nul + 1} of the record; the text of a case cannot hold it.");
        }

        if (!_cells.TrySplit(record))
        {
            return Broken(RejectReason.BrokenRecord, $"Cell {_cells.Count}: text stands behind a closing quote.");
        }

        _row.Show(_chars);
        return _cells.IsBlank ? ReadKind.Blank : ReadKind.Row;
    }

    private static long LineEnds(ReadOnlySpan<byte> bytes)
    {
        var feeds = bytes.Count((byte)'\n');
        return feeds > 0 ? feeds : bytes.Count((byte)'\r');
    }

    private void ReturnChars()
    {
        if (_chars.Length > 0)
        {
            ArrayPool<char>.Shared.Return(_chars, clearArray: true);
            _chars = [];
        }
    }
}
