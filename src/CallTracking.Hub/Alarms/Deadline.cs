using System.Globalization;
using CallTracking.Contracts;

namespace CallTracking.Hub.Alarms;

/// <summary>By when a region's night has to be here. Only arithmetic.</summary>
/// <param name="Region">Whose.</param>
/// <param name="At">On the clocks of <paramref name="Zone"/>.</param>
/// <param name="Zone">Where it is that time.</param>
/// <param name="Days">The days on which it is due.</param>
/// <param name="Holidays">Days on which it is not, whatever day of the week they are.</param>
/// <param name="Reach">How long before the deadline a run still counts for it: longer ago it was another night's.</param>
/// <param name="SetAt">No deadline before that was ever promised.</param>
internal sealed record Deadline(
    RegionCode Region, TimeOnly At, TimeZoneInfo Zone, DayOfWeekSet Days, IReadOnlySet<DateOnly> Holidays, TimeSpan Reach, DateTimeOffset SetAt)
{
    /// <summary>What counts for a deadline where nobody says otherwise: a night, and not the day before.</summary>
    public static readonly TimeSpan DefaultReach = TimeSpan.FromHours(12);

    // A year of holidays ends any search.
    private const int FurthestDay = 366;

    /// <summary>The latest deadline at or before an instant, since it was set; null when there was none.</summary>
    public DateTimeOffset? Last(DateTimeOffset now) => Search(now, -1, due => due <= now) is { } due && due > SetAt ? due : null;

    /// <summary>The first deadline after an instant; null when none is due for a year.</summary>
    public DateTimeOffset? Next(DateTimeOffset now) => Search(now, 1, due => due > now);

    /// <summary>Whether the region is late: a deadline has passed, and no whole run came for it.</summary>
    /// <param name="now">When it is looked.</param>
    /// <param name="lastRunAt">When the region's last whole run came; null when none did.</param>
    public DateTimeOffset? MissedAt(DateTimeOffset now, DateTimeOffset? lastRunAt) =>
        Last(now) is { } due && !(lastRunAt > due - Reach) ? due : null;

    private DateTimeOffset? Search(DateTimeOffset now, int step, Func<DateTimeOffset, bool> isMeant)
    {
        // From the day behind: zones differ by more than a day from one another.
        var start = DateOnly.FromDateTime(now.UtcDateTime).AddDays(-2 * step);
        for (var count = 0; count <= FurthestDay; count++)
        {
            var day = start.AddDays(count * step);
            if (Days.Has(day.DayOfWeek) && !Holidays.Contains(day) && Instant(day) is var due && isMeant(due))
            {
                return due;
            }
        }

        return null;
    }

    // In the hour that clocks skip it is the end of the gap; in the one that they repeat, the second time: nobody is called too early.
    private DateTimeOffset Instant(DateOnly day)
    {
        var local = day.ToDateTime(At);
        while (Zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(1);
        }

        var offset = Zone.IsAmbiguousTime(local) ? Zone.GetAmbiguousTimeOffsets(local).Min() : Zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Region}: by {At:HH\\:mm} {Zone.Id}, {Days}, {Holidays.Count} {(Holidays.Count == 1 ? "holiday" : "holidays")}; a run counts that came within {Reach.TotalHours:0.#} hours before, or since");
}

/// <summary>Days of the week.</summary>
/// <param name="Bits">Bit 0 is Sunday.</param>
internal readonly record struct DayOfWeekSet(int Bits)
{
    private static readonly string[] Names = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

    public static readonly DayOfWeekSet All = new(0b111_1111);

    public bool Has(DayOfWeek day) => (Bits & (1 << (int)day)) != 0;

    /// <summary>Reads <c>Mon-Fri</c>, <c>Sun,Tue</c>, <c>Fri-Mon</c>.</summary>
    public static bool TryParse(string text, out DayOfWeekSet days)
    {
        var bits = 0;
        days = default;
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var ends = part.Split('-', StringSplitOptions.TrimEntries);
            var (from, to) = (Find(ends[0]), Find(ends[^1]));
            if (ends.Length > 2 || from < 0 || to < 0)
            {
                return false;
            }

            for (var day = from; ; day = (day + 1) % Names.Length)
            {
                bits |= 1 << day;
                if (day == to)
                {
                    break;
                }
            }
        }

        days = new DayOfWeekSet(bits);
        return true;
    }

    public override string ToString()
    {
        var bits = Bits;
        return bits == All.Bits ? "every day" : string.Join(',', Names.Where((_, day) => (bits & (1 << day)) != 0));
    }

    private static int Find(string name) => Array.FindIndex(Names, known => known.Equals(name, StringComparison.OrdinalIgnoreCase));
}
