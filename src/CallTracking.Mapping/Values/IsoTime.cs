using CallTracking.Contracts;

namespace CallTracking.Mapping.Values;

/// <summary>ISO 8601 as systems write it: date, or date and time with T or a space, fraction, and Z or an offset.</summary>
internal static class IsoTime
{
    /// <summary>Reads the whole text. <paramref name="offset"/> is null when the text has none.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out DateTime local, out TimeSpan? offset, out TimePrecision precision)
    {
        local = default;
        offset = null;
        precision = TimePrecision.Day;
        if (!TryDate(text, out local))
        {
            return false;
        }

        if (text.Length == 10)
        {
            return true;
        }

        if (text.Length < 16 || text[10] is not ('T' or 't' or ' ') || text[13] != ':'
            || !TryDigits(text.Slice(11, 2), 23, out var hour) || !TryDigits(text.Slice(14, 2), 59, out var minute))
        {
            return false;
        }

        local = local.AddTicks((hour * TimeSpan.TicksPerHour) + (minute * TimeSpan.TicksPerMinute));
        precision = TimePrecision.Minute;
        var rest = text[16..];
        return TrySeconds(ref rest, ref local, ref precision) && TryOffset(rest, out offset);
    }

    private static bool TryDate(ReadOnlySpan<char> text, out DateTime date)
    {
        date = default;
        if (text.Length < 10 || text[4] != '-' || text[7] != '-'
            || !TryDigits(text[..4], 9999, out var year) || !TryDigits(text.Slice(5, 2), 12, out var month)
            || !TryDigits(text.Slice(8, 2), 31, out var day)
            || year == 0 || month == 0 || day == 0 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        date = new DateTime(year, month, day);
        return true;
    }

    private static bool TrySeconds(ref ReadOnlySpan<char> rest, ref DateTime local, ref TimePrecision precision)
    {
        if (rest.IsEmpty || rest[0] != ':')
        {
            return true;
        }

        if (rest.Length < 3 || !TryDigits(rest.Slice(1, 2), 59, out var second))
        {
            return false;
        }

        local = local.AddTicks(second * TimeSpan.TicksPerSecond);
        precision = TimePrecision.Second;
        rest = rest[3..];
        if (rest.IsEmpty || rest[0] is not ('.' or ','))
        {
            return true;
        }

        var scale = TimeSpan.TicksPerSecond;
        var at = 1;
        for (; at < rest.Length && char.IsAsciiDigit(rest[at]); at++)
        {
            scale /= 10;
            local = local.AddTicks((rest[at] - '0') * scale);
        }

        rest = rest[at..];
        return at > 1;
    }

    private static bool TryOffset(ReadOnlySpan<char> rest, out TimeSpan? offset)
    {
        offset = null;
        rest = rest.TrimStart(' ');
        if (rest.IsEmpty)
        {
            return true;
        }

        if (rest is "Z" or "z")
        {
            offset = TimeSpan.Zero;
            return true;
        }

        if (rest.Length is not (3 or 5 or 6) || rest[0] is not ('+' or '-') || (rest.Length == 6 && rest[3] != ':')
            || !TryDigits(rest.Slice(1, 2), 14, out var hours))
        {
            return false;
        }

        var minutes = 0;
        if (rest.Length > 3 && !TryDigits(rest[^2..], 59, out minutes))
        {
            return false;
        }

        var span = TimeSpan.FromMinutes((hours * 60) + minutes);
        offset = rest[0] == '-' ? -span : span;
        return span <= TimeSpan.FromHours(14);
    }

    private static bool TryDigits(ReadOnlySpan<char> text, int most, out int value)
    {
        value = 0;
        foreach (var digit in text)
        {
            if (!char.IsAsciiDigit(digit))
            {
                return false;
            }

            value = (value * 10) + digit - '0';
        }

        return value <= most;
    }
}
