namespace CallTracking.Mapping.Reading.Lines;

/// <summary>Knows, without reading a file twice, whether the next record is among its last lines. Not thread-safe.</summary>
internal sealed class FooterGuard(int lines, int mostBytes)
{
    // Every record that begins before is followed by enough lines.
    private long _clearUntil;

    /// <summary>Looks no further ahead than the footer is long.</summary>
    public async ValueTask<bool> IsReachedAsync(ByteWindow window, CancellationToken cancellationToken)
    {
        while (window.Offset >= _clearUntil)
        {
            var last = LineEnds.StartOfLast(lines, window.Unread);
            _clearUntil = window.Offset + last;
            if (last > 0)
            {
                return false;
            }

            if (window.IsAtEnd)
            {
                return true;
            }

            // Lines so long are no footer; and memory has its bound.
            if (window.Unread.Length > mostBytes)
            {
                _clearUntil = window.Offset + 1;
                return false;
            }

            await window.FillAsync(cancellationToken).ConfigureAwait(false);
        }

        return false;
    }
}
