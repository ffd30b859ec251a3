using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
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

    [PostgresFact]
    public async Task Connections_OneTooMany_IsClosedAtOnceAndThereIsRoomAgainAfterwards()
    {
        const int Limit = 3;
        var address = _hub.Host.WebAddress;
        var held = new List<TcpClient>();
        for (var i = 0; i < Limit; i++)
        {
            held.Add(await ConnectAsync(address));
        }

        Assert.True(await IsClosedAsync(address));
        Assert.True(await IsClosedAsync(address));
        held.ForEach(client => client.Dispose());
        await OpenAsync(address);

        // Told once, not for each.
        Assert.Single(_hub.Log.Events, entry => entry.Text.Contains($"The web listener has all of its {Limit} connections", StringComparison.Ordinal));
    }

    [PostgresFact]
    public async Task Connections_OfARegion_OneTooManyIsClosed()
    {
        const int Limit = 5;
        using var germany = await _hub.EnrolAsync("DE");
        var held = new List<SslStream>();
        for (var i = 0; i < Limit; i++)
        {
            held.Add(await ConnectAsync(germany));
        }

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        await using (var tooMany = await ConnectAsync(germany))
        {
            Assert.True(await EndsAsync(tooMany, patience.Token));
        }

        foreach (var stream in held)
        {
            await stream.DisposeAsync();
        }

        Assert.Single(_hub.Log.Events, entry => entry.Text.Contains($"The grpc listener has all of its {Limit} connections", StringComparison.Ordinal));
    }

    // Half of five are two: each further one ends the oldest, and a region that comes in between is served.
    [PostgresFact]
    public async Task Connections_OfStrangersWhoFloodTheListener_EndEachOtherAndNoRegionsPush()
    {
        const int Most = 2;
        await _hub.PublishAsync();
        using var japan = await _hub.EnrolAsync("JP");
        await using var push = await japan.PushAsync();
        var held = new List<TcpClient>();
        for (var i = 0; i < 12; i++)
        {
            held.Add(await ConnectAsync(_hub.Host.GrpcAddress));
        }

        // Which of them came first only the hub knows. Those that are left end for want of a handshake, two seconds later.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(8));
        var ends = await Task.WhenAll(held.Select(client => EndsAsync(client.GetStream(), patience.Token)));
        Assert.InRange(ends.Count(isEnded => !isEnded), 0, Most);

        Assert.Equal([Outcome.New], Make.Outcomes(await push.PushAsync(Make.Batch(push, Make.Record(Make.Case("JP", 1), 1)))));
        using var germany = await _hub.EnrolAsync("DE");
        Assert.Single(_hub.Log.Events, entry => entry.Text.Contains($"The grpc listener has {Most} connections that showed no certificate", StringComparison.Ordinal));
        held.ForEach(client => client.Dispose());
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

    private async Task<SslStream> ConnectAsync(RegionClient region)
    {
        var socket = await ConnectAsync(_hub.Host.GrpcAddress);
        var stream = new SslStream(socket.GetStream());
        var options = RpcTls.ClientOptions(region.Certificate, [X509CertificateLoader.LoadCertificate(region.Enrolment.CaCertificateDer.Span)], validation: null);
        (options.TargetHost, options.ApplicationProtocols) = ("localhost", [SslApplicationProtocol.Http2]);
        await stream.AuthenticateAsClientAsync(options);
        return stream;
    }

    private static async Task<bool> IsClosedAsync(Uri address)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(3));
        try
        {
            using var client = await ConnectAsync(address);
            return await EndsAsync(client.GetStream(), patience.Token);
        }
        catch (SocketException)
        {
            return true;
        }
    }

    // Behind its handshake with HTTP/2 a server that keeps the connection sends its settings first.
    private static async Task<bool> EndsAsync(Stream stream, CancellationToken patience)
    {
        try
        {
            var bytes = new byte[256];
            while (await stream.ReadAsync(bytes, patience) > 0)
            {
                // Whatever it says.
            }

            return true;
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
