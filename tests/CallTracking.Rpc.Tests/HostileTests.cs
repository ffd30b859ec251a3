using System.Net;
using CallTracking.Rpc.Tests.Echo;
using CallTracking.Rpc.Tests.Wire;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace CallTracking.Rpc.Tests;

/// <summary>Peers that break the protocol: the other side answers with a status, and neither falls nor grows.</summary>
public sealed class HostileTests
{
    private const string Unserved = "/calltracking.rpc.tests.Unserved/Once";

    private static readonly byte[] Sound = RawCalls.Frame(0, new EchoRequest { Text = "sound" }.ToByteArray());

    public static TheoryData<string, byte[], RpcStatusCode> BrokenBodies => new()
    {
        { "nothing", [], RpcStatusCode.Unimplemented },
        { "half a header", [0, 0], RpcStatusCode.Internal },
        { "half a message", RawCalls.Frame(0, 100, [1, 2, 3]), RpcStatusCode.Internal },
        { "four gibibytes", RawCalls.Frame(0, uint.MaxValue, [1, 2, 3]), RpcStatusCode.ResourceExhausted },
        { "two gibibytes", RawCalls.Frame(0, 0x8000_0000, [1, 2, 3]), RpcStatusCode.ResourceExhausted },
        { "compressed without an encoding", RawCalls.Frame(1, [1, 2, 3]), RpcStatusCode.Internal },
        { "a flag that does not exist", RawCalls.Frame(7, [1, 2, 3]), RpcStatusCode.Internal },
        { "not protobuf", RawCalls.Frame(0, [0xff, 0xff, 0xff, 0xff, 0xff]), RpcStatusCode.Internal },
        { "two messages", [.. Sound, .. Sound], RpcStatusCode.Unimplemented },
    };

    [Theory]
    [MemberData(nameof(BrokenBodies))]
    public async Task Server_BrokenBody_AnswersAStatusAndServesTheNext(string what, byte[] body, RpcStatusCode expected)
    {
        await using var host = await EchoHost.StartAsync();
        using var raw = new RawCalls(host.Address);

        var answer = await raw.PostAsync(body);

        Assert.True((int)expected == answer.Status, $"{what}: {answer.Status} {answer.Message}");
        Assert.Equal(0, (await raw.PostAsync(Sound)).Status);
    }

    [Theory]
    [InlineData("grpc-encoding", "zstd", RpcStatusCode.Unimplemented)]
    [InlineData("grpc-timeout", "5", RpcStatusCode.Internal)]
    [InlineData("grpc-timeout", "-5S", RpcStatusCode.Internal)]
    [InlineData("grpc-timeout", "999999999S", RpcStatusCode.Internal)]
    [InlineData("grpc-timeout", "99999999H", RpcStatusCode.OK)]
    [InlineData("echo-bin", "%%%", RpcStatusCode.Internal)]
    public async Task Server_OddHeader_AnswersAStatus(string key, string value, RpcStatusCode expected)
    {
        await using var host = await EchoHost.StartAsync();
        using var raw = new RawCalls(host.Address);

        Assert.Equal((int)expected, (await raw.PostAsync(Sound, headers: (key, value))).Status);
    }

    [Theory]
    [InlineData(new byte[] { })]
    [InlineData(new byte[] { 1, 2, 3, 4, 5, 6, 7, 8, 9 })]
    public async Task Server_MarkedAsGzipAndIsNot_IsInternal(byte[] bytes)
    {
        await using var host = await EchoHost.StartAsync();
        using var raw = new RawCalls(host.Address);

        Assert.Equal((int)RpcStatusCode.Internal, (await raw.PostAsync(RawCalls.Frame(1, bytes), headers: ("grpc-encoding", "gzip"))).Status);
    }

    [Fact]
    public async Task Server_GzipCutAtAnyByte_IsInternal()
    {
        await using var host = await EchoHost.StartAsync();
        using var raw = new RawCalls(host.Address);
        using var deflated = MessageGzip.Deflate(new EchoRequest { Text = "the whole text", Number = 3 }.WriteTo);
        var whole = deflated.Written.ToArray();

        for (var length = 0; length < whole.Length; length++)
        {
            var answer = await raw.PostAsync(RawCalls.Frame(1, whole[..length]), headers: ("grpc-encoding", "gzip"));
            Assert.True(answer.Status == (int)RpcStatusCode.Internal, $"{length} of {whole.Length} bytes: {answer.Status}");
        }

        Assert.Equal(0, (await raw.PostAsync(RawCalls.Frame(1, whole), headers: ("grpc-encoding", "gzip"))).Status);
    }

    [Fact]
    public async Task Server_NotGrpcOrNotHttp2_IsToldSoInHttp()
    {
        await using var host = await EchoHost.StartAsync();
        using var raw = new RawCalls(host.Address);
        await using var old = await EchoHost.StartAsync(protocols: HttpProtocols.Http1);
        using var rawOld = new RawCalls(old.Address);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await raw.PostAsync(Sound, contentType: "application/json")).Http);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await raw.PostAsync(Sound, contentType: "application/grpc-web")).Http);
        Assert.Equal(0, (await raw.PostAsync(Sound, contentType: "application/grpc+proto")).Status);
        Assert.Equal(HttpStatusCode.UpgradeRequired, (await rawOld.PostAsync(Sound, version: HttpVersion.Version11)).Http);
    }

    [Theory]
    [MemberData(nameof(BrokenBodies))]
    public async Task Client_BrokenReply_IsAStatus(string what, byte[] body, RpcStatusCode onServer)
    {
        // The server's answer to no message or two is Unimplemented; for a client both are a broken server.
        var expected = onServer == RpcStatusCode.Unimplemented ? RpcStatusCode.Internal : onServer;
        var status = await AnswerAsync(body, "0");

        Assert.True(status?.StatusCode == expected, $"{what}: {status?.Message}");
    }

    [Theory]
    [InlineData(null, RpcStatusCode.Unknown)]
    [InlineData("abc", RpcStatusCode.Unknown)]
    [InlineData("-1", RpcStatusCode.Unknown)]
    [InlineData("99999999999", RpcStatusCode.Unknown)]
    [InlineData("17", RpcStatusCode.Unknown)]
    [InlineData("5", RpcStatusCode.NotFound)]
    public async Task Client_OddStatus_IsAStatus(string? code, RpcStatusCode expected) =>
        Assert.Equal(expected, (await AnswerAsync(Sound, code))?.StatusCode);

    [Fact]
    public async Task Client_OddMessageAndDetails_AreReadAsFarAsTheyGo()
    {
        var status = await AnswerAsync([], "9", ("grpc-message", "100%25 %zz%C3"), (RpcException.DetailsKey, "!!!"), ("reason", "r"));

        Assert.StartsWith("100% ", status!.Detail, StringComparison.Ordinal);
        Assert.Empty(status.Details);
        Assert.Equal("r", status.Reason);
    }

    [Theory]
    [InlineData(401, RpcStatusCode.Unauthenticated)]
    [InlineData(403, RpcStatusCode.PermissionDenied)]
    [InlineData(404, RpcStatusCode.Unimplemented)]
    [InlineData(429, RpcStatusCode.Unavailable)]
    [InlineData(500, RpcStatusCode.Unknown)]
    [InlineData(503, RpcStatusCode.Unavailable)]
    [InlineData(200, RpcStatusCode.Unknown)]
    public async Task Client_PlainHttpAnswer_IsTheStatusThatTheProtocolNames(int http, RpcStatusCode expected)
    {
        await using var host = await EchoHost.StartAsync(map: app => app.MapPost(Unserved, () => Results.Text("a page", statusCode: http)));
        using var channel = host.Connect();

        await Expect.StatusAsync(expected, () => channel.UnservedAsync(new EchoRequest()));
    }

    [Fact]
    public async Task Client_ServerResetsTheStream_IsAStatus()
    {
        await using var host = await EchoHost.StartAsync(map: app => app.MapPost(Unserved, (HttpContext http) => http.Abort()));
        using var channel = host.Connect();

        var status = await Assert.ThrowsAsync<RpcException>(() => channel.UnservedAsync(new EchoRequest()));

        Assert.NotEqual(RpcStatusCode.OK, status.StatusCode);
        Assert.Contains("reset", status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void StatusText_AnyMessage_ComesBackAndIsPrintable() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>().Filter(text => text.Get.Length < 300), text =>
        {
            var encoded = StatusText.EncodeMessage(text.Get);
            var sound = string.Concat(text.Get.EnumerateRunes());
            return encoded.All(c => c is >= ' ' and <= '~') && StatusText.DecodeMessage(encoded) == sound;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void StatusText_AnyTimeout_ComesBackAndNeverShorter() =>
        Prop.ForAll(ArbMap.Default.ArbFor<PositiveInt>(), ArbMap.Default.ArbFor<PositiveInt>(), (a, b) =>
        {
            var asked = TimeSpan.FromTicks((long)a.Get * b.Get * 997);
            var text = StatusText.FormatTimeout(asked);
            return text.Length <= 9 && StatusText.TryParseTimeout(text, out var got) && got >= asked && got - asked <= TimeSpan.FromHours(1);
        }).QuickCheckThrowOnFailure();

    private static async Task<RpcException?> AnswerAsync(byte[] body, string? status, params (string Key, string Value)[] trailers)
    {
        await using var host = await EchoHost.StartAsync(map: app => app.MapPost(Unserved, async (HttpContext http) =>
        {
            http.Response.ContentType = "application/grpc";
            await http.Response.Body.WriteAsync(body);
            await http.Response.Body.FlushAsync();
            foreach (var (key, value) in trailers.Append(("grpc-status", status ?? "")).Where(each => each.Item2.Length > 0))
            {
                http.Response.AppendTrailer(key, value);
            }
        }));
        using var channel = host.Connect();
        return await Record.ExceptionAsync(() => channel.UnservedAsync(new EchoRequest())) as RpcException;
    }
}
