using Microsoft.Data.Sqlite;

namespace CallTracking.Agent.Ledger;

/// <summary>The table <c>source_note</c>. Called within <see cref="LedgerFile"/>'s turn.</summary>
internal sealed class NoteTable(SqliteConnection connection) : IDisposable
{
    private readonly SqlStatement _find = new(connection, "select value from source_note where source = ?1 and key = ?2");

    private readonly SqlStatement _put = new(
        connection, "insert or replace into source_note (source, key, value, run) values (?1, ?2, ?3, ?4)");

    private readonly SqlStatement _forgetAll = new(connection, "delete from source_note");

    public byte[]? Find(string source, byte[] key)
    {
        using var rows = _find.Query(source, key);
        return rows.Read() ? rows.Bytes(0) : null;
    }

    public void Put(string source, byte[] key, byte[] value, long run) => _put.Execute(source, key, value, run);

    /// <summary>Every source begins anew.</summary>
    public void ForgetAll() => _forgetAll.Execute();

    public void Dispose()
    {
        _find.Dispose();
        _put.Dispose();
        _forgetAll.Dispose();
    }
}
