using Microsoft.Data.Sqlite;

namespace CallTracking.Agent.Ledger;

/// <summary>The table <c>source_shape</c>. Called within <see cref="LedgerFile"/>'s turn.</summary>
internal sealed class ShapeTable(SqliteConnection connection) : IDisposable
{
    private readonly SqlStatement _find = new(connection, "select value, run from source_shape where source = ?1 and key = ?2");

    private readonly SqlStatement _put = new(
        connection, "insert or replace into source_shape (source, key, value, run) values (?1, ?2, ?3, ?4)");

    public (byte[] Value, long Run)? Find(string source, byte[] key)
    {
        using var rows = _find.Query(source, key);
        return rows.Read() ? (rows.Bytes(0), rows.Number(1)) : null;
    }

    public void Put(string source, byte[] key, byte[] value, long run) => _put.Execute(source, key, value, run);

    public void Dispose()
    {
        _find.Dispose();
        _put.Dispose();
    }
}
