using CallTracking.Agent.Ledger;
using CallTracking.Contracts;
using CallTracking.Privacy;

namespace CallTracking.Agent.Sync;

/// <summary>
/// Names cases by their keys: a case that is known under another spelling of its key's numbers keeps the name that it has, for under a new one it would stand
/// twice at the hub. A spelling that is known itself is a case of its own, whatever else is known. Not thread-safe.
/// </summary>
/// <param name="keys">The region's.</param>
/// <param name="find">What is known of a case; null for nothing.</param>
/// <param name="run">The run that reads: what is new in it is no other spelling of what stands beside it.</param>
internal sealed class CaseNames(RegionKeys keys, Func<CaseUid, LedgerRow?> find, long run)
{
    // Of this run, since a case may be met in several files.
    private readonly HashSet<CaseUid> _kept = [];

    /// <summary>The name, with what is known of the case.</summary>
    /// <param name="source">Whose case it is.</param>
    /// <param name="localId">Its key.</param>
    /// <param name="writtenId">The key as the row writes it; null where that is the same.</param>
    /// <param name="known">Null for a new case.</param>
    public CaseUid Of(string source, string localId, string? writtenId, out LedgerRow? known)
    {
        var uid = keys.CaseUid(source, localId);
        known = find(uid);
        if (known is not null)
        {
            return uid;
        }

        // Programs before this one took numbers as they are written.
        if (writtenId is not null && Find(source, writtenId, out known) is { } earlier)
        {
            return earlier;
        }

        foreach (var spelling in KeySpellings.Of(localId))
        {
            if (Find(source, spelling, out known) is { } other && (known!.Value.Run != run || _kept.Contains(other)))
            {
                _kept.Add(other);
                return other;
            }
        }

        known = null;
        return uid;
    }

    /// <summary>As the other, for whoever asks for no more than the name.</summary>
    public CaseUid Of(string source, string localId, string? writtenId) => Of(source, localId, writtenId, out _);

    private CaseUid? Find(string source, string localId, out LedgerRow? known)
    {
        var uid = keys.CaseUid(source, localId);
        known = find(uid);
        return known is null ? null : uid;
    }
}
