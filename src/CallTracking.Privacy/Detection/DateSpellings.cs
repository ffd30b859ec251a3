using System.Globalization;

namespace CallTracking.Privacy;

/// <summary>The spellings of a day: ISO, day first, month first, padded or not, with German, English and Japanese month words.</summary>
internal static class DateSpellings
{
    private static readonly string[] Cultures = ["en-US", "de-DE"];

    // Folded month names by culture, from the culture data once.
    private static readonly string[][] Months = [.. Cultures.Select(name => Fold(CultureInfo.GetCultureInfo(name).DateTimeFormat.MonthNames))];

    public static void Add(string value, SpellingAdder adder)
    {
        if (!DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return;
        }

        Span<char> text = stackalloc char[32];
        Add(text, day, "yyyyMMdd", adder);
        Add(text, day, "ddMMyyyy", adder);
        Add(text, day, "MMddyyyy", adder);
        Add(text, day, "yyyy年MM月dd日", adder);
        if (day.Day < 10 || day.Month < 10)
        {
            Add(text, day, "yyyyMd", adder);
            Add(text, day, "dMyyyy", adder);
            Add(text, day, "Mdyyyy", adder);
            Add(text, day, "yyyy年M月d日", adder);
        }

        foreach (var months in Months)
        {
            AddNamed(text, $"{day.Day}{months[day.Month - 1]}{day.Year}", adder);
            AddNamed(text, $"{months[day.Month - 1]}{day.Day}{day.Year}", adder);
        }
    }

    private static void Add(Span<char> text, DateOnly day, string format, SpellingAdder adder)
    {
        if (day.TryFormat(text, out var length, format, CultureInfo.InvariantCulture))
        {
            adder.AddExact(text[..length], ulong.MaxValue);
        }
    }

    private static void AddNamed(Span<char> text, [System.Runtime.CompilerServices.InterpolatedStringHandlerArgument("text")] ref MemoryExtensions.TryWriteInterpolatedStringHandler spelling, SpellingAdder adder)
    {
        if (text.TryWrite(ref spelling, out var length))
        {
            adder.AddExact(text[..length], ulong.MaxValue);
        }
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
