using CallTracking.Agent.Ledger;
using CallTracking.Contracts;
using CallTracking.Privacy;

namespace CallTracking.Agent.Sync;

/// <summary>
/// Names cases by their keys. Programs before this one took a key's numbers as they are written: a case that is known so keeps the name that it has, for under a
/// new one it would stand twice at the hub.
/// </summary>
/// <param name="keys">The region's.</param>
/// <param name="find">What is known of a case; null for nothing.</param>
internal sealed class CaseNames(RegionKeys keys, Func<CaseUid, LedgerRow?> find)
{
    /// <summary>The name, with what is known of the case.</summary>
    /// <param name="source">Whose case it is.</param>
    /// <param name="localId">Its key.</param>
    /// <param name="otherId">The key as programs before this one may have taken it; null where that is the same.</param>
    /// <param name="known">Null for a new case.</param>
    public CaseUid Of(string source, string localId, string? otherId, out LedgerRow? known)
    {
        var uid = keys.CaseUid(source, localId);
        known = find(uid);
        if (otherId is null || IsAlive(known))
        {
            return uid;
        }

        var other = keys.CaseUid(source, otherId);
        if (find(other) is not { } earlier || (known is not null && !IsAlive(earlier) && !(earlier.State == CaseState.Suppressed && known is { State: CaseState.Gone })))
        {
            return uid;
        }

        known = earlier;
        return other;
    }

    /// <summary>As the other, for whoever asks for no more than the name.</summary>
    public CaseUid Of(string source, string localId, string? otherId) => Of(source, localId, otherId, out _);

    // Of two that are known the one that was taken back, or that headquarters erased, is not the one that goes on; but what was erased stays so.
    private static bool IsAlive(LedgerRow? known) => known is { State: not (CaseState.Gone or CaseState.Suppressed) };
}
