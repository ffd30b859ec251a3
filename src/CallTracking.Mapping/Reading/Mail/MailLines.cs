namespace CallTracking.Mapping.Reading.Mail;

/// <summary>Cuts a stream into lines; one that is long comes in pieces. Not thread-safe.</summary>
internal sealed class MailLines(ByteWindow window)
{
    /// <summary>A longer line comes in pieces; no header's line and no boundary is so long.</summary>
    public const int LongestPiece = 64 * 1024;

    private int _pending;
    private bool _endsLine = true;

    /// <summary>The line, or a piece of it, without its end; valid until the next read.</summary>
    public ReadOnlyMemory<byte> Current { get; private set; }

    /// <summary>The piece begins a line.</summary>
    public bool BeginsLine { get; private set; }

    /// <summary>The line's end follows the piece.</summary>
    public bool EndsLine { get; private set; }

    /// <summary>The piece and its line end as they stand.</summary>
    public ReadOnlyMemory<byte> Whole => window.Peek(_pending);

    /// <summary>The line of <see cref="Current"/>, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>Its first byte.</summary>
    public long Offset => window.Offset;

    /// <summary>False at the end of the stream.</summary>
    public async ValueTask<bool> NextAsync(CancellationToken cancellationToken)
    {
        window.Advance(_pending);
        _pending = 0;
        var scanned = 0;
        while (true)
        {
            var end = window.Unread[scanned..].IndexOf((byte)'\n');
            if (end >= 0)
            {
                return Take(scanned + end, hasEnd: true);
            }

            scanned = window.Unread.Length;
            if (scanned >= LongestPiece || (window.IsAtEnd && scanned > 0))
            {
                return Take(scanned, hasEnd: false);
            }

            if (window.IsAtEnd)
            {
                return false;
            }

            await window.FillAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private bool Take(int length, bool hasEnd)
    {
        BeginsLine = _endsLine;
        Number += BeginsLine ? 1 : 0;
        _endsLine = hasEnd;
        EndsLine = hasEnd;
        _pending = hasEnd ? length + 1 : length;
        var isPair = hasEnd && length > 0 && window.Unread[length - 1] == '\r';
        Current = window.Peek(isPair ? length - 1 : length);
        return true;
    }
}
