using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;

namespace CallTracking.Rpc;

/// <summary>A request body that its owner writes while the call runs: hands out the stream, and ends when told to.</summary>
internal sealed class PushContent : HttpContent
{
    private readonly TaskCompletionSource<Stream> _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private Exception? _broken;
    private bool _isAnswered;
    private volatile bool _isAborted;

    public PushContent() => Headers.ContentType = GrpcMediaType.Value;

    /// <summary>Cancelled when the caller gives the call up, or its deadline passed.</summary>
    public CancellationToken Over { get; set; }

    /// <summary>The stream to write to, once the connection is there.</summary>
    public Task<Stream> Opened => _opened.Task;

    /// <summary>Half-closes: no more messages.</summary>
    public void Complete() => _closed.TrySetResult();

    /// <summary>Breaks off: the server sees the stream reset.</summary>
    public void Abort()
    {
        _isAborted = true;
        _opened.TrySetCanceled();
        _closed.TrySetCanceled();
    }

    /// <summary>The server has answered: a stream that broke before it was open will not be tried on another connection any more.</summary>
    public void Answered()
    {
        lock (_gate)
        {
            _isAnswered = true;
            FailUnopened();
        }
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        try
        {
            // The headers leave with the first flush; a call without messages yet must reach its server too.
            await stream.FlushAsync(cancellationToken);
            if (!_opened.TrySetResult(stream))
            {
                throw new IOException("A stream of requests cannot be sent a second time.");
            }

            await _closed.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException end) when (cancellationToken.IsCancellationRequested && !_isAborted && !Over.IsCancellationRequested)
        {
            // The server wants no more of it, as after an early refusal: its answer tells why, and an error from here would hide it.
            Break(end);
        }
        catch (Exception error)
        {
            Break(error);
            throw;
        }
    }

    private void Break(Exception error)
    {
        lock (_gate)
        {
            _broken = error;
            FailUnopened();
        }
    }

    // Whose writer waits for a stream that no connection will open any more has to hear of it.
    private void FailUnopened()
    {
        if (_isAnswered && _broken is not null)
        {
            _opened.TrySetException(_broken);
        }
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override bool TryComputeLength(out long length)
    {
        length = -1;
        return false;
    }
}

/// <summary>A request body of one message; may be sent again on a new connection.</summary>
internal sealed class SingleContent<T> : HttpContent
    where T : class, IMessage<T>
{
    private readonly T _message;
    private readonly bool _gzip;
    private readonly int _limit;

    public SingleContent(T message, bool gzip, int limit)
    {
        _message = message;
        _gzip = gzip;
        _limit = limit;
        Headers.ContentType = GrpcMediaType.Value;
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var output = MessagePipe.Over(stream);
        MessageFrame.Write(output, _message, _gzip, _limit);
        await output.FlushAsync(cancellationToken);
        await output.CompleteAsync();
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override bool TryComputeLength(out long length)
    {
        length = -1;
        return false;
    }
}

internal static class GrpcMediaType
{
    public static readonly MediaTypeHeaderValue Value = new("application/grpc");
}
