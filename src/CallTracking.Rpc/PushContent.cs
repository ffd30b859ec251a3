using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;

namespace CallTracking.Rpc;

/// <summary>A request body that its owner writes while the call runs: hands out the stream, and ends when told to.</summary>
internal sealed class PushContent : HttpContent
{
    private readonly TaskCompletionSource<Stream> _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public PushContent() => Headers.ContentType = GrpcMediaType.Value;

    /// <summary>The stream to write to, once the connection is there.</summary>
    public Task<Stream> Opened => _opened.Task;

    /// <summary>Half-closes: no more messages.</summary>
    public void Complete() => _closed.TrySetResult();

    /// <summary>Breaks off: the server sees the stream reset.</summary>
    public void Abort()
    {
        _opened.TrySetCanceled();
        _closed.TrySetCanceled();
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        // The headers leave with the first flush; a call without messages yet must reach its server too.
        await stream.FlushAsync(cancellationToken);
        if (!_opened.TrySetResult(stream))
        {
            throw new IOException("A stream of requests cannot be sent a second time.");
        }

        await _closed.Task.WaitAsync(cancellationToken);
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
