using CallTracking.Agent.Ledger;
using CallTracking.Contracts;
using CallTracking.Mapping;
using CallTracking.Mapping.Shapes;

namespace CallTracking.Agent.Drift;

/// <summary>Shows a watch what joins give a case, beside the most that the ledger knows that they gave it.</summary>
internal static class JoinComparison
{
    /// <summary>A record that is older than what the ledger has is passed over: it is not what the case becomes.</summary>
    public static void Show(ShapeWatch watch, CaseUid uid, RowOutcome.Mapped mapped, LedgerRow? known)
    {
        if (mapped.Yields is { } now && !(mapped.SourceUpdatedAt?.ToUnixTimeMilliseconds() < known?.SourceUpdated))
        {
            watch.Compare(uid, known?.Joined, now);
        }
    }
}
