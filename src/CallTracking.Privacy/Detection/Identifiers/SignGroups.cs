namespace CallTracking.Privacy;

/// <summary>
/// Groups of Latin letters and digits that stand together in a text, parted by few separators, at least one of them with a digit.
/// Words longer than four letters end them. A sequence is read in parts that overlap, so that work stays in proportion.
/// </summary>
internal sealed class SignGroups
{
    public const int WidestSeparator = 3;

    private const int Most = 24;
    private const int Overlap = 12;
    private const int LongestWord = 4;
    private const int LongestGroup = 64;

    private readonly SignGroup[] _groups = new SignGroup[Most];
    private readonly char[] _values = new char[Most * Form.Longest];

    private int _end;

    public int Count { get; private set; }

    /// <summary>Digits in all groups.</summary>
    public int Digits { get; private set; }

    public ref readonly SignGroup this[int index] => ref _groups[index];

    /// <summary>What stands in neighbouring groups, digits as 0 to 9, letters in upper case; none of them is longer than a value may be.</summary>
    public ReadOnlySpan<char> Value(int first, int length) => _values.AsSpan(_groups[first].Place, length);

    /// <summary>Reads around the next run of digits, and moves on to the first run behind.</summary>
    public void Read(string text, ReadOnlySpan<DigitGroup> digits, ref int next)
    {
        Count = 0;
        Digits = 0;
        var at = StartOf(text, digits[next].Start);
        var place = 0;
        var words = 0;
        while (Count < Most)
        {
            ref var group = ref _groups[Count];
            ReadGroup(text, at, place, ref group);
            words = group.Digits > 0 ? 0 : words + 1;
            if (group.End == at || (group.Digits == 0 && (group.End - at > LongestWord || words > 2)))
            {
                break;
            }

            Count++;
            Digits += group.Digits;
            place += Math.Min(group.End - at, Form.Longest);
            at = SkipSeparators(text, group.End, ref group);
            if (at < 0)
            {
                break;
            }
        }

        _end = place;
        next = Count == Most ? Math.Max(next + 1, Behind(digits, next, _groups[Overlap].Start)) : Behind(digits, next + 1, Count == 0 ? 0 : _groups[Count - 1].End);
    }

    /// <summary>Characters of a group; one more than a value may have when it is longer than that.</summary>
    public int LengthOf(int index) => Math.Min(_groups[index].End - _groups[index].Start, Form.Longest + 1);

    /// <summary>Characters of a group and all behind it, of each as many as a value may have.</summary>
    public int LengthFrom(int index) => _end - _groups[index].Place;

    /// <summary>False where the group is longer than any value.</summary>
    public bool CanStart(int index) => _groups[index].End - _groups[index].Start <= Form.Longest;

    // The first run that does not begin before a place.
    private static int Behind(ReadOnlySpan<DigitGroup> digits, int next, int place)
    {
        while (next < digits.Length && digits[next].Start < place)
        {
            next++;
        }

        return next;
    }

    // The start of the group, and of at most two short words before it: "MIL E 1234".
    private static int StartOf(string text, int at)
    {
        var start = GroupStart(text, at);
        for (var words = 0; words < 2; words++)
        {
            var end = start;
            while (end > 0 && start - end < 2 && TextSigns.Of(text[end - 1]) is TextSigns.Space or TextSigns.Dash)
            {
                end--;
            }

            if (end == start || WordStart(text, end) is var word && (word < 0 || word == end))
            {
                break;
            }

            start = word;
        }

        return start;
    }

    /// <summary>A short word stands before a number, and may be of one value with it.</summary>
    public static bool HasWordBefore(string text, int start) => StartOf(text, start) < start;

    private static int GroupStart(string text, int at)
    {
        var start = at;
        while (start > 0 && at - start < LongestGroup && TextSigns.IsPlain(text[start - 1]))
        {
            start--;
        }

        return start;
    }

    // The start of a short word without digits that ends at a place; -1 when it is none.
    private static int WordStart(string text, int end)
    {
        var start = end;
        while (start > 0 && TextSigns.Of(text[start - 1]) is >= (byte)'0' and var sign)
        {
            if (sign <= '9' || end - start == LongestWord)
            {
                return -1;
            }

            start--;
        }

        return start;
    }

    private void ReadGroup(string text, int start, int place, ref SignGroup group)
    {
        var values = _values.AsSpan(place);
        var (count, digits) = (0, 0UL);
        var end = start;
        for (; end < text.Length && TextSigns.Of(text[end]) is >= (byte)'0' and var sign; end++)
        {
            var at = end - start;
            var digit = sign <= '9' ? 1U : 0;
            count += (int)digit;
            if (at < Form.Longest)
            {
                values[at] = (char)sign;
                digits |= (ulong)digit << at;
            }
        }

        (group.Start, group.End, group.Digits, group.Place, group.DigitBits) = (start, end, count, place, digits);
    }

    // A line's break counts as the space that it stands for.
    private static int SkipSeparators(string text, int from, ref SignGroup group)
    {
        var at = from;
        group.Separator = TextSigns.Space;
        while (at < text.Length && at - from <= WidestSeparator && TextSigns.Of(text[at]) is >= TextSigns.Space and <= TextSigns.Bracket and var sign)
        {
            group.Separator = sign is TextSigns.Line or TextSigns.Space ? group.Separator : sign;
            at++;
        }

        return at > from && at - from <= WidestSeparator && at < text.Length && TextSigns.IsPlain(text[at]) ? at : -1;
    }
}

/// <summary>Letters and digits that stand together.</summary>
internal struct SignGroup
{
    /// <summary>First UTF-16 code unit.</summary>
    public int Start { get; set; }

    /// <summary>One past the last.</summary>
    public int End { get; set; }

    /// <summary>How many digits.</summary>
    public int Digits { get; set; }

    /// <summary>Where its value begins among the values of all groups; longer ones than any identifier are cut there.</summary>
    public int Place { get; set; }

    /// <summary>Bit i: character i is a digit.</summary>
    public ulong DigitBits { get; set; }

    /// <summary>The sort of separator behind it, by <see cref="TextSigns"/>.</summary>
    public byte Separator { get; set; }
}
