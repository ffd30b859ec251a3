using System.Security.Cryptography;
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
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

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
    private readonly List<RunRow> _closed = [];
    private ConceptMatcher? _concepts;
    private IReadOnlyList<Fault> _faults = [];
    private bool _isRetry;

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
            Adopt(inForce);
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
            var wanted = count == 1 ? first : ReadingWish.Everything;
            if (count > 1 && first.Cases is not null)
            {
                // By day nothing is read but hazards. What the hub asked for stands in the ledger, as after a kill: the night reads it.
                say("the hub asked for more: the next night sends it");
                break;
            }

            _isRetry = wanted.Retry is not null;
            _faults = await ReadAsync(wanted, further, cancellationToken);
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

    private async Task<IReadOnlyList<Fault>> ReadAsync(ReadingWish wanted, FurtherRun further, CancellationToken cancellationToken)
    {
        var rules = await _watch.RequireAsync(cancellationToken);
        Adopt(rules);
        if (ForeignPolicyText.Of(rules) is { } foreign)
        {
            say($"WARNING  {foreign}");
        }

        var run = ledger.BeginRun(new RunReport
        {
            RunId = UnsafeByteOperations.UnsafeWrap(RandomNumberGenerator.GetBytes(CaseUid.Size)),
            StartedAt = Timestamp.FromDateTimeOffset(clock.GetUtcNow()),
            MappingDigest = SourceLoad.DigestOf(sources),
            Kind = wanted.Kind,
            TablesHeldBack = { HeldBack() },
            Dictionaries = { UsedDictionaries() },
        });
        progress.Begin(run.Number);
        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, further.StopReading);
            var intake = new CaseIntake(settings, ledger, keys, cipher, rules, _watch, run, _concepts, clock);
            var faults = await Task.Run(() => ReadAsync(intake, run, wanted, either.Token), either.Token);
            ledger.EndReading(run.Number, faults.Count == 0 ? RunOutcome.Complete : RunOutcome.Failed, clock.GetUtcNow());
            return faults;
        }
        catch (Exception overtaken) when (overtaken is ReadingOvertakenException || (overtaken is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            ledger.EndReading(run.Number, RunOutcome.Interrupted, clock.GetUtcNow());
            further.AskIfNot("the reading was overtaken by a new epoch or policy");
            return [];
        }
    }

    // Nothing is on its way then: earlier runs are closed. What the hub refused under other rules may pass under these.
    private void Adopt(ShapingRules rules)
    {
        if (ledger.AdoptEdgeRules(rules.Digest, static _ => false))
        {
            ledger.RetryRejected();
        }
    }

    private Task<IReadOnlyList<Fault>> ReadAsync(CaseIntake intake, RunRow run, ReadingWish wanted, CancellationToken cancellationToken) =>
        wanted.Retry is { } filter
            ? new RetryPass(intake, ledger, filter, progress, clock, say).RunAsync(sources, cancellationToken)
            : new ReadingPass(intake, intake.Notes, new Vanishing(intake, ledger, run.Number, say), wanted, progress, clock, say).RunAsync(sources, cancellationToken);

    private IEnumerable<DictionaryVersion> UsedDictionaries() => sources
        .SelectMany(source => source.Mapping.CodeTables, (_, table) => new DictionaryVersion { Name = table.Name, Version = table.Version })
        .Concat(_concepts?.Dictionaries.Select(dictionary => new DictionaryVersion { Name = dictionary.Name, Version = dictionary.Version, Kind = DictionaryKind.Concepts }) ?? [])
        .Distinct();

    private IEnumerable<TableHeldBack> HeldBack() => sources.SelectMany(source => source.HeldBack)
        .Select(held => new TableHeldBack { Name = held.Name, Version = held.Version, UsedVersion = held.UsedVersion }).Distinct();

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
