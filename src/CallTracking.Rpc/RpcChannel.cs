using System.Net;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace CallTracking.Rpc;

/// <summary>
/// A way to one server, or to several that are one, shared by all calls: connects when first needed, and again after a loss.
/// <c>http://</c> speaks HTTP/2 in clear text, <c>https://</c> over TLS. Safe to use from many threads.
/// </summary>
/// <remarks>
/// Every call throws <see cref="RpcException"/> for an outcome other than OK, and <see cref="OperationCanceledException"/> when
/// the caller's own token is cancelled. A method whose types or streams differ from its descriptor is an
/// <see cref="ArgumentException"/>. Nothing is retried that a server may have seen.
/// </remarks>
public sealed class RpcChannel : IDisposable, IAsyncDisposable
{
    private readonly HttpMessageInvoker _http;
    private readonly RpcChannelOptions _options;

    private RpcChannel(RpcServers servers, RpcChannelOptions options)
    {
        _options = options;
        _http = new HttpMessageInvoker(new FailoverHandler(servers, options.CreateHandler()), disposeHandler: true);
    }

    /// <summary>Makes a channel; does not connect yet.</summary>
    /// <exception cref="ArgumentException">The address is not http or https, or has a path.</exception>
    public static RpcChannel Create(Uri address, RpcChannelOptions options) => Create(new RpcServers(address), options);

    /// <summary>Makes a channel to whichever of the servers can be reached; does not connect yet.</summary>
    public static RpcChannel Create(RpcServers servers, RpcChannelOptions options)
    {
        ArgumentNullException.ThrowIfNull(servers);
        ArgumentNullException.ThrowIfNull(options);
        return new RpcChannel(servers, options);
    }

    /// <summary>Sends one request and gives the one reply.</summary>
    public async Task<TRes> UnaryAsync<TReq, TRes>(MethodDescriptor method, TReq request, RpcCallOptions options, CancellationToken cancellationToken)
        where TReq : class, IMessage<TReq>, new()
        where TRes : class, IMessage<TRes>, new() =>
        (await UnaryWithMetadataAsync<TReq, TRes>(method, request, options, cancellationToken)).Message;

    /// <summary>Sends one request and gives the one reply with its headers and trailers.</summary>
    public async Task<RpcReply<TRes>> UnaryWithMetadataAsync<TReq, TRes>(
        MethodDescriptor method, TReq request, RpcCallOptions options, CancellationToken cancellationToken)
        where TReq : class, IMessage<TReq>, new()
        where TRes : class, IMessage<TRes>, new()
    {
        MethodShape.Require<TReq, TRes>(method, clientStreams: false, serverStreams: false);
        using var call = Start(method, Single(request, options), options, cancellationToken);
        return await SingleReply.ReadAsync<TRes>(call, cancellationToken);
    }

    /// <summary>Sends one request and opens the stream of replies.</summary>
    public RpcServerStreamCall<TRes> OpenServerStream<TReq, TRes>(
        MethodDescriptor method, TReq request, RpcCallOptions options, CancellationToken cancellationToken)
        where TReq : class, IMessage<TReq>, new()
        where TRes : class, IMessage<TRes>, new()
    {
        MethodShape.Require<TReq, TRes>(method, clientStreams: false, serverStreams: true);
        return new RpcServerStreamCall<TRes>(Start(method, Single(request, options), options, cancellationToken));
    }

    /// <summary>Opens a stream of requests that one reply answers.</summary>
    public RpcClientStreamCall<TReq, TRes> OpenClientStream<TReq, TRes>(MethodDescriptor method, RpcCallOptions options, CancellationToken cancellationToken)
        where TReq : class, IMessage<TReq>, new()
        where TRes : class, IMessage<TRes>, new()
    {
        MethodShape.Require<TReq, TRes>(method, clientStreams: true, serverStreams: false);
        var content = new PushContent();
        var call = Start(method, content, options, cancellationToken);
        return new RpcClientStreamCall<TReq, TRes>(call, new RequestWriter<TReq>(call, content, _options, IsGzip(options)));
    }

    /// <summary>Opens two streams that run side by side.</summary>
    public RpcDuplexCall<TReq, TRes> OpenDuplex<TReq, TRes>(MethodDescriptor method, RpcCallOptions options, CancellationToken cancellationToken)
        where TReq : class, IMessage<TReq>, new()
        where TRes : class, IMessage<TRes>, new()
    {
        MethodShape.Require<TReq, TRes>(method, clientStreams: true, serverStreams: true);
        var content = new PushContent();
        var call = Start(method, content, options, cancellationToken);
        return new RpcDuplexCall<TReq, TRes>(call, new RequestWriter<TReq>(call, content, _options, IsGzip(options)));
    }

    /// <summary>Closes the connections; running calls fail.</summary>
    public void Dispose() => _http.Dispose();

    /// <inheritdoc cref="Dispose"/>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private SingleContent<T> Single<T>(T request, RpcCallOptions options)
        where T : class, IMessage<T> =>
        new(request, IsGzip(options), _options.MaxSendMessageBytes);

    private bool IsGzip(RpcCallOptions options) => options.Gzip ?? _options.Gzip;

    private ClientCall Start(MethodDescriptor method, HttpContent content, RpcCallOptions options, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"/{method.Service.FullName}/{method.Name}", UriKind.Relative))
        {
            Content = content,
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        var headers = request.Headers;
        headers.TryAddWithoutValidation("te", "trailers");
        headers.TryAddWithoutValidation("user-agent", "calltracking-rpc");
        headers.TryAddWithoutValidation("grpc-accept-encoding", MessageGzip.Accepted);
        if (IsGzip(options))
        {
            headers.TryAddWithoutValidation("grpc-encoding", MessageGzip.Name);
        }

        if (options.Timeout is { } timeout)
        {
            headers.TryAddWithoutValidation(StatusText.Timeout, StatusText.FormatTimeout(timeout));
        }

        foreach (var (key, value) in options.Headers ?? [])
        {
            headers.TryAddWithoutValidation(key, value);
        }

        return new ClientCall(_http, request, _options, options, cancellationToken);
    }
}

/// <summary>A reply with what came around it.</summary>
public sealed record RpcReply<T>(T Message, RpcMetadata Headers, RpcMetadata Trailers);
