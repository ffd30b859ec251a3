using System.Globalization;

namespace CallTracking.Privacy;

/// <summary>An ISO 8601 period of whole years, months, weeks and days (<c>P1Y6M</c>), added by the calendar.</summary>
public readonly record struct CalendarPeriod(int Years, int Months, int Weeks, int Days)
{
    private const int Largest = 9999;

    /// <summary>Reads <c>PnYnMnWnD</c>: at least one part, in that order, no fractions, no time of day.</summary>
    public static bool TryParse(string? text, out CalendarPeriod period)
    {
        period = default;
        if (text is not { Length: >= 3 } || text[0] != 'P')
        {
            return false;
        }

        Span<int> parts = stackalloc int[4];
        var unit = 0;
        for (var at = 1; at < text.Length; at++)
        {
            var digits = text.AsSpan(at).IndexOfAnyExceptInRange('0', '9');
            if (digits is <= 0 or > 4)
            {
                return false;
            }

            var number = int.Parse(text.AsSpan(at, digits), NumberStyles.None, CultureInfo.InvariantCulture);
            at += digits;
            var found = "YMWD".IndexOf(text[at], unit);
            if (found < 0 || number > Largest)
            {
                return false;
            }

            parts[found] = number;
            unit = found + 1;
        }

        period = new CalendarPeriod(parts[0], parts[1], parts[2], parts[3]);
        return true;
    }

    /// <summary>
    /// The end of the period that starts then: years and months first (31 January plus a month is the last of February), then
    /// weeks and days. The latest instant there is, when it lies beyond the calendar.
    /// </summary>
    public DateTimeOffset AddTo(DateTimeOffset start)
    {
        try
        {
            return start.AddMonths((Years * 12) + Months).AddDays((Weeks * 7) + Days);
        }
        catch (ArgumentOutOfRangeException)
        {
            return DateTimeOffset.MaxValue;
        }
    }

    /// <summary>The form that <see cref="TryParse"/> reads.</summary>
    public override string ToString()
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"P{Part(Years, 'Y')}{Part(Months, 'M')}{Part(Weeks, 'W')}{Part(Days, 'D')}");
        return text.Length > 1 ? text : "P0D";
    }

    /// <summary>Days in average years and months: only for comparing two periods.</summary>
    internal double ApproximateDays => (Years * 365.2425) + (Months * 30.436875) + (Weeks * 7) + Days;

    private static string Part(int number, char unit) =>
        number == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{number}{unit}");
}
