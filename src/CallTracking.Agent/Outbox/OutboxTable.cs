using CallTracking.Agent.Ledger;
using Microsoft.Data.Sqlite;

namespace CallTracking.Agent.Outbox;

/// <summary>What the outbox knows of a batch without opening it.</summary>
internal sealed record OutboxEntry(
    byte[] BatchId, ulong FirstSequence, ulong LastSequence, long Run, ulong PolicyVersion, byte[] EdgeDigest, ulong Epoch, int Count, int Bytes)
{
    /// <summary>How many of its cases had no row.</summary>
    public int Vanished { get; init; }
}

/// <summary>The table <c>outbox</c>: batches that the hub has not acknowledged. Called within <see cref="LedgerFile"/>'s turn.</summary>
internal sealed class OutboxTable(SqliteConnection connection) : IDisposable
{
    private const string Entry = "select batch_id, first_sequence, last_sequence, run, policy_version, edge_digest, epoch, count, bytes, vanished from outbox";

    private readonly SqlStatement _insert = new(
        connection,
        """
        insert into outbox (first_sequence, last_sequence, batch_id, run, policy_version, edge_digest, epoch, count, bytes, redactions, blob, vanished)
        values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
        """);

    private readonly SqlStatement _next = new(connection, $"{Entry} where first_sequence > ?1 order by first_sequence limit 1");

    private readonly SqlStatement _find = new(connection, $"{Entry} where batch_id = ?1");

    private readonly SqlStatement _all = new(connection, $"{Entry} order by first_sequence");

    private readonly SqlStatement _payload = new(connection, "select blob from outbox where batch_id = ?1");

    private readonly SqlStatement _redactions = new(connection, "select redactions from outbox where batch_id = ?1");

    private readonly SqlStatement _delete = new(connection, "delete from outbox where batch_id = ?1");

    private readonly SqlStatement _load = new(connection, "select count(*), coalesce(sum(count), 0), coalesce(sum(bytes), 0) from outbox");

    private readonly SqlStatement _ofRun = new(connection, "select count(*) from outbox where run = ?1");

    public void Insert(SealedBatch batch) =>
        _insert.Execute(
            (long)batch.FirstSequence,
            (long)batch.LastSequence,
            batch.BatchId,
            batch.Run,
            (long)batch.PolicyVersion,
            batch.EdgeDigest,
            (long)batch.Epoch,
            (long)batch.Count,
            (long)batch.Bytes,
            batch.Redactions,
            batch.Payload,
            (long)batch.Vanished);

    /// <summary>The first batch above the sequence; null when there is none.</summary>
    public OutboxEntry? Next(ulong afterSequence) => Entries(_next, (long)afterSequence).FirstOrDefault();

    public OutboxEntry? Find(byte[] batchId) => Entries(_find, batchId).FirstOrDefault();

    public IReadOnlyList<OutboxEntry> All() => Entries(_all);

    /// <summary>The sealed batch; null when it is gone.</summary>
    public byte[]? Payload(byte[] batchId) => Blob(_payload, batchId);

    /// <summary>The serialised edge redactions of the batch.</summary>
    public byte[] Redactions(byte[] batchId) => Blob(_redactions, batchId) ?? [];

    public void Delete(byte[] batchId) => _delete.Execute(batchId);

    /// <summary>Batches, their cases and their bytes.</summary>
    public (long Batches, long Cases, long Bytes) Load()
    {
        using var rows = _load.Query();
        rows.Read();
        return (rows.Number(0), rows.Number(1), rows.Number(2));
    }

    /// <summary>Batches that the run formed and the hub has not acknowledged.</summary>
    public long CountOf(long run)
    {
        using var rows = _ofRun.Query(run);
        rows.Read();
        return rows.Number(0);
    }

    public void Dispose()
    {
        foreach (var statement in new[] { _insert, _next, _find, _all, _payload, _redactions, _delete, _load, _ofRun })
        {
            statement.Dispose();
        }
    }

    private static byte[]? Blob(SqlStatement statement, byte[] batchId)
    {
        using var rows = statement.Query(batchId);
        return rows.Read() ? rows.Bytes(0) : null;
    }

    private static List<OutboxEntry> Entries(SqlStatement statement, params ReadOnlySpan<SqlValue> values)
    {
        using var rows = statement.Query(values);
        var entries = new List<OutboxEntry>();
        while (rows.Read())
        {
            entries.Add(new OutboxEntry(
                rows.Bytes(0),
                (ulong)rows.Number(1),
                (ulong)rows.Number(2),
                rows.Number(3),
                (ulong)rows.Number(4),
                rows.Bytes(5),
                (ulong)rows.Number(6),
                (int)rows.Number(7),
                (int)rows.Number(8))
            {
                Vanished = (int)rows.Number(9),
            });
        }

        return entries;
    }
}
