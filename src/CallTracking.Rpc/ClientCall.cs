using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;

namespace CallTracking.Rpc;

/// <summary>
/// One call at the client, of whatever kind: sends the request, reads replies, finds the status (in the trailers, or in the
/// headers of an answer without messages), and keeps its own deadline. Disposing it before its end resets the stream.
/// </summary>
internal sealed class ClientCall : IDisposable
{
    private readonly RpcChannelOptions _channel;
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource? _deadline;
    private readonly CancellationTokenSource _over;
    private readonly CancellationToken _overToken;
    private readonly CancellationTokenRegistration _onOver;
    private readonly HttpContent _content;
    private readonly Task<HttpResponseMessage> _response;
    private readonly TaskCompletionSource<Exception?> _status = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private MessageReader? _reader;

    public ClientCall(
        HttpMessageInvoker http, HttpRequestMessage request, RpcChannelOptions channel, RpcCallOptions options, CancellationToken caller)
    {
        _channel = channel;
        _caller = caller;
        _content = request.Content!;
        _deadline = options.Timeout is { } wait && wait < StatusText.LongestTimeout
            ? new CancellationTokenSource(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, channel.Clock)
            : null;
        _over = CancellationTokenSource.CreateLinkedTokenSource(caller, _deadline?.Token ?? default);
        _overToken = _over.Token;
        if (_content is PushContent pushed)
        {
            pushed.Over = _overToken;
        }

        _response = SendAsync(http, request);

        // Who disposes a call without reading it need not hear that it failed.
        _ = _response.ContinueWith(static failed => _ = failed.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        _onOver = _overToken.Register(Abort);
    }

    /// <summary>The call's outcome once it is known; null for OK.</summary>
    public Task<Exception?> Status => _status.Task;

    public CancellationToken Over => _overToken;

    public RpcMetadata ResponseHeaders { get; private set; } = [];

    public RpcMetadata ResponseTrailers { get; private set; } = [];

    /// <summary>The next reply, or null when the call ended with OK.</summary>
    /// <exception cref="RpcException">The call ended otherwise.</exception>
    /// <exception cref="OperationCanceledException">The caller's token, or the given one, was cancelled.</exception>
    public async ValueTask<T?> ReadAsync<T>(CancellationToken cancellationToken)
        where T : class, IMessage<T>, new()
    {
        if (_status.Task.IsCompleted)
        {
            return await _status.Task is { } known ? throw known : null;
        }

        try
        {
            using var either = cancellationToken.CanBeCanceled && cancellationToken != _caller
                ? CancellationTokenSource.CreateLinkedTokenSource(_overToken, cancellationToken)
                : null;
            var token = either?.Token ?? _overToken;
            var response = await _response.WaitAsync(token);
            _reader ??= await OpenAsync(response, token);
            if (_reader is not null && await _reader.ReadAsync<T>(token) is { } message)
            {
                return message;
            }

            var status = ReadStatus(response);
            _status.TrySetResult(status);
            return status is null ? null : throw status;
        }
        catch (Exception error) when (!_status.Task.IsCompleted || error is not RpcException)
        {
            throw Fail(error, cancellationToken);
        }
    }

    /// <summary>What a failed write means: the status if the server sent one, else what broke.</summary>
    public Exception WriteFailure(Exception error, CancellationToken cancellationToken) =>
        _status.Task is { IsCompletedSuccessfully: true, Result: { } status } ? status : Translate(error, cancellationToken);

    public void Dispose()
    {
        Abort();
        _onOver.Dispose();
        if (!_overToken.IsCancellationRequested)
        {
            _over.Cancel();
        }

        _status.TrySetResult(new RpcException(RpcStatusCode.Cancelled, "The call was given up before its end."));
        _deadline?.Dispose();
        _over.Dispose();
    }

    private static RpcMetadata Read(HttpHeaders headers)
    {
        var metadata = new RpcMetadata();
        foreach (var (key, values) in headers.NonValidated)
        {
            if (key.StartsWith("grpc-", StringComparison.OrdinalIgnoreCase) && !key.Equals(RpcException.DetailsKey, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            foreach (var value in values)
            {
                // A peer's broken metadata is dropped: the status beside it still counts.
                _ = metadata.TryAddFromWire(key, value);
            }
        }

        return metadata;
    }

    private static string? First(HttpHeaders headers, string key) =>
        headers.NonValidated.TryGetValues(key, out var values) ? values.First() : null;

    private static RpcException? ReadStatus(string code, HttpHeaders headers, RpcMetadata metadata)
    {
        var detail = StatusText.DecodeMessage(First(headers, StatusText.Message) ?? string.Empty);
        if (!int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return new RpcException(RpcStatusCode.Unknown, "The server sent a grpc-status that is not a number.", metadata);
        }

        return number == 0 ? null : new RpcException(number <= 16 ? (RpcStatusCode)number : RpcStatusCode.Unknown, detail, metadata);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMessageInvoker http, HttpRequestMessage request)
    {
        try
        {
            using (request)
            {
                var response = await http.SendAsync(request, _overToken);
                (_content as PushContent)?.Answered();
                if (_overToken.IsCancellationRequested)
                {
                    response.Dispose();
                }
                else if (First(response.Headers, StatusText.Status) is not null)
                {
                    // A refusal without any reply: who only writes has to learn it without a reader.
                    ResponseHeaders = Read(response.Headers);
                    _status.TrySetResult(ReadStatus(response));
                }

                return response;
            }
        }
        catch (Exception error)
        {
            _status.TrySetResult(Translate(error, default));
            Abort();
            throw;
        }
    }

    /// <summary>Takes the headers; null when the answer is already complete.</summary>
    private async Task<MessageReader?> OpenAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        ResponseHeaders = Read(response.Headers);
        if (First(response.Headers, StatusText.Status) is not null)
        {
            return null;
        }

        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw new RpcException(
                TransportStatus.FromHttp(response.StatusCode), $"The server answered HTTP {(int)response.StatusCode} instead of a gRPC status.", ResponseHeaders);
        }

        if (response.Content.Headers.ContentType?.MediaType is not { } type || !type.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase))
        {
            throw new RpcException(RpcStatusCode.Unknown, "The server answered something that is not application/grpc.", ResponseHeaders);
        }

        var encoding = First(response.Headers, "grpc-encoding");
        if (encoding is not (null or "identity" or MessageGzip.Name))
        {
            throw new RpcException(RpcStatusCode.Internal, "The server compressed with an encoding that was not offered to it.");
        }

        var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        return new MessageReader(MessagePipe.From(body), encoding == MessageGzip.Name, _channel.MaxReceiveMessageBytes);
    }

    private RpcException? ReadStatus(HttpResponseMessage response)
    {
        HttpHeaders source = _reader is null ? response.Headers : response.TrailingHeaders;
        ResponseTrailers = Read(source);
        return First(source, StatusText.Status) is { } code
            ? ReadStatus(code, source, ResponseTrailers)
            : new RpcException(RpcStatusCode.Unknown, "The server ended the call without a status.", ResponseTrailers);
    }

    private Exception Fail(Exception error, CancellationToken cancellationToken)
    {
        var failure = Translate(error, cancellationToken);
        if (failure is RpcException || _caller.IsCancellationRequested)
        {
            // A call that broke is over: the server must not go on sending.
            _status.TrySetResult(failure);
            Abort();
        }

        return failure;
    }

    private Exception Translate(Exception error, CancellationToken cancellationToken)
    {
        if (_caller.IsCancellationRequested)
        {
            return new OperationCanceledException("The caller cancelled the call.", error, _caller);
        }

        if (_deadline is { IsCancellationRequested: true })
        {
            return new RpcException(RpcStatusCode.DeadlineExceeded, "The deadline passed before the server answered.", null, error);
        }

        return error switch
        {
            RpcException status => status,
            OperationCanceledException when cancellationToken.IsCancellationRequested =>
                new OperationCanceledException("Waiting was cancelled; the call goes on.", error, cancellationToken),
            OperationCanceledException or ObjectDisposedException when _overToken.IsCancellationRequested =>
                new RpcException(RpcStatusCode.Cancelled, "The call was given up before its end.", null, error),
            _ => TransportStatus.FromError(error),
        };
    }

    private void Abort()
    {
        (_content as PushContent)?.Abort();
        if (_response is { IsCompletedSuccessfully: true })
        {
            _response.Result.Dispose();
        }
    }
}
