using CallTracking.Contracts;
using CallTracking.Hub.Access;
using CallTracking.Hub.Dictionaries;
using CallTracking.Hub.Policies;
using CallTracking.Rpc;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Npgsql;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace CallTracking.Hub.Ingest;

/// <summary>The contract's SyncService: greets a region's agent and runs its push stream.</summary>
internal sealed class PushService(
    NpgsqlDataSource dataSource,
    EpochStore epochs,
    RuleSource rules,
    BundleSource bundles,
    BatchIntake intake,
    TaskStore tasks,
    RunStore runs,
    DictionaryStore dictionaries,
    IdentitySource identity,
    TimeProvider clock,
    ILogger<PushService> logger)
{
    /// <summary>Bytes of batches that an agent may have on their way: enough to keep the database busy over a long wire.</summary>
    public const ulong CreditBytes = 8 * 1024 * 1024;

    // Who opens a push says who it is: an open call without Hello would stay for ever.
    private static readonly TimeSpan HelloTime = TimeSpan.FromSeconds(30);

    private static readonly ServiceDescriptor Descriptor = SyncReflection.Descriptor.Services.Single(service => service.Name == "SyncService");

    public RpcServiceBinder Bind() => new RpcServiceBinder(Descriptor).Duplex<PushRequest, PushResponse>("Push", PushAsync);

    private async Task PushAsync(IAsyncEnumerable<PushRequest> requests, RpcStreamWriter<PushResponse> responses, RpcContext context)
    {
        var caller = context.RequireCaller();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
        using var late = new CancellationTokenSource(HelloTime, clock);
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(stop.Token, context.Stopping, late.Token);
        await using var incoming = requests.GetAsyncEnumerator(reading.Token);
        Hello? hello = null;
        try
        {
            hello = await incoming.MoveNextAsync() ? incoming.Current.Hello : null;
            late.CancelAfter(Timeout.InfiniteTimeSpan);
            late.Token.ThrowIfCancellationRequested();
            var (right, welcome) = await GreetAsync(hello, caller, context.CancellationToken);
            await responses.WriteAsync(new PushResponse { Welcome = welcome }, context.CancellationToken);
            await using var writer = new BatchWriter(dataSource, right, (await identity.GetAsync(stop.Token)).Seal, clock);
            await new PushStream(right, hello!, rules, bundles, new PushIntake(caller.Region, rules, intake), writer, tasks, runs, dataSource, clock, logger)
                .RunAsync(incoming, responses, stop);
            if (context.Stopping.IsCancellationRequested)
            {
                throw SyncStatus.Stopping();
            }
        }
        catch (RpcException ended) when (ended.Reason is "epoch-fenced" or "certificate-refused" or "policy-moved")
        {
            rules.Expire();
            IngestLog.Fenced(logger, caller.Region, ended.Reason);
            if (ended.Reason == "epoch-fenced" && await epochs.NoteFencedAsync(caller, hello!, clock.GetUtcNow(), CancellationToken.None))
            {
                IngestLog.TwoAgents(logger, caller.Region);
            }

            throw;
        }
        catch (Exception failed) when (CallEnd.Of(failed, context, $"No Hello came within {HelloTime.TotalSeconds:0} seconds.", logger, late.Token) is { } told)
        {
            throw told;
        }
    }

    private async Task<(StreamRight Right, Welcome Welcome)> GreetAsync(Hello? hello, Caller caller, CancellationToken cancellationToken)
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

        var inForce = await rules.FindAsync(cancellationToken) ?? throw SyncStatus.PolicyRequired();
        var now = clock.GetUtcNow();
        var stream = Guid.CreateVersion7(now);
        var grant = await epochs.OpenAsync(caller, hello, stream, now, cancellationToken);
        if (IngestLog.WhyNotContinued(grant.Note) is { } why)
        {
            IngestLog.LedgerNotContinued(logger, caller.Region, why, (ulong)grant.Epoch);
        }

        IngestLog.PushBegan(logger, caller.Region, ShortCode.OfVersion(hello.AgentVersion), (ulong)grant.Epoch, grant.Note, (ulong)grant.LastSequence);
        return (new StreamRight(caller, stream), new Welcome
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
        });
    }
}
