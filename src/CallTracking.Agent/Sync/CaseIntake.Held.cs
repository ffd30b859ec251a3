using CallTracking.Agent.Ledger;
using CallTracking.Contracts;

namespace CallTracking.Agent.Sync;

/// <summary>Why cases are held at the edge, as the run report says it. Stable: scripts and the hub read it.</summary>
internal static class HeldReason
{
    /// <summary>The law of the case keeps its records in the region.</summary>
    public const string Stays = "stays-in-region";

    /// <summary>A document in force for the case has words that this version of the agent does not know.</summary>
    public const string NotUnderstood = "policy-not-understood";
}

/// <summary>Cases that wait for a newer agent: none of them leaves, and what headquarters has of them stays as it is.</summary>
internal sealed partial class CaseIntake
{
    private void Hold(SourceRow row, CaseUid uid, ChangeHash hash, DateTimeOffset? updated, LedgerRow? known)
    {
        if (known?.Run == run.Number)
        {
            _unit.Counts.Folded++; // Where an earlier version of this run may leave, it does.
        }
        else
        {
            _unit.Counts.Cases++;
            RunSum.Hold(_unit.Counts, HeldReason.NotUnderstood);
        }

        _unit.Rows[uid] = new PendingRow(SentRow(row, hash, updated, known) with { State = CaseState.Held, Order = known?.Order ?? default }, IsSeenOnly: false);
    }
}
