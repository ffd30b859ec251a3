using CallTracking.Rpc.Tests.Echo;
using CallTracking.Rpc.Tests.Wire;

namespace CallTracking.Rpc.Tests;

/// <summary>Calls that end because somebody no longer waits.</summary>
public sealed class DeadlineTests
{
    private static readonly RpcCallOptions Short = new(TimeSpan.FromSeconds(2));
    private static readonly EchoRequest Sleep = new() { Behave = "sleep", Number = 2 };

    [Fact]
    public async Task Unary_DeadlinePasses_BothSidesGiveUp()
    {
        await using var host = await EchoHost.StartAsync();
        using var channel = host.Connect();

        await Expect.StatusAsync(RpcStatusCode.DeadlineExceeded, () => channel.OnceAsync(Sleep, Short));

        await host.Service.SawCancellation.WaitAsync(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task ServerStream_DeadlinePassesBetweenReplies_EndsWithIt()
    {
        await using var host = await EchoHost.StartAsync();
        using var channel = host.Connect();
        using var call = channel.Expand(Sleep, Short);

        Assert.Equal(1, (await call.ReadAsync(default))!.Number);
        Assert.Equal(2, (await call.ReadAsync(default))!.Number);

        await Expect.StatusAsync(RpcStatusCode.DeadlineExceeded, async () => await call.ReadAsync(default));
    }

    [Fact]
    public async Task Server_DeadlineOfAClientThatKeepsWaiting_IsAnsweredByTheServer()
    {
        await using var host = await EchoHost.StartAsync();
        using var raw = new RawCalls(host.Address);

        var answer = await raw.PostAsync(RawCalls.Frame(0, Google.Protobuf.MessageExtensions.ToByteArray(Sleep)), headers: ("grpc-timeout", "300m"));

        Assert.Equal((int)RpcStatusCode.DeadlineExceeded, answer.Status);
    }

    [Theory]
    [InlineData(null, "none")]
    [InlineData(30.0, "set")]
    public async Task Context_Deadline_IsWhatTheClientAskedFor(double? seconds, string expected)
    {
        await using var host = await EchoHost.StartAsync();
        using var channel = host.Connect();

        var options = new RpcCallOptions(seconds is { } s ? TimeSpan.FromSeconds(s) : null);

        Assert.Equal(expected, (await channel.OnceAsync(new EchoRequest { Behave = "deadline" }, options)).Message.Text);
    }

    [Fact]
    public async Task Unary_TimeoutOfNothing_FailsAtOnce()
    {
        await using var host = await EchoHost.StartAsync();
        using var channel = host.Connect();

        await Expect.StatusAsync(RpcStatusCode.DeadlineExceeded, () => channel.OnceAsync(new EchoRequest(), new RpcCallOptions(TimeSpan.Zero)));
    }

    [Fact]
    public async Task Unary_CallerCancels_HasItsOwnExceptionAndTheServerStops()
    {
        await using var host = await EchoHost.StartAsync();
        using var channel = host.Connect();
        using var cancel = new CancellationTokenSource();
        var calling = channel.OnceAsync(Sleep, cancellationToken: cancel.Token);
        await host.Service.Sleeps;

        await cancel.CancelAsync();
        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => calling);

        Assert.Equal(cancel.Token, error.CancellationToken);
        await host.Service.SawCancellation.WaitAsync(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Duplex_CallerCancelsWhileReading_TheServerStops()
    {
        await using var host = await EchoHost.StartAsync();
        using var channel = host.Connect();
        using var cancel = new CancellationTokenSource();
        using var call = channel.Converse(cancellationToken: cancel.Token);
        await call.WriteAsync(Sleep, default);

        var reading = call.ReadAsync(default);
        await host.Service.Sleeps;

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await reading);
        await host.Service.SawCancellation.WaitAsync(TimeSpan.FromSeconds(5));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await call.ReadAsync(default));
    }

    [Fact]
    public async Task Duplex_Disposed_TheServerStops()
    {
        await using var host = await EchoHost.StartAsync();
        using var channel = host.Connect();
        var call = channel.Converse();
        await call.WriteAsync(new EchoRequest(), default);
        await call.ReadAsync(default);
        await call.WriteAsync(Sleep, default);
        await host.Service.Sleeps;

        call.Dispose();

        await host.Service.SawCancellation.WaitAsync(TimeSpan.FromSeconds(5));
        await Expect.StatusAsync(RpcStatusCode.Cancelled, async () => await call.ReadAsync(default));
    }

    [Fact]
    public async Task Duplex_WaitingForOneReplyIsCancelled_TheCallGoesOn()
    {
        await using var host = await EchoHost.StartAsync();
        using var channel = host.Connect();
        using var call = channel.Converse();
        using var impatient = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await call.ReadAsync(impatient.Token));
        await call.WriteAsync(new EchoRequest { Number = 9 }, default);

        Assert.Equal(9, (await call.ReadAsync(default))!.Number);
    }
}
