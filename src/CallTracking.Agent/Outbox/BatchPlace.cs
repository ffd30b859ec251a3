using CallTracking.Contracts;
using Google.Protobuf;

namespace CallTracking.Agent.Outbox;

/// <summary>A batch's place in the region's order, its length, and the policy that shaped it.</summary>
internal readonly record struct BatchPlace(ulong Epoch, ulong First, ulong Last, int Count, ulong Policy)
{
    public static BatchPlace Of(SealedBatch batch) => new(batch.Epoch, batch.FirstSequence, batch.LastSequence, batch.Count, batch.PolicyVersion);

    public static BatchPlace Of(OutboxEntry entry) => new(entry.Epoch, entry.FirstSequence, entry.LastSequence, entry.Count, entry.PolicyVersion);

    /// <summary>
    /// Reads the place of a serialised batch and passes over its cases: to make them all for five numbers costs more than to encrypt,
    /// store and send them.
    /// </summary>
    /// <param name="memory">The batch begins in it and reaches to its end.</param>
    /// <param name="start">Where it begins.</param>
    /// <exception cref="InvalidProtocolBufferException">It is no batch.</exception>
    /// <exception cref="InvalidDataException">It is cut off, or its records are none.</exception>
    public static BatchPlace Read(byte[] memory, int start)
    {
        using var wire = new CodedInputStream(memory, start, memory.Length - start);
        var place = default(BatchPlace);
        while (wire.ReadTag() is > 0 and var tag)
        {
            switch (tag)
            {
                case (Batch.EpochFieldNumber << 3) | (uint)WireFormat.WireType.Varint:
                    place = place with { Epoch = wire.ReadUInt64() };
                    break;
                case (Batch.PolicyVersionFieldNumber << 3) | (uint)WireFormat.WireType.Varint:
                    place = place with { Policy = wire.ReadUInt64() };
                    break;
                case (Batch.RecordsFieldNumber << 3) | (uint)WireFormat.WireType.LengthDelimited:
                    var sequence = Sequence(wire, memory.Length);
                    place = place with { First = place.Count == 0 ? sequence : place.First, Last = sequence, Count = place.Count + 1 };
                    break;
                default:
                    wire.SkipLastField();
                    break;
            }
        }

        return place;
    }

    private static ulong Sequence(CodedInputStream wire, int room)
    {
        var length = wire.ReadLength();
        var end = wire.Position + length;
        var sequence = 0UL;
        while (end <= room && wire.Position < end)
        {
            if (wire.ReadTag() == ((CaseRecord.SequenceFieldNumber << 3) | (uint)WireFormat.WireType.Varint))
            {
                sequence = wire.ReadUInt64();
            }
            else
            {
                wire.SkipLastField();
            }
        }

        return wire.Position == end ? sequence : throw new InvalidDataException("A record of a batch does not end where it says.");
    }
}
