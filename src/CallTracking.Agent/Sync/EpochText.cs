using CallTracking.Agent.Ledger;
using CallTracking.Contracts;

namespace CallTracking.Agent.Sync;

/// <summary>What a Welcome says of the ledger, for people: what happened, what follows, what to do.</summary>
internal static class EpochText
{
    /// <summary>Null when the ledger goes on, or is the region's first.</summary>
    public static string? Of(EpochChange change, Welcome welcome) => change switch
    {
        EpochChange.HubBehind => "WARNING  The hub lacks cases that it had acknowledged: headquarters restored its database from a backup. They are sent again.",
        EpochChange.None => null,
        _ => welcome.EpochNote switch
        {
            EpochNote.LedgerNew => $"WARNING  There is no ledger here, and the hub has had one of this region: it was deleted, damaged, or left on another machine. {Again(welcome)} "
                + "If another agent of this region is still at work, stop it.",
            EpochNote.LedgerBehind => $"WARNING  The ledger here is older than what the hub has of this region: it was restored from a backup. {Again(welcome)}",
            EpochNote.OtherAgent => $"WARNING  Another agent of this region has pushed meanwhile, from another machine or folder: two are at work, or this one is a copy. {Again(welcome)} "
                + "They do so by turns until one is stopped: find the other one (a second machine, a copied state folder) and let one run.",
            _ when change == EpochChange.Restarted => $"WARNING  The hub began a new order of this region's cases. {Again(welcome)}",
            _ => null,
        },
    };

    private static string Again(Welcome welcome) =>
        FormattableString.Invariant($"Everything is read and sent again under epoch {welcome.Epoch}; headquarters keeps each case once, and the later version where it has one.");
}
