namespace CallTracking.Privacy;

/// <summary>A run of digits in a text.</summary>
internal readonly record struct DigitGroup(int Start, int End)
{
    public int Length => End - Start;
}

/// <summary>Reads sequences of digit groups that stand together, as numbers are written: parted by few separators, on one line.</summary>
internal sealed class DigitGroups
{
    private const int WidestSeparator = 3;

    private static readonly System.Buffers.SearchValues<char> Separators =
        System.Buffers.SearchValues.Create(" \u00A0\u2007\u2009\u202F\u3000-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uFF0Dー.．/／()（）");

    private readonly List<DigitGroup> _groups = [];

    public ReadOnlySpan<DigitGroup> Groups => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_groups);

    /// <summary>Digits of all groups together.</summary>
    public int Count { get; private set; }

    public static bool IsDigit(char letter) => TextSigns.IsDigit(letter);

    /// <summary>A national number with trunk zero, or an international one.</summary>
    public static bool IsTrunkOrPlus(char first) => first is '+' or '＋' or '(' or '（' || TextSigns.Plain(first) == '0';

    public static bool IsDash(char letter) => letter is '-' or (>= '\u2010' and <= '\u2015') or '\u2212' or '\uFF0D' or 'ー';

    /// <summary>Takes the next sequence from the runs of digits of a text; false when none is left.</summary>
    public bool Next(string text, ReadOnlySpan<DigitGroup> runs, ref int next)
    {
        _groups.Clear();
        Count = 0;
        while (next < runs.Length)
        {
            var run = runs[next++];
            _groups.Add(run);
            Count += run.Length;
            if (next == runs.Length || !AreJoined(text, run.End, runs[next].Start))
            {
                return true;
            }
        }

        return _groups.Count > 0;
    }

    private static bool AreJoined(string text, int from, int to)
    {
        if (to - from > WidestSeparator)
        {
            return false;
        }

        for (var i = from; i < to; i++)
        {
            if (!Separators.Contains(text[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Digits of the groups from one to another, as 0 to 9; -1 when they do not fit the target.</summary>
    public int Read(string text, int first, int last, Span<char> target)
    {
        var count = 0;
        for (var group = first; group <= last; group++)
        {
            if (count + _groups[group].Length > target.Length)
            {
                return -1;
            }

            foreach (var letter in text.AsSpan(_groups[group].Start, _groups[group].Length))
            {
                target[count++] = TextSigns.Plain(letter);
            }
        }

        return count;
    }
}
