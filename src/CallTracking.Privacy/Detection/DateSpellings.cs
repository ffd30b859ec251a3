using System.Globalization;

namespace CallTracking.Privacy;

/// <summary>
/// The spellings of a day: ISO, day first, month first, padded or not, with German and English month names, with the words of Japan,
/// China and Korea, and in Thai years and months.
/// </summary>
internal static class DateSpellings
{
    // "september" with day and year, and room to spare.
    private const int LongestSpelling = 32;

    private static readonly string[] Cultures = ["en-US", "de-DE"];

    // Folded month names by culture, from the culture data once.
    private static readonly string[][] Months = [.. Cultures.Select(name => Fold(CultureInfo.GetCultureInfo(name).DateTimeFormat.MonthNames))];

    // Thailand counts the years from another beginning.
    private const int BuddhistEra = 543;

    private static readonly string[][] ThaiMonths = [Fold(CultureInfo.GetCultureInfo("th-TH").DateTimeFormat.MonthNames)];

    // Behind year, month and day in Korean, folded.
    private static readonly string[] Korean = Fold(["년", "월", "일"]);

    // Looked up, not formatted: a case has several dates, and each has many spellings.
    private static readonly string[] Padded = [.. Enumerable.Range(0, 32).Select(i => i.ToString("00", CultureInfo.InvariantCulture))];
    private static readonly string[] Short = [.. Enumerable.Range(0, 32).Select(i => i.ToString(CultureInfo.InvariantCulture))];

    public static void Add(string value, SpellingAdder adder)
    {
        // The year stands in every spelling.
        if (value.Length != 10 || !int.TryParse(value.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var year))
        {
            return;
        }

        Span<char> buddhist = stackalloc char[4];
        var isBuddhist = (year + BuddhistEra).TryFormat(buddhist, out var length, default, CultureInfo.InvariantCulture)
            && length == buddhist.Length && adder.IsWorthwhile(buddhist);
        var isGregorian = adder.IsWorthwhile(value.AsSpan(0, 4));
        if ((!isBuddhist && !isGregorian)
            || !DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return;
        }

        if (isGregorian)
        {
            Add(value.AsSpan(0, 4), day, Months, adder);
        }

        if (isBuddhist)
        {
            Add(buddhist, day, ThaiMonths, adder);
        }
    }

    private static void Add(ReadOnlySpan<char> year, DateOnly day, string[][] monthNames, SpellingAdder adder)
    {
        AddNumeric(year, Padded[day.Month], Padded[day.Day], adder);
        if (day.Day < 10 || day.Month < 10)
        {
            AddNumeric(year, Short[day.Month], Short[day.Day], adder);
        }

        foreach (var months in monthNames)
        {
            Add(Short[day.Day], months[day.Month - 1], year, adder);
            Add(months[day.Month - 1], Short[day.Day], year, adder);
        }
    }

    private static void AddNumeric(ReadOnlySpan<char> year, string month, string day, SpellingAdder adder)
    {
        Add(year, month, day, adder);
        Add(day, month, year, adder);
        Add(month, day, year, adder);
        Span<char> japanese = stackalloc char[LongestSpelling];
        japanese.TryWrite($"{year}年{month}月{day}日", out var length);
        adder.AddExact(japanese[..length], ulong.MaxValue);
        if (adder.IsWorthwhile(Korean[0]))
        {
            Span<char> korean = stackalloc char[LongestSpelling];
            korean.TryWrite($"{year}{Korean[0]}{month}{Korean[1]}{day}{Korean[2]}", out length);
            adder.AddExact(korean[..length], ulong.MaxValue);
        }
    }

    private static void Add(ReadOnlySpan<char> first, ReadOnlySpan<char> second, ReadOnlySpan<char> third, SpellingAdder adder)
    {
        Span<char> spelling = stackalloc char[LongestSpelling];
        first.CopyTo(spelling);
        second.CopyTo(spelling[first.Length..]);
        third.CopyTo(spelling[(first.Length + second.Length)..]);
        adder.AddExact(spelling[..(first.Length + second.Length + third.Length)], ulong.MaxValue);
    }

    private static string[] Fold(string[] words)
    {
        var folded = new FoldedText();
        return [.. words.Select(word =>
        {
            folded.Load(word);
            return folded.Letters.ToString();
        })];
    }
}
