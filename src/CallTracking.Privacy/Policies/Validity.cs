namespace CallTracking.Privacy;

/// <summary>Days on which something holds: from the first, before the end; null on a side means without limit. Days begin at 00:00 UTC.</summary>
public readonly record struct Validity(DateOnly? From, DateOnly? Until)
{
    public bool Includes(DateOnly day) => (From is null || From <= day) && (Until is null || day < Until);

    internal bool Overlaps(Validity other) =>
        (From is null || other.Until is null || From < other.Until) && (other.From is null || Until is null || other.From < Until);
}
