using CallTracking.Contracts;

namespace CallTracking.Mapping.Values;

/// <summary>
/// Local times of one zone to offsets. A local time that occurs twice is taken as the earlier instant, one that never occurred
/// as if the clocks had not gone forward; both are marked. Thread-safe.
/// </summary>
internal sealed class ZoneClock(TimeZoneInfo zone)
{
    // Forty-five years: a day that is looked up anew costs as much as a case. A power of two.
    private const int CachedDays = 16 * 1024;
    private const int MinuteBias = 4096;

    // One 64-bit word per day (so that a read is never torn): day number, offset, and a mark for "one offset all day".
    private readonly long[] _days = new long[CachedDays];

    public TimeZoneInfo Zone => zone;

    public TimeSpan OffsetAt(DateTimeOffset instant) => zone.GetUtcOffset(instant);

    public TimeSpan OffsetOf(DateTime local, out TimeCaution caution)
    {
        caution = TimeCaution.Unspecified;
        var day = local.Ticks / TimeSpan.TicksPerDay;
        var cached = Volatile.Read(ref _days[day % CachedDays]);
        if (cached >> 16 == day && (cached & 1) == 1)
        {
            return TimeSpan.FromMinutes(((cached >> 1) & 0x7FFF) - MinuteBias);
        }

        if (TryWholeDay(local.Date, out var offset))
        {
            var minutes = (long)offset.TotalMinutes + MinuteBias;
            Volatile.Write(ref _days[day % CachedDays], (day << 16) | (minutes << 1) | 1);
            return offset;
        }

        return OffsetOnChangeDay(local, out caution);
    }

    private bool TryWholeDay(DateTime date, out TimeSpan offset)
    {
        offset = zone.GetUtcOffset(date);
        for (var quarter = 0; quarter < 96; quarter++)
        {
            var local = date.AddMinutes(quarter * 15);
            if (zone.IsInvalidTime(local) || zone.IsAmbiguousTime(local) || zone.GetUtcOffset(local) != offset)
            {
                return false;
            }
        }

        return true;
    }

    private TimeSpan OffsetOnChangeDay(DateTime local, out TimeCaution caution)
    {
        if (zone.IsAmbiguousTime(local))
        {
            caution = TimeCaution.Overlap;
            return zone.GetAmbiguousTimeOffsets(local).Max();
        }

        if (zone.IsInvalidTime(local))
        {
            caution = TimeCaution.Gap;
            var before = local;
            while (zone.IsInvalidTime(before))
            {
                before = before.AddMinutes(-15);
            }

            return zone.GetUtcOffset(before);
        }

        caution = TimeCaution.Unspecified;
        return zone.GetUtcOffset(local);
    }
}
