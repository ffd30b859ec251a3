using CallTracking.Contracts;

namespace CallTracking.SampleData.Stories;

/// <summary>One night's change of a case.</summary>
internal readonly record struct Change(int Night, DateTimeOffset At, CaseStatus From, CaseStatus To);

/// <summary>
/// When a case was opened, changed and resolved, and where it stands in a given night. A pure function of the options and
/// the index: the state at birth, then the changes of the nights since.
/// </summary>
internal sealed class Timeline
{
    private static readonly TimeSpan NewFor = TimeSpan.FromHours(20);
    private static readonly TimeSpan ResolvedFor = TimeSpan.FromDays(7);

    private readonly List<Change> _changes = [];

    private Timeline(int bornIn) => BornIn = bornIn;

    public int BornIn { get; }

    public DateTimeOffset Opened { get; private set; }

    public DateTimeOffset Updated { get; private set; }

    /// <summary>When it was resolved.</summary>
    public DateTimeOffset? Closed { get; private set; }

    public CaseStatus Status { get; private set; }

    /// <summary>The status in the first export: what the story tells about the time before it.</summary>
    public CaseStatus StatusAtBirth { get; private set; }

    /// <summary>Until when the case was worked on before the first export: remarks of the story lie before it.</summary>
    public DateTimeOffset WorkedUntil { get; private set; }

    /// <summary>The last change before the first export.</summary>
    public DateTimeOffset UpdatedAtBirth { get; private set; }

    /// <summary>When it was resolved, if that was before the first export.</summary>
    public DateTimeOffset? ClosedAtBirth { get; private set; }

    public IReadOnlyList<Change> Changes => _changes;

    public int ChangedInNight => _changes.Count > 0 ? _changes[^1].Night : BornIn;

    public static Timeline Of(SampleRegion region, SampleOptions options, CaseKey key)
    {
        var bornIn = options.BornIn(key.Index);
        var timeline = new Timeline(bornIn);
        timeline.Begin(region, options, Dice.For(options.Seed, region.Code, key.Origin, Aspect.Timeline), options.ExportedAt(bornIn));
        for (var night = bornIn + 1; night <= options.Night; night++)
        {
            var dice = Dice.For(options.Seed, region.Code, key.Origin, Aspect.Change, night);
            if (dice.Chance(options.ChangeRate))
            {
                timeline.Advance(region, dice, night, options.ExportedAt(night));
            }
        }

        return timeline;
    }

    private void Begin(SampleRegion region, SampleOptions options, Dice dice, DateTimeOffset exportedAt)
    {
        var age = BornIn > 1 ? TimeSpan.FromMinutes(dice.Between(30, 1380)) : Age(options, dice);
        Opened = Written(region, ClockChange(region, dice, exportedAt, age) ?? exportedAt - age);
        age = exportedAt - Opened;

        // One case in thirty gets stuck: the backlog.
        var takes = dice.Chance(0.033) ? TimeSpan.FromDays(dice.Between(60, 5000)) : TimeSpan.FromHours(6 + (900 * Math.Pow(dice.Unit(), 4)));
        if (takes < age)
        {
            var closed = Written(region, Opened + takes);
            Closed = closed;
            Status = dice.Chance(0.02) ? CaseStatus.Cancelled : exportedAt - closed < ResolvedFor ? CaseStatus.Resolved : CaseStatus.Closed;
            Updated = Status == CaseStatus.Resolved ? closed : Written(region, Earlier(exportedAt, closed + ResolvedFor));
        }
        else
        {
            Status = age < NewFor ? CaseStatus.New : dice.Weighted([45, 35, 20]) switch
            {
                0 => CaseStatus.Open,
                1 => CaseStatus.PendingCustomer,
                _ => CaseStatus.OnHold,
            };
            Updated = Status == CaseStatus.New ? Opened : Written(region, Opened + (age * (0.2 + (0.75 * dice.Unit()))));
        }

        StatusAtBirth = Status;
        UpdatedAtBirth = Updated;
        ClosedAtBirth = Closed;
        WorkedUntil = Closed ?? Updated;
    }

    private void Advance(SampleRegion region, Dice dice, int night, DateTimeOffset exportedAt)
    {
        var at = Written(region, exportedAt - TimeSpan.FromMinutes(dice.Between(150, 1430)));

        // Two hours, so that it stays later even where the hour that occurs twice is read as the earlier one.
        at = at > Updated ? at : Written(region, Updated + TimeSpan.FromHours(2));
        var next = Status switch
        {
            CaseStatus.New => dice.Chance(0.8) ? CaseStatus.Open : CaseStatus.PendingCustomer,
            CaseStatus.Open => dice.Weighted([55, 30, 15]) switch
            {
                0 => CaseStatus.Resolved,
                1 => CaseStatus.PendingCustomer,
                _ => CaseStatus.OnHold,
            },
            CaseStatus.PendingCustomer => dice.Chance(0.6) ? CaseStatus.Resolved : CaseStatus.Open,
            CaseStatus.OnHold => CaseStatus.Open,
            CaseStatus.Resolved => CaseStatus.Closed,
            var final => final,
        };
        Closed ??= next == CaseStatus.Resolved ? at : null;
        _changes.Add(new Change(night, at, Status, next));
        Status = next;
        Updated = at;
    }

    /// <summary>Spread over the years, denser in the last two months: sales grow, and charts have something to show.</summary>
    private static TimeSpan Age(SampleOptions options, Dice dice) =>
        dice.Chance(0.15)
            ? TimeSpan.FromMinutes(30 + (dice.Unit() * (Math.Min(60, options.Span.TotalDays) * 1440 - 30)))
            : TimeSpan.FromMinutes(30 + (dice.Unit() * ((options.Span.TotalDays * 1440) - 30)));

    /// <summary>One case in two hundred comes in the hour that occurs twice, where the zone has such an hour.</summary>
    private static DateTimeOffset? ClockChange(SampleRegion region, Dice dice, DateTimeOffset exportedAt, TimeSpan age)
    {
        if (!region.Zone.SupportsDaylightSavingTime || !dice.Chance(0.005))
        {
            return null;
        }

        var year = (exportedAt - age).Year;
        var sunday = new DateTimeOffset(year, 10, 31, 0, 0, 0, TimeSpan.Zero);
        sunday = sunday.AddDays(-(int)sunday.DayOfWeek);
        var at = sunday + TimeSpan.FromMinutes(dice.Between(0, 119));
        return at < exportedAt - TimeSpan.FromDays(1) && at > exportedAt - TimeSpan.FromDays(4 * 365) ? at : null;
    }

    /// <summary>
    /// What is left of an instant once it is written as local time to the minute: an ambiguous time reads as the earlier.
    /// </summary>
    private static DateTimeOffset Written(SampleRegion region, DateTimeOffset at)
    {
        var minute = new DateTimeOffset(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
        if (!region.Zone.SupportsDaylightSavingTime)
        {
            return minute;
        }

        var local = TimeZoneInfo.ConvertTime(minute, region.Zone);
        return region.Zone.IsAmbiguousTime(local.DateTime)
            ? new DateTimeOffset(local.DateTime, region.Zone.GetAmbiguousTimeOffsets(local.DateTime).Max()).ToUniversalTime()
            : minute;
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
