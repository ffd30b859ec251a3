using System.Globalization;
using CallTracking.Contracts;

namespace CallTracking.Mapping.Values;

/// <summary>A .NET custom pattern, of the Gregorian calendar.</summary>
internal sealed class PatternFormat : TimeFormat
{
    private readonly string _letters;
    private readonly string _literal;
    private readonly DigitPattern? _digits;
    private readonly bool _keepsDayOnly;
    private KnownHalves? _halves;

    /// <param name="pattern">As .NET has it.</param>
    /// <param name="keepsDayOnly">The time of day is not to be trusted.</param>
    public PatternFormat(string pattern, bool keepsDayOnly = false)
        : base(pattern)
    {
        _letters = TimePattern.Letters(pattern);
        _literal = TimePattern.WithLiteralSigns(pattern);
        _digits = DigitPattern.Of(pattern);
        _keepsDayOnly = keepsDayOnly;
    }

    public override string DateShape => TimePattern.DateShape(_letters);

    public override string Told(CultureInfo culture) => TimePattern.HasHalves(_letters) ? $"{Text} (tt is {DayHalves.Named(culture)})" : Text;

    private bool HasOffset => TimePattern.Has(_letters, "zK");

    private bool LooksIso => Text.StartsWith("yyyy-MM-dd", StringComparison.Ordinal);

    public override bool TryRead(ReadOnlySpan<char> text, CultureInfo culture, out WrittenTime time)
    {
        var folded = NativeDigits.Folded(text);
        if (!TryParse(folded, culture, out var local, out var offset) && !TryHalves(folded, culture, out local, out offset))
        {
            time = default;
            return false;
        }

        var isIso = LooksIso && IsoTime.TryParse(text, out _, out _, out _);
        time = _keepsDayOnly
            ? new WrittenTime(local.Date, offset, TimePrecision.Day)
            : new WrittenTime(local, offset, TimePattern.Precision(_letters), isIso);
        return true;
    }

    // .NET takes the culture's own spelling alone.
    private bool TryHalves(ReadOnlySpan<char> text, CultureInfo culture, out DateTime local, out TimeSpan? offset)
    {
        (local, offset) = (default, null);
        if (!TimePattern.HasHalves(_letters))
        {
            return false;
        }

        var halves = HalvesOf(culture);
        foreach (var plain in halves.Plainly(text.ToString()))
        {
            if (TryParse(plain, halves.Plain, out local, out offset))
            {
                return true;
            }
        }

        return false;
    }

    // A field has one culture, so that this is made once; threads that make it at once make the same.
    private DayHalves HalvesOf(CultureInfo culture)
    {
        var known = _halves;
        if (known?.Culture != culture)
        {
            known = new KnownHalves(culture, DayHalves.Of(culture));
            _halves = known;
        }

        return known.Halves;
    }

    private bool TryParse(ReadOnlySpan<char> text, CultureInfo culture, out DateTime local, out TimeSpan? offset)
    {
        offset = null;
        if (_digits is not null && _digits.TryRead(text, out local))
        {
            return true;
        }

        if (!HasOffset)
        {
            return DateTime.TryParseExact(text, _literal, culture, DateTimeStyles.None, out local);
        }

        // With K the offset may be missing: then the time is the zone's, as without K.
        if (DateTime.TryParseExact(text, _literal, culture, DateTimeStyles.RoundtripKind, out local) && local.Kind == DateTimeKind.Unspecified)
        {
            return true;
        }

        var isTime = DateTimeOffset.TryParseExact(text, _literal, culture, DateTimeStyles.AssumeUniversal, out var at);
        local = at.DateTime;
        offset = at.Offset;
        return isTime;
    }

    private sealed record KnownHalves(CultureInfo Culture, DayHalves Halves);
}

/// <summary>A date in another format, a blank, and the time of day as a fraction of a day.</summary>
internal sealed class DayFractionFormat(TimeFormat date) : TimeFormat($"{date.Text} and a fraction of a day")
{
    public override bool TryRead(ReadOnlySpan<char> text, CultureInfo culture, out WrittenTime time)
    {
        var blank = text.LastIndexOf(' ');
        if (blank < 0 || !date.TryRead(text[..blank], culture, out time) || !DayFraction.TryNumber(text[(blank + 1)..], culture, out var fraction) || fraction is < 0 or >= 1)
        {
            time = default;
            return false;
        }

        time = time with { Local = time.Local.Date + DayFraction.TimeOf(fraction), Precision = TimePrecision.Second, IsIso = false };
        return true;
    }
}

/// <summary>What the letters of a time pattern say of it.</summary>
internal static class TimePattern
{
    /// <summary>The pattern without quoted and escaped signs.</summary>
    public static string Letters(string pattern)
    {
        var letters = new System.Text.StringBuilder();
        var quote = '\0';
        for (var at = 0; at < pattern.Length; at++)
        {
            var letter = pattern[at];
            if (quote != '\0')
            {
                quote = letter == quote ? '\0' : quote;
            }
            else if (letter is '\'' or '"')
            {
                quote = letter;
            }
            else if (letter == '\\')
            {
                at++;
            }
            else
            {
                letters.Append(letter);
            }
        }

        return letters.ToString();
    }

    /// <summary>
    /// The same pattern with its signs escaped: .NET compares one that is not by the culture's rules of collation, which
    /// takes part of the time of each reading and a tenth of a second to set up. <c>/</c> and <c>:</c> then stand for themselves, as they do here anyway.
    /// </summary>
    public static string WithLiteralSigns(string pattern)
    {
        var spelled = new System.Text.StringBuilder();
        var quote = '\0';
        for (var at = 0; at < pattern.Length; at++)
        {
            var letter = pattern[at];
            if (quote != '\0')
            {
                quote = letter == quote ? '\0' : quote;
            }
            else if (letter is '\'' or '"')
            {
                quote = letter;
            }
            else if (letter == '\\' && at + 1 < pattern.Length)
            {
                spelled.Append(letter);
                letter = pattern[++at];
            }
            else if (letter is '/' or ':' or '-' or ',')
            {
                spelled.Append('\\');
            }

            spelled.Append(letter);
        }

        return spelled.ToString();
    }

    public static bool Has(string letters, string anyOf) => letters.AsSpan().ContainsAny(anyOf);

    /// <summary>Half a clock: hours to twelve, and nothing says which half of the day.</summary>
    public static bool IsHalfClock(string letters) => Has(letters, "h") && !Has(letters, "t");

    /// <summary>A word says which half of the day it is.</summary>
    public static bool HasHalves(string letters) => letters.Contains("tt", StringComparison.Ordinal);

    public static TimePrecision Precision(string letters) =>
        Has(letters, "s") ? TimePrecision.Second : Has(letters, "mHh") ? TimePrecision.Minute : TimePrecision.Day;

    public static string DateShape(string letters) => Has(letters, "d") ? "yyyy-MM-dd" : Has(letters, "M") ? "yyyy-MM" : "yyyy";
}

/// <summary>Digits of any script as 0 to 9.</summary>
internal static class NativeDigits
{
    public static ReadOnlySpan<char> Folded(ReadOnlySpan<char> text)
    {
        if (System.Text.Ascii.IsValid(text))
        {
            return text;
        }

        var folded = text.ToArray();
        for (var at = 0; at < folded.Length; at++)
        {
            var digit = folded[at] > '\u007F' ? CharUnicodeInfo.GetDecimalDigitValue(folded[at]) : -1;
            folded[at] = digit >= 0 ? (char)('0' + digit) : folded[at];
        }

        return folded;
    }
}
