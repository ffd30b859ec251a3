using CallTracking.Contracts;
using Google.Protobuf;

namespace CallTracking.Agent.Outbox;

/// <summary>
/// A serialised batch as a message of the stream: a <see cref="PushRequest"/> that holds it, made by putting its tag and length
/// before it. A batch is serialised once, however often it is sent.
/// </summary>
internal static class BatchMessage
{
    private const byte BatchTag = (PushRequest.BatchFieldNumber << 3) | 2;

    /// <summary>The most bytes before the batch.</summary>
    private const int PrefixBytes = 6;

    /// <summary>Memory for a batch of that size, not cleared, and the message around it.</summary>
    public static (ReadOnlyMemory<byte> Message, Memory<byte> Batch) Allocate(int batchBytes)
    {
        var memory = GC.AllocateUninitializedArray<byte>(PrefixBytes + batchBytes);
        return (memory.AsMemory(PrefixBytes - WritePrefix(memory.AsSpan(0, PrefixBytes), batchBytes)), memory.AsMemory(PrefixBytes));
    }

    /// <summary>The message around a batch that stands in memory with room before it.</summary>
    /// <param name="memory">With at least six bytes before the batch, which are overwritten.</param>
    /// <param name="start">Where the batch begins; it reaches to the end.</param>
    public static ReadOnlyMemory<byte> Around(byte[] memory, int start) =>
        memory.AsMemory(start - WritePrefix(memory.AsSpan(start - PrefixBytes, PrefixBytes), memory.Length - start));

    // At the end of the room; gives its length.
    private static int WritePrefix(Span<byte> room, int batchBytes)
    {
        var length = CodedOutputStream.ComputeLengthSize(batchBytes);
        var prefix = room[^(1 + length)..];
        prefix[0] = BatchTag;
        for (var index = 1; index < prefix.Length; index++, batchBytes >>= 7)
        {
            prefix[index] = (byte)(index == length ? batchBytes : batchBytes | 0x80);
        }

        return prefix.Length;
    }
}
