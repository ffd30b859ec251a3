using System.Security.Cryptography;
using CallTracking.Contracts;
using CallTracking.Privacy;
using Google.Protobuf;

namespace CallTracking.Agent.Outbox;

/// <summary>A batch as it stands in the outbox: fixed, and sent as it is however often it takes.</summary>
/// <param name="BatchId">16 bytes; binds <see cref="Payload"/>.</param>
/// <param name="Run">Number of the run that formed it.</param>
/// <param name="EdgeDigest">Of the edge rules that shaped its cases.</param>
/// <param name="Bytes">Of the serialised batch.</param>
/// <param name="Redactions">Serialised <see cref="RunReport"/> with nothing but the edge redactions of its cases.</param>
/// <param name="Payload">The serialised <see cref="Batch"/>, sealed.</param>
/// <param name="Message">The same batch unsealed, as it travels, for the sender that comes right behind.</param>
internal sealed record SealedBatch(
    byte[] BatchId,
    ulong FirstSequence,
    ulong LastSequence,
    long Run,
    ulong PolicyVersion,
    byte[] EdgeDigest,
    ulong Epoch,
    int Count,
    int Bytes,
    byte[] Redactions,
    byte[] Payload,
    ReadOnlyMemory<byte> Message)
{
    /// <summary>How many of its cases had no row.</summary>
    public int Vanished { get; init; }
}

/// <summary>
/// Gathers serialised records until a batch is full, in a buffer that is used again for every batch.
/// Not thread-safe.
/// </summary>
internal sealed class BatchBuilder(PayloadCipher cipher)
{
    private const uint RecordsTag = (Batch.RecordsFieldNumber << 3) | 2;
    private const uint SequenceTag = CaseRecord.SequenceFieldNumber << 3;
    // Tag and length before each record, and tag and value of its sequence, at most.
    private const int FrameBytes = 5;
    private const int SequenceBytes = 11;
    private readonly List<Slot> _slots = [];
    private byte[] _buffer = new byte[256 * 1024];
    private int _used;
    private int _live;
    private int _liveBytes;

    /// <summary>Records in it.</summary>
    public int Count => _live;

    /// <summary>
    /// True when a record of that size belongs into it: a large one only when it is alone. Dropped records keep their bytes until
    /// the batch is sealed, so they count, too: else one key in a thousand rows would grow the buffer without end.
    /// </summary>
    public bool HasRoom(int recordBytes) =>
        _used == 0
        || (_used <= 2 * SyncLimits.BatchBytes
            && (_live == 0 || (_live < SyncLimits.BatchCases && _liveBytes + recordBytes + SequenceBytes + FrameBytes <= SyncLimits.BatchBytes)));

    /// <summary>Adds a serialised record without its sequence, which follows, and gives its place for <see cref="Drop"/>.</summary>
    public int Add(ReadOnlySpan<byte> record, ulong sequence, RedactionTally redactions)
    {
        if (_buffer.Length - _used < record.Length + SequenceBytes)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _used + record.Length + SequenceBytes));
        }

        var place = _buffer.AsSpan(_used);
        record.CopyTo(place);
        var rest = WriteVarint(WriteVarint(place[record.Length..], SequenceTag), sequence);
        var recordBytes = place.Length - rest.Length;
        _slots.Add(new Slot(_used, recordBytes, sequence, redactions));
        _used += recordBytes;
        _live++;
        _liveBytes += recordBytes + FrameBytes;
        return _slots.Count - 1;
    }

    /// <summary>Takes a record out again: a later row of the same case won.</summary>
    public void Drop(int place)
    {
        _live--;
        _liveBytes -= _slots[place].Bytes + FrameBytes;
        _slots[place] = _slots[place] with { Bytes = 0 };
    }

    /// <summary>Fixes the batch, seals it and begins the next.</summary>
    public SealedBatch Seal(ulong epoch, ByteString runId, long run, ulong policyVersion, byte[] edgeDigest)
    {
        var id = RandomNumberGenerator.GetBytes(CaseUid.Size);
        var header = new Batch { BatchId = UnsafeByteOperations.UnsafeWrap(id), Epoch = epoch, RunId = runId, PolicyVersion = policyVersion };
        var live = _slots.Where(slot => slot.Bytes > 0).ToList();
        var headerBytes = header.CalculateSize();
        var bytes = headerBytes + live.Sum(slot =>
            CodedOutputStream.ComputeUInt32Size(RecordsTag) + CodedOutputStream.ComputeLengthSize(slot.Bytes) + slot.Bytes);
        var (message, content) = BatchMessage.Allocate(bytes);
        header.WriteTo(content.Span[..headerBytes]);
        WriteRecords(content.Span[headerBytes..], live);
        var payload = cipher.Seal(content.Span, id);
        var redactions = new RedactionTally();
        live.ForEach(slot => redactions.Merge(slot.Redactions));
        var batch = new SealedBatch(id, live[0].Sequence, live[^1].Sequence, run, policyVersion, edgeDigest, epoch, live.Count, bytes, new RunReport { EdgeRedactions = { redactions.ToCounts() } }.ToByteArray(), payload, message);
        Clear();
        return batch;
    }

    private void WriteRecords(Span<byte> destination, List<Slot> live)
    {
        foreach (var slot in live)
        {
            destination = WriteVarint(destination, RecordsTag);
            destination = WriteVarint(destination, (uint)slot.Bytes);
            _buffer.AsSpan(slot.Offset, slot.Bytes).CopyTo(destination);
            destination = destination[slot.Bytes..];
        }
    }

    private static Span<byte> WriteVarint(Span<byte> destination, ulong value)
    {
        var index = 0;
        for (; value >= 0x80; value >>= 7)
        {
            destination[index++] = (byte)(value | 0x80);
        }

        destination[index++] = (byte)value;
        return destination[index..];
    }

    private void Clear()
    {
        // One huge case must not leave its buffer behind for the rest of the night.
        if (_buffer.Length > 2 * SyncLimits.BatchBytes)
        {
            _buffer = new byte[SyncLimits.BatchBytes];
        }

        _slots.Clear();
        (_used, _live, _liveBytes) = (0, 0, 0);
    }

    private readonly record struct Slot(int Offset, int Bytes, ulong Sequence, RedactionTally Redactions);
}
