using System.Globalization;
using CallTracking.Contracts;

namespace CallTracking.Mapping.Values;

/// <summary>A time as written, before its zone is known.</summary>
/// <param name="Local">The date and time of day; in UTC when <paramref name="IsInstant"/>.</param>
/// <param name="Offset">East of UTC, where the text says it.</param>
/// <param name="Precision">How exact the text is.</param>
/// <param name="IsIso">The contract's ISO form gives the text back.</param>
/// <param name="IsInstant">It is a count from a fixed instant, so that no zone is needed.</param>
internal readonly record struct WrittenTime(DateTime Local, TimeSpan? Offset, TimePrecision Precision, bool IsIso = false, bool IsInstant = false);

/// <summary>One accepted way to write a time. Thread-safe.</summary>
internal abstract class TimeFormat(string text)
{
    /// <summary>As faults name it.</summary>
    public string Text => text;

    /// <summary>As faults name it to somebody whose text it does not read: with what stands for its letters, where that depends on the culture.</summary>
    public virtual string Told(CultureInfo culture) => text;

    /// <summary>How exact a date of this format can be said, as a .NET pattern.</summary>
    public virtual string DateShape => "yyyy-MM-dd";

    public abstract bool TryRead(ReadOnlySpan<char> text, CultureInfo culture, out WrittenTime time);
}

/// <summary>ISO 8601.</summary>
internal sealed class IsoFormat() : TimeFormat("ISO 8601")
{
    public static readonly IsoFormat Instance = new();

    public override bool TryRead(ReadOnlySpan<char> text, CultureInfo culture, out WrittenTime time)
    {
        var isTime = IsoTime.TryParse(text, out var local, out var offset, out var precision);
        time = new WrittenTime(local, offset, precision, IsIso: true);
        return isTime;
    }
}

/// <summary>A count of seconds or milliseconds since 1970, with a fraction or without.</summary>
internal sealed class UnixFormat(string text, long ticksPerUnit) : TimeFormat(text)
{
    private const long MostSeconds = 253_000_000_000;

    public override bool TryRead(ReadOnlySpan<char> text, CultureInfo culture, out WrittenTime time)
    {
        time = default;
        if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var units)
            || Math.Abs(units) > (decimal)MostSeconds * TimeSpan.TicksPerSecond / ticksPerUnit)
        {
            return false;
        }

        var ticks = DateTime.UnixEpoch.Ticks + (long)(units * ticksPerUnit);
        time = ticks < 0 ? default : new WrittenTime(new DateTime(ticks), null, TimePrecision.Second, IsInstant: true);
        return ticks >= 0;
    }
}

/// <summary>
/// A spreadsheet's count of days, whose fraction is the time of day. Of 1900: day 1 is 1 January 1900, and day 60 is a
/// 29 February that never was, which is refused. Of 1904: day 0 is 1 January 1904.
/// </summary>
internal sealed class ExcelFormat(bool is1904) : TimeFormat(is1904 ? "a spreadsheet's day number of 1904" : "a spreadsheet's day number")
{
    private const int PhantomDay = 60;
    private const decimal MostDays = 2_958_465;

    public override bool TryRead(ReadOnlySpan<char> text, CultureInfo culture, out WrittenTime time)
    {
        time = default;
        if (!DayFraction.TryNumber(text, culture, out var days) || days >= MostDays || days < (is1904 ? 0 : 1) || (!is1904 && (int)days == PhantomDay))
        {
            return false;
        }

        var whole = (int)days;
        var start = is1904 ? new DateTime(1904, 1, 1) : new DateTime(1899, 12, whole < PhantomDay ? 31 : 30);
        var isDay = whole == days;
        time = new WrittenTime(start.AddDays(whole) + DayFraction.TimeOf(days - whole), null, isDay ? TimePrecision.Day : TimePrecision.Second);
        return true;
    }
}

/// <summary>Times of day as fractions of a day.</summary>
internal static class DayFraction
{
    /// <summary>A number of days with the point, or with the culture's own sign; an exponent as spreadsheets write small fractions.</summary>
    public static bool TryNumber(ReadOnlySpan<char> text, CultureInfo culture, out decimal days)
    {
        const NumberStyles Plain = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return decimal.TryParse(text, Plain, CultureInfo.InvariantCulture, out days) || decimal.TryParse(text, Plain, culture, out days);
    }

    /// <summary>To the second: a spreadsheet's double holds no more for sure.</summary>
    public static TimeSpan TimeOf(decimal fraction) => TimeSpan.FromSeconds((double)decimal.Round(fraction * 86_400m));
}
