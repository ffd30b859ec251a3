using CallTracking.Agent.Sources;
using CallTracking.Agent.Sync;
using CallTracking.Mapping;

namespace CallTracking.Agent.Drift;

/// <summary>Why a sync would put a row into the quarantine, told by whoever only looks: the mapping's reasons, and those that show beside other rows and the clock.</summary>
internal static class RowRefusal
{
    /// <summary>One of <see cref="RejectReason"/>, or what only a sync says; null where it would take the row.</summary>
    /// <param name="duplicates">Has seen the rows before this one.</param>
    public static string? Of(Source source, RowOutcome outcome, DuplicateLook duplicates) => outcome switch
    {
        RowOutcome.Rejected rejected => rejected.Reason,
        RowOutcome.Mapped mapped when SourceTime.IsFuture(mapped.SourceUpdatedAt, TimeProvider.System.GetUtcNow()) => SourceTime.FutureReason,
        RowOutcome.Mapped mapped when duplicates.Contradicts(source, mapped) => CaseVerdicts.ContradictsReason,
        _ => null,
    };

    /// <summary>The field that such a row is refused for; empty for the row as a whole.</summary>
    public static string FieldOf(RowOutcome outcome, string refusal) => outcome is RowOutcome.Rejected rejected ? rejected.Field ?? string.Empty
        : refusal == SourceTime.FutureReason ? SourceTime.Field
        : string.Empty;
}
