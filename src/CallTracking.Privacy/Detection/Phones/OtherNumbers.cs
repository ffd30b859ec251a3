using System.Collections.Frozen;

namespace CallTracking.Privacy;

/// <summary>Numbers that look like phone numbers and are none.</summary>
internal static class OtherNumbers
{
    /// <summary>YYYYMMDD.</summary>
    public static bool IsDay(ReadOnlySpan<char> digits) =>
        digits.Length == 8 && CheckDigits.Two(digits, 0) is 19 or 20 && CheckDigits.IsYearMonthDay(digits, 2);

    /// <summary>Groups of three behind the first, parted by spaces or points: 630 304 365.</summary>
    public static bool IsAmount(string text, ReadOnlySpan<DigitGroup> all, int first, int last)
    {
        for (var i = first + 1; i <= last; i++)
        {
            if (all[i].Length != 3 || !(TextSigns.Of(text[all[i].Start - 1]) is TextSigns.Space or TextSigns.Dot))
            {
                return false;
            }
        }

        return last > first && all[first].Length <= 3 && text[all[first].Start] != '0';
    }

    // Where phones are written in pairs: there 06.12.24.08.30 is no day with its time.
    private static readonly FrozenSet<string> Paired = FrozenSet.Create("FR", "BE", "CH", "LU", "MC", "IT", "NL", "GP", "MQ", "GF", "RE", "YT", "PM", "MF", "BL");

    /// <summary>Has a date in it, with separators: 06.12.34 is one, 06.12.34.56.78 has none.</summary>
    public static bool IsDate(string text, string country, ReadOnlySpan<DigitGroup> all, int first, int last)
    {
        for (var i = first; i + 2 <= last; i++)
        {
            var separator = text[all[i].End];
            if (separator is '.' or '/' or '-' && text[all[i + 1].End] == separator
                && all[i + 1].Start == all[i].End + 1 && all[i + 2].Start == all[i + 1].End + 1
                && IsDate(Value(text, all[i]), Value(text, all[i + 1]), Value(text, all[i + 2]), all[i].Length, all[i + 2].Length)
                && !(IsAmongPairs(text, all, i) && (Paired.Contains(country) || !IsTime(text, all, i + 3))))
            {
                return true;
            }
        }

        return false;
    }

    // Pairs that go on before or behind with the same separator: numbers of France and its neighbours are written like that.
    private static bool IsAmongPairs(string text, ReadOnlySpan<DigitGroup> all, int first)
    {
        var separator = text[all[first].End];
        return IsPair(all[first]) && IsPair(all[first + 1]) && IsPair(all[first + 2])
            && ((first > 0 && Continues(text, all[first - 1], all[first], separator)) || (first + 3 < all.Length && Continues(text, all[first + 2], all[first + 3], separator)));
    }

    // Hours and minutes behind a day.
    private static bool IsTime(string text, ReadOnlySpan<DigitGroup> all, int first) =>
        first + 1 < all.Length && Value(text, all[first]) < 24 && Value(text, all[first + 1]) < 60;

    private static bool Continues(string text, DigitGroup one, DigitGroup next, char separator) =>
        IsPair(one) && IsPair(next) && next.Start == one.End + 1 && text[one.End] == separator;

    private static bool IsPair(DigitGroup group) => group.Length == 2;

    private static bool IsDate(int one, int two, int three, int firstLength, int lastLength) =>
        (firstLength == 4 && lastLength <= 2 && one is >= 1900 and <= 2100 && two is >= 1 and <= 12 && three is >= 1 and <= 31)
        || (firstLength <= 2 && lastLength == 4 && three is >= 1900 and <= 2100 && one is >= 1 and <= 31 && two is >= 1 and <= 31)
        || (firstLength <= 2 && lastLength == 2 && one is >= 1 and <= 31 && two is >= 1 and <= 12);

    private static int Value(string text, DigitGroup group)
    {
        var value = 0;
        foreach (var letter in text.AsSpan(group.Start, Math.Min(group.Length, 5)))
        {
            value = (value * 10) + System.Globalization.CharUnicodeInfo.GetDecimalDigitValue(letter);
        }

        return value;
    }

    /// <summary>Four numbers with points.</summary>
    public static bool IsNetworkAddress(string text, ReadOnlySpan<DigitGroup> all, int first, int last)
    {
        if (last != first + 3)
        {
            return false;
        }

        for (var i = first; i <= last; i++)
        {
            if (all[i].Length > 3 || (i < last && text[all[i].End] != '.'))
            {
                return false;
            }
        }

        return true;
    }
}
