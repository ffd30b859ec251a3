using System.Security.Cryptography.X509Certificates;
using CallTracking.Contracts;
using CallTracking.Rpc;
using Google.Protobuf;

namespace CallTracking.Hub.Tests.Kit;

/// <summary>An enrolled region that speaks the protocol by hand, so that tests can say everything an agent never would.</summary>
internal sealed class RegionClient(TestHub hub, RegionCode region, X509Certificate2 certificate, EnrolResponse enrolment) : IDisposable
{
    public RegionCode Region { get; } = region;

    public X509Certificate2 Certificate { get; } = certificate;

    public EnrolResponse Enrolment { get; } = enrolment;

    public Task<PushClient> PushAsync() => PushAsync(new Hello { Region = Region.Value, PolicyVersion = 1, AgentVersion = "test" });

    /// <summary>Goes on where another push ended.</summary>
    public Task<PushClient> PushAsync(Welcome before, ulong lastSequence) => PushAsync(
        new Hello { Region = Region.Value, PolicyVersion = before.PolicyVersion, AgentVersion = "test", Epoch = before.Epoch, Lease = before.Lease, LastSequence = lastSequence });

    public Task<PushClient> PushAsync(Hello hello) => PushAsync(hello, hub);

    /// <summary>Pushes to another process of the hub.</summary>
    public Task<PushClient> PushAsync(Hello hello, TestHub to) => PushClient.OpenAsync(to.OpenChannel(Certificate), hello);

    public async Task<TRes> CallAsync<TReq, TRes>(Google.Protobuf.Reflection.FileDescriptor file, string method, TReq request)
        where TReq : class, IMessage<TReq>, new()
        where TRes : class, IMessage<TRes>, new()
    {
        await using var channel = hub.OpenChannel(Certificate);
        return await channel.UnaryAsync<TReq, TRes>(TestHub.Method<TReq>(file, method), request, new RpcCallOptions(), default);
    }

    public void Dispose() => Certificate.Dispose();
}

/// <summary>An open push.</summary>
internal sealed class PushClient : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly RpcChannel _channel;
    private readonly RpcDuplexCall<PushRequest, PushResponse> _call;
    private readonly List<PushResponse> _aside = [];

    private PushClient(RpcChannel channel, RpcDuplexCall<PushRequest, PushResponse> call) => (_channel, _call) = (channel, call);

    public Welcome Welcome { get; private set; } = new();

    public ulong Epoch => Welcome.Epoch;

    public static async Task<PushClient> OpenAsync(RpcChannel channel, Hello hello)
    {
        var call = channel.OpenDuplex<PushRequest, PushResponse>(TestHub.Method<PushRequest>(SyncReflection.Descriptor, "Push"), new RpcCallOptions(), default);
        var push = new PushClient(channel, call);
        try
        {
            await push.SendAsync(new PushRequest { Hello = hello });
            push.Welcome = (await push.ReceiveAsync(PushResponse.MessageOneofCase.Welcome)).Welcome;
            return push;
        }
        catch
        {
            await push.DisposeAsync();
            throw;
        }
    }

    public async Task SendAsync(PushRequest request)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await _call.WriteAsync(request, patience.Token);
        }
        catch (RpcException broken) when (broken.Reason is null)
        {
            // The write says only that the hub ended the push; reading on says why.
            while (await _call.ReadAsync(patience.Token) is { } response)
            {
                _aside.Add(response);
            }
        }
    }

    /// <summary>Sends a batch and waits for its ack.</summary>
    public async Task<BatchAck> PushAsync(Batch batch)
    {
        await SendAsync(new PushRequest { Batch = batch });
        return (await ReceiveAsync(PushResponse.MessageOneofCase.Ack)).Ack;
    }

    /// <summary>The next response of a kind; others are kept aside.</summary>
    public async Task<PushResponse> ReceiveAsync(PushResponse.MessageOneofCase kind)
    {
        if (_aside.FindIndex(response => response.MessageCase == kind) is var found and >= 0)
        {
            var kept = _aside[found];
            _aside.RemoveAt(found);
            return kept;
        }

        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var response = await _call.ReadAsync(patience.Token) ?? throw new InvalidOperationException($"The hub ended the push; expected {kind}.");
            if (response.MessageCase == kind)
            {
                return response;
            }

            _aside.Add(response);
        }
    }

    /// <summary>Ends the requests and reads until the hub ends its side.</summary>
    public async Task FinishAsync()
    {
        await _call.CompleteAsync();
        using var patience = new CancellationTokenSource(Patience);
        while (await _call.ReadAsync(patience.Token) is { } response)
        {
            _aside.Add(response);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _call.Dispose();
        await _channel.DisposeAsync();
    }
}
