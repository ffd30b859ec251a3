using CallTracking.Contracts;
using CallTracking.Hub.Access;
using CallTracking.Hub.Dictionaries;
using CallTracking.Hub.Policies;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace CallTracking.Hub.Ingest;

/// <summary>Answers the Hello of a push, over the line or from a file: who may go on, in which order, under which policy.</summary>
internal sealed class PushGreeting(EpochStore epochs, RuleSource rules, DictionaryStore dictionaries, TimeProvider clock, ILogger<PushGreeting> logger)
{
    /// <summary>Bytes of batches that an agent may have on their way: enough to keep the database busy over a long wire.</summary>
    public const ulong CreditBytes = 8 * 1024 * 1024;

    /// <exception cref="Rpc.RpcException">Not this Hello from this caller, or no policy is in force.</exception>
    public async Task<(StreamRight Right, Welcome Welcome)> GreetAsync(Hello? hello, Caller caller, CancellationToken cancellationToken)
    {
        var inForce = await RequireAsync(hello, caller, cancellationToken);
        var now = clock.GetUtcNow();
        var stream = Guid.CreateVersion7(now);
        var grant = await epochs.OpenAsync(caller, hello!, stream, now, cancellationToken);
        return (new StreamRight(caller, stream), await WelcomeAsync(grant, inForce, hello!, caller, now, cancellationToken));
    }

    /// <summary>
    /// As the other one, for a file. Without a right it is behind, and nothing may be taken from it. <paramref name="grantedBefore"/> is the epoch
    /// with which this very file was taken in before; null when it was not.
    /// </summary>
    /// <exception cref="Rpc.RpcException">Not this Hello from this caller, or no policy is in force.</exception>
    public async Task<(StreamRight? Right, TransferAnswer Answer)> GreetFileAsync(Hello? hello, Caller caller, long? grantedBefore, CancellationToken cancellationToken)
    {
        var inForce = await RequireAsync(hello, caller, cancellationToken);
        var now = clock.GetUtcNow();
        var stream = Guid.CreateVersion7(now);
        var (grant, state) = await epochs.OpenForFileAsync(caller, hello!, grantedBefore, stream, now, cancellationToken);
        return grant is null
            ? (null, new TransferAnswer { Hello = hello, Behind = new TransferBehind { Epoch = (ulong)state.Epoch, LastSequence = (ulong)state.LastSequence } })
            : (new StreamRight(caller, stream), new TransferAnswer { Hello = hello, Welcome = await WelcomeAsync(grant, inForce, hello!, caller, now, cancellationToken) });
    }

    private async Task<RuleBook> RequireAsync(Hello? hello, Caller caller, CancellationToken cancellationToken)
    {
        if (hello is null)
        {
            throw SyncStatus.OutOfTurn("The first message of a push is Hello.");
        }

        if (hello.Region != caller.Region.Value)
        {
            throw AccessStatus.OtherRegion(caller.Region.Value, RegionCode.TryParse(hello.Region, out var claimed) ? claimed.Value : "another one");
        }

        // The next epoch is one above: there has to be room for it.
        if (hello.Epoch > long.MaxValue / 2)
        {
            throw SyncStatus.InvalidBatch($"epoch: expected at most {long.MaxValue / 2}, got {hello.Epoch}.");
        }

        return await rules.FindAsync(cancellationToken) ?? throw SyncStatus.PolicyRequired();
    }

    private async Task<Welcome> WelcomeAsync(EpochGrant grant, RuleBook inForce, Hello hello, Caller caller, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (IngestLog.WhyNotContinued(grant.Note) is { } why)
        {
            IngestLog.LedgerNotContinued(logger, caller.Region, why, (ulong)grant.Epoch);
        }

        IngestLog.PushBegan(logger, caller.Region, ShortCode.OfVersion(hello.AgentVersion), (ulong)grant.Epoch, grant.Note, (ulong)grant.LastSequence);
        return new Welcome
        {
            Epoch = (ulong)grant.Epoch,
            Lease = ByteString.CopyFrom(grant.Lease),
            LastSequence = (ulong)grant.LastSequence,
            CreditBytes = CreditBytes,
            PolicyVersion = (ulong)inForce.Version,
            RequiredPolicyVersion = (ulong)inForce.RequiredVersion,
            MaxBatchBytes = SyncLimits.BatchBytes,
            MaxBatchCases = SyncLimits.BatchCases,
            MaxCaseBytes = SyncLimits.CaseBytes,
            HubTime = Timestamp.FromDateTimeOffset(now),
            EpochNote = grant.Note,
            Dictionaries = { await dictionaries.ConceptsInForceAsync(cancellationToken) },
        };
    }
}
