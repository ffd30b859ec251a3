using CallTracking.Agent.Commands;
using CallTracking.Agent.Ledger;
using CallTracking.Agent.Sources;
using CallTracking.Contracts;
using CallTracking.Mapping;

namespace CallTracking.Agent.Drift;

/// <summary>
/// Looks which known cases complete exports (<c>snapshot: true</c>) no longer hold. Memory holds the names of the cases that were met, and nothing for
/// sources that are no such exports. Not thread-safe.
/// </summary>
internal sealed class VanishedLook(ShapeLook ledger)
{
    private readonly ImpactVanished _vanished = new();
    private readonly HashSet<CaseUid> _met = [];

    /// <summary>Takes a row of a reading.</summary>
    public void Add(Source source, RowOutcome outcome)
    {
        if (source.Settings.Snapshot is null)
        {
            return;
        }

        switch (outcome)
        {
            case RowOutcome.Rejected rejected:
                _vanished.Reject(source, ledger.UidOf(source.Name, rejected));
                break;
            case RowOutcome.Mapped mapped when ledger.UidOf(source.Name, mapped) is { } uid:
                _met.Add(uid);
                break;
        }
    }

    /// <summary>Adds to the reports what their sources lack: those of one name are one, and each of them has to be complete and read whole.</summary>
    public IReadOnlyList<SourceDrift> Told(IReadOnlyList<SourceDrift> drifts) =>
    [
        .. drifts.GroupBy(drift => drift.Source.Name).SelectMany(same => same.All(drift => drift.IsWhole && !drift.Stops && drift.Source.Settings.Snapshot is not null) && ledger.Cases is { } cases
            ? same.SkipLast(1).Append(same.Last() with { Vanished = _vanished.Of(same.MinBy(drift => drift.Source.Settings.Snapshot!.MaxVanished)!.Source, cases, _met.Contains, ledger.ReleasedOf(same.Key)) })
            : same),
    ];
}
