using CallTracking.Agent.Drift;
using CallTracking.Agent.Ledger;
using CallTracking.Agent.Sources;
using CallTracking.Mapping;
using CallTracking.Mapping.Shapes;

namespace CallTracking.Agent.Sync;

/// <summary>What joins give each case: the most of it stands in the ledger, so that a side file that was cut shows in every case that it takes something from.</summary>
internal sealed partial class CaseIntake
{
    /// <summary>Has the watch see what the joins give a case that is only looked at.</summary>
    public void Compare(ShapeWatch watch, Source source, RowOutcome outcome)
    {
        if (outcome is RowOutcome.Mapped { Yields: not null } mapped)
        {
            var uid = Names.Of(source.Name, mapped.LocalId, mapped.OtherId, out var known);
            JoinComparison.Show(watch, uid, mapped, Credible(known));
        }
    }

    // Of a case that is gone, or whose row is read alone, what it had stands.
    private static JoinYields? JoinedOf(SourceRow row, LedgerRow? known) =>
        row.Outcome is RowOutcome.Mapped { Yields: { } yields } ? yields.MostOf(known?.Joined) : known?.Joined;

    private static bool LacksJoined(SourceRow row, RowOutcome.Mapped mapped, LedgerRow? known) =>
        mapped.Yields is { } yields && known?.Joined is { } before && row.Of.Mapping.KeepsBack(yields, before);
}
