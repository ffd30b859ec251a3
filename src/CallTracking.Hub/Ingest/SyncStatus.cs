using CallTracking.Rpc;

namespace CallTracking.Hub.Ingest;

/// <summary>Every status that the sync service answers on purpose. Reasons are part of the protocol: add, never rename.</summary>
internal static class SyncStatus
{
    public static RpcException PolicyRequired() => RpcException.WithReason(
        RpcStatusCode.FailedPrecondition, "policy-required", "No policy is in force at the hub, so nothing may come in: headquarters publishes one with calltracking-hub policy publish.");

    public static RpcException EpochFenced() => RpcException.WithReason(
        RpcStatusCode.FailedPrecondition, "epoch-fenced", "A newer push of this region has begun, or its batches are of an epoch that is over. Let one agent run per region.");

    public static RpcException EpochCopied() => RpcException.WithReason(
        RpcStatusCode.FailedPrecondition, "epoch-fenced", "Its numbers were given out by another agent, too: both work with copies of one ledger. Let one agent run per region.");

    public static RpcException InvalidBatch(string what) => RpcException.WithReason(RpcStatusCode.InvalidArgument, "invalid-batch", what);

    public static RpcException OutOfTurn(string what) => RpcException.WithReason(RpcStatusCode.InvalidArgument, "schema-mismatch", what);

    public static RpcException PolicyMoved() => RpcException.WithReason(
        RpcStatusCode.Unavailable, "policy-moved", "A new policy came into force while a batch was on its way: push it again.", TimeSpan.FromMilliseconds(100));

    public static RpcException Stopping() => RpcException.WithReason(
        RpcStatusCode.Unavailable, "server-stopping", "This hub process is stopping: push again.", TimeSpan.FromSeconds(1));
}
