using CallTracking.Agent.Commands;
using CallTracking.Agent.Ledger;
using CallTracking.Agent.Reconciliation;

namespace CallTracking.Agent.Sync;

/// <summary>Behind the runs: whether the hub still has what it acknowledged.</summary>
internal sealed partial class SyncRun
{
    private const int Sixteenths = 16;

    /// <summary>Compares, and has what was deleted or changed by hand at the hub sent again. Null when nothing was compared, which is said.</summary>
    private async Task<ReconcileResult?> CompareAsync(Func<Task> heal, CancellationToken cancellationToken)
    {
        try
        {
            return await LookAndHealAsync(heal, cancellationToken);
        }
        catch (Exception broken) when (broken is AgentException or SyncContractException && wish.Comparing == Comparing.AfterRuns)
        {
            // The runs are done and counted: that they cannot be compared does not undo them.
            say($"WARNING  {broken.Message}");
            return null;
        }
    }

    private async Task<ReconcileResult?> LookAndHealAsync(Func<Task> heal, CancellationToken cancellationToken)
    {
        var reconciler = new Reconciler(settings, identity, ledger, clock, say);
        var sixteenth = wish.Comparing != Comparing.Alone ? (int?)(ledger.Comparisons % Sixteenths) : null;
        if (await reconciler.LookAsync(sixteenth, cancellationToken) is not { } found)
        {
            say("the hub is of an earlier version and cannot compare what it has with this ledger: nothing was compared");
            return null;
        }

        if (sixteenth is not null)
        {
            ledger.CountComparison();
        }

        if (!found.IsWounded)
        {
            return found;
        }

        say($"{found.Verdict}; they are sent again");
        await heal();
        return await reconciler.LookAgainAsync(found, cancellationToken);
    }
}
