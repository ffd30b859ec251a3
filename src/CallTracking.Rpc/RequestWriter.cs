using System.IO.Pipelines;
using Google.Protobuf;

namespace CallTracking.Rpc;

/// <summary>Writes a client's stream of requests; one write at a time, each flushed.</summary>
internal sealed class RequestWriter<T>(ClientCall call, PushContent content, RpcChannelOptions channel, bool gzip)
    where T : class, IMessage<T>
{
    // How long a failed write waits for the reader to find the server's status before it says less.
    private static readonly TimeSpan StatusGrace = TimeSpan.FromSeconds(2);

    private PipeWriter? _output;
    private int _writing;

    public ValueTask WriteAsync(T message, CancellationToken cancellationToken) =>
        WriteAsync(output => MessageFrame.Write(output, message, gzip, channel.MaxSendMessageBytes), cancellationToken);

    public ValueTask WriteAsync(ReadOnlyMemory<byte> serialised, CancellationToken cancellationToken) =>
        WriteAsync(output => MessageFrame.Write<T>(output, serialised, gzip, channel.MaxSendMessageBytes), cancellationToken);

    /// <summary>Half-closes. A server that ended the call before is no error: its status is with the reader.</summary>
    public void Complete() => content.Complete();

    private async ValueTask WriteAsync(Action<PipeWriter> write, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _writing, 1) == 1)
        {
            throw new InvalidOperationException("A stream takes one write at a time: await the last one first.");
        }

        try
        {
            _output ??= MessagePipe.Over(await content.Opened.WaitAsync(cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
            write(_output);
            await _output.FlushAsync(cancellationToken);
        }
        catch (Exception error) when (error is not (RpcException or InvalidOperationException) || error is ObjectDisposedException)
        {
            throw await ExplainAsync(error, cancellationToken);
        }
        finally
        {
            Volatile.Write(ref _writing, 0);
        }
    }

    private async Task<Exception> ExplainAsync(Exception error, CancellationToken cancellationToken)
    {
        // The server ended the call: its status is behind the replies that the reader has still to take.
        if (!call.Over.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            await Task.WhenAny(call.Status, Task.Delay(StatusGrace, channel.Clock, call.Over));
        }

        return call.Status is { IsCompletedSuccessfully: true, Result: null }
            ? new RpcException(RpcStatusCode.Cancelled, "The server ended the call with OK before this message was sent.", null, error)
            : call.WriteFailure(error, cancellationToken);
    }
}
