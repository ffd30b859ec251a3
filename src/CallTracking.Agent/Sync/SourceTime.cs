namespace CallTracking.Agent.Sync;

/// <summary>What the source says of when a row changed, against the agent's clock.</summary>
internal static class SourceTime
{
    /// <summary>Reports count by this word.</summary>
    public const string FutureReason = "future-time";

    /// <summary>For people.</summary>
    public const string FutureMessage = "The time of the last change is more than a day ahead of this machine's clock: believed, it would make every later version an older one.";

    // Zones written down wrongly lie within it.
    private static readonly TimeSpan Tolerance = TimeSpan.FromDays(1);

    /// <summary>True when the time has not come yet by more than a day.</summary>
    public static bool IsFuture(DateTimeOffset? updated, DateTimeOffset now) => updated - now > Tolerance;
}
