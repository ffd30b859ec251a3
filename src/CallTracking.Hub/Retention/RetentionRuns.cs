using System.Data;
using CallTracking.Hub.Access;
using CallTracking.Hub.Audit;
using CallTracking.Privacy;
using Npgsql;

namespace CallTracking.Hub.Retention;

/// <summary>
/// Previews what has expired, and carries out exactly a preview that someone confirmed. A run works in short transactions that
/// each keep their own count; after a crash it goes on where it stopped, and two processes on one run share the work.
/// </summary>
internal sealed class RetentionRuns(
    NpgsqlDataSource dataSource,
    RetentionRunStore store,
    RetentionPolicies policies,
    IdentitySource identity,
    TimeProvider clock,
    ILogger<RetentionRuns> logger)
{
    /// <summary>An older preview must be made again: what it counted is no longer what would be done.</summary>
    public static readonly TimeSpan PreviewLife = TimeSpan.FromHours(24);

    private const int BatchSize = 1000;
    private const int RoundsForLocked = 5;
    private static readonly TimeSpan WaitForLocked = TimeSpan.FromMilliseconds(300);

    /// <summary>Counts, in one snapshot, what would be done now if <paramref name="asOf"/> were now; changes no case.</summary>
    /// <exception cref="HubException">No policy is in force.</exception>
    public async Task<RetentionRun> PreviewAsync(DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        var (version, rules) = await policies.RequireAsync(cancellationToken);
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        var lines = new List<RetentionLine>();
        foreach (var group in RetentionGroup.Resolve(rules.On(PolicySet.DayOf(asOf)), await RetentionStore.KindsAsync(transaction, cancellationToken)))
        {
            lines.AddRange(await RetentionStore.CountAsync(transaction, group, asOf, cancellationToken));
        }

        var run = new RetentionRun
        {
            RunId = Guid.CreateVersion7(clock.GetUtcNow()),
            PreviewedAt = clock.GetUtcNow(),
            AsOf = asOf,
            PolicyVersion = version,
            ConfirmedAt = null,
            FinishedAt = null,
            Preview = RetentionLine.Sum(lines),
            Result = [],
        };
        await RetentionRunStore.AddAsync(transaction, run, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        RetentionLog.Previewed(logger, run.RunId, run.PreviewCount, run.AsOf, run.PolicyVersion);
        return run;
    }

    /// <summary>Carries out a preview, or goes on with one that was interrupted, and answers it with its result.</summary>
    /// <exception cref="HubException">
    /// The id is unknown, the preview is older than <see cref="PreviewLife"/>, was carried out already, looks into the future, or
    /// another policy version is in force since.
    /// </exception>
    public async Task<RetentionRun> ConfirmAsync(Guid runId, CancellationToken cancellationToken)
    {
        var rules = await RequireRunnableAsync(runId, cancellationToken);
        await store.ConfirmAsync(runId, clock.GetUtcNow(), cancellationToken);
        RetentionLog.Confirmed(logger, runId);
        var groups = await ResolveAsync(rules, cancellationToken);
        foreach (var group in groups)
        {
            await ApplyAsync(runId, group, cancellationToken);
        }

        var done = await FinishAsync(runId, cancellationToken);
        RetentionLog.Finished(logger, runId, done.ResultCount, done.PreviewCount);
        return done;
    }

    private async Task<PolicySet> RequireRunnableAsync(Guid runId, CancellationToken cancellationToken)
    {
        var run = await store.FindAsync(runId, cancellationToken)
            ?? throw new HubException($"There is no preview {runId}. Make one: calltracking-hub retention preview");
        var now = clock.GetUtcNow();
        if (run.FinishedAt is { } finishedAt)
        {
            throw new HubException($"The run {runId} was done on {finishedAt:u}. Make a new preview: calltracking-hub retention preview");
        }

        if (now - run.PreviewedAt > PreviewLife)
        {
            throw new HubException($"The preview {runId} is of {run.PreviewedAt:u}, older than {PreviewLife.TotalHours} hours. Make a new one: calltracking-hub retention preview");
        }

        if (run.AsOf > now)
        {
            throw new HubException($"The preview {runId} looks ahead to {run.AsOf:u}: nothing is removed before its time. Make one without --as-of.");
        }

        var (version, rules) = await policies.RequireAsync(cancellationToken);
        return version == run.PolicyVersion
            ? rules.On(PolicySet.DayOf(run.AsOf))
            : throw new HubException(
                $"The preview {runId} was made under policy version {run.PolicyVersion}, and {version} is in force. Make a new one: calltracking-hub retention preview");
    }

    private async Task<IReadOnlyList<RetentionGroup>> ResolveAsync(PolicySet rules, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        return RetentionGroup.Resolve(rules, await RetentionStore.KindsAsync(transaction, cancellationToken));
    }

    private async Task ApplyAsync(Guid runId, RetentionGroup group, CancellationToken cancellationToken)
    {
        // A case that a push holds locked is skipped; a push is short, so a few more looks find it free.
        for (var round = 0; round < RoundsForLocked; round++)
        {
            while (await ApplyBatchAsync(runId, group, cancellationToken) > 0)
            {
            }

            if (!await IsAnyLeftAsync(runId, group, cancellationToken))
            {
                return;
            }

            await Task.Delay(WaitForLocked, clock, cancellationToken);
        }
    }

    private async Task<long> ApplyBatchAsync(Guid runId, RetentionGroup group, CancellationToken cancellationToken)
    {
        var seal = (await identity.GetAsync(cancellationToken)).Seal;
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var run = await RetentionRunStore.LockAsync(transaction, runId, cancellationToken);
        await policies.RequireStillAsync(run.PolicyVersion, cancellationToken);
        var done = await RetentionStore.ApplyAsync(transaction, group, run.AsOf, BatchSize, clock.GetUtcNow(), seal, cancellationToken);
        if (done.Count == 0)
        {
            return 0;
        }

        await RetentionRunStore.SaveAsync(transaction, runId, RetentionLine.Sum(run.Result.Concat(done)), run.FinishedAt, cancellationToken);
        await connection.NoteAsync(AuditEntry.Of(AuditCode.RetentionRemoved, runId.ToString(), ("cases", done.Sum(line => line.Count))), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        RetentionLog.BatchDone(logger, runId, done.Sum(line => line.Count));
        return done.Sum(line => line.Count);
    }

    private async Task<bool> IsAnyLeftAsync(Guid runId, RetentionGroup group, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var run = await RetentionRunStore.LockAsync(transaction, runId, cancellationToken);
        return (await RetentionStore.CountAsync(transaction, group, run.AsOf, cancellationToken)).Count > 0;
    }

    private async Task<RetentionRun> FinishAsync(Guid runId, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var run = await RetentionRunStore.LockAsync(transaction, runId, cancellationToken);
        var finished = run with { FinishedAt = run.FinishedAt ?? clock.GetUtcNow() };
        await RetentionRunStore.SaveAsync(transaction, runId, finished.Result, finished.FinishedAt, cancellationToken);
        await connection.NoteAsync(
            AuditEntry.Of(AuditCode.RetentionFinished, runId.ToString(), ("cases", finished.ResultCount), ("previewed", finished.PreviewCount)), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return finished;
    }
}
