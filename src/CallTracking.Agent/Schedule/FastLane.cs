using CallTracking.Agent.Commands;
using CallTracking.Agent.Sources;
using CallTracking.Agent.Sync;
using CallTracking.Contracts;
using static System.FormattableString;

namespace CallTracking.Agent.Schedule;

/// <summary>What is done between two nights; never throws but for cancellation.</summary>
internal interface IFastLane
{
    /// <summary>How often.</summary>
    TimeSpan Every { get; }

    Task PollAsync(CancellationToken cancellationToken);

    /// <summary>A night was done.</summary>
    void NightDone();
}

/// <summary>
/// Sends cases with a hazard within minutes: looks without the hub, and only where something is found begins a sync of just these cases, which finishes no
/// file and moves no cursor. The night meets the same rows, finds these cases unchanged and sends all others.
/// </summary>
internal sealed class FastLane(AgentWorkplace workplace, TimeSpan every, HazardLook look, TimeProvider clock, ILogger logger) : IFastLane
{
    // The hub may be away for so long; then the next look tries again, and the night does not wait.
    private static readonly TimeSpan HubPatience = TimeSpan.FromMinutes(2);

    public TimeSpan Every => every;

    public async Task PollAsync(CancellationToken cancellationToken)
    {
        try
        {
            var finds = await look.LookAsync(workplace.Sources, cancellationToken);
            if (finds.Count == 0)
            {
                return;
            }

            var taken = new HashSet<(string Source, string Key)>();
            var wish = new ReadingWish { Cases = finds.Cases, Paths = finds.Paths, Taken = taken };
            var result = await workplace.SyncAsync(wish, HubPatience, clock, text => SyncLog.LaneSaid(logger, text), logger, cancellationToken);

            // What became of a case that the run took is settled, be it in the quarantine or refused; one that it did not meet is to be met.
            var isCounted = result is { Closes: true, Runs: [.., { Report: { Kind: RunKind.FastLane, Outcome: RunOutcome.Complete or RunOutcome.Failed } }] };
            var (settled, again) = look.Settle(isCounted ? taken : []);
            SyncLog.LaneSent(logger, finds.Count, Invariant($"{settled:N0} taken, {again:N0} to be tried again, {finds.Count - settled - again:N0} left to the night"));
        }
        catch (AgentException failed)
        {
            SyncLog.LaneFailed(logger, failed.Message);
        }
        catch (Exception failed) when (failed is not OperationCanceledException)
        {
            SyncLog.LaneBroke(logger, failed);
        }
    }

    public void NightDone() => look.Forget();
}
