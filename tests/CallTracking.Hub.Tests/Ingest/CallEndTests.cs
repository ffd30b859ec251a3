using CallTracking.Contracts;
using CallTracking.Hub.Tests.Kit;
using CallTracking.Rpc;
using CallTracking.Testing;
using Google.Protobuf;
using Xunit;

namespace CallTracking.Hub.Tests.Ingest;

/// <summary>How long calls end that the agent does not end: they may not stay for ever, and who is sent away is told why.</summary>
public sealed class CallEndTests(PostgresCluster cluster) : IClassFixture<PostgresCluster>, IAsyncLifetime
{
    // Certificates are of the real time.
    private readonly ManualClock _clock = new(TimeProvider.System.GetUtcNow());
    private TestHub _hub = null!;
    private RegionClient _japan = null!;

    public async Task InitializeAsync()
    {
        _hub = await TestHub.StartAsync((await cluster.CreateMigratedAsync()).ConnectionString, _clock);
        await _hub.PublishAsync();
        _japan = await _hub.EnrolAsync("JP");
    }

    public async Task DisposeAsync()
    {
        _japan.Dispose();
        await _hub.DisposeAsync();
    }

    [PostgresTheory]
    [InlineData("Push", "No Hello came within 30 seconds.")]
    [InlineData("Reconcile", "Nothing was asked for 2 minutes.")]
    public async Task LongCall_AgentSaysNothing_EndsAfterItsTimeAndNotBefore(string call, string said)
    {
        await using var channel = _hub.OpenChannel(_japan.Certificate);
        var end = await OpenAsync(channel, call);

        _clock.Advance(TimeOf(call) - TimeSpan.FromSeconds(1));
        await Task.Delay(200);
        Assert.False(end.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(1));
        var told = await end.WaitAsync(TimeSpan.FromSeconds(60));

        Assert.Equal((RpcStatusCode.InvalidArgument, "schema-mismatch", said), (told.StatusCode, told.Reason, told.Detail));
    }

    [PostgresTheory]
    [InlineData("Push")]
    [InlineData("Reconcile")]
    public async Task LongCall_HubStops_IsToldToComeAgain(string call)
    {
        await using var channel = _hub.OpenChannel(_japan.Certificate);
        var end = await OpenAsync(channel, call);

        var stopping = _hub.Host.StopAsync(CancellationToken.None);
        var told = await end.WaitAsync(TimeSpan.FromSeconds(60));
        await stopping;

        Assert.Equal((RpcStatusCode.Unavailable, "server-stopping"), (told.StatusCode, told.Reason));
    }

    private static TimeSpan TimeOf(string call) => call == "Push" ? TimeSpan.FromSeconds(30) : TimeSpan.FromMinutes(2);

    /// <summary>The call's end. Its timer is there, by which the hub has taken it up: it is known by its time, for others come and go beside it.</summary>
    private async Task<Task<RpcException>> OpenAsync(RpcChannel channel, string call)
    {
        var timers = _clock.PendingTimersIn(TimeOf(call));
        var end = call == "Push" ? EndOf<PushRequest, PushResponse>(channel, call) : EndOf<ReconcileRequest, ReconcileResponse>(channel, call);
        await Eventually.TrueAsync(() => _clock.PendingTimersIn(TimeOf(call)) > timers);
        return end;
    }

    private static async Task<RpcException> EndOf<TRequest, TResponse>(RpcChannel channel, string name)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new()
    {
        using var call = channel.OpenDuplex<TRequest, TResponse>(TestHub.Method<TRequest>(SyncReflection.Descriptor, name), new RpcCallOptions(), default);
        return await Assert.ThrowsAsync<RpcException>(() => call.ReadAsync(default).AsTask());
    }
}
