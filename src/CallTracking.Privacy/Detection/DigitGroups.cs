using System.Globalization;

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

    private static readonly System.Buffers.SearchValues<char> Digits =
        System.Buffers.SearchValues.Create("0123456789０１２３４５６７８９٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९");

    private static readonly System.Buffers.SearchValues<char> Separators =
        System.Buffers.SearchValues.Create(" \u00A0\u2007\u2009\u202F\u3000-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uFF0Dー.．/／()（）");

    private readonly List<DigitGroup> _groups = [];

    public ReadOnlySpan<DigitGroup> Groups => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_groups);

    /// <summary>Digits of all groups together.</summary>
    public int Count { get; private set; }

    public static bool IsDigit(char letter) => char.IsAsciiDigit(letter) || (letter > '\x7F' && Digits.Contains(letter));

    public static bool IsDash(char letter) => letter is '-' or (>= '\u2010' and <= '\u2015') or '\u2212' or '\uFF0D' or 'ー';

    /// <summary>Reads the next sequence at or after a place; false at the text's end. The next one is sought from <paramref name="at"/>.</summary>
    public bool Next(string text, ref int at)
    {
        _groups.Clear();
        Count = 0;
        var first = text.AsSpan(at).IndexOfAny(Digits);
        if (first < 0)
        {
            return false;
        }

        at += first;
        while (true)
        {
            var start = at;
            while (at < text.Length && IsDigit(text[at]))
            {
                at++;
            }

            _groups.Add(new DigitGroup(start, at));
            Count += at - start;
            var next = at;
            while (next < text.Length && next - at <= WidestSeparator && Separators.Contains(text[next]))
            {
                next++;
            }

            if (next == at || next >= text.Length || next - at > WidestSeparator || !IsDigit(text[next]))
            {
                return true;
            }

            at = next;
        }
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
                target[count++] = (char)('0' + CharUnicodeInfo.GetDecimalDigitValue(letter));
            }
        }

        return count;
    }
}
