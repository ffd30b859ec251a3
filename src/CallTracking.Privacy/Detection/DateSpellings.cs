using System.Globalization;

namespace CallTracking.Privacy;

/// <summary>The spellings of a day: ISO, day first, month first, padded or not, with German, English and Japanese month words.</summary>
internal static class DateSpellings
{
    private static readonly string[] Cultures = ["en-US", "de-DE"];

    // Folded month names by culture, from the culture data once.
    private static readonly string[][] Months = [.. Cultures.Select(name => Fold(CultureInfo.GetCultureInfo(name).DateTimeFormat.MonthNames))];

    // Looked up, not formatted: a case has several dates, and each has many spellings.
    private static readonly string[] Padded = [.. Enumerable.Range(0, 32).Select(i => i.ToString("00", CultureInfo.InvariantCulture))];
    private static readonly string[] Short = [.. Enumerable.Range(0, 32).Select(i => i.ToString(CultureInfo.InvariantCulture))];

    public static void Add(string value, SpellingAdder adder)
    {
        if (!DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return;
        }

        var year = value.AsSpan(0, 4);
        AddNumeric(year, Padded[day.Month], Padded[day.Day], adder);
        if (day.Day < 10 || day.Month < 10)
        {
            AddNumeric(year, Short[day.Month], Short[day.Day], adder);
        }

        foreach (var months in Months)
        {
            AddAll($"{Short[day.Day]}{months[day.Month - 1]}{year}", adder);
            AddAll($"{months[day.Month - 1]}{Short[day.Day]}{year}", adder);
        }
    }

    private static void AddNumeric(ReadOnlySpan<char> year, string month, string day, SpellingAdder adder)
    {
        AddAll($"{year}{month}{day}", adder);
        AddAll($"{day}{month}{year}", adder);
        AddAll($"{month}{day}{year}", adder);
        AddAll($"{year}年{month}月{day}日", adder);
    }

    private static void AddAll(string spelling, SpellingAdder adder) => adder.AddExact(spelling, ulong.MaxValue);

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
