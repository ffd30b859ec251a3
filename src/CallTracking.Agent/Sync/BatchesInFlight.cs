using System.Collections.Concurrent;
using CallTracking.Agent.Ledger;
using CallTracking.Agent.Outbox;
using Google.Protobuf;

namespace CallTracking.Agent.Sync;

/// <summary>
/// The batches of one stream that are on their way: the hub answers them, so nobody else may discard them. Thread-safe.
/// </summary>
internal sealed class BatchesInFlight(AgentLedger ledger)
{
    private readonly ConcurrentDictionary<ByteString, int> _bytes = new();

    public bool IsEmpty => _bytes.IsEmpty;

    public bool Has(byte[] batchId) => _bytes.ContainsKey(ByteString.CopyFrom(batchId));

    /// <summary>Opens a batch for sending, as the message that carries it; null when it was acknowledged or discarded meanwhile.</summary>
    /// <exception cref="LedgerDamagedException">Its payload is damaged.</exception>
    public ReadOnlyMemory<byte>? TakeOff(OutboxEntry entry)
    {
        // Marked first: whoever discards looks here within the ledger's turn, and so does it before the opening or not at all.
        var batchId = ByteString.CopyFrom(entry.BatchId);
        _bytes[batchId] = entry.Bytes;
        if (ledger.OpenBatch(entry) is { } message)
        {
            return message;
        }

        _bytes.TryRemove(batchId, out _);
        return null;
    }

    /// <summary>The hub has answered the batch: its size in bytes, or 0 when it was not on its way.</summary>
    public int Land(ByteString batchId) => _bytes.TryRemove(batchId, out var bytes) ? bytes : 0;
}
