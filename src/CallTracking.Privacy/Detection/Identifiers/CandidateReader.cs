namespace CallTracking.Privacy;

/// <summary>Reads a group, then it and the next, and so on, as one value each.</summary>
internal ref struct CandidateReader
{
    private readonly string _text;
    private readonly SignGroups _groups;
    private readonly int _first;
    private readonly Span<char> _value;
    private readonly bool _canStart;
    private int _next;
    private int _length;
    private ulong _digits;
    private ulong _gaps;
    private byte _separator;
    private bool _isUniform = true;

    public CandidateReader(string text, SignGroups groups, int first, Span<char> value)
    {
        _text = text;
        _groups = groups;
        _first = first;
        _next = first;
        _value = value;
        _canStart = !ValueEdges.ContinuesBefore(text, groups[first].Start);
    }

    /// <summary>The value ends here: what follows is no part of it.</summary>
    public readonly bool HasEnd => !ValueEdges.ContinuesAfter(_text, _groups[_next - 1].End);

    public readonly Candidate Current => new()
    {
        Value = _value[.._length],
        Digits = _digits,
        Gaps = _gaps,
        IsUniform = _isUniform,
        HasDashes = _separator == TextSigns.Dash && _isUniform,
        Start = _groups[_first].Start,
        End = EndOf(_groups[_next - 1].End),
    };

    // With the bracket that was opened in it.
    private readonly int EndOf(int end) => _separator == TextSigns.Bracket && end < _text.Length && _text[end] is ')' or '）' ? end + 1 : end;

    /// <summary>Takes in the next group; false when there is none or it does not fit.</summary>
    public bool Extend()
    {
        if (!_canStart || _next >= _groups.Count)
        {
            return false;
        }

        var (start, end, _) = _groups[_next];
        if (_length + end - start > _value.Length)
        {
            return false;
        }

        if (_next > _first)
        {
            _gaps |= 1UL << (_length - 1);
            Compare(_groups[_next - 1].End, start);
        }

        for (var i = start; i < end; i++)
        {
            var sign = TextSigns.Plain(_text[i]);
            _digits |= sign <= '9' ? 1UL << _length : 0;
            _value[_length++] = sign;
        }

        _next++;
        return true;
    }

    // A line's break counts as the space that it stands for.
    private void Compare(int from, int to)
    {
        var sort = TextSigns.Space;
        for (var i = from; i < to; i++)
        {
            var sign = TextSigns.Of(_text[i]);
            sort = sign is TextSigns.Line or TextSigns.Space ? sort : sign;
        }

        _isUniform &= _separator is TextSigns.None || _separator == sort;
        _separator = sort;
    }
}
