using CallTracking.Agent.Dictionaries;
using CallTracking.Agent.Identity;
using CallTracking.Agent.Ledger;
using CallTracking.Contracts;
using TaskStatus = CallTracking.Contracts.TaskStatus;

namespace CallTracking.Agent.Sync;

/// <summary>Does what the hub asks of the region, and says what came of it.</summary>
internal sealed class TaskDesk(EdgePolicy policy, AgentLedger ledger, PushedTables tables, FurtherRun further, ILogger logger)
{
    private const string NotSupported = "not-supported";
    private volatile bool _isReading;

    /// <summary>False without a valid bundle.</summary>
    public bool HasPolicy => policy.Current is not null;

    /// <summary>The version to name to the hub, which sends a bundle to whoever names an older one than its own.</summary>
    public ulong AskedVersion => policy.AskedVersion;

    /// <summary>Told when a run begins and ends: cases asked for again before that travel with it, later ones need a run of their own.</summary>
    public bool IsReading
    {
        set => _isReading = value;
    }

    /// <summary>Does the task and gives its answer. A task that fails never ends the stream.</summary>
    /// <param name="task">From the hub.</param>
    /// <param name="isInFlight">Whether a batch is on its way already and gets its own answer.</param>
    /// <param name="cancellationToken">The stream ends; what is not done by then is asked for again.</param>
    /// <returns>Completed at once but for what the hub has to be asked for first.</returns>
    public async ValueTask<TaskResult> AnswerAsync(RegionTask task, Func<byte[], bool> isInFlight, CancellationToken cancellationToken)
    {
        var result = task.BodyCase switch
        {
            RegionTask.BodyOneofCase.Policy => Adopt(task.Policy, isInFlight),
            RegionTask.BodyOneofCase.SendAgain => SendAgain(task.SendAgain),
            RegionTask.BodyOneofCase.Dictionary => await tables.TakeAsync(task.Dictionary, cancellationToken),
            _ => new TaskResult { Status = TaskStatus.Refused, Reason = NotSupported },
        };
        result.TaskId = task.TaskId;
        SyncLog.TaskAnswered(logger, task.BodyCase.ToString(), result.Status.ToString(), result.Reason);
        return result;
    }

    private TaskResult Adopt(SignedPolicyBundle bundle, Func<byte[], bool> isInFlight)
    {
        if (policy.Adopt(bundle, out var rules) is { } refusal)
        {
            return new TaskResult { Status = TaskStatus.Failed, Reason = refusal };
        }

        ledger.RetryRejected();
        if (ledger.AdoptEdgeRules(rules!.Digest, isInFlight))
        {
            AskForRun("the edge rules changed", stopReading: true);
        }

        return new TaskResult { Status = TaskStatus.Done };
    }

    private TaskResult SendAgain(SendAgain wish)
    {
        var known = ledger.SendAgain(wish);
        if (known > 0)
        {
            AskForRun("the hub asks for cases again", stopReading: false);
        }

        return new TaskResult { Status = TaskStatus.Done, Count = known };
    }

    private void AskForRun(string reason, bool stopReading)
    {
        if (!_isReading)
        {
            return;
        }

        if (stopReading)
        {
            further.AskNow(reason);
        }
        else
        {
            further.Ask(reason);
        }
    }
}
