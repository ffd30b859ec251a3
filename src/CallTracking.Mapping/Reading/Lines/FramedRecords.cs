namespace CallTracking.Mapping.Reading.Lines;

/// <summary>The records of a text one after the other, without what stands around them: counts them, and knows where to go on. Not thread-safe.</summary>
internal sealed class FramedRecords(ByteWindow window, RecordCutter cutter, RecordFrame frame)
{
    private const byte EndOfFile = 0x1A;

    private bool _hasEnded;
    private bool _isTerminated;

    /// <summary>How many have come, the one at hand among them.</summary>
    public long Count { get; private set; }

    /// <summary>Where to go on when the file has grown: behind the last record that was passed and has its line end; null before the first.</summary>
    public ResumePoint? Resume { get; private set; }

    /// <summary>Whether the last record has its line end; null before the end.</summary>
    public bool? EndsInLine => _hasEnded ? _isTerminated : null;

    /// <summary>Goes on at a place where a record begins.</summary>
    public void GoTo(ResumePoint point)
    {
        cutter.GoTo(point);
        Count = point.Row;
    }

    /// <summary>Moves to the header, which counts as no record.</summary>
    public async ValueTask<ReadKind> HeaderAsync(CancellationToken cancellationToken)
    {
        do
        {
            cutter.Pass();
        }
        while (await frame.TryPassCommentAsync(cancellationToken).ConfigureAwait(false));

        var kind = await cutter.CutAsync(cancellationToken).ConfigureAwait(false);
        return IsEndOfFileSign(kind) ? ReadKind.End : kind;
    }

    /// <summary>Moves to the next record.</summary>
    public ValueTask<ReadKind> NextAsync(CancellationToken cancellationToken)
    {
        if (frame.IsAmongRecords || _hasEnded)
        {
            return SearchAsync(cancellationToken);
        }

        // Nothing but records stands in the file, and mostly the next one is in the window: then nobody waits.
        Leave();
        var cut = cutter.CutAsync(cancellationToken);
        return cut.IsCompletedSuccessfully ? new ValueTask<ReadKind>(Counted(cut.Result)) : WaitAsync(cut);
    }

    private async ValueTask<ReadKind> WaitAsync(ValueTask<ReadKind> cut) => Counted(await cut.ConfigureAwait(false));

    private async ValueTask<ReadKind> SearchAsync(CancellationToken cancellationToken)
    {
        if (_hasEnded)
        {
            return ReadKind.End;
        }

        do
        {
            Leave();
            if (await frame.IsFooterNextAsync(cancellationToken).ConfigureAwait(false))
            {
                return Counted(ReadKind.End);
            }
        }
        while (await frame.TryPassCommentAsync(cancellationToken).ConfigureAwait(false));

        var kind = await cutter.CutAsync(cancellationToken).ConfigureAwait(false);
        var isFooter = kind == ReadKind.Row && !IsEndOfFileSign(kind) && await frame.IsFooterAsync(cancellationToken).ConfigureAwait(false);
        var counted = Counted(isFooter ? ReadKind.End : kind);
        if (counted == ReadKind.End && !isFooter)
        {
            frame.EndWithoutFooter();
        }

        return counted;
    }

    // A record whose line end is still missing may go on when the file grows: it is read again.
    private void Leave()
    {
        cutter.Pass();
        _isTerminated = cutter.IsTerminated;
        if (_isTerminated)
        {
            Resume = new ResumePoint(window.Offset, Count, cutter.NextLine);
        }
    }

    private ReadKind Counted(ReadKind kind)
    {
        if (kind == ReadKind.End || IsEndOfFileSign(kind))
        {
            _hasEnded = true;
            return ReadKind.End;
        }

        Count++;
        return kind;
    }

    // Old programs end a text so.
    private bool IsEndOfFileSign(ReadKind kind) =>
        kind == ReadKind.Row && window.IsAtEnd && cutter.Record.Span is [EndOfFile] && window.Unread.Length == 1;
}
