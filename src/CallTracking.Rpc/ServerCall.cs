using System.Runtime.CompilerServices;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;

namespace CallTracking.Rpc;

/// <summary>One running call at the server: its deadline, its messages in and out, its context.</summary>
internal sealed class ServerCall : IDisposable
{
    private readonly HttpContext _http;
    private readonly RpcServerOptions _options;
    private readonly MessageReader _reader;
    private readonly CancellationTokenSource? _deadline;
    private readonly CancellationTokenSource _over;
    private readonly bool _gzipReplies;

    /// <exception cref="RpcException">A header of the request cannot be understood.</exception>
    public ServerCall(HttpContext http, RpcServerOptions options, CancellationToken stopping, CancellationToken drained)
    {
        var gzipRequests = RequestHeaders.RequireKnownEncoding(http.Request.Headers);
        var timeout = RequestHeaders.RequireTimeout(http.Request.Headers);
        var metadata = RequestHeaders.RequireMetadata(http.Request.Headers);
        _http = http;
        _options = options;
        var limits = options.LimitsOf?.Invoke(http) ?? new RpcCallLimits(options.MaxReceiveMessageBytes, Timeout.InfiniteTimeSpan);
        _reader = new MessageReader(http.Request.BodyReader, gzipRequests, Math.Min(limits.MaxReceiveMessageBytes, options.MaxReceiveMessageBytes));
        if (limits.Life != Timeout.InfiniteTimeSpan && !(timeout < limits.Life))
        {
            timeout = limits.Life;
        }

        _deadline = timeout is { } wait && wait < StatusText.LongestTimeout ? new CancellationTokenSource(wait, options.Clock) : null;
        _over = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, drained, _deadline?.Token ?? default);
        _gzipReplies = options.GzipReplies && RequestHeaders.AcceptsGzip(http.Request.Headers);
        if (_gzipReplies)
        {
            http.Response.Headers["grpc-encoding"] = MessageGzip.Name;
        }

        Context = new RpcContext(http, metadata, _deadline is null ? null : options.Clock.GetUtcNow() + timeout, _over.Token, stopping);
    }

    public RpcContext Context { get; }

    public bool IsPastDeadline => _deadline is { IsCancellationRequested: true };

    public bool HasReplied { get; private set; }

    public bool ClientIsGone { get; private set; }

    /// <summary>The one request of a call that has one.</summary>
    public async Task<T> ReadSingleAsync<T>()
        where T : class, IMessage<T>, new()
    {
        using var late = new CancellationTokenSource(_options.RequestTime, _options.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_over.Token, late.Token);
        try
        {
            var request = await ReadAsync<T>(either.Token)
                ?? throw new RpcException(RpcStatusCode.Unimplemented, "The call ended without a request: this method takes exactly one.");
            return await ReadAsync<T>(either.Token) is null
                ? request
                : throw new RpcException(RpcStatusCode.Unimplemented, "The call holds more than one request: this method takes exactly one.");
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !_over.IsCancellationRequested)
        {
            throw RpcException.WithReason(
                RpcStatusCode.DeadlineExceeded, "request-too-slow", $"The request did not arrive whole within {_options.RequestTime.TotalSeconds:0} seconds.");
        }
    }

    public async IAsyncEnumerable<T> ReadAllAsync<T>([EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class, IMessage<T>, new()
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_over.Token, cancellationToken);
        while (await ReadAsync<T>(either.Token) is { } request)
        {
            yield return request;
        }
    }

    /// <summary>Writes the one reply; it leaves with the status.</summary>
    public void Reply<T>(T message)
        where T : class, IMessage<T>
    {
        MessageFrame.Write(_http.Response.BodyWriter, message, _gzipReplies, _options.MaxSendMessageBytes);
        HasReplied = true;
    }

    /// <summary>Sends the headers, without which some clients do not begin to write, and opens the stream of replies.</summary>
    public async Task<RpcStreamWriter<T>> StartStreamAsync<T>()
        where T : class, IMessage<T>
    {
        await _http.Response.BodyWriter.FlushAsync(_over.Token);
        return new RpcStreamWriter<T>(_http.Response.BodyWriter, _gzipReplies, _options.MaxSendMessageBytes, _over.Token);
    }

    public void Dispose()
    {
        _over.Dispose();
        _deadline?.Dispose();
    }

    private async ValueTask<T?> ReadAsync<T>(CancellationToken cancellationToken)
        where T : class, IMessage<T>, new()
    {
        try
        {
            return await _reader.ReadAsync<T>(cancellationToken);
        }
        catch (IOException error)
        {
            // Kestrel may report the broken connection before it cancels RequestAborted, and the handler may have stopped reading
            // meanwhile; it sees the same either way.
            ClientIsGone = true;
            throw new OperationCanceledException("The client went away.", error);
        }
    }
}
