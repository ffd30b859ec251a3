using System.Globalization;
using CallTracking.Mapping;

namespace CallTracking.Agent.Sync;

/// <summary>What the source says of when a row changed, against the agent's clock.</summary>
internal static class SourceTime
{
    /// <summary>Reports count by this word.</summary>
    public const string FutureReason = "future-time";

    /// <summary>What such a time is of.</summary>
    public const string Field = "updated";

    // Zones written down wrongly lie within it.
    private static readonly TimeSpan Tolerance = TimeSpan.FromDays(1);

    /// <summary>For people: the column, and how far ahead its time is.</summary>
    public static string FutureMessage(SourceMapping mapping, RowOutcome.Mapped row, DateTimeOffset now) => mapping.ToldOfUpdated(string.Create(
        CultureInfo.InvariantCulture,
        $"The time of the last change is {(row.SourceUpdatedAt - now)?.TotalDays:N0} days ahead of this machine's clock: believed, it would make every later version an older one."));

    /// <summary>True when the time has not come yet by more than a day.</summary>
    public static bool IsFuture(DateTimeOffset? updated, DateTimeOffset now) => updated - now > Tolerance;
}
