using CallTracking.Rpc.Tests.Echo;
using CallTracking.Rpc.Tests.Wire;
using CallTracking.Rpc.Wire;

namespace CallTracking.Rpc.Tests;

/// <summary>What a call that does not end well looks like to its caller.</summary>
public sealed class StatusTests
{
    [Theory]
    [InlineData(RpcStatusCode.InvalidArgument, "Größe 100 % – 漢字 😀\nsecond line")]
    [InlineData(RpcStatusCode.Unauthenticated, "")]
    public async Task Unary_HandlerFails_CallerHasCodeAndText(RpcStatusCode code, string text)
    {
        await using var host = await EchoHost.StartAsync();
        using var channel = host.Connect();

        var status = await Expect.StatusAsync(code, () => channel.OnceAsync(Fail(code, text)));

        Assert.Equal(text, status.Detail);
    }

    [Fact]
    public async Task Unary_VeryLongMessage_IsCutAndStillArrives()
    {
        await using var host = await EchoHost.StartAsync();
        using var channel = host.Connect();

        var status = await Expect.StatusAsync(RpcStatusCode.Aborted, () => channel.OnceAsync(Fail(RpcStatusCode.Aborted, new string('漢', 20_000))));

        Assert.StartsWith("漢漢漢", status.Detail, StringComparison.Ordinal);
        Assert.EndsWith("漢...", status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unary_StatusWithDetails_CallerReadsReasonAndRetryAndDetails()
    {
        await using var host = await EchoHost.StartAsync();
        using var channel = host.Connect();

        var status = await Expect.StatusAsync(RpcStatusCode.FailedPrecondition, () => channel.OnceAsync(new EchoRequest { Behave = "details" }));

        Assert.Equal("told-so", status.Reason);
        Assert.Equal(TimeSpan.FromSeconds(1.5), status.RetryAfter);
        Assert.Equal("type.googleapis.com/google.rpc.RetryInfo", Assert.Single(status.Details).TypeUrl);
    }

    [Fact]
    public async Task Unary_HandlerBreaks_CallerHasAReferenceAndTheLogTheReason()
    {
        await using var host = await EchoHost.StartAsync();
        host.Log.ExpectError("the handler is broken");
        using var channel = host.Connect();

        var status = await Expect.StatusAsync(RpcStatusCode.Internal, () => channel.OnceAsync(new EchoRequest { Behave = "fault" }));

        Assert.DoesNotContain("broken", status.Detail, StringComparison.Ordinal);
        var reference = status.Detail.TrimEnd('.').Split(' ')[^1];
        Assert.Contains(reference, Assert.Single(host.Log.Events, line => line.Level >= Microsoft.Extensions.Logging.LogLevel.Error).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MapException_KnownFault_AnswersItsStatus()
    {
        await using var host = await EchoHost.StartAsync(options: rpc => rpc.MapException = error =>
            error is InvalidOperationException ? RpcException.WithReason(RpcStatusCode.Unavailable, "database", "Try again.", TimeSpan.FromSeconds(3)) : null);
        using var channel = host.Connect();

        var status = await Expect.StatusAsync(RpcStatusCode.Unavailable, () => channel.OnceAsync(new EchoRequest { Behave = "fault" }));

        Assert.Equal("database", status.Reason);
        Assert.Equal(TimeSpan.FromSeconds(3), status.RetryAfter);
    }

    [Fact]
    public async Task Middleware_Fails_CallerHasAStatusAsFromAHandler()
    {
        await using var host = await EchoHost.StartAsync(
            options: rpc => rpc.MapException = error => error is TimeoutException ? RpcException.WithReason(RpcStatusCode.Unavailable, "database", "Try again.") : null,
            map: app => app.Use(next => http => throw (http.Request.Headers.ContainsKey("echo") ? new TimeoutException() : new InvalidOperationException("the middleware is broken"))));
        host.Log.ExpectError("the middleware is broken");
        using var channel = host.Connect();

        var known = await Expect.StatusAsync(
            RpcStatusCode.Unavailable, () => channel.OnceAsync(new EchoRequest(), new RpcCallOptions(Headers: new RpcMetadata { { "echo", "x" } })));
        await Expect.StatusAsync(RpcStatusCode.Internal, () => channel.OnceAsync(new EchoRequest()));

        Assert.Equal("database", known.Reason);
    }

    [Fact]
    public async Task ServerStream_FailsBehindTwoReplies_BothArriveBeforeTheStatus()
    {
        await using var host = await EchoHost.StartAsync();
        using var channel = host.Connect();
        using var call = channel.Expand(Fail(RpcStatusCode.DataLoss, "torn"));

        Assert.Equal(1, (await call.ReadAsync(default))!.Number);
        Assert.Equal(2, (await call.ReadAsync(default))!.Number);
        var status = await Expect.StatusAsync(RpcStatusCode.DataLoss, async () => await call.ReadAsync(default));

        Assert.Equal("torn", status.Detail);
        await Expect.StatusAsync(RpcStatusCode.DataLoss, async () => await call.ReadAsync(default));
    }

    [Fact]
    public async Task ClientStream_ServerFailsEarly_WriterIsStoppedAndStatusIsRead()
    {
        await using var host = await EchoHost.StartAsync();
        using var channel = host.Connect();
        using var call = channel.Collect();
        await call.WriteAsync(Fail(RpcStatusCode.FailedPrecondition, "enough"), default);

        var writing = Task.Run(async () =>
        {
            while (true)
            {
                await call.WriteAsync(new EchoRequest { Text = new string('x', 10_000) }, default);
            }
        });
        var status = await Expect.StatusAsync(RpcStatusCode.FailedPrecondition, () => call.CompleteAsync(default));

        Assert.Equal("enough", status.Detail);
        await Assert.ThrowsAsync<RpcException>(() => writing.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public async Task Duplex_ServerFailsWhileClientWrites_TheWriterLearnsTheServersStatus()
    {
        await using var host = await EchoHost.StartAsync();
        using var channel = host.Connect();
        using var call = channel.Converse();
        var reading = call.ReadAllAsync(default).ToListAsync();

        var status = await Expect.StatusAsync(RpcStatusCode.OutOfRange, async () =>
        {
            for (var number = 0; ; number++)
            {
                await call.WriteAsync(number == 3 ? Fail(RpcStatusCode.OutOfRange, "far") : new EchoRequest { Number = number }, default);
            }
        });

        Assert.Equal("far", status.Detail);
        await Expect.StatusAsync(RpcStatusCode.OutOfRange, () => reading);
    }

    [Fact]
    public async Task Duplex_RefusedBeforeItsFirstMessageIsWritten_TheWriterAloneLearnsTheStatus()
    {
        await using var host = await EchoHost.StartAsync();
        var unserved = EchoReflection.Descriptor.Services[1].FindMethodByName("Converse");

        // The refusal comes before, while or after the stream opens; a writer must not wait for one that never does.
        for (var count = 0; count < 200; count++)
        {
            using var channel = host.Connect();
            using var call = channel.OpenDuplex<EchoRequest, EchoReply>(unserved, new RpcCallOptions(), default);
            await Expect.StatusAsync(RpcStatusCode.Unimplemented, () => WriteForeverAsync(call).WaitAsync(TimeSpan.FromSeconds(20)));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Push_AnsweredCallWhoseStreamNeverOpened_FailsItsWriter(bool answeredFirst)
    {
        using var content = new PushContent();
        if (answeredFirst)
        {
            content.Answered();
        }

        await Assert.ThrowsAsync<HttpRequestException>(() => content.CopyToAsync(new BrokenStream()));
        content.Answered();

        await Assert.ThrowsAsync<IOException>(() => content.Opened.WaitAsync(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public async Task Push_ConnectionThatBreaksBeforeTheStreamIsOpen_IsTriedOnTheNext()
    {
        using var content = new PushContent();
        var next = new MemoryStream();

        await Assert.ThrowsAsync<HttpRequestException>(() => content.CopyToAsync(new BrokenStream()));
        var sent = content.CopyToAsync(next);

        Assert.Same(next, await content.Opened.WaitAsync(TimeSpan.FromSeconds(20)));
        content.Complete();
        await sent;
    }

    [Fact]
    public async Task Unary_MethodOrServiceThatNobodyServes_IsUnimplemented()
    {
        await using var host = await EchoHost.StartAsync();
        using var channel = host.Connect();

        await Expect.StatusAsync(RpcStatusCode.Unimplemented, () => channel.UnaryAsync<EchoRequest, EchoReply>(EchoCalls.Method("Missing"), new EchoRequest(), new RpcCallOptions(), default));
        await Expect.StatusAsync(RpcStatusCode.Unimplemented, () => channel.UnservedAsync(new EchoRequest()));
    }

    [Fact]
    public async Task Metadata_TextAndBytes_TravelBothWays()
    {
        await using var host = await EchoHost.StartAsync();
        using var channel = host.Connect();
        var headers = new RpcMetadata { { "echo", "a, b;c" } };
        headers.AddBinary("echo-bin", [0, 255, 1, 254]);

        var reply = await channel.OnceAsync(new EchoRequest { Behave = "metadata" }, new RpcCallOptions(Headers: headers));

        Assert.Equal("a, b;c", reply.Trailers.Get("echo"));
        Assert.Equal([0, 255, 1, 254], reply.Trailers.GetBinary("echo-bin")!);
    }

    [Fact]
    public async Task Health_SetByTheHost_IsToldToThoseWhoAskAndThoseWhoWatch()
    {
        await using var host = await EchoHost.StartAsync(options: rpc => rpc.DrainTime = TimeSpan.FromSeconds(20));
        var health = (RpcHealth)host.Services.GetService(typeof(RpcHealth))!;
        using var channel = host.Connect();
        var patient = new RpcCallOptions(TimeSpan.FromSeconds(20));
        Assert.True(await channel.IsServingAsync("", patient, default));
        await Expect.StatusAsync(RpcStatusCode.NotFound, () => channel.IsServingAsync("x", patient, default));

        using var watch = channel.OpenServerStream<HealthCheckRequest, HealthCheckResponse>(
            HealthReflection.Descriptor.Services[0].FindMethodByName("Watch"), new HealthCheckRequest { Service = "x" }, patient, default);
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.ServiceUnknown, (await watch.ReadAsync(default))!.Status);
        health.Set("x", isServing: true);
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, (await watch.ReadAsync(default))!.Status);
        health.Set("x", isServing: false);
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.NotServing, (await watch.ReadAsync(default))!.Status);
        Assert.False(await channel.IsServingAsync("x", patient, default));
        health.Set("x", isServing: true);
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, (await watch.ReadAsync(default))!.Status);

        var stopping = host.StopAsync();
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.NotServing, (await watch.ReadAsync(default))!.Status);
        await Expect.StatusAsync(RpcStatusCode.Unavailable, async () => await watch.ReadAsync(default));
        await stopping.WaitAsync(TimeSpan.FromSeconds(10));
    }

    private static async Task WriteForeverAsync(RpcDuplexCall<EchoRequest, EchoReply> call)
    {
        while (true)
        {
            await call.WriteAsync(new EchoRequest { Text = "again" }, default);
        }
    }

    private static EchoRequest Fail(RpcStatusCode code, string text) => new() { Behave = "fail", Number = (int)code, Text = text };

    /// <summary>Takes nothing: a connection that broke.</summary>
    private sealed class BrokenStream : MemoryStream
    {
        public override Task FlushAsync(CancellationToken cancellationToken) => Task.FromException(new IOException("broken"));
    }
}
