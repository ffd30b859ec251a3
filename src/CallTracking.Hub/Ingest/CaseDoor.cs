using CallTracking.Contracts;

namespace CallTracking.Hub.Ingest;

/// <summary>What the hub has of a case, as far as the door needs it.</summary>
internal sealed record KnownCase(
    string Region, CaseOrder Order, Guid ChangeHash, DateTime? SourceUpdatedAt, long PolicyVersion, bool IsAnonymized, CodedCase Coded)
{
    /// <summary>True when the row was changed by hand: its columns prove nothing, and every version of the region is newer.</summary>
    public bool IsVoid => Order == default;
}

/// <summary>A case that was removed: expired, erased, gone from its source, or lost.</summary>
internal sealed record RemovedCase(string Region, string Reason, DateTime RemovedAt, CaseOrder Order)
{
    public const string Gone = "gone";
    public const string Expired = "expired";

    /// <summary>Deleted by hand beside the hub: it is sent again, and its history goes on.</summary>
    public const string Lost = "lost";

    /// <summary>False for what was removed by law, and must not come back.</summary>
    public bool MayReturn => Reason is Gone or Lost;
}

/// <summary>What has to be done with a record.</summary>
internal enum DoorStep
{
    Nothing,
    Insert,
    Update,

    /// <summary>The same version under another policy: stored again without an entry in the history.</summary>
    Reshape,

    Delete,

    /// <summary>A tombstone for a case that never came: an older version of it must not come later.</summary>
    RememberGone,
}

/// <summary>What the door says to one record.</summary>
internal readonly record struct DoorVerdict(Outcome Outcome, DoorStep Step, string Reason = "");

/// <summary>
/// Decides over each record: what is newer goes in, what is older or the same does not, what was removed by law stays out, and
/// no region touches another's case. Pure: all it needs is given.
/// </summary>
internal static class CaseDoor
{
    // Clocks of sources are a little wrong, and some keep local time without saying so.
    private static readonly TimeSpan Tolerance = TimeSpan.FromDays(1);

    /// <summary>
    /// The source's time if it can have been true, else null: one that has not come yet proves nothing, and kept as the time of
    /// the last change it would make every later version an older one.
    /// </summary>
    public static DateTime? Believed(DateTime? at, DateTime now) => at - now > Tolerance ? null : at;

    public static DoorVerdict Decide(IncomingRecord record, string region, CaseOrder order, long policyVersion, KnownCase? known, RemovedCase? removed)
    {
        if ((known is not null && known.Region != region) || (removed is not null && removed.Region != region))
        {
            return new DoorVerdict(Outcome.Rejected, DoorStep.Nothing, "foreign-case");
        }

        return record.Row is null
            ? DecideTombstone(order, known, removed)
            : DecideCase(record, order, policyVersion, known, removed);
    }

    private static DoorVerdict DecideCase(IncomingRecord record, CaseOrder order, long policyVersion, KnownCase? known, RemovedCase? removed)
    {
        if (removed is { MayReturn: false })
        {
            return new DoorVerdict(Outcome.Suppressed, DoorStep.Nothing, removed.Reason);
        }

        if (known is { IsAnonymized: true })
        {
            return new DoorVerdict(Outcome.Suppressed, DoorStep.Nothing, RemovedCase.Expired);
        }

        if (known is null)
        {
            return removed is not null && order <= removed.Order
                ? new DoorVerdict(Outcome.Superseded, DoorStep.Nothing)
                : new DoorVerdict(Outcome.New, DoorStep.Insert);
        }

        var isSame = record.ChangeHash == known.ChangeHash;
        if (isSame && (order <= known.Order || policyVersion == known.PolicyVersion))
        {
            return new DoorVerdict(Outcome.Unchanged, DoorStep.Nothing);
        }

        if (order <= known.Order || record.SourceUpdatedAt < known.SourceUpdatedAt)
        {
            return new DoorVerdict(Outcome.Superseded, DoorStep.Nothing);
        }

        return new DoorVerdict(Outcome.Changed, isSame ? DoorStep.Reshape : DoorStep.Update);
    }

    private static DoorVerdict DecideTombstone(CaseOrder order, KnownCase? known, RemovedCase? removed)
    {
        if (known is null)
        {
            return new DoorVerdict(Outcome.Gone, removed is { MayReturn: false } ? DoorStep.Nothing : DoorStep.RememberGone);
        }

        return order <= known.Order
            ? new DoorVerdict(Outcome.Superseded, DoorStep.Nothing)
            : new DoorVerdict(Outcome.Gone, DoorStep.Delete);
    }
}
