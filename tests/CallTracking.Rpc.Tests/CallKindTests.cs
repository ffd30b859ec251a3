using CallTracking.Rpc.Tests.Echo;
using CallTracking.Rpc.Tests.Wire;
using Google.Protobuf;

namespace CallTracking.Rpc.Tests;

/// <summary>The four kinds of call, our client against our server, in clear text and over TLS with a client certificate.</summary>
public sealed class CallKindTests(TestCertificates certificates) : IClassFixture<TestCertificates>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Unary_OrdinaryRequest_IsAnswered(bool tls)
    {
        await using var host = await EchoHost.StartAsync(tls ? certificates : null);
        using var channel = Connect(host, tls);

        var reply = await channel.OnceAsync(new EchoRequest { Text = "grüß 東京", Number = 7 });

        Assert.Equal("grüß 東京", reply.Message.Text);
        Assert.Equal(7, reply.Message.Number);
        Assert.Equal(tls ? "CN=agent-1" : null, host.Service.LastClient);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ServerStream_ThreeReplies_ArriveInOrder(bool tls)
    {
        await using var host = await EchoHost.StartAsync(tls ? certificates : null);
        using var channel = Connect(host, tls);
        using var call = channel.Expand(new EchoRequest { Number = 3 });

        var replies = await call.ReadAllAsync(default).ToListAsync();

        Assert.Equal([1, 2, 3], replies.Select(reply => reply.Number));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ClientStream_ThreeRequests_OneReply(bool tls)
    {
        await using var host = await EchoHost.StartAsync(tls ? certificates : null);
        using var channel = Connect(host, tls);
        using var call = channel.Collect();

        foreach (var text in new[] { "a", "b", "c" })
        {
            await call.WriteAsync(new EchoRequest { Text = text }, default);
        }

        Assert.Equal("a,b,c", (await call.CompleteAsync(default)).Text);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Duplex_PingPong_EachReplyComesBeforeTheNextRequest(bool tls)
    {
        await using var host = await EchoHost.StartAsync(tls ? certificates : null);
        using var channel = Connect(host, tls);
        using var call = channel.Converse();

        for (var number = 1; number <= 5; number++)
        {
            await call.WriteAsync(new EchoRequest { Number = number }, default);
            Assert.Equal(number, (await call.ReadAsync(default))!.Number);
        }

        await call.CompleteAsync();
        Assert.Null(await call.ReadAsync(default));
    }

    [Fact]
    public async Task Duplex_MessagesOfAMebibyteBothWays_ArriveWhole()
    {
        await using var host = await EchoHost.StartAsync();
        using var channel = host.Connect();
        using var call = channel.Converse();
        var payload = ByteString.CopyFrom([.. Enumerable.Range(0, 1 << 20).Select(i => (byte)(i * 31))]);

        var reading = call.ReadAllAsync(default).ToListAsync();
        for (var number = 0; number < 40; number++)
        {
            await call.WriteAsync(new EchoRequest { Number = number, Payload = payload }, default);
        }

        await call.CompleteAsync();
        var replies = await reading;

        Assert.Equal(Enumerable.Range(0, 40), replies.Select(reply => reply.Number));
        Assert.All(replies, reply => Assert.Equal(payload, reply.Payload));
    }

    [Fact]
    public async Task Duplex_ClientThatOnlyOpens_ReachesTheHandler()
    {
        await using var host = await EchoHost.StartAsync();
        using var channel = host.Connect();

        // On a new connection the handler's own frames would carry the headers along.
        await channel.OnceAsync(new EchoRequest());
        using var call = channel.Converse();

        await host.Service.Converses.WaitAsync(TimeSpan.FromSeconds(10));

        await call.CompleteAsync();
        Assert.Null(await call.ReadAsync(default));
    }

    private RpcChannel Connect(EchoHost host, bool tls) => host.Connect(
        tls ? new RpcChannelOptions { ClientCertificate = certificates.Client, TrustedRoots = certificates.Roots } : null);
}
