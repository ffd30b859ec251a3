using CallTracking.Agent.Commands;
using CallTracking.Agent.Sources;
using CallTracking.Agent.Sync;
using CallTracking.Contracts;

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

            var wish = new ReadingWish { Cases = finds.Cases, Paths = finds.Paths };
            var result = await workplace.SyncAsync(wish, HubPatience, clock, text => SyncLog.LaneSaid(logger, text), logger, cancellationToken);
            var isSent = result is { Code: ExitCode.Done, Runs: [.., { Report: { Kind: RunKind.FastLane, Outcome: RunOutcome.Complete } }] };
            if (isSent || result.Faults.Count > 0)
            {
                // A source that is at fault is so at the next look, too, unless its files change.
                look.Sent();
            }

            SyncLog.LaneSent(logger, finds.Count, isSent ? "sent" : result.Faults.Count > 0 ? "left to the night: their source is at fault" : "to be tried again");
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
