using CallTracking.Contracts;
using Microsoft.Data.Sqlite;

namespace CallTracking.Agent.Ledger;

/// <summary>The ledger's own state: its place in the region's order.</summary>
/// <param name="KeyCheck">Tells whether the storage key is the one that the ledger was made with.</param>
/// <param name="Epoch">0 until the hub has issued one.</param>
/// <param name="NextSequence">The next that will be given out.</param>
/// <param name="EdgeDigest">Of the edge rules that shaped what stands in the outbox.</param>
/// <param name="PseudonymVersion">The highest version of the keys of pseudonyms that shaped cases.</param>
internal sealed record LedgerMeta(
    byte[] KeyCheck, ulong Epoch, byte[] Lease, ulong NextSequence, ulong AckedSequence, byte[] EdgeDigest, uint PseudonymVersion)
{
    public CaseOrder Next => new(Epoch, NextSequence);
}

/// <summary>The table <c>meta</c> with its one row. Called within <see cref="LedgerFile"/>'s turn.</summary>
internal sealed class MetaTable(SqliteConnection connection) : IDisposable
{
    private readonly SqlStatement _load = new(
        connection, "select key_check, epoch, lease, next_sequence, acked_sequence, edge_digest, pseudonym_version from meta");

    private readonly SqlStatement _save = new(
        connection,
        """
        insert into meta (id, key_check, epoch, lease, next_sequence, acked_sequence, edge_digest, pseudonym_version)
        values (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7)
        on conflict (id) do update set key_check = excluded.key_check, epoch = excluded.epoch, lease = excluded.lease,
          next_sequence = excluded.next_sequence, acked_sequence = excluded.acked_sequence, edge_digest = excluded.edge_digest,
          pseudonym_version = excluded.pseudonym_version
        """);

    private readonly SqlStatement _comparisons = new(connection, "select comparisons from meta");

    private readonly SqlStatement _countComparison = new(connection, "update meta set comparisons = comparisons + 1");

    private readonly SqlStatement _isStale = new(connection, "select stale_pages from meta");

    private readonly SqlStatement _setStale = new(connection, "update meta set stale_pages = ?1");

    /// <summary>True while unused pages may hold what was written over.</summary>
    public bool HasStalePages
    {
        get => Number(_isStale) != 0;
        set => _setStale.Execute(value ? 1L : 0L);
    }

    /// <summary>Comparisons of a part of the cases.</summary>
    public long Comparisons() => Number(_comparisons);

    public void CountComparison() => _countComparison.Execute();

    /// <summary>Null in a new ledger.</summary>
    public LedgerMeta? Load()
    {
        using var rows = _load.Query();
        return rows.Read()
            ? new LedgerMeta(
                rows.Bytes(0),
                (ulong)rows.Number(1),
                rows.Bytes(2),
                (ulong)rows.Number(3),
                (ulong)rows.Number(4),
                rows.Bytes(5),
                (uint)rows.Number(6))
            : null;
    }

    public void Save(LedgerMeta meta) =>
        _save.Execute(meta.KeyCheck, (long)meta.Epoch, meta.Lease, (long)meta.NextSequence, (long)meta.AckedSequence, meta.EdgeDigest, (long)meta.PseudonymVersion);

    public void Dispose()
    {
        foreach (var statement in new[] { _load, _save, _comparisons, _countComparison, _isStale, _setStale })
        {
            statement.Dispose();
        }
    }

    private static long Number(SqlStatement statement)
    {
        using var rows = statement.Query();
        return rows.Read() ? rows.Number(0) : 0;
    }
}
