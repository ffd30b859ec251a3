using CallTracking.Rpc.Tests.Echo;
using CallTracking.Rpc.Tests.Wire;
using Google.Protobuf;

namespace CallTracking.Rpc.Tests;

/// <summary>Sizes, compression and flow control.</summary>
public sealed class LimitTests
{
    private static readonly ByteString Large = ByteString.CopyFrom(new byte[300_000]);

    [Fact]
    public async Task Server_RequestAboveItsLimit_IsResourceExhausted()
    {
        await using var host = await EchoHost.StartAsync(options: rpc => rpc.MaxReceiveMessageBytes = 100_000);
        using var channel = host.Connect();

        await Expect.StatusAsync(RpcStatusCode.ResourceExhausted, () => channel.OnceAsync(new EchoRequest { Payload = Large }));
        await Expect.StatusAsync(RpcStatusCode.ResourceExhausted, () => channel.OnceAsync(new EchoRequest { Payload = Large }, new RpcCallOptions(Gzip: true)));
    }

    [Fact]
    public async Task Server_CallerWithNarrowerLimits_HasSmallerMessagesAndAShorterLife()
    {
        await using var host = await EchoHost.StartAsync(options: rpc => rpc.LimitsOf = http => http.Request.Headers.ContainsKey("known")
            ? new RpcCallLimits(int.MaxValue, Timeout.InfiniteTimeSpan)
            : new RpcCallLimits(1_000, TimeSpan.FromMilliseconds(300)));
        using var channel = host.Connect();
        var known = new RpcCallOptions(TimeSpan.FromSeconds(20), new RpcMetadata { { "known", "yes" } });

        await Expect.StatusAsync(RpcStatusCode.ResourceExhausted, () => channel.OnceAsync(new EchoRequest { Payload = Large }));
        await Expect.StatusAsync(RpcStatusCode.DeadlineExceeded, () => channel.OnceAsync(new EchoRequest { Behave = "sleep" }));
        Assert.Equal(Large, (await channel.OnceAsync(new EchoRequest { Payload = Large }, known)).Message.Payload);
    }

    [Fact]
    public async Task Server_RequestThatStopsInTheMiddle_IsEndedAndStreamsMayPause()
    {
        await using var host = await EchoHost.StartAsync(options: rpc => rpc.RequestTime = TimeSpan.FromMilliseconds(400));
        using var raw = new RawCalls(host.Address);
        using var channel = host.Connect();
        using var call = channel.Converse();
        var half = new System.IO.Pipelines.Pipe();
        await half.Writer.WriteAsync(new byte[] { 0, 0, 0, 1, 0, 1, 2, 3 });

        var slow = await raw.PostAsync(half.Reader.AsStream());
        await call.WriteAsync(new EchoRequest { Text = "after a pause" }, default);

        Assert.Equal((int)RpcStatusCode.DeadlineExceeded, slow.Status);
        Assert.Equal("after a pause", (await call.ReadAsync(default))!.Text);
    }

    [Fact]
    public async Task Server_ReplyAboveItsLimit_IsResourceExhausted()
    {
        await using var host = await EchoHost.StartAsync(options: rpc => rpc.MaxSendMessageBytes = 100_000);
        using var channel = host.Connect();

        await Expect.StatusAsync(RpcStatusCode.ResourceExhausted, () => channel.OnceAsync(new EchoRequest { Payload = Large }));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Client_ReplyAboveItsLimit_IsResourceExhausted(bool gzip)
    {
        await using var host = await EchoHost.StartAsync(options: rpc => rpc.GzipReplies = gzip);
        using var channel = host.Connect(new RpcChannelOptions { MaxReceiveMessageBytes = 100_000 });

        await Expect.StatusAsync(RpcStatusCode.ResourceExhausted, () => channel.OnceAsync(new EchoRequest { Behave = "large", Number = 300_000 }));
    }

    [Fact]
    public async Task Client_RequestAboveItsOwnLimit_IsResourceExhausted()
    {
        await using var host = await EchoHost.StartAsync();
        using var channel = host.Connect(new RpcChannelOptions { MaxSendMessageBytes = 100_000 });
        using var call = channel.Collect();

        await Expect.StatusAsync(RpcStatusCode.ResourceExhausted, () => channel.OnceAsync(new EchoRequest { Payload = Large }));
        await Expect.StatusAsync(RpcStatusCode.ResourceExhausted, async () => await call.WriteAsync(new EchoRequest { Payload = Large }, default));

        // A message that was never sent does not break the stream.
        await call.WriteAsync(new EchoRequest { Text = "small" }, default);
        Assert.Equal("small", (await call.CompleteAsync(default)).Text);
    }

    [Fact]
    public async Task Gzip_AskedForOnBothSides_MessagesArriveWhole()
    {
        await using var host = await EchoHost.StartAsync(options: rpc => rpc.GzipReplies = true);
        using var channel = host.Connect(new RpcChannelOptions { Gzip = true });
        using var call = channel.Converse();

        foreach (var payload in new[] { Large, ByteString.CopyFromUtf8("small"), ByteString.Empty, Large })
        {
            await call.WriteAsync(new EchoRequest { Payload = payload }, default);
            Assert.Equal(payload, (await call.ReadAsync(default))!.Payload);
        }
    }

    [Fact]
    public async Task Gzip_ClientThatAcceptsIt_IsAnsweredCompressed()
    {
        await using var host = await EchoHost.StartAsync(options: rpc => rpc.GzipReplies = true);
        using var raw = new RawCalls(host.Address);
        var request = RawCalls.Frame(0, new EchoRequest { Payload = Large }.ToByteArray());

        var plain = await raw.PostAsync(request);
        var compressed = await raw.PostAsync(request, headers: ("grpc-accept-encoding", "identity, gzip"));

        Assert.True(plain is { Status: 0, Body: [0, ..] });
        Assert.True(compressed is { Status: 0, Body: [1, ..] });
        Assert.True(compressed.Body.Length < 5_000, $"{compressed.Body.Length} bytes");
        Assert.Equal("gzip", compressed.Headers.GetValues("grpc-encoding").Single());
    }

    [Fact]
    public async Task Duplex_HandlerThatDoesNotRead_StopsTheWriterAtTheWindow()
    {
        await using var host = await EchoHost.StartAsync();
        using var channel = host.Connect();
        using var call = channel.Converse();
        await call.WriteAsync(new EchoRequest { Behave = "sleep" }, default);
        var written = 0;

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            for (; ; written++)
            {
                await call.WriteAsync(new EchoRequest { Payload = Large }, patience.Token);
            }
        });

        Assert.InRange(written * (double)Large.Length, Large.Length, 4_000_000);
    }
}
