using System.Globalization;

namespace CallTracking.Privacy;

/// <summary>
/// The spellings of a day in digits alone, with the year's four: ISO, day first, month first, padded or not, and in Thai years. These
/// are found inside longer numbers, too; all other spellings are read where they stand (<see cref="OwnDates"/>).
/// </summary>
internal static class DateSpellings
{
    private const int LongestSpelling = 8;

    // Looked up, not formatted: a case has several dates, and each has many spellings.
    private static readonly string[] Padded = [.. Enumerable.Range(0, 32).Select(i => i.ToString("00", CultureInfo.InvariantCulture))];
    private static readonly string[] Short = [.. Enumerable.Range(0, 32).Select(i => i.ToString(CultureInfo.InvariantCulture))];

    public static void Add(DateOnly day, SpellingAdder adder)
    {
        AddYear(day.Year, day, adder);
        AddYear(day.Year + DateReading.BuddhistEra, day, adder);
    }

    // The year stands in every spelling.
    private static void AddYear(int year, DateOnly day, SpellingAdder adder)
    {
        Span<char> digits = stackalloc char[4];
        if (!year.TryFormat(digits, out var length, "0000", CultureInfo.InvariantCulture) || length != digits.Length || !adder.IsWorthwhile(digits))
        {
            return;
        }

        Add(digits, Padded[day.Month], Padded[day.Day], adder);
        if (day.Day < 10 || day.Month < 10)
        {
            Add(digits, Short[day.Month], Short[day.Day], adder);
        }
    }

    private static void Add(ReadOnlySpan<char> year, string month, string day, SpellingAdder adder)
    {
        AddInOrder(year, month, day, adder);
        AddInOrder(day, month, year, adder);
        AddInOrder(month, day, year, adder);
    }

    private static void AddInOrder(ReadOnlySpan<char> first, ReadOnlySpan<char> second, ReadOnlySpan<char> third, SpellingAdder adder)
    {
        Span<char> spelling = stackalloc char[LongestSpelling];
        first.CopyTo(spelling);
        second.CopyTo(spelling[first.Length..]);
        third.CopyTo(spelling[(first.Length + second.Length)..]);
        adder.AddExact(spelling[..(first.Length + second.Length + third.Length)], ulong.MaxValue);
    }
}
