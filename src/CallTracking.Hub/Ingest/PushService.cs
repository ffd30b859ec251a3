using CallTracking.Contracts;
using CallTracking.Hub.Access;
using CallTracking.Hub.Policies;
using CallTracking.Rpc;
using Npgsql;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace CallTracking.Hub.Ingest;

/// <summary>The contract's SyncService: greets a region's agent and runs its push stream.</summary>
internal sealed class PushService(
    NpgsqlDataSource dataSource,
    PushGreeting greeting,
    EpochStore epochs,
    RuleSource rules,
    BundleSource bundles,
    BatchIntake intake,
    TaskStore tasks,
    RunStore runs,
    IdentitySource identity,
    IngestMeter meter,
    TimeProvider clock,
    ILogger<PushService> logger)
{
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
            var (right, welcome) = await greeting.GreetAsync(hello, caller, context.CancellationToken);
            await responses.WriteAsync(new PushResponse { Welcome = welcome }, context.CancellationToken);
            await using var writer = new BatchWriter(dataSource, right, (await identity.GetAsync(stop.Token)).Seal, meter, clock);
            await new PushStream(right, hello!, rules, bundles, new PushIntake(caller.Region, rules, intake), writer, tasks, runs, dataSource, clock, logger)
                .RunAsync(incoming, responses.WriteAsync, stop);
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
}
