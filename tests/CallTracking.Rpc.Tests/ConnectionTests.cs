using System.Net;
using System.Net.Sockets;
using CallTracking.Rpc.Tests.Echo;
using CallTracking.Rpc.Tests.Wire;
using CallTracking.Testing;

namespace CallTracking.Rpc.Tests;

/// <summary>Connections that are refused, lost, drained and made again.</summary>
public sealed class ConnectionTests(TestCertificates certificates) : IClassFixture<TestCertificates>
{
    [Fact]
    public async Task Tls_ClientWithoutCertificate_IsUnavailable()
    {
        await using var host = await EchoHost.StartAsync(certificates);
        using var channel = host.Connect(new RpcChannelOptions { TrustedRoots = certificates.Roots });

        await Expect.StatusAsync(RpcStatusCode.Unavailable, () => channel.OnceAsync(new EchoRequest()));
    }

    [Fact]
    public async Task Tls_ClientOfAnotherAuthority_IsUnavailable()
    {
        await using var host = await EchoHost.StartAsync(certificates);
        using var channel = host.Connect(new RpcChannelOptions { TrustedRoots = certificates.Roots, ClientCertificate = certificates.StrangeClient });

        await Expect.StatusAsync(RpcStatusCode.Unavailable, () => channel.OnceAsync(new EchoRequest()));
    }

    [Fact]
    public async Task Tls_ServerCertificateUsedByAClient_IsUnavailable()
    {
        await using var host = await EchoHost.StartAsync(certificates);
        using var channel = host.Connect(new RpcChannelOptions { TrustedRoots = certificates.Roots, ClientCertificate = certificates.Server });

        await Expect.StatusAsync(RpcStatusCode.Unavailable, () => channel.OnceAsync(new EchoRequest()));
    }

    [Fact]
    public async Task Tls_ServerThatTheClientDoesNotTrust_IsUnavailable()
    {
        await using var host = await EchoHost.StartAsync(certificates);
        using var channel = host.Connect(new RpcChannelOptions { ClientCertificate = certificates.Client });

        await Expect.StatusAsync(RpcStatusCode.Unavailable, () => channel.OnceAsync(new EchoRequest()));
    }

    [Fact]
    public void LoadPem_CertificateAndKey_CanSign()
    {
        using var certificate = RpcTls.LoadPem(File.ReadAllText(Path.Combine(certificates.Folder, "client.pem")), File.ReadAllText(Path.Combine(certificates.Folder, "client.key")));

        Assert.True(certificate.HasPrivateKey);
        Assert.True(RpcTls.IsTrustedClient(certificate, certificates.Roots, null));
    }

    [Fact]
    public async Task Connect_NobodyListens_EveryKindOfCallIsUnavailable()
    {
        using var channel = RpcChannel.Create(new Uri($"http://127.0.0.1:{FreePort.Find()}"), new RpcChannelOptions());
        using var duplex = channel.Converse();
        using var collect = channel.Collect();
        using var expand = channel.Expand(new EchoRequest());

        await Expect.StatusAsync(RpcStatusCode.Unavailable, () => channel.OnceAsync(new EchoRequest()));
        await Expect.StatusAsync(RpcStatusCode.Unavailable, async () => await duplex.WriteAsync(new EchoRequest(), default));
        await Expect.StatusAsync(RpcStatusCode.Unavailable, async () => await duplex.ReadAsync(default));
        await Expect.StatusAsync(RpcStatusCode.Unavailable, () => collect.CompleteAsync(default));
        await Expect.StatusAsync(RpcStatusCode.Unavailable, async () => await expand.ReadAsync(default));
    }

    [Fact]
    public async Task Stop_IdleChannel_FailsUnavailableAndConnectsAgain()
    {
        var port = FreePort.Find();
        using var channel = RpcChannel.Create(new Uri($"http://127.0.0.1:{port}"), new RpcChannelOptions());
        await using (var first = await EchoHost.StartAsync(port: port))
        {
            await channel.OnceAsync(new EchoRequest());
            await first.StopAsync();
        }

        await Expect.StatusAsync(RpcStatusCode.Unavailable, () => channel.OnceAsync(new EchoRequest()));
        await using var second = await EchoHost.StartAsync(port: port);

        Assert.Equal("back", (await channel.OnceAsync(new EchoRequest { Text = "back" })).Message.Text);
    }

    [Fact]
    public async Task Servers_TheFirstIsAway_EveryKindOfCallReachesTheNext()
    {
        await using var host = await EchoHost.StartAsync();
        var away = new Uri($"http://127.0.0.1:{FreePort.Find()}");
        foreach (var call in (Func<RpcChannel, Task>[])
        [
            channel => channel.OnceAsync(new EchoRequest()),
            async channel =>
            {
                using var duplex = channel.Converse();
                await duplex.WriteAsync(new EchoRequest { Number = 3 }, default);
                Assert.Equal(3, (await duplex.ReadAsync(default))!.Number);
            },
        ])
        {
            var servers = new RpcServers(away, host.Address);
            using var channel = RpcChannel.Create(servers, new RpcChannelOptions());

            await call(channel);

            Assert.Equal(host.Address, servers.Current);
        }
    }

    [Fact]
    public async Task Servers_TheOneInUseStops_TheNextCallGoesToTheOther()
    {
        await using var other = await EchoHost.StartAsync();
        await using var inUse = await EchoHost.StartAsync();
        using var channel = RpcChannel.Create(new RpcServers(inUse.Address, other.Address), new RpcChannelOptions());
        await channel.OnceAsync(new EchoRequest());
        await inUse.StopAsync();

        Assert.Equal("on", await OnAsync(channel));
    }

    // A call that meets the connection before the client has heard of its end was sent in part: that is for the caller to try again.
    private static async Task<string> OnAsync(RpcChannel channel)
    {
        try
        {
            return (await channel.OnceAsync(new EchoRequest { Text = "on" })).Message.Text;
        }
        catch (RpcException broken) when (broken.StatusCode == RpcStatusCode.Unavailable)
        {
            return (await channel.OnceAsync(new EchoRequest { Text = "on" })).Message.Text;
        }
    }

    [Fact]
    public async Task Servers_TheOneInUseAnswersWithAFault_IsNotLeft()
    {
        await using var first = await EchoHost.StartAsync();
        await using var second = await EchoHost.StartAsync();
        var servers = new RpcServers(first.Address, second.Address);
        using var channel = RpcChannel.Create(servers, new RpcChannelOptions());

        await Expect.StatusAsync(RpcStatusCode.FailedPrecondition, () => channel.OnceAsync(new EchoRequest { Behave = "details" }));

        Assert.Equal(first.Address, servers.Current);
    }

    [Fact]
    public async Task Servers_ConnectIsNotAnswered_TheNextIsTriedAfterTheTimeOut()
    {
        // Listens, and never takes the second of two connections: its backlog is full.
        using var silent = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        silent.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        silent.Listen(0);
        using var filler = new TcpClient();
        await filler.ConnectAsync((IPEndPoint)silent.LocalEndPoint!);
        await using var host = await EchoHost.StartAsync();
        using var channel = RpcChannel.Create(
            new RpcServers(new Uri($"http://127.0.0.1:{((IPEndPoint)silent.LocalEndPoint!).Port}"), host.Address),
            new RpcChannelOptions { ConnectTimeout = TimeSpan.FromMilliseconds(500) });

        Assert.Equal("on", (await channel.OnceAsync(new EchoRequest { Text = "on" })).Message.Text);
    }

    [Fact]
    public async Task Servers_AllAreAway_IsUnavailableAndEachIsTriedAgainNextTime()
    {
        var port = FreePort.Find();
        var other = new Uri($"http://127.0.0.1:{FreePort.Find()}");
        using var channel = RpcChannel.Create(new RpcServers(other, new Uri($"http://127.0.0.1:{port}")), new RpcChannelOptions());
        await Expect.StatusAsync(RpcStatusCode.Unavailable, () => channel.OnceAsync(new EchoRequest()));
        await using var host = await EchoHost.StartAsync(port: port);

        Assert.Equal("on", (await channel.OnceAsync(new EchoRequest { Text = "on" })).Message.Text);
    }

    [Fact]
    public async Task Stop_CallsThatRun_MayFinishWithinTheDrainTime()
    {
        await using var host = await EchoHost.StartAsync(options: rpc => rpc.DrainTime = TimeSpan.FromSeconds(20));
        using var channel = host.Connect();
        using var call = channel.Converse();
        await call.WriteAsync(new EchoRequest { Number = 1 }, default);
        await call.ReadAsync(default);

        var stopping = host.StopAsync();
        await call.WriteAsync(new EchoRequest { Number = 2 }, default);

        Assert.Equal(2, (await call.ReadAsync(default))!.Number);
        await call.CompleteAsync();
        Assert.Null(await call.ReadAsync(default));
        await stopping.WaitAsync(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Stop_CallsThatRunOn_EndUnavailableAfterTheDrainTime()
    {
        await using var host = await EchoHost.StartAsync(options: rpc => rpc.DrainTime = TimeSpan.FromMilliseconds(300));
        using var channel = host.Connect();
        using var call = channel.Converse();
        await call.WriteAsync(new EchoRequest { Behave = "sleep" }, default);
        using var idle = channel.Converse();
        await idle.WriteAsync(new EchoRequest(), default);
        await idle.ReadAsync(default);

        var stopping = host.StopAsync();

        Assert.Equal("server-stopping", (await Expect.StatusAsync(RpcStatusCode.Unavailable, async () => await call.ReadAsync(default))).Reason);
        Assert.Equal("server-stopping", (await Expect.StatusAsync(RpcStatusCode.Unavailable, async () => await idle.ReadAsync(default))).Reason);
        await stopping.WaitAsync(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task KeepAlive_ServerFallsSilent_TheCallIsUnavailable()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var port = ((IPEndPoint)silent.LocalEndpoint).Port;
        using var channel = RpcChannel.Create(
            new Uri($"http://127.0.0.1:{port}"),
            new RpcChannelOptions { KeepAlivePingDelay = TimeSpan.FromSeconds(1), KeepAlivePingTimeout = TimeSpan.FromSeconds(1) });

        var calling = Expect.StatusAsync(RpcStatusCode.Unavailable, () => channel.OnceAsync(new EchoRequest(), new RpcCallOptions()));
        using var connection = await silent.AcceptSocketAsync();

        // An empty SETTINGS frame: the server was alive once.
        await connection.SendAsync(new byte[] { 0, 0, 0, 4, 0, 0, 0, 0, 0 });
        await calling.WaitAsync(TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task Connection_LostInTheMiddleOfAStream_IsUnavailable()
    {
        await using var host = await EchoHost.StartAsync();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var channel = RpcChannel.Create(new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}"), new RpcChannelOptions());
        using var call = channel.Converse();
        using var near = await listener.AcceptTcpClientAsync();
        using var far = new TcpClient();
        await far.ConnectAsync(IPAddress.Loopback, host.Address.Port);
        var pumps = new[] { near.GetStream().CopyToAsync(far.GetStream()), far.GetStream().CopyToAsync(near.GetStream()) };
        await call.WriteAsync(new EchoRequest { Number = 4 }, default);
        Assert.Equal(4, (await call.ReadAsync(default))!.Number);

        near.Client.Close(0);

        await Expect.StatusAsync(RpcStatusCode.Unavailable, async () => await call.ReadAsync(default));
        await Expect.StatusAsync(RpcStatusCode.Unavailable, async () => await call.WriteAsync(new EchoRequest(), default));
        await Task.WhenAny(pumps);
    }
}
