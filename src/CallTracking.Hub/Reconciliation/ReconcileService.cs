using CallTracking.Contracts;
using CallTracking.Hub.Access;
using CallTracking.Hub.Ingest;
using CallTracking.Rpc;
using Google.Protobuf.WellKnownTypes;
using Npgsql;

namespace CallTracking.Hub.Reconciliation;

/// <summary>The contract's Reconcile: compares a region's ledger with what is stored, range by range, beside its push.</summary>
internal sealed class ReconcileService(NpgsqlDataSource dataSource, IdentitySource identity, TimeProvider clock, ILogger<ReconcileService> logger) : IDisposable
{
    // Of all regions in this process: ranges are short, and who waits for them is in no hurry.
    private const int AtOnce = 2;

    // Between two questions an agent looks into its ledger, and for Hello not even that.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly SemaphoreSlim _turns = new(AtOnce);

    /// <summary>Adds the call to its service.</summary>
    public RpcServiceBinder Bind(RpcServiceBinder sync) => sync.Duplex<ReconcileRequest, ReconcileResponse>("Reconcile", ReconcileAsync);

    public void Dispose() => _turns.Dispose();

    private async Task ReconcileAsync(IAsyncEnumerable<ReconcileRequest> requests, RpcStreamWriter<ReconcileResponse> responses, RpcContext context)
    {
        var caller = context.RequireCaller();
        using var late = new CancellationTokenSource(Patience, clock);
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, context.Stopping, late.Token);
        await using var incoming = requests.GetAsyncEnumerator(reading.Token);
        ReconcileStream? stream = null;
        try
        {
            while (await incoming.MoveNextAsync())
            {
                late.CancelAfter(Timeout.InfiniteTimeSpan);
                ReconcileResponse answer;
                if (stream is null)
                {
                    stream = await GreetAsync(incoming.Current, caller, reading.Token);
                    answer = new ReconcileResponse { Welcome = new Welcome { Epoch = incoming.Current.Hello.Epoch, HubTime = Timestamp.FromDateTimeOffset(clock.GetUtcNow()) } };
                }
                else
                {
                    answer = await stream.AnswerAsync(incoming.Current, reading.Token);
                }

                await responses.WriteAsync(answer, reading.Token);
                late.CancelAfter(Patience);
            }

            Tell(caller, stream);
        }
        catch (Exception failed) when (CallEnd.Of(failed, context, $"Nothing was asked for {Patience.TotalMinutes:0} minutes.", logger, late.Token) is { } told)
        {
            throw told;
        }
    }

    private async Task<ReconcileStream> GreetAsync(ReconcileRequest first, Caller caller, CancellationToken cancellationToken)
    {
        if (first.Hello is not { } hello || first.Key.Length != RangeSum.KeyBytes)
        {
            throw SyncStatus.OutOfTurn($"The first message of a reconciliation is Hello with a key of {RangeSum.KeyBytes} bytes.");
        }

        if (hello.Region != caller.Region.Value)
        {
            throw AccessStatus.OtherRegion(caller.Region.Value, RegionCode.TryParse(hello.Region, out var claimed) ? claimed.Value : "another one");
        }

        var right = new ReconcileRight(caller, (long)Math.Min(hello.Epoch, long.MaxValue), hello.Lease);
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var look = new NpgsqlBatch(connection) { BatchCommands = { right.ToCommand(clock.GetUtcNow()) } };
        await using var reader = await look.ExecuteReaderAsync(cancellationToken);
        await ReconcileRight.RequireAsync(reader, cancellationToken);
        var seal = (await identity.GetAsync(cancellationToken)).Seal;
        return new ReconcileStream(new RangeStore(dataSource, seal, right, clock), first.Key.ToByteArray(), _turns);
    }

    private void Tell(Caller caller, ReconcileStream? stream)
    {
        if (stream?.Tally is not { Ranges: > 0 } tally)
        {
            return;
        }

        if (tally is { Altered: 0, Lost: 0 })
        {
            ReconcileLog.Compared(logger, caller.Region, tally.Ranges, tally.Differing, tally.Unsealed);
        }
        else
        {
            ReconcileLog.Wounded(logger, caller.Region, tally.Lost, tally.Altered, tally.Ranges);
        }
    }
}
