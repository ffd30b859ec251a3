using CallTracking.Contracts;
using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Reading.Lines;

/// <summary>Moves through a window record by record, or line by line, and counts lines. Not thread-safe.</summary>
internal sealed class RecordCutter(ByteWindow window, RecordEnd end, string fileName, int maxRecordBytes)
{
    private readonly QuotedRecordEnd _lineEnd = QuotedRecordEnd.OfLines();
    private RecordEnd _end = QuotedRecordEnd.OfLines();
    private int _pending;
    private long _nextLine = 1;
    private long _cutAgain;

    /// <summary>The record's bytes without its line end; valid until the next is cut.</summary>
    public ReadOnlyMemory<byte> Record { get; private set; }

    /// <summary>The record's bytes, or the beginning of one that was passed over, for a quarantine.</summary>
    public ReadOnlyMemory<byte> Raw { get; private set; }

    /// <summary>Why it is broken.</summary>
    public RowFault? Fault { get; private set; }

    /// <summary>The line in which it begins, from 1.</summary>
    public long Line { get; private set; } = 1;

    /// <summary>Bytes of the window before it.</summary>
    public long Start { get; private set; }

    /// <summary>The file ends inside a quote that the record at hand opened.</summary>
    public bool IsUnclosed { get; private set; }

    /// <summary>The line in which the next record begins.</summary>
    public long NextLine => _nextLine;

    /// <summary>The bytes behind the record at hand and its line end, as far as they are read.</summary>
    public ReadOnlySpan<byte> Behind => window.Unread[_pending..];

    /// <summary>False when the record at hand has no line end: it may go on when the file grows.</summary>
    public bool IsTerminated { get; private set; } = true;

    /// <summary>Goes on at a place where a record begins.</summary>
    public void GoTo(ResumePoint point)
    {
        window.Jump(point.ByteOffset);
        (_pending, _nextLine, IsTerminated) = (0, point.Line, true);
    }

    /// <summary>Leaves the record at hand behind.</summary>
    public void Pass()
    {
        window.Advance(_pending);
        _pending = 0;
    }

    /// <summary>Stands before the record at hand again; not after one that was too large.</summary>
    public void GoBack()
    {
        _pending = 0;
        _nextLine = Line;
    }

    /// <summary>
    /// Ends the record at hand before a line of its own, where reading then goes on. False, and nothing is done, when that has made so much be
    /// read twice that a file made for it could keep the reader for hours.
    /// </summary>
    /// <param name="next">Where that line begins, in bytes of the record.</param>
    public bool TryEndBefore(int next)
    {
        if (_cutAgain + Record.Length - next > window.Offset + 4L * maxRecordBytes)
        {
            return false;
        }

        _cutAgain += Record.Length - next;
        Record = Record[..LineEnds.WithoutEnd(Record.Span[..next])];
        Raw = Truncated(Record);
        _pending = next;
        _nextLine = Line + LineEnds.Count(window.Unread, next);
        (IsTerminated, IsUnclosed) = (true, false);
        return true;
    }

    /// <summary>Reads on without leaving the record at hand, whose bytes move.</summary>
    public async ValueTask SeeFurtherAsync(CancellationToken cancellationToken)
    {
        GoBack();
        await window.FillAsync(cancellationToken).ConfigureAwait(false);
        await CutAsync(cancellationToken).ConfigureAwait(false);
    }

    public ValueTask<ReadKind> CutAsync(CancellationToken cancellationToken) => CutAsync(end, cancellationToken);

    public ValueTask<ReadKind> CutLineAsync(CancellationToken cancellationToken) => CutAsync(_lineEnd, cancellationToken);

    // Without waiting where the record is whole in the window.
    private ValueTask<ReadKind> CutAsync(RecordEnd ending, CancellationToken cancellationToken)
    {
        Pass();
        _end = ending;
        _end.Reset();
        Fault = null;
        Start = window.Offset;
        Line = _nextLine;
        return TryTake(out var kind) ? new ValueTask<ReadKind>(kind) : FillAsync(cancellationToken);
    }

    private async ValueTask<ReadKind> FillAsync(CancellationToken cancellationToken)
    {
        ReadKind kind;
        do
        {
            if (window.IsAtEnd)
            {
                return ReadKind.End;
            }

            if (window.Unread.Length > maxRecordBytes)
            {
                return await SkipAsync(cancellationToken).ConfigureAwait(false);
            }

            await window.FillAsync(cancellationToken).ConfigureAwait(false);
        }
        while (!TryTake(out kind));
        return kind;
    }

    private bool TryTake(out ReadKind kind)
    {
        var isWhole = _end.TryEnd(window.Unread, window.IsAtEnd, dropped: 0, out var length, out var consumed);
        kind = isWhole ? Take(length, consumed) : ReadKind.End;
        return isWhole;
    }

    private ReadKind Take(int length, int consumed)
    {
        Record = window.Peek(length);
        Raw = Truncated(Record);
        _pending = consumed;
        IsTerminated = consumed > length;
        IsUnclosed = _end.IsInQuotes;
        if (IsUnclosed)
        {
            var opened = Line + LineEnds.Count(window.Unread, (int)_end.QuoteOpenedAt);
            Fault = new RowFault(RejectReason.BrokenRecord, $"The quote that opens in line {opened} is not closed before the end of the file.");
        }
        else if (length > maxRecordBytes)
        {
            Fault = TooLarge();
        }

        _nextLine += LineEnds.Count(window.Unread, consumed);
        return Fault is null ? ReadKind.Row : ReadKind.Broken;
    }

    /// <summary>Passes over a record that is too large, keeping its beginning only.</summary>
    private async ValueTask<ReadKind> SkipAsync(CancellationToken cancellationToken)
    {
        Record = ReadOnlyMemory<byte>.Empty;
        Raw = Truncated(window.Peek(window.Unread.Length)).ToArray();
        long dropped = 0;
        int length, consumed;
        while (!_end.TryEnd(window.Unread, window.IsAtEnd, dropped, out length, out consumed) && !window.IsAtEnd)
        {
            var drop = _end.Drop();
            _nextLine += LineEnds.Count(window.Unread, drop);
            window.Advance(drop);
            dropped += drop;
            await window.FillAsync(cancellationToken).ConfigureAwait(false);
        }

        // A quote that never closes has taken all the rest of the file: the cases in it must not count as one bad row.
        if (_end.IsInQuotes)
        {
            throw new SourceFormatException(new Fault(
                fileName,
                (int)Line,
                1,
                $"A quote opened in the record at byte {window.SourceOf(Start)} is not closed before the end of the file, {dropped + length} bytes on.",
                "Ask for the export again, or correct quote and escape under format in the mapping."));
        }

        _nextLine += LineEnds.Count(window.Unread, consumed);
        _pending = consumed;
        IsTerminated = consumed > length;
        Fault = TooLarge();
        return ReadKind.Broken;
    }

    private RowFault TooLarge() => new(RejectReason.TooLarge, $"The record is longer than max_record_bytes, {maxRecordBytes}.");

    private static ReadOnlyMemory<byte> Truncated(ReadOnlyMemory<byte> bytes) =>
        bytes.Length > SourceReader.RawRecordBytes ? bytes[..SourceReader.RawRecordBytes] : bytes;
}
