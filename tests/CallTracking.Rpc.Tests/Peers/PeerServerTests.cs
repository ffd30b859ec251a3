using CallTracking.Rpc.Tests.Echo;
using CallTracking.Rpc.Tests.Wire;
using Google.Protobuf;

namespace CallTracking.Rpc.Tests.Peers;

/// <summary>Our client, calling servers of other makes: every kind of call, every kind of failure, in clear text and over TLS.</summary>
public sealed class PeerServerTests(PeerSessions sessions) : IClassFixture<PeerSessions>
{
    private const int FiveMebibytes = 5 * 1024 * 1024;

    private static readonly ByteString Large = ByteString.CopyFrom(new byte[100_000]);

    private static readonly Dictionary<string, Func<RpcChannel, Task>> Plays = new()
    {
        ["once"] = async channel =>
        {
            var reply = await channel.OnceAsync(new EchoRequest { Text = "grüß 東京", Number = 7 });
            Assert.Equal(("grüß 東京", 7), (reply.Message.Text, reply.Message.Number));
        },
        ["fail"] = async channel =>
        {
            var status = await Expect.StatusAsync(RpcStatusCode.InvalidArgument, () => channel.OnceAsync(Fail(RpcStatusCode.InvalidArgument, "Größe 100 % 漢字")));
            Assert.Equal("Größe 100 % 漢字", status.Detail);
        },
        ["fault"] = channel => Expect.StatusAsync(RpcStatusCode.Unknown, () => channel.OnceAsync(new EchoRequest { Behave = "fault" })),
        ["deadline"] = channel => Expect.StatusAsync(RpcStatusCode.DeadlineExceeded, () => channel.OnceAsync(Sleep(), new RpcCallOptions(TimeSpan.FromSeconds(0.4)))),
        ["deadlineTold"] = async channel => Assert.Equal("set", (await channel.OnceAsync(new EchoRequest { Behave = "deadline" })).Message.Text),
        ["cancel"] = async channel =>
        {
            using var cancel = new CancellationTokenSource(TimeSpan.FromSeconds(0.3));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => channel.OnceAsync(Sleep(), cancellationToken: cancel.Token));
        },
        ["gzip"] = async channel =>
        {
            var reply = await channel.OnceAsync(new EchoRequest { Payload = Large }, new RpcCallOptions(Gzip: true));
            Assert.Equal(Large, reply.Message.Payload);
        },
        ["oversizeRequest"] = channel => Expect.StatusAsync(
            RpcStatusCode.ResourceExhausted, () => channel.OnceAsync(new EchoRequest { Payload = ByteString.CopyFrom(new byte[FiveMebibytes]) })),
        ["oversizeReply"] = channel => Expect.StatusAsync(
            RpcStatusCode.ResourceExhausted, () => channel.OnceAsync(new EchoRequest { Behave = "large", Number = FiveMebibytes })),
        ["collect"] = async channel =>
        {
            using var call = channel.Collect();
            foreach (var text in new[] { "a", "b", "c" })
            {
                await call.WriteAsync(new EchoRequest { Text = text }, default);
            }

            Assert.Equal("a,b,c", (await call.CompleteAsync(default)).Text);
        },
        ["earlyError"] = async channel =>
        {
            using var call = channel.Collect();
            await call.WriteAsync(Fail(RpcStatusCode.FailedPrecondition, "enough"), default);
            var writing = Task.Run(async () =>
            {
                while (true)
                {
                    await call.WriteAsync(new EchoRequest { Payload = Large }, default);
                }
            });
            Assert.Equal("enough", (await Expect.StatusAsync(RpcStatusCode.FailedPrecondition, () => call.CompleteAsync(default))).Detail);
            call.Dispose();
            await Assert.ThrowsAnyAsync<Exception>(() => writing.WaitAsync(TimeSpan.FromSeconds(10)));
        },
        ["expand"] = async channel =>
        {
            using var call = channel.Expand(new EchoRequest { Number = 3 });
            Assert.Equal([1, 2, 3], (await call.ReadAllAsync(default).ToListAsync()).Select(reply => reply.Number));
        },
        ["streamError"] = async channel =>
        {
            using var call = channel.Expand(Fail(RpcStatusCode.DataLoss, "torn"));
            Assert.Equal(1, (await call.ReadAsync(default))!.Number);
            Assert.Equal(2, (await call.ReadAsync(default))!.Number);
            Assert.Equal("torn", (await Expect.StatusAsync(RpcStatusCode.DataLoss, async () => await call.ReadAsync(default))).Detail);
        },
        ["streamDeadline"] = async channel =>
        {
            using var call = channel.Expand(Sleep(), new RpcCallOptions(TimeSpan.FromSeconds(2)));
            Assert.Equal(1, (await call.ReadAsync(default))!.Number);
            Assert.Equal(2, (await call.ReadAsync(default))!.Number);
            await Expect.StatusAsync(RpcStatusCode.DeadlineExceeded, async () => await call.ReadAsync(default));
        },
        ["converse"] = async channel =>
        {
            using var call = channel.Converse();
            for (var number = 1; number <= 5; number++)
            {
                await call.WriteAsync(new EchoRequest { Number = number, Payload = Large }, default);
                Assert.Equal((number, Large), await call.ReadAsync(default) is { } reply ? (reply.Number, reply.Payload) : default);
            }

            await call.CompleteAsync();
            Assert.Null(await call.ReadAsync(default));
        },
        ["converseError"] = async channel =>
        {
            using var call = channel.Converse();
            await call.WriteAsync(new EchoRequest { Number = 1 }, default);
            Assert.Equal(1, (await call.ReadAsync(default))!.Number);
            await call.WriteAsync(Fail(RpcStatusCode.Aborted, "no more"), default);
            Assert.Equal("no more", (await Expect.StatusAsync(RpcStatusCode.Aborted, async () => await call.ReadAsync(default))).Detail);
        },
        ["converseCancel"] = async channel =>
        {
            using var cancel = new CancellationTokenSource();
            using var call = channel.Converse(cancellationToken: cancel.Token);
            await call.WriteAsync(new EchoRequest { Number = 1 }, default);
            Assert.Equal(1, (await call.ReadAsync(default))!.Number);
            await cancel.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await call.ReadAsync(default));
        },
        ["missingMethod"] = channel => Expect.StatusAsync(
            RpcStatusCode.Unimplemented,
            () => channel.UnaryAsync<EchoRequest, EchoReply>(EchoCalls.Method("Missing"), new EchoRequest(), new RpcCallOptions(), default)),
        ["missingService"] = channel => Expect.StatusAsync(RpcStatusCode.Unimplemented, () => channel.UnservedAsync(new EchoRequest())),
        ["metadata"] = async channel =>
        {
            var headers = new RpcMetadata { { "echo", "a, b;c" } };
            headers.AddBinary("echo-bin", [0, 255, 1, 254]);
            var reply = await channel.OnceAsync(new EchoRequest { Behave = "metadata" }, new RpcCallOptions(Headers: headers));
            Assert.Equal("a, b;c", reply.Trailers.Get("echo"));
            Assert.Equal([0, 255, 1, 254], reply.Trailers.GetBinary("echo-bin")!);
        },
        ["details"] = async channel =>
        {
            var status = await Expect.StatusAsync(RpcStatusCode.FailedPrecondition, () => channel.OnceAsync(new EchoRequest { Behave = "details" }));
            Assert.Equal(("not yet", "told-so", TimeSpan.FromSeconds(1.5)), (status.Detail, status.Reason, status.RetryAfter));
        },
    };

    public static TheoryData<bool, string> Scenarios()
    {
        var data = new TheoryData<bool, string>();
        foreach (var scenario in Plays.Keys)
        {
            data.Add(false, scenario);
            data.Add(true, scenario);
        }

        return data;
    }

    [PeerTheory(Peer.Node)]
    [MemberData(nameof(Scenarios))]
    public async Task OurClient_CallsGrpcJs_SeesWhatAnyClientWouldSee(bool tls, string scenario) =>
        await Plays[scenario](await sessions.ChannelAsync(Peer.Node, tls));

    [PeerTheory(Peer.Python)]
    [MemberData(nameof(Scenarios))]
    public async Task OurClient_CallsGrpcio_SeesWhatAnyClientWouldSee(bool tls, string scenario) =>
        await Plays[scenario](await sessions.ChannelAsync(Peer.Python, tls));

    [PeerTheory(Peer.Node)]
    [InlineData(Peer.Node)]
    public Task OurClientWithoutCertificate_CallsGrpcJs_IsUnavailable(Peer peer) => RefusedAsync(peer);

    [PeerTheory(Peer.Python)]
    [InlineData(Peer.Python)]
    public Task OurClientWithoutCertificate_CallsGrpcio_IsUnavailable(Peer peer) => RefusedAsync(peer);

    private static EchoRequest Fail(RpcStatusCode code, string text) => new() { Behave = "fail", Number = (int)code, Text = text };

    private static EchoRequest Sleep() => new() { Behave = "sleep", Number = 2 };

    private async Task RefusedAsync(Peer peer)
    {
        using var channel = await sessions.ChannelAsync(peer, true, sessions.WithoutCertificate());

        await Expect.StatusAsync(RpcStatusCode.Unavailable, () => channel.OnceAsync(new EchoRequest()));
    }
}
