using CallTracking.Agent.Alarms;
using CallTracking.Agent.Commands;
using CallTracking.Agent.Reconciliation;
using CallTracking.Agent.Sources;
using CallTracking.Agent.Sync;

namespace CallTracking.Agent.Schedule;

/// <summary>What is done each night; never throws but for cancellation.</summary>
internal interface INightWork
{
    Task<NightEnd> RunAsync(CancellationToken cancellationToken);
}

/// <summary>
/// The loop of the daemon: waits for the night, works, waits for the next. A failed night is logged and not repeated at once; nights that begin while one
/// is still at work are skipped, and said; while a pause holds none begins, and the last that is not too old is made up for when it ends. Between two nights there may be a fast lane.
/// </summary>
internal sealed class Nights(NightlySchedule schedule, INightWork work, IPauses pauses, IFastLane? lane, TimeProvider clock, ILogger logger)
{
    /// <summary>Timers do not reach further; also bounds how late a changed wall clock is noticed, and how late the hub is told of a pause.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);

    /// <summary>How late the end of a pause is noticed.</summary>
    private static readonly TimeSpan PauseBeat = TimeSpan.FromSeconds(30);

    /// <summary>Who is told what is wrong; null: nobody.</summary>
    public RegionAlarms? Alarms { get; init; }

    /// <summary>Runs until cancelled.</summary>
    /// <param name="lastStarted">When the last completed run began; null when there was none.</param>
    /// <param name="cancellationToken">Ends the loop, and a run at its next safe point.</param>
    public async Task RunAsync(DateTimeOffset? lastStarted, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watching = Alarms?.WatchAsync(over.Token) ?? Task.CompletedTask;
        try
        {
            await RunNightsAsync(lastStarted, cancellationToken);
        }
        finally
        {
            await over.CancelAsync();
            await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task RunNightsAsync(DateTimeOffset? lastStarted, CancellationToken cancellationToken)
    {
        while (true)
        {
            var due = await WaitForNightAsync(lastStarted, cancellationToken);
            if (pauses.Find(clock.GetUtcNow()) is { } pause)
            {
                await WaitForResumeAsync(pause, cancellationToken);

                // What the pause held back was missed, also by an agent that never ran before.
                lastStarted ??= due.AddTicks(-1);
                continue;
            }

            var started = clock.GetUtcNow();
            var end = await work.RunAsync(cancellationToken);
            lane?.NightDone();
            lastStarted = clock.GetUtcNow();
            if (Alarms is not null)
            {
                await Alarms.NightEndedAsync(end, cancellationToken);
            }

            if (schedule.Between(started, lastStarted.Value) is > 0 and var skipped)
            {
                SyncLog.NightsSkipped(logger, skipped, started);
            }
        }
    }

    private async Task<DateTimeOffset> WaitForNightAsync(DateTimeOffset? lastStarted, CancellationToken cancellationToken)
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
            await pauses.TellAsync(cancellationToken);
            if (Alarms is not null)
            {
                await Alarms.LookAsync(cancellationToken);
            }

            if (lane is not null && pauses.Find(now) is null)
            {
                await lane.PollAsync(cancellationToken);
            }

            await WaitAsync(due - clock.GetUtcNow(), cancellationToken);
        }

        return due;
    }

    private Task WaitAsync(TimeSpan left, CancellationToken cancellationToken)
    {
        var longest = lane is { Every: var every } && every < LongestWait ? every : LongestWait;
        return Task.Delay(left < TimeSpan.Zero ? TimeSpan.Zero : left < longest ? left : longest, clock, cancellationToken);
    }

    private async Task WaitForResumeAsync(Pause pause, CancellationToken cancellationToken)
    {
        SyncLog.NightPaused(logger, pause.Since, pause.Until, pause.Note);
        while (pauses.Find(clock.GetUtcNow()) is not null)
        {
            await pauses.TellAsync(cancellationToken);
            await Task.Delay(PauseBeat, clock, cancellationToken);
        }

        SyncLog.NightResumed(logger);
    }
}

/// <summary>A night's sync, logged.</summary>
internal sealed class NightWork(AgentWorkplace workplace, TimeProvider clock, ILogger logger) : INightWork
{
    public async Task<NightEnd> RunAsync(CancellationToken cancellationToken)
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
                return new NightEnd(result.Code, result.Faults is [{ } first, ..] ? first.ToString() : FormattableString.Invariant($"see the report of run {result.Runs[^1].Number}"));
            }

            return NightEnd.Whole;
        }
        catch (AgentException failed)
        {
            SyncLog.NightFailed(logger, (int)failed.Code, failed.Message);
            return new NightEnd(failed.Code, failed.Message);
        }
        catch (Exception failed) when (failed is not OperationCanceledException)
        {
            SyncLog.NightBroke(logger, failed);
            return new NightEnd(ExitCode.RunFailed, $"it broke off ({failed.GetType().Name})");
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
