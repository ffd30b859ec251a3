namespace CallTracking.Mapping.Reading.Delimited;

/// <summary>Cuts a decoded record into cells, in place: doubled quotes shrink inside the same buffer. Not thread-safe.</summary>
internal sealed class CellSplitter(string delimiter, char? quote, char? escape)
{
    private readonly char _escape = escape ?? quote ?? '\0';
    private readonly bool _isOneSign = delimiter.Length == 1;
    private int[] _starts = new int[64];
    private int[] _lengths = new int[64];

    public int Count { get; private set; }

    /// <summary>No cell holds more than white space.</summary>
    public bool IsBlank { get; private set; }

    public ReadOnlySpan<char> Cell(ReadOnlySpan<char> record, int index) => record.Slice(_starts[index], _lengths[index]);

    /// <summary>False when something stands behind a closing quote; then <see cref="Count"/> is the number of sound cells before.</summary>
    public bool TrySplit(Span<char> record)
    {
        Count = 0;
        IsBlank = true;
        var at = 0;
        var delimiters = new SignScan(record, delimiter[0]);
        while (true)
        {
            if (at < record.Length && record[at] == quote)
            {
                if (!TryQuoted(record, ref at))
                {
                    return false;
                }
            }
            else
            {
                var next = _isOneSign ? delimiters.Next(at) : NextDelimiter(record, at);
                var end = next < 0 ? record.Length : next;
                Add(record, at, end - at);
                at = end;
            }

            if (at >= record.Length)
            {
                return true;
            }

            at += delimiter.Length;
        }
    }

    /// <summary>Makes one cell of this one and all behind it, with the delimiters between them.</summary>
    public void JoinFrom(int index, Span<char> record)
    {
        var end = _starts[index] + _lengths[index];
        for (var next = index + 1; next < Count; next++)
        {
            delimiter.CopyTo(record[end..]);
            end += delimiter.Length;
            Cell(record, next).CopyTo(record[end..]);
            end += _lengths[next];
        }

        _lengths[index] = end - _starts[index];
        Count = index + 1;
    }

    private bool TryQuoted(Span<char> record, ref int at)
    {
        var start = at + 1;
        var read = start;
        var write = start;
        while (true)
        {
            var next = record[read..].IndexOfAny(quote!.Value, _escape);
            if (next < 0)
            {
                return false;
            }

            if (read != write)
            {
                record.Slice(read, next).CopyTo(record[write..]);
            }

            read += next;
            write += next;
            var isEscape = record[read] == _escape && read + 1 < record.Length && (_escape != quote || record[read + 1] == quote);
            if (!isEscape)
            {
                break;
            }

            record[write++] = record[read + 1];
            read += 2;
        }

        Add(record, start, write - start);
        at = read + 1;
        return at == record.Length || record[at..].StartsWith(delimiter);
    }

    private int NextDelimiter(ReadOnlySpan<char> record, int at) => record[at..].IndexOf(delimiter) is >= 0 and var next ? at + next : -1;

    private void Add(ReadOnlySpan<char> record, int start, int length)
    {
        if (Count == _starts.Length)
        {
            Array.Resize(ref _starts, Count * 2);
            Array.Resize(ref _lengths, Count * 2);
        }

        _starts[Count] = start;
        _lengths[Count] = length;
        Count++;
        IsBlank = IsBlank && record.Slice(start, length).IsWhiteSpace();
    }
}
