namespace CallTracking.Mapping.Reading.Delimited;

/// <summary>
/// Finds where a record of delimited text ends, in bytes: at a line end outside quotes. Goes on where it stopped when more bytes
/// come, so that no byte is looked at twice. A quote opens only at the start of a cell.
/// </summary>
internal sealed class RecordSplitter(byte delimiter, byte? quote, byte? escape)
{
    private const byte Cr = (byte)'\r';
    private const byte Lf = (byte)'\n';

    // Without quotes: a line end stands in, which is looked for anyway.
    private readonly byte _quote = quote ?? Lf;
    private readonly byte _escape = escape ?? quote ?? Lf;

    private int _scan;

    /// <summary>The record at hand is inside quotes.</summary>
    public bool IsInQuotes { get; private set; }

    /// <summary>Where the last quote opened, from the start of the record.</summary>
    public long QuoteOpenedAt { get; private set; }

    public void Reset()
    {
        _scan = 0;
        IsInQuotes = false;
        QuoteOpenedAt = 0;
    }

    /// <summary>How many bytes may be dropped from the front of an oversized record, its last byte kept for what comes next.</summary>
    public int Drop()
    {
        var dropped = Math.Max(0, _scan - 1);
        _scan -= dropped;
        return dropped;
    }

    /// <summary>True when the record ends here: <paramref name="length"/> without its line end, <paramref name="consumed"/> with it.</summary>
    public bool TryEnd(ReadOnlySpan<byte> bytes, bool isAtEnd, long dropped, out int length, out int consumed)
    {
        length = consumed = 0;
        while (_scan < bytes.Length)
        {
            if (IsInQuotes)
            {
                if (!TryLeaveQuotes(bytes, isAtEnd))
                {
                    break;
                }

                continue;
            }

            var next = bytes[_scan..].IndexOfAny(_quote, Cr, Lf);
            if (next < 0)
            {
                _scan = bytes.Length;
                break;
            }

            var at = _scan + next;
            if (bytes[at] is Cr or Lf)
            {
                if (bytes[at] == Cr && at + 1 == bytes.Length && !isAtEnd)
                {
                    _scan = at;
                    return false;
                }

                length = at;
                consumed = bytes[at] == Cr && at + 1 < bytes.Length && bytes[at + 1] == Lf ? at + 2 : at + 1;
                return true;
            }

            if ((at == 0 && dropped == 0) || (at > 0 && bytes[at - 1] == delimiter))
            {
                IsInQuotes = true;
                QuoteOpenedAt = at + dropped;
            }

            _scan = at + 1;
        }

        length = consumed = bytes.Length;
        return isAtEnd && bytes.Length > 0;
    }

    // False when more bytes are needed to go on.
    private bool TryLeaveQuotes(ReadOnlySpan<byte> bytes, bool isAtEnd)
    {
        var next = bytes[_scan..].IndexOfAny(_quote, _escape);
        if (next < 0)
        {
            _scan = bytes.Length;
            return false;
        }

        var at = _scan + next;
        var hasNext = at + 1 < bytes.Length;
        if (!hasNext && !isAtEnd)
        {
            _scan = at;
            return false;
        }

        var isEscape = bytes[at] == _escape && (bytes[at] != _quote || (hasNext && bytes[at + 1] == _quote));
        IsInQuotes = isEscape;
        _scan = Math.Min(bytes.Length, at + (isEscape ? 2 : 1));
        return _scan < bytes.Length || !IsInQuotes;
    }
}
