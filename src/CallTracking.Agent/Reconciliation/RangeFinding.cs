using CallTracking.Agent.Ledger;
using CallTracking.Contracts;

namespace CallTracking.Agent.Reconciliation;

/// <summary>What was done at the hub beside the hub. The numbers stand in the ledger.</summary>
internal enum WoundKind
{
    /// <summary>The row is gone.</summary>
    Missing = 0,

    /// <summary>The row is not as the hub wrote it.</summary>
    Altered = 1,

    /// <summary>Another version stands there.</summary>
    Differs = 2,
}

/// <summary>What comparing found of one case.</summary>
internal enum FindingKind
{
    Missing,
    Altered,
    Differs,

    /// <summary>The hub may not have it (any more): erased or expired.</summary>
    Suppressed,

    /// <summary>The ledger knows the case and makes no claim: held, refused, or to be sent again. What the hub has of it stays.</summary>
    Explained,

    /// <summary>The ledger does not know the case: it was begun anew, or the row is none of this region's.</summary>
    OnlyAtHub,

    /// <summary>The source has dropped the case, and the hub has it.</summary>
    StillAtHub,

    /// <summary>The version was sent again, and the hub keeps another one, which is later by the source's own time.</summary>
    Newer,

    /// <summary>Changed by hand, and the region has nothing to put in its place.</summary>
    Spoilt,

    /// <summary>Only the hub had it, and has it no more.</summary>
    LostAtHub,
}

/// <summary>A case that is not the same on both sides.</summary>
/// <param name="AtHub">The version that the hub has, where it has one.</param>
/// <param name="Order">Of the ledger's row.</param>
internal readonly record struct RangeFinding(CaseUid Uid, FindingKind Kind, ChangeHash AtHub, CaseOrder Order)
{
    /// <summary>What is healed by sending the case again; null when nothing is to be.</summary>
    public WoundKind? Wound => Kind switch
    {
        FindingKind.Missing => WoundKind.Missing,
        FindingKind.Altered => WoundKind.Altered,
        FindingKind.Differs => WoundKind.Differs,
        _ => null,
    };
}

/// <summary>Judges the cases of a range by what both sides say. Pure.</summary>
internal static class RangeJudge
{
    /// <param name="claims">The ledger's.</param>
    /// <param name="stored">The hub's, complete unless the range is equal.</param>
    /// <param name="isEqual">The sums agree: only what the hub names is looked at.</param>
    /// <param name="isHealed">The cases were sent again already: a version that the hub keeps all the same stays.</param>
    public static IEnumerable<RangeFinding> Judge(IReadOnlyList<LedgerClaim> claims, IReadOnlyList<StoredVersion> stored, bool isEqual, bool isHealed)
    {
        var known = claims.ToDictionary(claim => claim.Uid);
        var met = new HashSet<CaseUid>();
        foreach (var version in stored.OrderByDescending(version => version.State))
        {
            // Of two entries of one case lawful absence comes first: it does not come back.
            var uid = CaseUid.FromBytes(version.CaseUid.Span);
            LedgerClaim? claim = known.TryGetValue(uid, out var found) ? found : null;
            if (version.State != Outcome.Gone && met.Add(uid) && KindOf(claim, version, isHealed) is { } kind)
            {
                var hash = version.ChangeHash.Length == ChangeHash.Size ? ChangeHash.FromBytes(version.ChangeHash.Span) : default;
                yield return new RangeFinding(uid, kind, hash, claim?.Order ?? default);
            }
        }

        foreach (var claim in isEqual ? [] : claims.Where(claim => claim.AtHub is not null && !met.Contains(claim.Uid)))
        {
            yield return new RangeFinding(claim.Uid, CanSend(claim) ? FindingKind.Missing : FindingKind.LostAtHub, default, claim.Order);
        }
    }

    private static FindingKind? KindOf(LedgerClaim? claim, StoredVersion version, bool isHealed)
    {
        if (version.State != Outcome.Unspecified)
        {
            return claim is { State: CaseState.Sent or CaseState.Rejected } or { Noted: not null } ? FindingKind.Suppressed : null;
        }

        if (version.Altered)
        {
            // One to be sent again that the reading before did not send stands in no source any more.
            return claim is { } sent && CanSend(sent) ? FindingKind.Altered : FindingKind.Spoilt;
        }

        return claim switch
        {
            { AtHub: { } here } when here == ChangeHash.FromBytes(version.ChangeHash.Span) => null,
            null or { State: null } => FindingKind.OnlyAtHub,
            { State: CaseState.Gone } => FindingKind.StillAtHub,
            { } one when CanSend(one) => isHealed ? FindingKind.Newer : FindingKind.Differs,
            _ => FindingKind.Explained,
        };
    }

    private static bool CanSend(LedgerClaim claim) => claim is { State: CaseState.Sent, Hash: not null };
}
