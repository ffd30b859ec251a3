using System.Globalization;
using CallTracking.Contracts;
using Google.Protobuf.WellKnownTypes;

namespace CallTracking.Mapping.Values;

/// <summary>
/// A time as read: the instant with the offset that the source used, and how sure it is. The other offset is that of its other reading, where the
/// local time occurred twice or never and nobody has decided.
/// </summary>
internal readonly record struct TimeReading(DateTimeOffset At, TimePrecision Precision, TimeCaution Caution, bool IsIso, TimeSpan? OtherOffset = null);

/// <summary>What somebody decided of local times that have two readings.</summary>
internal enum TimeChoice
{
    /// <summary>Nobody did: both readings are kept, and the time is marked.</summary>
    None,

    /// <summary>The earlier instant is meant.</summary>
    Earlier,

    /// <summary>The later instant is meant.</summary>
    Later,

    /// <summary>Such a time rejects the record.</summary>
    Reject,
}

/// <summary>What becomes of a local time that occurred twice, and of one that never occurred.</summary>
internal readonly record struct TimeChoices(TimeChoice Overlap, TimeChoice Gap)
{
    public TimeChoice Of(TimeCaution caution) => caution switch
    {
        TimeCaution.Overlap => Overlap,
        TimeCaution.Gap => Gap,
        _ => TimeChoice.None,
    };
}

/// <summary>Reads times of one field: its formats in order, its zone, its culture. Thread-safe.</summary>
internal sealed class TimeRules(IReadOnlyList<TimeFormat> formats, ZoneClock clock, CultureInfo culture, TimeChoices choices = default)
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
            return Refuse(reading);
        }

        foreach (var format in _formats)
        {
            if (TryRead(format, text.Span, out reading))
            {
                return Refuse(reading);
            }
        }

        reading = default;
        return new RowFault(
            RejectReason.BadTime,
            $"Expected a time as {string.Join(" or ", _formats.Select(format => format.Told(_culture)))}, got {text.Span.Length} characters that are none.");
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
        if (reading.OtherOffset is { } other)
        {
            time.OtherUtcOffsetMinutes = (int)other.TotalMinutes;
        }

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
            $"Expected a date as {string.Join(" or ", _formats.Select(format => format.Told(_culture)))}, got {text.Span.Length} characters that are none.");
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

        if (written.Offset is { } offset)
        {
            reading = new TimeReading(new DateTimeOffset(written.Local, offset), written.Precision, TimeCaution.Unspecified, written.IsIso);
            return true;
        }

        if (written.Precision != TimePrecision.Day)
        {
            clock.Use();
        }

        var read = clock.Read(written.Local);
        reading = written.Precision == TimePrecision.Day || read.Caution == TimeCaution.Unspecified
            ? new TimeReading(new DateTimeOffset(written.Local, read.Offset), written.Precision, TimeCaution.Unspecified, written.IsIso)
            : Decided(written, read);
        return true;
    }

    private TimeReading Decided(WrittenTime written, ZoneReading read)
    {
        var (earlier, later) = read.Offset > read.Other ? (read.Offset, read.Other) : (read.Other, read.Offset);
        return choices.Of(read.Caution) switch
        {
            TimeChoice.Earlier => new TimeReading(new DateTimeOffset(written.Local, earlier), written.Precision, TimeCaution.Unspecified, written.IsIso),
            TimeChoice.Later => new TimeReading(new DateTimeOffset(written.Local, later), written.Precision, TimeCaution.Unspecified, written.IsIso),
            _ => new TimeReading(new DateTimeOffset(written.Local, read.Offset), written.Precision, read.Caution, written.IsIso, read.Other),
        };
    }

    private RowFault? Refuse(in TimeReading reading) => choices.Of(reading.Caution) != TimeChoice.Reject ? null : new RowFault(
        RejectReason.BadTime,
        reading.Caution == TimeCaution.Overlap
            ? "This local time occurs twice, when the clocks go back, and the mapping rejects such times."
            : "This local time never occurs, since the clocks go forward, and the mapping rejects such times.");

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
