using CallTracking.Agent.Ledger;
using CallTracking.Agent.Sources;
using CallTracking.Agent.Sync;
using CallTracking.Mapping;

namespace CallTracking.Agent.Drift;

/// <summary>Why a sync would put a row into the quarantine, told by whoever only looks: the mapping's reasons, and those that show beside other rows and the clock.</summary>
/// <param name="Reason">One of <see cref="RejectReason"/>, or what only a sync says.</param>
/// <param name="Field">What the row is refused for; empty for the row as a whole.</param>
internal sealed record RowRefusal(string Reason, string Field)
{
    /// <summary>Where the row stands that has the same key, such as <c>inbox/cases.csv line 17</c>; null where that is not the reason.</summary>
    public string? Beside { get; init; }

    /// <summary>Null where a sync would take the row.</summary>
    /// <param name="duplicates">Has seen the rows before this one.</param>
    public static RowRefusal? Of(Source source, SourceInput input, RowOutcome outcome, DuplicateLook duplicates) => outcome switch
    {
        RowOutcome.Rejected rejected => new RowRefusal(rejected.Reason, rejected.Field ?? string.Empty),
        RowOutcome.Mapped mapped when SourceTime.IsFuture(mapped.SourceUpdatedAt, TimeProvider.System.GetUtcNow()) => new RowRefusal(SourceTime.FutureReason, SourceTime.Field),
        RowOutcome.Mapped mapped when duplicates.Contradicts(source, input, mapped, out var beside) => new RowRefusal(CaseVerdicts.ContradictsReason, string.Empty) { Beside = beside },
        _ => null,
    };

    /// <summary>
    /// As <see cref="Of"/>, for who reads every file from its start: of two rows of a case that is known the second may be what its file grew by, which a sync takes for the newer
    /// one. That is for <c>drift</c> to tell, which reads what a sync would read.
    /// </summary>
    public static RowRefusal? OfAnyRow(Source source, SourceInput input, RowOutcome outcome, DuplicateLook duplicates, ShapeLook shapes) => Of(source, input, outcome, duplicates) switch
    {
        { Reason: CaseVerdicts.ContradictsReason } when shapes.Knows(source.Name, outcome)
            && !shapes.IsQuarantined(new SourceRow(source, input.FileOf(outcome), outcome) { HasPlace = input.HasPlaces }, CaseVerdicts.ContradictsReason) => null,
        var refusal => refusal,
    };

    /// <summary>
    /// For the region's own terminal, in a line: what is wrong and what helps; the field's name first where there is one. It may quote a word of the row, which stands beside it.
    /// </summary>
    public string Message(Source source, RowOutcome outcome) => outcome switch
    {
        RowOutcome.Rejected rejected => $"{(Field.Length > 0 ? $"{Field}: " : string.Empty)}{rejected.Message}{(rejected.Word is { } word ? $" The word is '{word.Text}'." : string.Empty)}",
        RowOutcome.Mapped future when Reason == SourceTime.FutureReason => $"{Field}: {SourceTime.FutureMessage(source.Mapping, future, TimeProvider.System.GetUtcNow())}",
        _ => $"the row at {Beside} has the same key and other values. {Contradiction.AdviceOf(source.Mapping)}",
    };
}
