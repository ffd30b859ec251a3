namespace CallTracking.Privacy;

/// <summary>The places of a <see cref="DigitPattern"/>, and the ways between them: several at a time may lead on from one.</summary>
internal sealed class DigitPatternParts
{
    private const int Every = (1 << 10) - 1;

    private readonly string _pattern;

    // Of each place: the digits (bit by bit) that lead on, and where to; and where it leads without one.
    private readonly List<(int Digits, int To)> _steps = [];
    private readonly List<List<int>> _free = [];
    private int _at;

    /// <exception cref="FormatException">It holds what such patterns do not.</exception>
    public DigitPatternParts(string pattern)
    {
        _pattern = pattern;
        First = Add();
        Last = Choices(First);
        if (_at < pattern.Length)
        {
            throw Unknown();
        }
    }

    public int First { get; }

    public int Last { get; }

    /// <summary>Where a digit leads from some places, in order.</summary>
    public int[] Behind(int[] places, int digit) =>
        With(places.Select(place => _steps[place]).Where(step => (step.Digits >> digit & 1) != 0).Select(step => step.To));

    /// <summary>Places, and those that are reached from them without a digit, in order.</summary>
    public int[] With(IEnumerable<int> places)
    {
        var all = new SortedSet<int>();
        var left = new Stack<int>(places);
        while (left.TryPop(out var place))
        {
            if (all.Add(place))
            {
                _free[place].ForEach(left.Push);
            }
        }

        return [.. all];
    }

    private int Add()
    {
        _steps.Add(default);
        _free.Add([]);
        return _free.Count - 1;
    }

    private int Choices(int from)
    {
        var end = Add();
        while (true)
        {
            _free[Sequence(from)].Add(end);
            if (!Next('|'))
            {
                return end;
            }
        }
    }

    private int Sequence(int from)
    {
        while (_at < _pattern.Length && _pattern[_at] is not ('|' or ')'))
        {
            // What is repeated is read again for every time.
            var start = _at;
            var place = Part(from);
            var (least, most) = Times();
            var end = _at;
            if (least == 0)
            {
                _free[from].Add(place);
            }

            for (var time = 1; time < most; time++)
            {
                _at = start;
                var next = Part(place);
                if (time >= least)
                {
                    _free[place].Add(next);
                }

                place = next;
            }

            _at = end;
            from = place;
        }

        return from;
    }

    private int Part(int from)
    {
        if (_pattern.AsSpan(_at).StartsWith("(?:"))
        {
            _at += "(?:".Length;
            // A place of its own, so that ways back to it are none of its surroundings'.
            var inside = Add();
            _free[from].Add(inside);
            var end = Choices(inside);
            return Next(')') ? end : throw Unknown();
        }

        var digits = Next('[') ? Class() : Next('\\') ? Next('d') ? Every : throw Unknown() : 1 << Digit();
        var step = Add();
        var to = Add();
        _free[from].Add(step);
        _steps[step] = (digits, to);
        return to;
    }

    private int Class()
    {
        var digits = 0;
        while (digits == 0 || !Next(']'))
        {
            var first = Digit();
            var last = Next('-') ? Digit() : first;
            if (last < first)
            {
                throw Unknown();
            }

            for (var digit = first; digit <= last; digit++)
            {
                digits |= 1 << digit;
            }
        }

        return digits;
    }

    private (int Least, int Most) Times()
    {
        if (Next('?'))
        {
            return (0, 1);
        }

        if (!Next('{'))
        {
            return (1, 1);
        }

        var least = Count();
        var most = Next(',') ? Count() : least;
        return Next('}') && most >= Math.Max(1, least) ? (least, most) : throw Unknown();
    }

    private int Count()
    {
        var count = Digit();
        while (_at < _pattern.Length && char.IsAsciiDigit(_pattern[_at]))
        {
            count = (count * 10) + Digit();
            if (count > PhonePlans.LongestNumber)
            {
                throw Unknown();
            }
        }

        return count;
    }

    private int Digit() => _at < _pattern.Length && char.IsAsciiDigit(_pattern[_at]) ? _pattern[_at++] - '0' : throw Unknown();

    private bool Next(char sign)
    {
        var isNext = _at < _pattern.Length && _pattern[_at] == sign;
        _at += isNext ? 1 : 0;
        return isNext;
    }

    private FormatException Unknown() => new($"The pattern of digits cannot be read at character {_at + 1}.");
}
