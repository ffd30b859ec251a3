namespace CallTracking.Mapping.Reading.Lines;

/// <summary>
/// Holds the last record of a file that does not end as its mapping says: it may be a piece of one, such as "12" of "1250", and nothing in it shows that.
/// Not thread-safe.
/// </summary>
internal sealed class CutEnd(Framing framing, ByteWindow window, RecordCutter cutter, ReadOnlyMemory<byte> comment, int mostBytes)
{
    private const byte EndOfFile = 0x1A;

    // Set where a footer was to come: then a record at the end is none that the file was to end with.
    private bool _isLast;

    /// <summary>The line at hand has no line end, and every one was to have one.</summary>
    public bool IsOpen => framing.EndsInLine && !cutter.IsTerminated;

    /// <summary>A quote of the record at hand runs to the end of the file, which has no line end there, and every record was to have one.</summary>
    public bool IsWithinQuotes => IsOpen && cutter.IsUnclosed && cutter.Record.Span is not [.., (byte)'\r' or (byte)'\n'];

    /// <summary>Why the record at hand is not taken for a whole one, with the cure; null where it is.</summary>
    public string? Doubt(bool isBlank) => _isLast && !isBlank
        ? "The file ends behind it without what footer.from looks for: it may be a piece of a record, or a footer in other words. Ask for the export again, or correct footer under format in the mapping."
        : IsOpen ? "The file ends within it, without a line end, and every record has one by end: line. It may have been cut off: ask for the export again. Where exports end so, leave out end: line under format in the mapping."
        : null;

    /// <summary>Where a footer must come: looks whether anything but empty lines and comments follows the record at hand, which is none itself.</summary>
    public async ValueTask LookBehindAsync(CancellationToken cancellationToken)
    {
        bool? isLast;
        while ((isLast = framing.IsFooterRequired ? IsLast() : false) is null)
        {
            await cutter.SeeFurtherAsync(cancellationToken).ConfigureAwait(false);
        }

        _isLast = isLast.Value;
    }

    // Null when more has to be read.
    private bool? IsLast()
    {
        var behind = cutter.Behind;
        for (int text; (text = behind.IndexOfAnyExcept((byte)' ', (byte)'\t')) >= 0; behind = behind[LineEnds.NextLine(behind, 0)..])
        {
            // It may be the beginning of a comment.
            if (!window.IsAtEnd && behind.Length < comment.Length)
            {
                break;
            }

            if (!IsBlank(behind[text..]) && !(comment.Length > 0 && behind.StartsWith(comment.Span)))
            {
                return false;
            }
        }

        // So much that is nothing is no end to wait for: memory has its bound.
        return window.IsAtEnd ? true : cutter.Behind.Length > mostBytes ? false : null;
    }

    private static bool IsBlank(ReadOnlySpan<byte> text) => text is [(byte)'\r' or (byte)'\n', ..] or [EndOfFile];
}
