using System.Collections.Frozen;
using System.Globalization;

namespace CallTracking.Privacy;

/// <summary>A date in a text.</summary>
internal readonly record struct DatePlace(int Start, int End)
{
    public bool IsNone => End == 0;
}

/// <summary>Reads dates: numbers with separators in any order, with the month's name before or behind the day, with the words of Japan, China and Korea.</summary>
internal static class DateReader
{
    private const int Gap = 3;
    private const int LongestMonth = 24;

    private static readonly string[] Languages = ["en", "de", "fr", "es", "it", "pt", "nl", "pl", "sv", "da", "nb", "fi", "cs", "hu", "ro", "tr", "ru", "uk", "el", "id", "vi"];

    private static readonly FrozenSet<string> MonthNames = Languages
        .Select(language => CultureInfo.GetCultureInfo(language).DateTimeFormat)
        .SelectMany(format => format.MonthNames.Concat(format.MonthGenitiveNames).Concat(format.AbbreviatedMonthNames))
        .Concat(["sept", "mai", "mär", "okt", "dez"])
        .Select(name => Folded(name.TrimEnd('.'))).Where(name => name.Length >= 3).ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Months = MonthNames.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The date that begins at or around a run of digits.</summary>
    public static DatePlace At(string text, ReadOnlySpan<DigitGroup> runs, int index)
    {
        var run = runs[index];
        if (run.Length > 8 || (run.Start > 0 && (TextSigns.IsWord(text[run.Start - 1]) || text[run.Start - 1] is '_')))
        {
            return default;
        }

        var numbers = Numbers(text, runs, index);
        return !numbers.IsNone ? numbers : run.Length <= 2 ? Named(text, runs, index) : default;
    }

    // 13/03/1955, 1955-03-13, 13. 3. 55, 1955年3月13日.
    private static DatePlace Numbers(string text, ReadOnlySpan<DigitGroup> runs, int index)
    {
        if (index + 2 >= runs.Length)
        {
            return default;
        }

        var (first, second, third) = (runs[index], runs[index + 1], runs[index + 2]);
        if (first.Length is not (1 or 2 or 4) || second.Length > 2 || third.Length is not (1 or 2 or 4) || second.Start - first.End > Gap || third.Start - second.End > Gap)
        {
            return default;
        }

        var separator = text[first.End];
        var isWorded = separator is '年' or '년';
        if ((!isWorded && (separator is not ('.' or '/' or '-' or '－' or '／' or '‐' or '–') || text[second.End] != separator)) || !IsDay(text, first, second, third))
        {
            return default;
        }

        var end = third.End;
        if (!isWorded && (Continues(text, first.Start - 1, -1, separator) || Continues(text, end, 1, separator)))
        {
            return default;
        }

        if (isWorded)
        {
            end += end < text.Length && text[end] is '日' or '일' ? 1 : 0;
        }

        return new DatePlace(first.Start, WithTime(text, end));
    }

    // 10.20.30.40 holds no date.
    private static bool Continues(string text, int at, int step, char separator) =>
        at >= 0 && at < text.Length && text[at] == separator && at + step >= 0 && at + step < text.Length && TextSigns.IsDigit(text[at + step]);

    private static bool IsDay(string text, DigitGroup first, DigitGroup second, DigitGroup third)
    {
        var (one, two, three) = (Value(text, first), Value(text, second), Value(text, third));
        return first.Length == 4
            ? one is >= 1000 and <= 2700 && third.Length <= 2 && CheckDigits.IsDay(three, two)
            : third.Length is 2 or 4 && (third.Length == 2 || three is >= 1000 and <= 2700) && (CheckDigits.IsDay(one, two) || CheckDigits.IsDay(two, one));
    }

    // 2024-03-15T14:30:00.123Z
    private static int WithTime(string text, int end)
    {
        if (end + 5 >= text.Length || text[end] != 'T' || !TextSigns.IsDigit(text[end + 1]))
        {
            return end;
        }

        var at = end + 1;
        while (at < text.Length && at - end < 34 && (char.IsAsciiDigit(text[at]) || (text[at] is ':' or '.' or '+' or '-' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]))))
        {
            at++;
        }

        return at < text.Length && text[at] == 'Z' ? at + 1 : at;
    }

    // 5-MAY-2021, 1 de mayo de 1977, May 1st, 1977.
    private static DatePlace Named(string text, ReadOnlySpan<DigitGroup> runs, int index)
    {
        var day = runs[index];
        if (index + 1 >= runs.Length || Value(text, day) is < 1 or > 31 || runs[index + 1] is var year && (year.Length is not (2 or 4) || year.Start - day.End > LongestMonth))
        {
            return default;
        }

        var behind = WordPlace.After(text, SkipOrdinal(text, day.End), Gap, overLines: false);
        behind = !behind.IsNone && behind.Of(text) is "de" or "of" ? WordPlace.After(text, behind.End, Gap, overLines: false) : behind;
        if (!behind.IsNone && IsMonth(text, behind) && year.Start - behind.End <= 5 && year.Start >= behind.End)
        {
            return new DatePlace(day.Start, year.End);
        }

        var before = WordPlace.Before(text, day.Start, Gap, overLines: false);
        return !before.IsNone && IsMonth(text, before) && year.Start - SkipOrdinal(text, day.End) is >= 0 and <= Gap && year.Length == 4
            ? new DatePlace(before.Start, year.End)
            : default;
    }

    private static int SkipOrdinal(string text, int end) =>
        end + 2 <= text.Length && (end + 2 == text.Length || !TextSigns.IsWord(text[end + 2]))
        && text.AsSpan(end, 2) is var suffix && (suffix.Equals("st", StringComparison.OrdinalIgnoreCase) || suffix.Equals("nd", StringComparison.OrdinalIgnoreCase)
            || suffix.Equals("rd", StringComparison.OrdinalIgnoreCase) || suffix.Equals("th", StringComparison.OrdinalIgnoreCase) || suffix.Equals("er", StringComparison.OrdinalIgnoreCase))
            ? end + 2
            : end;

    private static bool IsMonth(string text, WordPlace word)
    {
        Span<char> folded = stackalloc char[16];
        return Months.Contains(word.Fold(text, folded));
    }

    public static int Value(string text, DigitGroup run)
    {
        var value = 0;
        foreach (var digit in text.AsSpan(run.Start, Math.Min(run.Length, 5)))
        {
            value = (value * 10) + TextSigns.Plain(digit) - '0';
        }

        return value;
    }

    private static string Folded(string name)
    {
        Span<char> folded = stackalloc char[32];
        return new WordPlace(0, name.Length).Fold(name, folded).ToString();
    }
}
