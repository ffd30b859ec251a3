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
        if (text.IsInvariant && TryRead(IsoFormat.Instance, text.Span, out reading))
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
        foreach (var format in text.IsInvariant ? _formats.Prepend(IsoFormat.Instance) : _formats)
        {
            if (format.TryRead(text.Span, _culture, out var written) && !written.IsInstant)
            {
                date = written.Local.ToString(format.DateShape, CultureInfo.InvariantCulture);
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
        if (!format.TryRead(text, _culture, out var written) || written.Local < Earliest || written.Local > Latest)
        {
            return false;
        }

        // Two days of room before, so that no offset leads out of the calendar.
        if (written.IsInstant)
        {
            var instant = new DateTimeOffset(written.Local, TimeSpan.Zero);
            reading = new TimeReading(instant.ToOffset(clock.OffsetAt(instant)), written.Precision, TimeCaution.Unspecified, IsIso: false);
            return true;
        }

        var caution = TimeCaution.Unspecified;
        var used = written.Offset ?? clock.OffsetOf(written.Local, out caution);
        reading = new TimeReading(
            new DateTimeOffset(written.Local, used),
            written.Precision,
            written.Precision == TimePrecision.Day ? TimeCaution.Unspecified : caution,
            written.IsIso);
        return true;
    }

    // In a .NET format "/" and ":" mean the culture's signs; who writes dd/MM/yyyy means a stroke, also in German.
    public static CultureInfo WithPlainSeparators(CultureInfo culture)
    {
        var plain = (CultureInfo)culture.Clone();
        plain.DateTimeFormat.DateSeparator = "/";
        plain.DateTimeFormat.TimeSeparator = ":";

        // Years of another calendar are read by a format that names it, never because of a culture.
        if (plain.DateTimeFormat.Calendar is not GregorianCalendar && plain.OptionalCalendars.OfType<GregorianCalendar>().FirstOrDefault() is { } gregorian)
        {
            plain.DateTimeFormat.Calendar = gregorian;
        }

        return CultureInfo.ReadOnly(plain);
    }
}
