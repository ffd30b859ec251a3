using System.Runtime.CompilerServices;
using Google.Protobuf;

namespace CallTracking.Rpc;

/// <summary>A running call of one request and a stream of replies. Disposing it before the end cancels it.</summary>
public sealed class RpcServerStreamCall<TRes> : IDisposable
    where TRes : class, IMessage<TRes>, new()
{
    private readonly ClientCall _call;

    internal RpcServerStreamCall(ClientCall call) => _call = call;

    /// <summary>What came before the first reply; complete once a reply was read.</summary>
    public RpcMetadata Headers => _call.ResponseHeaders;

    /// <summary>What came behind the last reply; complete once the replies are read to the end.</summary>
    public RpcMetadata Trailers => _call.ResponseTrailers;

    /// <summary>The next reply, or null when the call ended with OK. One read at a time.</summary>
    /// <exception cref="RpcException">The call ended otherwise.</exception>
    public ValueTask<TRes?> ReadAsync(CancellationToken cancellationToken) => _call.ReadAsync<TRes>(cancellationToken);

    /// <summary>The replies in order, until the call ends with OK.</summary>
    /// <exception cref="RpcException">The call ended otherwise.</exception>
    public IAsyncEnumerable<TRes> ReadAllAsync(CancellationToken cancellationToken) => Replies.ReadAllAsync<TRes>(_call, cancellationToken);

    public void Dispose() => _call.Dispose();
}

/// <summary>A running call of a stream of requests and one reply. Disposing it before the end cancels it.</summary>
public sealed class RpcClientStreamCall<TReq, TRes> : IDisposable
    where TReq : class, IMessage<TReq>, new()
    where TRes : class, IMessage<TRes>, new()
{
    private readonly ClientCall _call;
    private readonly RequestWriter<TReq> _writer;

    internal RpcClientStreamCall(ClientCall call, RequestWriter<TReq> writer)
    {
        _call = call;
        _writer = writer;
    }

    /// <inheritdoc cref="RpcDuplexCall{TReq, TRes}.WriteAsync"/>
    public ValueTask WriteAsync(TReq message, CancellationToken cancellationToken) => _writer.WriteAsync(message, cancellationToken);

    /// <summary>Ends the requests and gives the reply. Also after a failed write, to learn the server's status.</summary>
    /// <exception cref="RpcException">The call ended otherwise than with OK.</exception>
    public async Task<TRes> CompleteAsync(CancellationToken cancellationToken) => (await CompleteWithMetadataAsync(cancellationToken)).Message;

    /// <summary>As <see cref="CompleteAsync"/>, with headers and trailers.</summary>
    public Task<RpcReply<TRes>> CompleteWithMetadataAsync(CancellationToken cancellationToken)
    {
        _writer.Complete();
        return SingleReply.ReadAsync<TRes>(_call, cancellationToken);
    }

    public void Dispose() => _call.Dispose();
}

/// <summary>
/// A running call of two streams: one writer and one reader may work at the same time. Disposing it before the end cancels it.
/// </summary>
public sealed class RpcDuplexCall<TReq, TRes> : IDisposable
    where TReq : class, IMessage<TReq>, new()
    where TRes : class, IMessage<TRes>, new()
{
    private readonly ClientCall _call;
    private readonly RequestWriter<TReq> _writer;

    internal RpcDuplexCall(ClientCall call, RequestWriter<TReq> writer)
    {
        _call = call;
        _writer = writer;
    }

    /// <summary>What came before the first reply; complete once a reply was read.</summary>
    public RpcMetadata Headers => _call.ResponseHeaders;

    /// <summary>What came behind the last reply; complete once the replies are read to the end.</summary>
    public RpcMetadata Trailers => _call.ResponseTrailers;

    /// <summary>Sends a message; waits for the connection, and while the server does not read. One write at a time.</summary>
    /// <exception cref="RpcException">
    /// The call is over. The status is the server's where the reader found it within two seconds; otherwise it says what broke,
    /// and reading on gives the server's.
    /// </exception>
    /// <exception cref="InvalidOperationException">Another write is not finished.</exception>
    /// <exception cref="OperationCanceledException">The given token or the call's was cancelled; half a message may be sent, so dispose the call.</exception>
    public ValueTask WriteAsync(TReq message, CancellationToken cancellationToken) => _writer.WriteAsync(message, cancellationToken);

    /// <summary>
    /// As <see cref="WriteAsync"/>, of a message that is serialised already: the bytes of a <typeparamref name="TReq"/>, which are not
    /// looked at, and not to be changed until the write is done.
    /// </summary>
    /// <exception cref="RpcException">As with <see cref="WriteAsync"/>.</exception>
    /// <exception cref="InvalidOperationException">Another write is not finished.</exception>
    /// <exception cref="OperationCanceledException">As with <see cref="WriteAsync"/>.</exception>
    public ValueTask WriteSerialisedAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken) =>
        _writer.WriteAsync(message, cancellationToken);

    /// <summary>Ends the requests; replies may still come. Harmless when the call is over.</summary>
    public Task CompleteAsync()
    {
        _writer.Complete();
        return Task.CompletedTask;
    }

    /// <summary>The next reply, or null when the call ended with OK. One read at a time.</summary>
    /// <exception cref="RpcException">The call ended otherwise.</exception>
    public ValueTask<TRes?> ReadAsync(CancellationToken cancellationToken) => _call.ReadAsync<TRes>(cancellationToken);

    /// <summary>The replies in order, until the call ends with OK.</summary>
    /// <exception cref="RpcException">The call ended otherwise.</exception>
    public IAsyncEnumerable<TRes> ReadAllAsync(CancellationToken cancellationToken) => Replies.ReadAllAsync<TRes>(_call, cancellationToken);

    public void Dispose() => _call.Dispose();
}

internal static class Replies
{
    public static async IAsyncEnumerable<T> ReadAllAsync<T>(ClientCall call, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class, IMessage<T>, new()
    {
        while (await call.ReadAsync<T>(cancellationToken) is { } reply)
        {
            yield return reply;
        }
    }
}
