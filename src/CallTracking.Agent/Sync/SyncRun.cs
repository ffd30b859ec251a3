using CallTracking.Agent.Commands;
using CallTracking.Agent.Concepts;
using CallTracking.Agent.Configuration;
using CallTracking.Agent.Dictionaries;
using CallTracking.Agent.Identity;
using CallTracking.Agent.Ledger;
using CallTracking.Agent.Outbox;
using CallTracking.Agent.Quarantine;
using CallTracking.Agent.Reconciliation;
using CallTracking.Agent.Sources;
using CallTracking.Contracts;
using CallTracking.Privacy;

namespace CallTracking.Agent.Sync;

/// <summary>How a sync ended.</summary>
/// <param name="Runs">Every run that was closed, oldest first; the last is the one that this sync was for. None when there was only to compare.</param>
/// <param name="Faults">What the last run's sources had wrong.</param>
/// <param name="IsRetry">The last run was for rows of the quarantine only: those that stay there are no news.</param>
internal sealed record SyncResult(IReadOnlyList<RunRow> Runs, IReadOnlyList<Fault> Faults, bool IsRetry)
{
    private readonly RowTally _tally = RowTally.Of(Runs.Count == 0 ? new RunReport() : Runs[^1].Report);

    /// <summary>What comparing with the hub came to; null when nothing was compared.</summary>
    public ReconcileResult? Compared { get; init; }

    /// <summary>0, 1 or 6.</summary>
    public ExitCode Code => !Closes ? ExitCode.RunFailed : Faults.Count > 0 || (!IsRetry && _tally.IsAllLost) ? ExitCode.Source : ExitCode.Done;

    /// <summary>A line that nobody should miss when more than half of the last run's rows became no case; null otherwise.</summary>
    public string? Warning => !IsRetry && _tally.IsMostlyLost ? $"WARNING  {_tally.Share("are in the quarantine")}" : null;

    /// <summary>True when the last run's sums hold and the hub counted the same.</summary>
    public bool Closes => Runs.Count == 0 || (RunSum.Closes(Runs[^1].Report) && Runs[^1].Ack is { Agrees: true });
}

/// <summary>
/// One sync: finishes what an earlier one left, reads the sources once, and goes on until the hub has counted the run too. Reading
/// and sending run at the same time.
/// </summary>
internal sealed partial class SyncRun(
    AgentSettings settings,
    IReadOnlyList<Source> sources,
    ReadingWish wish,
    AgentIdentity identity,
    RegionKeys keys,
    PayloadCipher cipher,
    EdgePolicy policy,
    AgentLedger ledger,
    PushedTables tables,
    ConceptRefresh conceptRefresh,
    RunProgress progress,
    TimeSpan? timeout,
    TimeProvider clock,
    Action<string> say,
    ILogger logger)
{
    private const int MostRuns = 5;
    private static readonly TimeSpan ClosingTime = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan TaskGrace = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan NewerPolicyGrace = TimeSpan.FromSeconds(5);
    private readonly PolicyWatch _watch = new(policy, settings.Region, clock);
    private RunReading? _reading;
    private readonly List<RunRow> _closed = [];
    private ConceptMatcher? _concepts;
    private IReadOnlyList<Fault> _faults = [];
    private bool _isRetry;

    private RunReading Reading => _reading ??= new RunReading(settings, sources, keys, cipher, ledger, _watch, progress, clock, say, hasLine: true);

    /// <exception cref="AgentException">The hub, the identity or the policy does not allow a run.</exception>
    /// <exception cref="LedgerDamagedException">The ledger broke; it can be begun anew.</exception>
    public async Task<SyncResult> RunAsync(CancellationToken cancellationToken)
    {
        using var further = new FurtherRun();
        var tasks = new TaskDesk(policy, ledger, tables, further, logger);
        var link = new HubLink(settings, identity, ledger, tasks, further, timeout, clock, say, logger);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // What the stored bundle no longer allows must not leave with the first Welcome.
        if (policy.Current is { } inForce)
        {
            Reading.Adopt(inForce);
        }

        var linked = link.RunAsync(stop.Token);
        var work = WorkAsync(link, tasks, further, stop.Token);
        var guard = _watch.GuardAsync(link.FirstWelcome, stop.Token);
        var first = await Task.WhenAny(linked, work, guard);
        if (first == work)
        {
            if (work.IsCompletedSuccessfully)
            {
                link.Close();
                await Quiet(linked.WaitAsync(ClosingTime, clock, cancellationToken));
            }

            await stop.CancelAsync();
            await Quiet(Task.WhenAll(linked, guard));
            return await work;
        }

        await stop.CancelAsync();
        await Quiet(Task.WhenAll(linked, work, guard));
        await first;
        throw new OperationCanceledException(cancellationToken);
    }

    private async Task<SyncResult> WorkAsync(HubLink link, TaskDesk tasks, FurtherRun further, CancellationToken cancellationToken)
    {
        var welcome = await link.FirstWelcome.WaitAsync(cancellationToken);
        await AwaitTasksAsync(welcome, cancellationToken);
        _concepts = await conceptRefresh.TakeAsync(welcome, cancellationToken);
        await CloseOpenRunsAsync(link, cancellationToken);

        // A ledger that knows nothing, or that the hub made void, has nothing to compare before all was read.
        if (wish.Comparing != Comparing.Alone || further.IsAsked || ledger.CountCases() == 0)
        {
            await ReadAllAsync(wish, link, tasks, further, cancellationToken);
        }

        var compared = wish.Comparing == Comparing.No
            ? null
            : await CompareAsync(() => ReadAllAsync(ReadingWish.Everything, link, tasks, further, cancellationToken), cancellationToken);
        return new SyncResult(_closed, _faults, _isRetry) { Compared = compared };
    }

    private async Task ReadAllAsync(ReadingWish first, HubLink link, TaskDesk tasks, FurtherRun further, CancellationToken cancellationToken)
    {
        for (var count = 1; count == 1 || further.IsAsked; count++)
        {
            if (count > MostRuns)
            {
                throw new AgentException(ExitCode.RunFailed, $"The hub asked for another run {MostRuns} times in a row. See the hub's log for why.");
            }

            tasks.IsReading = true;
            if (further.Take() is { } reason && count > 1)
            {
                say($"one more run: {reason}");
            }

            // What the hub asks for on the way concerns all cases.
            var wanted = count == 1 ? first : ReadingWish.Everything with { TakesNewKeys = first.TakesNewKeys };
            if (count > 1 && first.Cases is not null)
            {
                // By day nothing is read but hazards. What the hub asked for stands in the ledger, as after a kill: the night reads it.
                say("the hub asked for more: the next night sends it");
                break;
            }

            _isRetry = wanted.Retry is not null;
            _faults = await Reading.ReadAsync(wanted, _concepts, further, cancellationToken);
            await CloseOpenRunsAsync(link, cancellationToken);
        }
    }

    /// <summary>
    /// What the hub asks for comes right behind its Welcome: waiting a moment for it, and a little longer for a policy that it
    /// has and we have not, saves a run.
    /// </summary>
    private async Task AwaitTasksAsync(Welcome welcome, CancellationToken cancellationToken)
    {
        await Task.Delay(TaskGrace, clock, cancellationToken);
        var since = clock.GetTimestamp();
        while (policy.Current is { } rules && rules.Version < welcome.PolicyVersion && clock.GetElapsedTime(since) < NewerPolicyGrace)
        {
            await Task.Delay(TaskGrace, clock, cancellationToken);
        }

        await _watch.RequireAsync(cancellationToken);
    }

    /// <summary>Waits until every batch of every open run is acknowledged, then has the hub count each run.</summary>
    private async Task CloseOpenRunsAsync(HubLink link, CancellationToken cancellationToken)
    {
        foreach (var open in ledger.OpenRuns())
        {
            if (open.State == RunState.Reading)
            {
                say("the last run was interrupted; sending what it left");
                ledger.EndReading(open.Number, RunOutcome.Interrupted, clock.GetUtcNow());
            }

            await DrainAsync(open.Number, cancellationToken);
            var counts = ledger.Counts(open.Number);
            counts.ResidentCounts.Add(ledger.ResidentCounts());
            var ack = await link.ReportAsync(counts, cancellationToken);
            var closed = ledger.Close(ack);
            var report = closed.Report;
            SyncLog.RunEnded(logger, closed.Number, report.Outcome.ToString(), report.Rows, report.Cases, report.Quarantined, report.SentCases);
            _closed.Add(closed);
        }
    }

    private async Task DrainAsync(long run, CancellationToken cancellationToken)
    {
        while (true)
        {
            var changed = ledger.OutboxChanged.Next;
            if (!ledger.HasBatches(run))
            {
                return;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    private static Task Quiet(Task task) =>
        task.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
}
