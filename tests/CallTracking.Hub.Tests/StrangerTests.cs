using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using CallTracking.Contracts;
using CallTracking.Hub.Tests.Kit;
using CallTracking.Rpc;
using CallTracking.Testing;
using Xunit;

namespace CallTracking.Hub.Tests;

/// <summary>What callers without a registered certificate can make the hub hold, over real sockets.</summary>
public sealed class StrangerTests(PostgresCluster postgres) : IClassFixture<PostgresCluster>, IAsyncLifetime
{
    private const string Enrol = "/calltracking.v1.EnrolmentService/Enrol";
    private TestHub _hub = null!;

    public async Task InitializeAsync() => _hub = await TestHub.StartAsync(
        (await postgres.CreateMigratedAsync()).ConnectionString, change: options => options with { GrpcMaxConnections = 5, WebMaxConnections = 3 });

    public async Task DisposeAsync() => await _hub.DisposeAsync();

    [PostgresTheory]
    [InlineData(Enrol)]
    [InlineData("/grpc.health.v1.Health/Check")]
    [InlineData("/grpc.reflection.v1.ServerReflection/ServerReflectionInfo")]
    [InlineData("/calltracking.v1.SyncService/Push")]
    public async Task Call_MessageAsLargeAsABatch_IsRefusedFromItsHeader(string path)
    {
        using var held = HeldCall.Begin(_hub, null, path);

        // One mebibyte is announced, and not a byte of it sent.
        await held.SendAsync([0, 0, 16, 0, 0]);
        var (status, _) = await held.OutcomeAsync();

        Assert.Equal(path.EndsWith("Push", StringComparison.Ordinal) ? RpcStatusCode.Unauthenticated : RpcStatusCode.ResourceExhausted, status);
    }

    [PostgresFact]
    public async Task Call_CertificateThatWasRevoked_IsAStrangers()
    {
        using var germany = await _hub.EnrolAsync("DE");
        await _hub.ExecuteAsync("update region_certificate set revoked_at = now()");
        using var held = HeldCall.Begin(_hub, germany.Certificate, Enrol);

        await held.SendAsync([0, 0, 16, 0, 0]);

        Assert.Equal(RpcStatusCode.ResourceExhausted, (await held.OutcomeAsync()).Status);
    }

    [PostgresFact]
    public async Task Enrol_RequestThatStopsInTheMiddle_IsEndedAfterItsTimeAndTheConnectionServesOn()
    {
        using var held = HeldCall.Begin(_hub, null, Enrol);
        await held.SendAsync([0, 0, 0, 16, 0, 1, 2, 3]);

        var watch = Stopwatch.StartNew();
        var outcome = await held.OutcomeAsync();

        Assert.Equal((RpcStatusCode.DeadlineExceeded, "request-too-slow"), outcome);
        Assert.InRange(watch.Elapsed.TotalSeconds, 20, 45);
    }

    [PostgresFact]
    public async Task Handshake_ThatNeverComes_IsEnded()
    {
        using var socket = await ConnectAsync(_hub.Host.GrpcAddress);
        await using var stream = socket.GetStream();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));

        Assert.Equal(0, await stream.ReadAsync(new byte[1], patience.Token));
    }

    [PostgresTheory]
    [InlineData("grpc", 5)]
    [InlineData("web", 3)]
    public async Task Connections_OneTooMany_IsClosedAtOnceAndThereIsRoomAgainAfterwards(string listener, int limit)
    {
        var address = listener == "grpc" ? _hub.Host.GrpcAddress : _hub.Host.WebAddress;
        var held = new List<TcpClient>();
        for (var i = 0; i < limit; i++)
        {
            held.Add(await ConnectAsync(address));
        }

        Assert.True(await IsClosedAsync(address));
        Assert.True(await IsClosedAsync(address));
        held.ForEach(client => client.Dispose());
        await OpenAsync(address);

        // Told once, not for each.
        Assert.Single(_hub.Log.Events, entry => entry.Text.Contains($"The {listener} listener has all of its {limit} connections", StringComparison.Ordinal));
    }

    [PostgresFact]
    public async Task Push_OfARegion_StillTakesTheLargestCase()
    {
        await _hub.PublishAsync();
        using var japan = await _hub.EnrolAsync("JP");
        await using var push = await japan.PushAsync();
        var @case = Make.Case("JP", 1);
        @case.Description = new PersonalText { Clear = new string('x', 2_900_000) };

        Assert.Equal([Outcome.New], Make.Outcomes(await push.PushAsync(Make.Batch(push, Make.Record(@case, 1)))));
    }

    private static async Task<TcpClient> ConnectAsync(Uri address)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, address.Port);
        return client;
    }

    private static async Task<bool> IsClosedAsync(Uri address)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(3));
        try
        {
            using var client = await ConnectAsync(address);
            return await client.GetStream().ReadAsync(new byte[1], patience.Token) == 0;
        }
        catch (Exception closed) when (closed is IOException or SocketException)
        {
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    // The hub hears of closed connections a moment later.
    private static async Task OpenAsync(Uri address)
    {
        for (var round = 0; await IsClosedAsync(address); round++)
        {
            Assert.True(round < 50, "there is no room again");
            await Task.Delay(100);
        }
    }
}
