using CallTracking.Contracts;
using CallTracking.Hub.Policies;
using Google.Protobuf;

namespace CallTracking.Hub.Ingest;

/// <summary>What was read from a push stream and waits for its turn.</summary>
internal abstract record PushWork
{
    public sealed record Store(IncomingBatch Batch) : PushWork;

    public sealed record Reshape(ByteString BatchId, ulong ShapedUnder, long Required) : PushWork;

    public sealed record Close(RunReport Report) : PushWork;

    public sealed record Finish(TaskResult Result) : PushWork;
}

/// <summary>Makes work of requests: checks and redacts batches, checks the rest and keeps its words to short codes.</summary>
internal sealed class PushIntake(RegionCode region, RuleSource rules, BatchIntake batches)
{
    /// <exception cref="Rpc.RpcException">The request breaks the contract, or no policy is in force.</exception>
    public async ValueTask<PushWork> PrepareAsync(PushRequest request, CancellationToken cancellationToken)
    {
        switch (request.MessageCase)
        {
            case PushRequest.MessageOneofCase.Batch:
                if (request.Batch.BatchId.Length != CaseUid.Size)
                {
                    throw SyncStatus.InvalidBatch($"batch_id: expected {CaseUid.Size} bytes, got {request.Batch.BatchId.Length}.");
                }

                var inForce = await rules.FindAsync(cancellationToken) ?? throw SyncStatus.PolicyRequired();
                return request.Batch.PolicyVersion < (ulong)inForce.RequiredVersion
                    ? new PushWork.Reshape(request.Batch.BatchId, request.Batch.PolicyVersion, inForce.RequiredVersion)
                    : new PushWork.Store(batches.Accept(request.Batch, region, inForce));
            case PushRequest.MessageOneofCase.RunReport:
                return new PushWork.Close(Coded(Checked(request.RunReport, request.RunReport.RunId)));
            case PushRequest.MessageOneofCase.TaskResult:
                var result = Checked(request.TaskResult, request.TaskResult.TaskId);
                result.Reason = ShortCode.Of(result.Reason);
                result.Status = Known(result.Status);
                return new PushWork.Finish(result);
            case PushRequest.MessageOneofCase.Hello:
                throw SyncStatus.OutOfTurn("Hello is the first message of a push and comes once.");
            default:
                throw SyncStatus.OutOfTurn("The message is none that this hub knows: its agent is newer. Update the hub.");
        }
    }

    private static T Checked<T>(T message, ByteString id)
        where T : IMessage
    {
        var unknownBytes = 0;
        if (MessageInspector.Inspect(message, ref unknownBytes) is { } fault)
        {
            throw SyncStatus.InvalidBatch($"{fault.Path}: {fault.Reason}.");
        }

        return id.Length == CaseUid.Size ? message : throw SyncStatus.InvalidBatch($"An id has {CaseUid.Size} bytes, got {id.Length}.");
    }

    private static RunReport Coded(RunReport report)
    {
        foreach (var counted in report.QuarantineReasons)
        {
            counted.Reason = ShortCode.Of(counted.Reason);
        }

        foreach (var held in report.TablesHeldBack)
        {
            held.Name = ShortCode.Of(held.Name);
        }

        foreach (var counted in report.EdgeRedactions)
        {
            counted.Jurisdiction = ShortCode.Of(counted.Jurisdiction);
            counted.DataClass = Known(counted.DataClass);
            counted.Action = Known(counted.Action);
        }

        return report;
    }

    // A newer agent's code, or none at all: kept as "unspecified", for the database's column holds fewer numbers than the wire.
    private static T Known<T>(T code)
        where T : struct, Enum => Enum.IsDefined(code) ? code : default;
}
