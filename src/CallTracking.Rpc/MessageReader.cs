using System.Buffers;
using System.IO.Pipelines;
using Google.Protobuf;

namespace CallTracking.Rpc;

/// <summary>
/// Takes messages out of a body. A message is parsed where it was received, without a copy; its length is checked from the
/// header, so never more than the limit is buffered. One reader at a time.
/// </summary>
internal sealed class MessageReader(PipeReader input, bool gzip, int limit)
{
    /// <summary>The next message, or null at the end of the body.</summary>
    /// <exception cref="RpcException">The body breaks the protocol or a limit.</exception>
    public async ValueTask<T?> ReadAsync<T>(CancellationToken cancellationToken)
        where T : class, IMessage<T>, new()
    {
        var head = await input.ReadAtLeastAsync(MessageFrame.HeaderBytes, cancellationToken);
        if (head.Buffer.IsEmpty)
        {
            return null;
        }

        RequireWhole(head.Buffer, MessageFrame.HeaderBytes);
        var (compressed, length) = MessageFrame.ReadHeader(head.Buffer, gzip, limit);
        var frame = head.Buffer;
        var whole = MessageFrame.HeaderBytes + length;
        if (frame.Length < whole)
        {
            input.AdvanceTo(frame.Start, frame.End);
            frame = (await input.ReadAtLeastAsync(whole, cancellationToken)).Buffer;
            RequireWhole(frame, whole);
        }

        var message = Parse<T>(frame.Slice(MessageFrame.HeaderBytes, length), compressed);
        input.AdvanceTo(frame.GetPosition(whole));
        return message;
    }

    private T Parse<T>(ReadOnlySequence<byte> bytes, bool compressed)
        where T : class, IMessage<T>, new()
    {
        try
        {
            if (!compressed)
            {
                return ParserOf<T>.Value.ParseFrom(bytes);
            }

            using var inflated = MessageGzip.Inflate(bytes, limit);
            return ParserOf<T>.Value.ParseFrom(inflated.WrittenSequence);
        }
        catch (InvalidProtocolBufferException error)
        {
            throw new RpcException(RpcStatusCode.Internal, $"A received message of {bytes.Length} bytes is not a {typeof(T).Name}.", null, error);
        }
    }

    private static void RequireWhole(ReadOnlySequence<byte> buffer, int expected)
    {
        if (buffer.Length < expected)
        {
            throw new RpcException(RpcStatusCode.Internal, $"The stream ended inside a message: expected {expected} bytes, got {buffer.Length}.");
        }
    }

    private static class ParserOf<T>
        where T : class, IMessage<T>, new()
    {
        public static readonly MessageParser<T> Value = new(() => new T());
    }
}
