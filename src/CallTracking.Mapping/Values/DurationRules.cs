using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;

namespace CallTracking.Mapping.Values;

/// <summary>How a length of time is written, and the unit in which it is kept. Thread-safe.</summary>
internal sealed partial class DurationRules(IReadOnlyList<string> formats, TimeSpan unit, NumberRules numbers)
{
    /// <summary>The formats that a mapping can name.</summary>
    public static readonly IReadOnlyList<string> Formats = ["h:m:s", "h:m", "m:s", "12h", "iso", "days", "hours", "minutes", "seconds"];

    public RowFault? Read(CellText text, out double value)
    {
        foreach (var format in formats)
        {
            if (TryRead(format, text, out var seconds))
            {
                value = (double)(seconds / (decimal)unit.TotalSeconds);
                return null;
            }
        }

        value = 0;
        return new RowFault(RejectReason.BadValue, $"Expected a length of time as {string.Join(" or ", formats)}, got {text.Span.Length} characters that are none.");
    }

    private bool TryRead(string format, CellText text, out decimal seconds)
    {
        seconds = 0;
        switch (format)
        {
            case "h:m:s" or "h:m" or "m:s":
                return TryClock(format, text.ToString(), out seconds);
            case "12h":
                return TryHalfClock(text.ToString(), out seconds);
            case "iso":
                return TryIso(text.ToString(), out seconds);
            default:
                var fault = numbers.ToDecimal(text, out var count);
                seconds = fault is null && Math.Abs(count) < 1_000_000_000m ? count * SecondsIn(format) : -1;
                return seconds >= 0;
        }
    }

    private static decimal SecondsIn(string unit) => unit switch { "days" => 86_400, "hours" => 3_600, "minutes" => 60, _ => 1 };

    private static bool TryClock(string format, string text, out decimal seconds)
    {
        seconds = 0;
        var match = Clock().Match(text);
        var parts = match.Success ? text.Split(':') : [];
        if (parts.Length != format.Split(':').Length)
        {
            return false;
        }

        var last = format[^1] == 's' ? 1 : 60;
        for (var fromEnd = 0; fromEnd < parts.Length; fromEnd++)
        {
            var count = decimal.Parse(parts[^(fromEnd + 1)], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
            seconds += count * last;
            last *= 60;
            if (fromEnd < parts.Length - 1 && count >= 60)
            {
                return false;
            }
        }

        return true;
    }

    // A spreadsheet shows 0:02:23 as 12:02:23 AM.
    private static bool TryHalfClock(string text, out decimal seconds)
    {
        var isTime = DateTime.TryParseExact(text, ["h:mm:ss tt", "h:mm tt"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var ofDay);
        seconds = (decimal)ofDay.TimeOfDay.TotalSeconds;
        return isTime;
    }

    private static bool TryIso(string text, out decimal seconds)
    {
        seconds = 0;
        if (!Iso().IsMatch(text))
        {
            return false;
        }

        try
        {
            seconds = (decimal)XmlConvert.ToTimeSpan(text).TotalSeconds;
            return true;
        }
        catch (Exception refused) when (refused is FormatException or OverflowException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"\A[0-9]{1,6}(:[0-9]{1,2}){1,2}(\.[0-9]{1,7})?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Clock();

    // Years and months have no fixed length.
    [GeneratedRegex(@"\AP([0-9]+D)?(T([0-9]+H)?([0-9]+M)?([0-9]+(\.[0-9]+)?S)?)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Iso();
}
