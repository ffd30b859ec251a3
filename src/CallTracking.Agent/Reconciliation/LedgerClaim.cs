using CallTracking.Agent.Ledger;
using CallTracking.Contracts;

namespace CallTracking.Agent.Reconciliation;

/// <summary>What the ledger says of one case.</summary>
/// <param name="Uid">The case.</param>
/// <param name="State">Null when the ledger has no row of it and only knows the hub to have it.</param>
/// <param name="Hash">Of the version sent last; null when it has to be sent again.</param>
/// <param name="Noted">What an earlier comparison found at the hub in its stead, and let stand.</param>
/// <param name="Order">Of the version sent last.</param>
internal readonly record struct LedgerClaim(CaseUid Uid, CaseState? State, ChangeHash? Hash, ChangeHash? Noted, CaseOrder Order)
{
    /// <summary>The version that should be at the hub; null when none should, or when nobody can say.</summary>
    public ChangeHash? AtHub => Noted ?? (State == CaseState.Sent ? Hash : null);
}
