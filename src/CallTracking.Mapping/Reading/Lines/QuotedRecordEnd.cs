using System.Buffers;

namespace CallTracking.Mapping.Reading.Lines;

/// <summary>
/// Ends a record at a line end outside quotes. A quote opens only at the start of a cell. Without delimiter and quote every line is
/// a record.
/// </summary>
internal sealed class QuotedRecordEnd : RecordEnd
{
    private const byte Cr = (byte)'\r';
    private const byte Lf = (byte)'\n';

    private readonly byte[] _delimiter;
    private readonly byte _quote;
    private readonly byte _escape;
    private readonly SearchValues<byte>? _stops;

    private int _scan;
    private int _cell;

    public QuotedRecordEnd(byte[] delimiter, byte? quote, byte? escape)
    {
        // Without quotes: a line end stands in, which is looked for anyway.
        _quote = quote ?? Lf;
        _escape = escape ?? _quote;
        _delimiter = delimiter;

        // One byte is seen from the byte before a quote. Several could overlap in what they separate, so their cells are counted off.
        _stops = delimiter.Length > 1 && quote is not null ? SearchValues.Create([_quote, Cr, Lf, delimiter[0]]) : null;
    }

    public static QuotedRecordEnd OfLines() => new([], null, null);

    public override void Reset()
    {
        _scan = _cell = 0;
        IsInQuotes = false;
        QuoteOpenedAt = 0;
    }

    public override int Drop()
    {
        var dropped = Math.Max(0, _scan - 1);
        _scan -= dropped;
        _cell = Math.Max(-1, _cell - dropped);
        return dropped;
    }

    public override bool TryEnd(ReadOnlySpan<byte> bytes, bool isAtEnd, long dropped, out int length, out int consumed)
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

            var rest = bytes[_scan..];
            var next = _stops is null ? rest.IndexOfAny(_quote, Cr, Lf) : rest.IndexOfAny(_stops);
            if (next < 0)
            {
                _scan = bytes.Length;
                break;
            }

            _scan += next;
            if (bytes[_scan] is Cr or Lf)
            {
                return TryLineEnd(bytes, isAtEnd, out length, out consumed);
            }

            if (bytes[_scan] == _quote)
            {
                OpenQuotes(bytes, dropped);
            }
            else if (!TryPassDelimiter(bytes, isAtEnd))
            {
                return false;
            }
        }

        length = consumed = bytes.Length;
        return isAtEnd && bytes.Length > 0;
    }

    private bool TryLineEnd(ReadOnlySpan<byte> bytes, bool isAtEnd, out int length, out int consumed)
    {
        length = _scan;
        consumed = _scan + 1;
        if (bytes[_scan] == Lf)
        {
            return true;
        }

        if (consumed == bytes.Length)
        {
            return isAtEnd;
        }

        consumed += bytes[consumed] == Lf ? 1 : 0;
        return true;
    }

    private void OpenQuotes(ReadOnlySpan<byte> bytes, long dropped)
    {
        var isCellStart = _scan == 0 ? dropped == 0 : _delimiter.Length > 1 ? _scan == _cell : bytes[_scan - 1] == _delimiter[0];
        if (isCellStart)
        {
            IsInQuotes = true;
            QuoteOpenedAt = _scan + dropped;
        }

        _scan++;
    }

    // False when more bytes are needed to tell.
    private bool TryPassDelimiter(ReadOnlySpan<byte> bytes, bool isAtEnd)
    {
        var rest = bytes[_scan..];
        if (rest.StartsWith(_delimiter))
        {
            _scan += _delimiter.Length;
            _cell = _scan;
            return true;
        }

        if (!isAtEnd && rest.Length < _delimiter.Length && _delimiter.AsSpan().StartsWith(rest))
        {
            return false;
        }

        _scan++;
        return true;
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
