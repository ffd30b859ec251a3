using System.Globalization;

namespace CallTracking.Mapping.Reading.Excel;

/// <summary>
/// Excel's times, days as numbers, as text: ISO 8601 for dates, HH:mm for times of day, hours beyond 24 for durations. Rounded to
/// milliseconds, which is finer than the numbers are. Seconds are left out where neither the format nor the value has any.
/// </summary>
internal static class SerialTime
{
    public const int MostChars = 32;

    private const long MillisecondsPerDay = 24L * 60 * 60 * 1000;

    // The day after 9999-12-31, in days of the 1900 system.
    private const double End = 2_958_466;

    // Serial 60 is 1900-02-29, a day that was not: all before it are one nearer to their base.
    private const int FalseLeapDay = 60;

    private static readonly DateTime Base1900 = new(1899, 12, 30);
    private static readonly DateTime Base1904 = new(1904, 1, 1);

    /// <summary>Null when it is written; else what is wrong with the number as a time.</summary>
    public static string? TryFormat(double days, CellFormat format, bool is1904, Span<char> into, out int written)
    {
        written = 0;
        if (!(Math.Abs(days) < End))
        {
            return "is a time beyond the year 9999.";
        }

        var milliseconds = (long)Math.Round(days * MillisecondsPerDay, MidpointRounding.AwayFromZero);
        if (format.Kind == FormatKind.Duration)
        {
            return Write(Math.Abs(milliseconds), milliseconds < 0, format.HasSeconds, into, out written);
        }

        if (milliseconds < 0)
        {
            return "is a time before the workbook's first day.";
        }

        var isTimeOnly = format.Kind is FormatKind.TimeOfDay or FormatKind.AnyTime;
        return isTimeOnly && milliseconds < MillisecondsPerDay
            ? Write(milliseconds, false, format.HasSeconds && format.Kind != FormatKind.AnyTime, into, out written)
            : WriteDate(milliseconds, format, is1904, into, out written);
    }

    private static string? WriteDate(long milliseconds, CellFormat format, bool is1904, Span<char> into, out int written)
    {
        written = 0;
        var (day, rest) = Math.DivRem(milliseconds, MillisecondsPerDay);
        if (!is1904 && day is 0 or FalseLeapDay)
        {
            return day == 0 ? "is day 0 of the calendar, which is no date." : "is 1900-02-29, a day that was not.";
        }

        var first = is1904 ? Base1904 : day < FalseLeapDay ? Base1900.AddDays(1) : Base1900;
        if (day > (DateTime.MaxValue - first).Days)
        {
            return "is a time beyond the year 9999.";
        }

        var at = first.AddDays(day).AddMilliseconds(rest);
        var hasTime = rest != 0 || format.Kind is FormatKind.DateTime;
        at.TryFormat(into, out written, hasTime ? "yyyy-MM-ddT" : "yyyy-MM-dd", CultureInfo.InvariantCulture);
        if (hasTime)
        {
            Write(rest, false, format.HasSeconds && format.Kind == FormatKind.DateTime, into[written..], out var more);
            written += more;
        }

        return null;
    }

    private static string? Write(long milliseconds, bool isNegative, bool hasSeconds, Span<char> into, out int written)
    {
        var (hours, rest) = Math.DivRem(milliseconds, 60 * 60 * 1000);
        var (minutes, left) = Math.DivRem(rest, 60 * 1000);
        var (seconds, fraction) = Math.DivRem(left, 1000);
        var sign = isNegative ? "-" : "";
        _ = fraction > 0
            ? into.TryWrite(CultureInfo.InvariantCulture, $"{sign}{hours:00}:{minutes:00}:{seconds:00}.{fraction:000}", out written)
            : hasSeconds || seconds > 0
                ? into.TryWrite(CultureInfo.InvariantCulture, $"{sign}{hours:00}:{minutes:00}:{seconds:00}", out written)
                : into.TryWrite(CultureInfo.InvariantCulture, $"{sign}{hours:00}:{minutes:00}", out written);
        return null;
    }
}
