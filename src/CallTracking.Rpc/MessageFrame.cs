using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using Google.Protobuf;

namespace CallTracking.Rpc;

/// <summary>A message on the wire: one flag byte (1 = compressed), four bytes of length (big endian), the bytes.</summary>
internal static class MessageFrame
{
    public const int HeaderBytes = 5;

    /// <summary>Writes a message into the pipe's own memory; the caller flushes. Returns the bytes written.</summary>
    /// <exception cref="RpcException">ResourceExhausted: the message exceeds the limit; nothing was written.</exception>
    public static void Write<T>(PipeWriter output, T message, bool gzip, int limit)
        where T : class, IMessage<T>
    {
        var size = message.CalculateSize();
        RequireBelow<T>(limit, size);
        if (gzip && size >= MessageGzip.WorthwhileBytes)
        {
            using var compressed = MessageGzip.Deflate(message.WriteTo);
            WriteCompressed(output, compressed);
            return;
        }

        WriteHeader(output, flag: 0, (uint)size);
        message.WriteTo(output);
    }

    /// <summary>As the other, of a message that is serialised already.</summary>
    /// <exception cref="RpcException">ResourceExhausted: the message exceeds the limit; nothing was written.</exception>
    public static void Write<T>(PipeWriter output, ReadOnlyMemory<byte> message, bool gzip, int limit)
        where T : class, IMessage<T>
    {
        RequireBelow<T>(limit, message.Length);
        if (gzip && message.Length >= MessageGzip.WorthwhileBytes)
        {
            using var compressed = MessageGzip.Deflate(stream => stream.Write(message.Span));
            WriteCompressed(output, compressed);
            return;
        }

        WriteHeader(output, flag: 0, (uint)message.Length);
        output.Write(message.Span);
    }

    /// <summary>Checks a frame's header before a byte of its message is waited for.</summary>
    /// <returns>Whether the message is compressed, and its length on the wire.</returns>
    public static (bool Compressed, int Length) ReadHeader(ReadOnlySequence<byte> buffer, bool gzip, int limit)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        buffer.Slice(0, HeaderBytes).CopyTo(header);
        var length = BinaryPrimitives.ReadUInt32BigEndian(header[1..]);
        if (header[0] > 1)
        {
            throw new RpcException(RpcStatusCode.Internal, $"A message starts with flag {header[0]}: expected 0 or 1. The stream is not gRPC or out of step.");
        }

        if (header[0] == 1 && !gzip)
        {
            throw new RpcException(RpcStatusCode.Internal, "A message is marked as compressed, and the call names no grpc-encoding.");
        }

        if (length > limit)
        {
            throw TooLarge($"has {length} bytes, above", limit);
        }

        return (header[0] == 1, (int)length);
    }

    public static RpcException TooLarge(string how, int limit) =>
        new(RpcStatusCode.ResourceExhausted, $"A received message {how} the limit of {limit} bytes. Send less at once, or raise the receiver's limit.");

    private static void RequireBelow<T>(int limit, int size)
    {
        if (size > limit)
        {
            throw new RpcException(
                RpcStatusCode.ResourceExhausted, $"The {typeof(T).Name} to send has {size} bytes; the limit for sending is {limit}. Send less at once.");
        }
    }

    private static void WriteCompressed(PipeWriter output, PooledBuffer compressed)
    {
        WriteHeader(output, flag: 1, (uint)compressed.Length);
        output.Write(compressed.Written);
    }

    private static void WriteHeader(PipeWriter output, byte flag, uint length)
    {
        var header = output.GetSpan(HeaderBytes);
        header[0] = flag;
        BinaryPrimitives.WriteUInt32BigEndian(header[1..], length);
        output.Advance(HeaderBytes);
    }
}
