using System.Globalization;
using CallTracking.Contracts;
using Google.Protobuf.WellKnownTypes;

namespace CallTracking.Mapping.Values;

/// <summary>A time as read: the instant with the offset that the source used, and how sure it is.</summary>
internal readonly record struct TimeReading(DateTimeOffset At, TimePrecision Precision, TimeCaution Caution, bool IsIso);

/// <summary>Reads times of one field: its formats in order, its zone, its culture. Thread-safe.</summary>
internal sealed class TimeRules(IReadOnlyList<TimeFormat> formats, ZoneClock clock, CultureInfo culture)
{
    private static readonly DateTime Earliest = new(1, 1, 3);
    private static readonly DateTime Latest = new(9999, 12, 29);

    private readonly TimeFormat[] _formats = [.. formats];
    private readonly CultureInfo _culture = WithPlainSeparators(culture);

    public RowFault? Read(CellText text, out TimeReading reading)
    {
        // A time that the source itself knows as one: the formats are for texts.
        if (text.IsInvariant && TryRead(TimeFormat.Iso, text.Span, out reading))
        {
            return null;
        }

        foreach (var format in _formats)
        {
            if (TryRead(format, text.Span, out reading))
            {
                return null;
            }
        }

        reading = default;
        return new RowFault(
            RejectReason.BadTime,
            $"Expected a time as {string.Join(" or ", _formats.Select(format => format.Text))}, got {text.Span.Length} characters that are none.");
    }

    /// <summary>The contract's form; the source's text is kept when the instant alone would not give it back.</summary>
    public RowFault? ToCaseTime(CellText text, bool isDerived, out CaseTime time)
    {
        time = null!;
        if (Read(text, out var reading) is { } fault)
        {
            return fault;
        }

        time = new CaseTime
        {
            At = ToTimestamp(reading.At),
            UtcOffsetMinutes = (int)reading.At.Offset.TotalMinutes,
            Precision = reading.Precision,
            Caution = isDerived ? TimeCaution.Derived : reading.Caution,
        };
        if (!reading.IsIso)
        {
            time.Original = text.ToString();
        }

        return null;
    }

    public static Timestamp ToTimestamp(DateTimeOffset at)
    {
        var ticks = at.UtcTicks - DateTime.UnixEpoch.Ticks;
        var seconds = Math.DivRem(ticks, TimeSpan.TicksPerSecond, out var rest);
        return rest < 0
            ? new Timestamp { Seconds = seconds - 1, Nanos = (int)((rest + TimeSpan.TicksPerSecond) * 100) }
            : new Timestamp { Seconds = seconds, Nanos = (int)(rest * 100) };
    }

    /// <summary>ISO 8601 text of a date about a person: as exact as the format is.</summary>
    public RowFault? ToIsoDate(CellText text, out string date)
    {
        foreach (var format in text.IsInvariant ? _formats.Prepend(TimeFormat.Iso) : _formats)
        {
            if (format.UnixTicks is null && TryLocal(format, text.Span, out var local, out _, out _))
            {
                date = local.ToString(format.DateShape, CultureInfo.InvariantCulture);
                return null;
            }
        }

        date = string.Empty;
        return new RowFault(
            RejectReason.BadTime,
            $"Expected a date as {string.Join(" or ", _formats.Select(format => format.Text))}, got {text.Span.Length} characters that are none.");
    }

    private bool TryRead(TimeFormat format, ReadOnlySpan<char> text, out TimeReading reading)
    {
        reading = default;
        if (format.UnixTicks is { } ticksPerUnit)
        {
            return TryUnix(text, ticksPerUnit, out reading);
        }

        // Two days of room, so that no offset leads out of the calendar.
        if (!TryLocal(format, text, out var local, out var offset, out var precision) || local < Earliest || local > Latest)
        {
            return false;
        }

        var caution = TimeCaution.Unspecified;
        var used = offset ?? clock.OffsetOf(local, out caution);
        var isIso = format.Pattern is null || (format.LooksIso && IsoTime.TryParse(text, out _, out _, out _));
        reading = new TimeReading(
            new DateTimeOffset(local, used), precision, precision == TimePrecision.Day ? TimeCaution.Unspecified : caution, isIso);
        return true;
    }

    private bool TryLocal(TimeFormat format, ReadOnlySpan<char> text, out DateTime local, out TimeSpan? offset, out TimePrecision precision)
    {
        if (format.Pattern is null)
        {
            return IsoTime.TryParse(text, out local, out offset, out precision);
        }

        offset = null;
        precision = format.Precision;
        if (!format.HasOffset)
        {
            return DateTime.TryParseExact(text, format.Pattern, _culture, DateTimeStyles.None, out local);
        }

        // With K the offset may be missing: then the time is the zone's, as without K.
        if (DateTime.TryParseExact(text, format.Pattern, _culture, DateTimeStyles.RoundtripKind, out local) && local.Kind == DateTimeKind.Unspecified)
        {
            return true;
        }

        var isTime = DateTimeOffset.TryParseExact(text, format.Pattern, _culture, DateTimeStyles.AssumeUniversal, out var at);
        local = at.DateTime;
        offset = at.Offset;
        return isTime;
    }

    private bool TryUnix(ReadOnlySpan<char> text, long ticksPerUnit, out TimeReading reading)
    {
        reading = default;
        if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var units)
            || Math.Abs(units) > 253_000_000_000m * TimeSpan.TicksPerSecond / ticksPerUnit)
        {
            return false;
        }

        var ticks = DateTime.UnixEpoch.Ticks + (long)(units * ticksPerUnit);
        if (ticks < Earliest.Ticks || ticks > Latest.Ticks)
        {
            return false;
        }

        var instant = new DateTimeOffset(ticks, TimeSpan.Zero);
        reading = new TimeReading(instant.ToOffset(clock.OffsetAt(instant)), TimePrecision.Second, TimeCaution.Unspecified, IsIso: false);
        return true;
    }

    // In a .NET format "/" and ":" mean the culture's signs; who writes dd/MM/yyyy means a stroke, also in German.
    private static CultureInfo WithPlainSeparators(CultureInfo culture)
    {
        var plain = (CultureInfo)culture.Clone();
        plain.DateTimeFormat.DateSeparator = "/";
        plain.DateTimeFormat.TimeSeparator = ":";
        return CultureInfo.ReadOnly(plain);
    }
}

/// <summary>One accepted format: ISO 8601 (no pattern), unix numbers, or a .NET custom pattern.</summary>
internal sealed record TimeFormat(string Text, string? Pattern, long? UnixTicks)
{
    public static readonly TimeFormat Iso = new("ISO 8601", null, null);

    public bool HasOffset { get; } = Has(Pattern, "zK");

    public bool LooksIso { get; } = Pattern is not null && Pattern.StartsWith("yyyy-MM-dd", StringComparison.Ordinal);

    public TimePrecision Precision { get; } =
        Has(Pattern, "s") ? TimePrecision.Second : Has(Pattern, "mHh") ? TimePrecision.Minute : TimePrecision.Day;

    /// <summary>How exact a date of this format can be said.</summary>
    public string DateShape { get; } =
        Pattern is null || Has(Pattern, "d") ? "yyyy-MM-dd" : Has(Pattern, "M") ? "yyyy-MM" : "yyyy";

    private static bool Has(string? pattern, string anyOf) => pattern is not null && UnquotedLetters(pattern).AsSpan().ContainsAny(anyOf);

    private static string UnquotedLetters(string pattern)
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
}
