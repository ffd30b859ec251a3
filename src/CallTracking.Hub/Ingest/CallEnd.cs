using CallTracking.Rpc;

namespace CallTracking.Hub.Ingest;

/// <summary>What an agent is told when a long call ends that it did not end itself.</summary>
internal static class CallEnd
{
    /// <summary>
    /// The status for a call that broke off; null when it ended for another reason, or the agent has gone and nobody listens.
    /// <paramref name="silence"/> is what the agent is told when it said nothing for so long that <paramref name="late"/> was
    /// cancelled. A failure of the database goes to the log, too: the agent is told less of it than who runs the hub.
    /// </summary>
    public static RpcException? Of(Exception failed, RpcContext context, string silence, ILogger logger, CancellationToken late)
    {
        if (failed is OperationCanceledException)
        {
            return context.CancellationToken.IsCancellationRequested ? null
                : late.IsCancellationRequested ? SyncStatus.OutOfTurn(silence)
                : context.Stopping.IsCancellationRequested ? SyncStatus.Stopping()
                : null;
        }

        if (DatabaseTrouble.Of(failed) is not { } trouble)
        {
            return null;
        }

        IngestLog.DatabaseFailed(logger, trouble.Name, trouble.SqlState, trouble.Cure);
        return trouble.ToStatus();
    }
}
