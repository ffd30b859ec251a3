using CallTracking.Agent.Commands;
using CallTracking.Agent.Reconciliation;
using CallTracking.Agent.Sources;
using CallTracking.Agent.Sync;

namespace CallTracking.Agent.Schedule;

/// <summary>What is done each night; never throws but for cancellation.</summary>
internal interface INightWork
{
    Task RunAsync(CancellationToken cancellationToken);
}

/// <summary>The loop of the daemon: waits for the night, works, waits for the next. A failed night is logged and not repeated at once.</summary>
internal sealed class Nights(NightlySchedule schedule, INightWork work, TimeProvider clock, ILogger logger)
{
    /// <summary>Timers do not reach further; also bounds how late a changed wall clock is noticed.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);

    /// <summary>Runs until cancelled.</summary>
    /// <param name="lastStarted">When the last completed run began; null when there was none.</param>
    /// <param name="cancellationToken">Ends the loop, and a run at its next safe point.</param>
    public async Task RunAsync(DateTimeOffset? lastStarted, CancellationToken cancellationToken)
    {
        while (true)
        {
            var seen = clock.GetUtcNow();
            var due = schedule.Next(seen, lastStarted);
            SyncLog.NextRun(logger, due);
            while (clock.GetUtcNow() is var now && now < due)
            {
                if (now < seen - LongestWait)
                {
                    // The clock was set back: a night reckoned by a wrong date may be years ahead.
                    due = schedule.Next(now, lastStarted);
                    SyncLog.NextRun(logger, due);
                }

                seen = now;
                await Task.Delay(due - now < LongestWait ? due - now : LongestWait, clock, cancellationToken);
            }

            lastStarted = clock.GetUtcNow();
            await work.RunAsync(cancellationToken);
        }
    }
}

/// <summary>A night's sync, logged.</summary>
internal sealed class NightWork(AgentWorkplace workplace, TimeProvider clock, ILogger logger) : INightWork
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            var wish = ReadingWish.Everything with { Comparing = workplace.Settings.ComparesAfterSync ? Comparing.AfterRuns : Comparing.No };
            var result = await workplace.SyncAsync(wish, null, clock, text => SyncLog.Said(logger, text), logger, cancellationToken);
            foreach (var fault in result.Faults)
            {
                SyncLog.SourceFault(logger, fault);
            }

            Tell(result.Compared);
            if (result.Warning is { } warning)
            {
                SyncLog.MostlyQuarantined(logger, warning);
            }

            if (result.Code != ExitCode.Done)
            {
                SyncLog.RunFailed(logger, result.Runs[^1].Number, (int)result.Code);
            }
        }
        catch (AgentException failed)
        {
            SyncLog.NightFailed(logger, (int)failed.Code, failed.Message);
        }
        catch (Exception failed) when (failed is not OperationCanceledException)
        {
            SyncLog.NightBroke(logger, failed);
        }
    }

    private void Tell(ReconcileResult? compared)
    {
        if (compared is null)
        {
            return;
        }

        SyncLog.Said(logger, compared.Verdict);
        foreach (var line in compared.Names.Concat(compared.Ends))
        {
            SyncLog.Compared(logger, line.Trim());
        }
    }
}
