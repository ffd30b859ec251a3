namespace CallTracking.Privacy;

/// <summary>Reads a group, then it and the next, and so on, as one value each.</summary>
internal ref struct CandidateReader
{
    private readonly SignGroups _groups;
    private readonly int _first;
    private readonly bool _canStart;
    private int _next;
    private int _length;
    private ulong _digits;
    private ulong _gaps;
    private byte _separator;
    private bool _isUniform = true;

    public CandidateReader(SignGroups groups, int first)
    {
        _groups = groups;
        _first = first;
        _next = first;
        _canStart = groups.CanStart(first);
    }

    /// <summary>Bit i: character i is a digit.</summary>
    public readonly ulong Digits => _digits;

    /// <summary>So far it is two letters and two digits, as bank accounts begin, or may become that.</summary>
    public readonly bool MayBeAccount => ((_digits ^ 0b1100) & 0b1111 & ((1UL << _length) - 1)) == 0;

    /// <summary>One past the last group.</summary>
    public readonly int LastEnd => _groups[_next - 1].End;

    /// <summary>Characters of the value, without separators.</summary>
    public readonly int Length => _length;

    public readonly Candidate Read(string text) => new()
    {
        Value = _groups.Value(_first, _length),
        Digits = _digits,
        Gaps = _gaps,
        IsUniform = _isUniform,
        HasDashes = _separator == TextSigns.Dash && _isUniform,
        Start = _groups[_first].Start,
        End = EndOf(text, LastEnd),
    };

    // With the bracket that was opened in it.
    private readonly int EndOf(string text, int end) => _separator == TextSigns.Bracket && end < text.Length && text[end] is ')' or '）' ? end + 1 : end;

    /// <summary>Takes in the next group; false when there is none or it does not fit.</summary>
    public bool Extend()
    {
        if (!_canStart || _next >= _groups.Count)
        {
            return false;
        }

        ref readonly var group = ref _groups[_next];
        var length = group.End - group.Start;
        if (_length + length > Form.Longest)
        {
            return false;
        }

        if (_next > _first)
        {
            var separator = _groups[_next - 1].Separator;
            _gaps |= 1UL << (_length - 1);
            _isUniform &= _separator is TextSigns.None || _separator == separator;
            _separator = separator;
        }

        _digits |= group.DigitBits << _length;
        _length += length;
        _next++;
        return true;
    }
}
