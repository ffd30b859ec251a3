using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;

namespace CallTracking.Rpc;

/// <summary>The one message encoding spoken beside identity.</summary>
internal static class MessageGzip
{
    public const string Name = "gzip";
    public const string Accepted = "identity,gzip";

    /// <summary>Below this a compressed message is not smaller; the protocol lets each message choose.</summary>
    public const int WorthwhileBytes = 256;

    private const int SmallestMember = 18;

    /// <summary>What <paramref name="write"/> writes as one gzip member. The caller disposes it.</summary>
    public static PooledBuffer Deflate(Action<Stream> write)
    {
        var buffer = new PooledBuffer(int.MaxValue, () => new RpcException(RpcStatusCode.ResourceExhausted, "A compressed message exceeds 2 GiB."));
        try
        {
            using var gzip = new GZipStream(buffer, CompressionLevel.Fastest, leaveOpen: true);
            write(gzip);
        }
        catch
        {
            buffer.Dispose();
            throw;
        }

        return buffer;
    }

    /// <summary>The inflated bytes; counted while inflating, so a bomb stops at the limit. The caller disposes it.</summary>
    /// <exception cref="RpcException">ResourceExhausted above the limit; Internal when the bytes are not one whole gzip member.</exception>
    public static PooledBuffer Inflate(ReadOnlySequence<byte> compressed, int limit)
    {
        var buffer = new PooledBuffer(limit, () => MessageFrame.TooLarge("inflates beyond", limit));
        try
        {
            using (var source = new SequenceStream(compressed))
            using (var gzip = new GZipStream(source, CompressionMode.Decompress))
            {
                gzip.CopyTo(buffer);
            }

            // The decoder takes a stream that stops early for one that ends; the member's own length tells them apart.
            if (compressed.Length < SmallestMember || DeclaredLength(compressed) != (uint)buffer.Length)
            {
                throw new InvalidDataException();
            }

            return buffer;
        }
        catch (InvalidDataException)
        {
            buffer.Dispose();
            throw new RpcException(RpcStatusCode.Internal, "A message is marked as gzip and is not one whole gzip member.");
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    private static uint DeclaredLength(ReadOnlySequence<byte> compressed)
    {
        Span<byte> tail = stackalloc byte[4];
        compressed.Slice(compressed.Length - 4).CopyTo(tail);
        return BinaryPrimitives.ReadUInt32LittleEndian(tail);
    }
}
