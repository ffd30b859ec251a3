using System.IO.Pipelines;
using Google.Protobuf;

namespace CallTracking.Rpc;

/// <summary>
/// The messages that a handler streams to its client. One write at a time; each is flushed, and waits while the client
/// does not read (flow control).
/// </summary>
public sealed class RpcStreamWriter<T>
    where T : class, IMessage<T>
{
    private readonly PipeWriter _output;
    private readonly bool _gzip;
    private readonly int _limit;
    private readonly CancellationToken _callToken;
    private int _writing;

    internal RpcStreamWriter(PipeWriter output, bool gzip, int limit, CancellationToken callToken)
    {
        _output = output;
        _gzip = gzip;
        _limit = limit;
        _callToken = callToken;
    }

    /// <summary>Sends a message. Ends when it is handed to the connection, not when the client has it.</summary>
    /// <exception cref="InvalidOperationException">Another write is not finished.</exception>
    /// <exception cref="OperationCanceledException">The call is over: its own token or the given one was cancelled.</exception>
    /// <exception cref="RpcException">The message exceeds the limit for sending.</exception>
    public async ValueTask WriteAsync(T message, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _writing, 1) == 1)
        {
            throw new InvalidOperationException("A stream takes one write at a time: await the last one first.");
        }

        try
        {
            _callToken.ThrowIfCancellationRequested();
            cancellationToken.ThrowIfCancellationRequested();
            MessageFrame.Write(_output, message, _gzip, _limit);

            // A cancelled flush leaves whole frames in the pipe, so the status can still follow them.
            if (cancellationToken == _callToken || !cancellationToken.CanBeCanceled)
            {
                await _output.FlushAsync(_callToken);
                return;
            }

            using var either = CancellationTokenSource.CreateLinkedTokenSource(_callToken, cancellationToken);
            await _output.FlushAsync(either.Token);
        }
        finally
        {
            Volatile.Write(ref _writing, 0);
        }
    }
}
