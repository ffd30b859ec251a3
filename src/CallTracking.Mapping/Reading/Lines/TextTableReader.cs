using System.Globalization;
using CallTracking.Contracts;
using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Reading.Lines;

/// <summary>Reads tables in text: cuts a record in bytes, decodes it strictly, has it cut into cells; passes over what frames the records.</summary>
internal abstract class TextTableReader : TableReader
{
    // Where the header has not come by then, it does not come.
    private const int MostPreambleLines = 1000;
    private const byte EndOfFile = 0x1A;

    // Among so many a header is looked for that does not stand where the mapping says.
    private const int MostHeaderLines = 20;

    private readonly string _fileName;
    private readonly TextTableFormat _format;
    private readonly HeaderCheck _checkHeader;
    private readonly RecordCutter _cutter;
    private readonly StrictDecoder _decoder;
    private readonly FooterGuard? _footer;
    private readonly byte[] _comment;
    private readonly bool _isFramed;

    private readonly PooledChars _chars = new();
    private long _rows;
    private bool _hasBegun;
    private bool _hasEnded;
    private ResumePoint? _resume;
    private ResumePoint _start;
    private byte[] _head = [];
    private Fault? _lost;

    protected TextTableReader(Stream stream, TextTableFormat format, string fileName, RecordEnd end, HeaderCheck checkHeader)
    {
        _fileName = fileName;
        _format = format;
        _checkHeader = checkHeader;
        Window = new ByteWindow(format.Decoded(stream, fileName));
        _cutter = new RecordCutter(Window, end, fileName, format.MaxRecordBytes);
        _decoder = new StrictDecoder(format.InPlace);
        _footer = format.Framing.FooterLines > 0 ? new FooterGuard(format.Framing.FooterLines, format.MaxRecordBytes) : null;
        _comment = format.Framing.Comment is { } sign ? format.InPlace.BytesOf(sign)! : [];
        _isFramed = _footer is not null || _comment.Length > 0 || format.Framing.FooterFrom is not null;
    }

    public override System.Text.Encoding RawEncoding => _format.RawEncoding;

    public override ResumePoint? Resume => _format.CanResume ? _resume : null;

    public override ReadOnlyMemory<byte> Head => _head;

    protected ByteWindow Window { get; }

    /// <summary>The bytes of the record at hand, without its line end.</summary>
    protected ReadOnlySpan<byte> Record => _cutter.Record.Span;

    /// <summary>What decoded text is written to.</summary>
    protected char[] Chars => _chars.All;

    protected string EncodingName => Window.Transcoding?.EncodingName ?? _format.Encoding.Name;

    public override ValueTask<ReadKind> ReadAsync(CancellationToken cancellationToken)
    {
        if (!_hasBegun || _isFramed || _hasEnded)
        {
            return SearchAsync(cancellationToken);
        }

        // Nothing but records stands in the file, and mostly the next one is in the window: then nobody waits.
        Leave(isHeader: false);
        var cut = _cutter.CutAsync(cancellationToken);
        return cut.IsCompletedSuccessfully ? new ValueTask<ReadKind>(Cut(cut.Result)) : WaitAsync(cut);
    }

    public override void StartAt(ResumePoint point) => _start = point;

    public override async ValueTask<IReadOnlyList<string>> ReadHeaderAsync(CancellationToken cancellationToken)
    {
        await ByteOrderMark.SkipAsync(Window, _format.Encoding, _fileName, cancellationToken).ConfigureAwait(false);
        await PassDirectiveAsync(cancellationToken).ConfigureAwait(false);
        await PassPreambleAsync(cancellationToken).ConfigureAwait(false);
        if (!_format.HasHeader)
        {
            return _format.ColumnNames;
        }

        var kind = await NextAsync(isHeader: true, cancellationToken).ConfigureAwait(false);
        if (kind == ReadKind.End)
        {
            return [];
        }

        _head = [.. Record, .. "\n"u8];
        var names = kind == ReadKind.Broken ? null : Header();
        return names is not null ? HeaderNames.Of(names) : throw OtherReading() ?? Unreadable(
            $"The header cannot be read: {Fault!.Message}", "Check encoding, quote, delimiter and preamble under format in the mapping.");
    }

    public override async ValueTask DisposeAsync()
    {
        _chars.Dispose();
        await Window.DisposeAsync().ConfigureAwait(false);
    }

    public override void Dispose()
    {
        _chars.Dispose();
        Window.Dispose();
    }

    public override async ValueTask<IReadOnlyList<Fault>> AdviseAsync(IReadOnlyList<Fault> faults, HeaderCheck check, CancellationToken cancellationToken)
    {
        if (faults.Count > 0 && _format.HasHeader && OtherReading() is { } other)
        {
            return other.Faults;
        }

        // A fault at a line of the mapping is one of a header that has other columns of it.
        if (!_format.HasHeader || faults is not [{ File: var place } only] || place != _fileName)
        {
            return faults;
        }

        for (var line = 1; line <= MostHeaderLines && await CutLineAsync(cancellationToken).ConfigureAwait(false) == ReadKind.Row; line++)
        {
            if (Header() is { } cells && check(HeaderNames.Of(cells)).Count == 0)
            {
                var preamble = _format.Framing.PreambleUntil is null ? _format.Framing.PreambleLines + line : (int)_cutter.Line - 1;
                return [only with { Cure = string.Create(CultureInfo.InvariantCulture, $"Line {_cutter.Line} has them: write preamble: {preamble} under format in the mapping.") }];
            }
        }

        return faults;
    }

    /// <summary>Another way to read the header at hand, under which it has more of the mapping's columns; null where there is none.</summary>
    protected virtual SourceFormatException? OtherReading() => null;

    /// <summary>Names the columns; once, before any record.</summary>
    protected abstract void Bind(IReadOnlyList<string> names);

    /// <summary>Makes cells of the record at hand.</summary>
    protected abstract ReadKind Show();

    /// <summary>The cells of the record at hand as names of columns; null with a fault.</summary>
    protected virtual IEnumerable<string>? Header() => null;

    /// <summary>Whether a line that a quote took along is surely a record by itself; <paramref name="behind"/> is the line behind it, empty at the end.</summary>
    protected virtual bool IsRecord(ReadOnlySpan<byte> line, ReadOnlySpan<byte> behind) => false;

    /// <summary>The column of the record's byte behind these; null where that cannot be told.</summary>
    protected virtual string? ColumnAt(ReadOnlySpan<byte> before) => null;

    /// <summary>Passes over what a program has written before everything else, for other programs.</summary>
    protected virtual ValueTask PassDirectiveAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>Moves to the next line, whatever the record at hand is.</summary>
    protected ValueTask<ReadKind> CutLineAsync(CancellationToken cancellationToken) => _cutter.CutLineAsync(cancellationToken);

    /// <summary>Decodes bytes of the record at hand, from <paramref name="start"/>, behind what has been decoded of it.</summary>
    protected bool TryDecode(int start, ReadOnlySpan<byte> bytes, int behind, out int written)
    {
        _chars.MakeRoom(behind + StrictDecoder.Room(bytes.Length), behind);
        if (_decoder.TryDecode(bytes, Chars.AsSpan(behind), out written, out var badByte))
        {
            return true;
        }

        var place = Window.SourceOf(Window.Offset + start + badByte);
        Broken(RejectReason.Undecodable, $"Byte {place} of the file is not {EncodingName}.", ColumnAt(bytes[..badByte]));
        return false;
    }

    protected SourceFormatException Unreadable(string message, string cure) => new(new Fault(_fileName, (int)Position.Line, 1, message, cure));

    private async ValueTask<ReadKind> WaitAsync(ValueTask<ReadKind> cut) => Cut(await cut.ConfigureAwait(false));

    private async ValueTask<ReadKind> SearchAsync(CancellationToken cancellationToken)
    {
        if (!_hasBegun)
        {
            await BeginAsync(cancellationToken).ConfigureAwait(false);
        }

        return Shown(await NextAsync(isHeader: false, cancellationToken).ConfigureAwait(false));
    }

    private ReadKind Cut(ReadKind kind)
    {
        Note();
        _hasEnded = kind == ReadKind.End || IsEndOfFileSign(kind);
        return Shown(_hasEnded ? ReadKind.End : kind);
    }

    private ReadKind Shown(ReadKind kind)
    {
        Position = Position with { Row = kind == ReadKind.End ? _rows : ++_rows };
        var shown = kind is ReadKind.End or ReadKind.Broken ? kind : Show();
        return shown == ReadKind.Broken && Fault!.Reason == RejectReason.BrokenRecord ? Shortened(Fault) : shown;
    }

    // A stray quote takes the lines behind it along, and they may be sound records.
    private ReadKind Shortened(RowFault fault)
    {
        var lines = 1 + LineEnds.Count(Record, LineEnds.WithoutEnd(Record));
        if (lines == 1)
        {
            return ReadKind.Broken;
        }

        if (NextSound() is { } next && _cutter.TryEndBefore(next))
        {
            Raw = _cutter.Raw;
            return Broken(fault.Reason, $"{fault.Message} Reading goes on in line {_cutter.NextLine}, the first that is a record by itself.");
        }

        var all = $"{fault.Message} The record takes {lines} lines, from line {_cutter.Line} on.";
        _lost = _cutter.IsUnclosed
            ? new Fault(_fileName, (int)_cutter.Line, 1, all, "Ask for the export again: it may be cut off; or correct quote and escape under format in the mapping.")
            : null;
        return Broken(fault.Reason, all);
    }

    private int? NextSound()
    {
        for (int at = LineEnds.NextLine(Record, 0), next; at < Record.Length; at = next)
        {
            next = LineEnds.NextLine(Record, at);
            if (IsRecord(LineOf(at, next), LineOf(next, LineEnds.NextLine(Record, next))))
            {
                return at;
            }
        }

        return null;
    }

    private ReadOnlySpan<byte> LineOf(int from, int to) => Record[from..(from + LineEnds.WithoutEnd(Record[from..to]))];

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
            throw new SourceFormatException(await AdviseAsync(faults, _checkHeader, cancellationToken).ConfigureAwait(false));
        }

        Bind(names);
        if (_start.ByteOffset > 0)
        {
            _cutter.GoTo(_start);
            _rows = _start.Row;
        }
    }

    private void Note()
    {
        Position = new RowPosition(_fileName, _rows, _cutter.Line, Window.SourceOf(_cutter.Start));
        Raw = _cutter.Raw;
        Fault = _cutter.Fault;
    }

    /// <summary>The next record's bytes, behind comments.</summary>
    private async ValueTask<ReadKind> NextAsync(bool isHeader, CancellationToken cancellationToken)
    {
        while (!_hasEnded)
        {
            Leave(isHeader);
            if (_footer is not null && !isHeader && await _footer.IsReachedAsync(Window, cancellationToken).ConfigureAwait(false))
            {
                break;
            }

            await Window.RequireAsync(_comment.Length, cancellationToken).ConfigureAwait(false);
            if (_comment.Length > 0 && Window.Unread.StartsWith(_comment))
            {
                await CutLineAsync(cancellationToken).ConfigureAwait(false);
                continue;
            }

            var kind = await _cutter.CutAsync(cancellationToken).ConfigureAwait(false);
            Note();
            if (kind == ReadKind.End || IsEndOfFileSign(kind) || (!isHeader && await IsFooterAsync(kind, cancellationToken).ConfigureAwait(false)))
            {
                break;
            }

            return kind;
        }

        _hasEnded = !isHeader;
        return ReadKind.End;
    }

    // A record whose line end is still missing may go on when the file grows: it is read again.
    private void Leave(bool isHeader)
    {
        if (_lost is not null)
        {
            throw new SourceFormatException(_lost);
        }

        _cutter.Pass();
        if (!isHeader && _cutter.IsTerminated)
        {
            _resume = new ResumePoint(Window.Offset, _rows, _cutter.NextLine);
        }
    }

    // Old programs end a text so.
    private bool IsEndOfFileSign(ReadKind kind) => kind == ReadKind.Row && Window.IsAtEnd && Record is [EndOfFile] && Window.Unread.Length == 1;

    private async ValueTask<bool> IsFooterAsync(ReadKind kind, CancellationToken cancellationToken)
    {
        if (_format.Framing.FooterFrom is not { } begins || kind != ReadKind.Row || !TryText(out var written) || !begins.IsMatch(Chars.AsSpan(0, written)))
        {
            return false;
        }

        var lines = 1;
        while (await CutLineAsync(cancellationToken).ConfigureAwait(false) is not ReadKind.End and var line)
        {
            lines += line == ReadKind.Row && Record.Trim(" \t\r\n\x1A"u8).IsEmpty ? 0 : 1;
            if (lines > _format.Framing.MostFooterLines)
            {
                throw Unreadable(
                    $"What footer.from looks for stands here, but more than {_format.Framing.MostFooterLines} lines follow: they may be records.",
                    "Write a pattern that fits the footer's first line only, or its number of lines as footer.lines.");
            }
        }

        return true;
    }

    private async ValueTask PassPreambleAsync(CancellationToken cancellationToken)
    {
        for (var line = 0; line < _format.Framing.PreambleLines; line++)
        {
            if (await CutLineAsync(cancellationToken).ConfigureAwait(false) == ReadKind.End)
            {
                return;
            }
        }

        if (_format.Framing.PreambleUntil is not { } header)
        {
            return;
        }

        for (var line = 0; line < MostPreambleLines; line++)
        {
            var kind = await CutLineAsync(cancellationToken).ConfigureAwait(false);
            if (kind == ReadKind.End)
            {
                break;
            }

            if (kind == ReadKind.Row && TryText(out var written) && header.IsMatch(Chars.AsSpan(0, written)))
            {
                _cutter.GoBack();
                return;
            }
        }

        throw Unreadable(
            $"None of the first {MostPreambleLines} lines is the one that preamble.until looks for.", "Write a pattern that fits the header's line.");
    }

    private bool TryText(out int written) => TryText(Record, out written);

    /// <summary>Decodes bytes to the start of <see cref="Chars"/>; no fault is noted.</summary>
    protected bool TryText(ReadOnlySpan<byte> bytes, out int written)
    {
        _chars.MakeRoom(StrictDecoder.Room(bytes.Length), kept: 0);
        return _decoder.TryDecode(bytes, Chars, out written, out _);
    }
}
