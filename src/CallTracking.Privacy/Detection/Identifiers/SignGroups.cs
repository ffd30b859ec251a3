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

    private readonly (int Start, int End, int Digits)[] _groups = new (int, int, int)[Most];

    public int Count { get; private set; }

    /// <summary>Digits in all groups.</summary>
    public int Digits { get; private set; }

    public (int Start, int End, int Digits) this[int index] => _groups[index];

    /// <summary>Reads around the next run of digits, and moves on to the first run behind.</summary>
    public void Read(string text, ReadOnlySpan<DigitGroup> digits, ref int next)
    {
        Count = 0;
        Digits = 0;
        var at = StartOf(text, digits[next].Start);
        var lastDigits = next;
        var words = 0;
        while (Count < Most && TryReadGroup(text, at, digits, ref lastDigits, out var group) && (group.Digits > 0 || group.End - group.Start <= LongestWord))
        {
            words = group.Digits > 0 ? 0 : words + 1;
            if (words > 2)
            {
                break;
            }

            _groups[Count++] = group;
            Digits += group.Digits;
            at = SkipSeparators(text, group.End);
            if (at < 0)
            {
                break;
            }
        }

        next = Math.Max(next + 1, Count == Most ? RestartAfter(digits, next) : lastDigits);
    }

    /// <summary>False where the group goes on something before it.</summary>
    public bool CanStart(int index) => _groups[index].End - _groups[index].Start <= Form.Longest;

    // The first run behind the part that the next reading need not see again.
    private int RestartAfter(ReadOnlySpan<DigitGroup> digits, int next)
    {
        while (next < digits.Length && digits[next].Start < _groups[Overlap].Start)
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

            var word = end == start ? start : GroupStart(text, end);
            if (word == end || end == start || end - word > LongestWord || HasDigit(text, word, end))
            {
                break;
            }

            start = word;
        }

        return start;
    }

    private static int GroupStart(string text, int at)
    {
        var start = at;
        while (start > 0 && at - start < LongestGroup && TextSigns.IsPlain(text[start - 1]))
        {
            start--;
        }

        return start;
    }

    private static bool HasDigit(string text, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            if (TextSigns.IsDigit(text[i]))
            {
                return true;
            }
        }

        return false;
    }

    private static bool TryReadGroup(string text, int at, ReadOnlySpan<DigitGroup> digits, ref int next, out (int Start, int End, int Digits) group)
    {
        var end = at;
        var count = 0;
        while (end < text.Length && TextSigns.IsPlain(text[end]))
        {
            if (TextSigns.IsDigit(text[end]))
            {
                while (next < digits.Length && digits[next].End <= end)
                {
                    next++;
                }

                var run = next < digits.Length && digits[next].Start <= end ? digits[next].End : end + 1;
                count += run - end;
                end = run;
                next++;
            }
            else
            {
                end++;
            }
        }

        group = (at, end, count);
        return end > at;
    }

    private static int SkipSeparators(string text, int from)
    {
        var at = from;
        while (at < text.Length && at - from <= WidestSeparator && TextSigns.IsSeparator(text[at]))
        {
            at++;
        }

        return at > from && at - from <= WidestSeparator && at < text.Length && TextSigns.IsPlain(text[at]) ? at : -1;
    }
}
