using System.Security.Cryptography;
using CallTracking.Agent.Ledger;
using CallTracking.Contracts;
using Google.Protobuf;

namespace CallTracking.Agent.Outbox;

/// <summary>
/// Batches that the hub has not acknowledged: sealed in the ledger's file, the latest also as they travel, for the sender, who mostly comes right
/// behind. Called within <see cref="LedgerFile"/>'s turn, but for <see cref="Bytes"/> and <see cref="Open"/>.
/// </summary>
/// <param name="table">The batches.</param>
/// <param name="cipher">Under the region's storage key.</param>
/// <param name="file">How messages name the ledger's file.</param>
internal sealed class WaitingBatches(OutboxTable table, PayloadCipher cipher, string file)
{
    // Unsealed ones are bounded, since memory is.
    private const int MostFresh = 2;
    private readonly Dictionary<ByteString, SealedBatch> _fresh = [];
    private long _bytes = table.Load().Bytes;

    /// <summary>Bytes of all of them.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    public void Insert(SealedBatch batch)
    {
        table.Insert(batch);
        _bytes += batch.Bytes;
    }

    /// <summary>Keeps a batch that is durable now as it travels; false where there is no room.</summary>
    public bool KeepFresh(SealedBatch batch) =>
        _fresh.Count < MostFresh && _fresh.TryAdd(ByteString.CopyFrom(batch.BatchId), batch with { Payload = [] });

    /// <summary>Null when it is gone.</summary>
    public OutboxEntry? Find(byte[] batchId) => table.Find(batchId);

    public IReadOnlyList<OutboxEntry> All() => table.All();

    /// <summary>The first above the sequence.</summary>
    public OutboxEntry? Next(ulong afterSequence) => table.Next(afterSequence);

    public bool HasAnyOf(long run) => table.CountOf(run) > 0;

    /// <summary>A report of the edge redactions of a batch and nothing else.</summary>
    public RunReport Redactions(OutboxEntry entry) => RunReport.Parser.ParseFrom(table.Redactions(entry.BatchId));

    /// <summary>The batch of an entry, with all its cases.</summary>
    /// <exception cref="LedgerDamagedException">Its payload is damaged.</exception>
    public Batch Read(OutboxEntry entry) =>
        Decrypted(entry.BatchId, table.Payload(entry.BatchId)!, static (memory, start) => Batch.Parser.ParseFrom(memory, start, memory.Length - start));

    /// <summary>Fetches a batch for <see cref="Open"/>: as it travels, or sealed; neither when it is gone.</summary>
    public (SealedBatch? Fresh, byte[]? Payload) Take(OutboxEntry entry) =>
        _fresh.Remove(ByteString.CopyFrom(entry.BatchId), out var batch) && table.Find(entry.BatchId) is not null
            ? (batch, null)
            : (null, table.Payload(entry.BatchId));

    /// <summary>Opens what was fetched as the message that carries it; null when the batch was gone. Needs no turn: others need not wait for it.</summary>
    /// <exception cref="LedgerDamagedException">Its payload is damaged.</exception>
    public ReadOnlyMemory<byte>? Open(OutboxEntry entry, SealedBatch? fresh, byte[]? payload)
    {
        if (fresh is not null)
        {
            return Checked(entry, BatchPlace.Of(fresh), fresh.Message);
        }

        // Null would become an empty message by itself: bytes that are none are empty memory.
        return payload is not null
            ? Checked(entry, Decrypted(entry.BatchId, payload, BatchPlace.Read), BatchMessage.Around(payload, PayloadCipher.HeaderBytes))
            : default(ReadOnlyMemory<byte>?);
    }

    public void Remove(OutboxEntry entry)
    {
        table.Delete(entry.BatchId);
        _fresh.Remove(ByteString.CopyFrom(entry.BatchId));
        _bytes -= entry.Bytes;
    }

    /// <summary>What puts the memory of the file back as it is now.</summary>
    public Action Remember()
    {
        var bytes = _bytes;
        return () => _bytes = bytes;
    }

    // The row decides when its batch is sent: a false place in the order would keep back all batches below it.
    private ReadOnlyMemory<byte> Checked(OutboxEntry entry, BatchPlace place, ReadOnlyMemory<byte> message) =>
        place == BatchPlace.Of(entry)
            ? message
            : throw new LedgerDamagedException($"A batch in {file} is not the one that its row says.");

    // The payload is decrypted where it stands, behind its header.
    private T Decrypted<T>(byte[] batchId, byte[] payload, Func<byte[], int, T> read)
    {
        try
        {
            cipher.Open(payload, batchId);
            return read(payload, PayloadCipher.HeaderBytes);
        }
        catch (Exception damaged) when (damaged is CryptographicException or InvalidProtocolBufferException or InvalidDataException)
        {
            throw new LedgerDamagedException($"A batch in {file} is damaged.", damaged);
        }
    }
}
