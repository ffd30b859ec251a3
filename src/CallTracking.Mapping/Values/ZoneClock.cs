using CallTracking.Contracts;

namespace CallTracking.Mapping.Values;

/// <summary>What a local time is in its zone.</summary>
/// <param name="Offset">Of the earlier instant, where the local time occurs twice; as if the clocks had not gone forward, where it never occurred.</param>
/// <param name="Caution">Says which of the two it is.</param>
/// <param name="Other">The offset of the other reading; that of <paramref name="Offset"/> where there is none.</param>
internal readonly record struct ZoneReading(TimeSpan Offset, TimeCaution Caution, TimeSpan Other);

/// <summary>
/// Local times of one zone to offsets. Where the zone's clocks were changed a local time may have two readings, and both are given. Thread-safe.
/// </summary>
internal sealed class ZoneClock(TimeZoneInfo zone)
{
    // Forty-five years: a day that is looked up anew costs as much as a case. A power of two.
    private const int CachedDays = 16 * 1024;
    private const int MinuteBias = 4096;
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    // One 64-bit word per day (so that a read is never torn): day number, offset, and a mark for "one offset all day".
    private readonly long[] _days = new long[CachedDays];

    private bool _isUsed;

    public TimeZoneInfo Zone => zone;

    /// <summary>True once a time of day without an offset has been read in this zone: the zone alone says which instant was meant.</summary>
    public bool IsUsed => _isUsed;

    /// <summary>A time of day without an offset is read.</summary>
    public void Use()
    {
        // Many threads share the clock: what they need not write, none waits for.
        if (!_isUsed)
        {
            _isUsed = true;
        }
    }

    public TimeSpan OffsetAt(DateTimeOffset instant) => zone.GetUtcOffset(instant);

    /// <summary>Reads a local time. It has two days of room to either end of the calendar.</summary>
    public ZoneReading Read(DateTime local)
    {
        var day = local.Ticks / TimeSpan.TicksPerDay;
        var cached = Volatile.Read(ref _days[day % CachedDays]);
        if (cached >> 16 == day && (cached & 1) == 1)
        {
            var known = TimeSpan.FromMinutes(((cached >> 1) & 0x7FFF) - MinuteBias);
            return new ZoneReading(known, TimeCaution.Unspecified, known);
        }

        var reading = OnChangeDay(local);
        if (IsWholeDay(local.Date))
        {
            var minutes = (long)reading.Offset.TotalMinutes + MinuteBias;
            Volatile.Write(ref _days[day % CachedDays], (day << 16) | (minutes << 1) | 1);
        }

        return reading;
    }

    // No zone changes its clocks twice in three days.
    private bool IsWholeDay(DateTime date) => OffsetAtUtc(date - Day) == OffsetAtUtc(date + Day + Day);

    // The only offsets that can be are those of the day before and of the day after: each is right if the zone has it at the instant that it makes
    // of the local time. .NET's own answer knows summer time only, not a zone that moves for good.
    private ZoneReading OnChangeDay(DateTime local)
    {
        var (before, after) = (OffsetAtUtc(local - Day), OffsetAtUtc(local + Day));
        if (before == after)
        {
            return new ZoneReading(before, TimeCaution.Unspecified, before);
        }

        return (OffsetAtUtc(local - before) == before, OffsetAtUtc(local - after) == after) switch
        {
            (true, true) => new ZoneReading(before, TimeCaution.Overlap, after),
            (false, false) => new ZoneReading(before, TimeCaution.Gap, after),
            (true, false) => new ZoneReading(before, TimeCaution.Unspecified, before),
            (false, true) => new ZoneReading(after, TimeCaution.Unspecified, after),
        };
    }

    private TimeSpan OffsetAtUtc(DateTime instant) => zone.GetUtcOffset(DateTime.SpecifyKind(instant, DateTimeKind.Utc));
}
