using Microsoft.Data.Sqlite;

namespace CallTracking.Agent.Ledger;

/// <summary>An origin as it is written: sealed under its key.</summary>
internal sealed record SealedOrigin(long Number, byte[] Key, string Source, byte[] Value);

/// <summary>The table <c>origin</c>. Called within <see cref="LedgerFile"/>'s turn.</summary>
internal sealed class OriginTable(SqliteConnection connection) : IDisposable
{
    private readonly SqlStatement _find = new(connection, "select number from origin where key = ?1");

    private readonly SqlStatement _next = new(connection, "select coalesce(max(number), 0) + 1 from origin");

    private readonly SqlStatement _put = new(connection, "insert into origin (number, key, source, value) values (?1, ?2, ?3, ?4)");

    private readonly SqlStatement _of = new(
        connection,
        "select origin.number, origin.key, origin.source, origin.value, cases.source_row from cases join origin on origin.number = cases.origin where cases.uid = ?1");

    private readonly SqlStatement _sources = new(connection, "select distinct source from origin order by source");

    private readonly SqlStatement _trim = new(
        connection, "delete from origin where number not in (select origin from cases where origin is not null)");

    /// <summary>Null when it was never written.</summary>
    public long? Find(byte[] key)
    {
        using var rows = _find.Query(key);
        return rows.Read() ? rows.Number(0) : null;
    }

    /// <summary>The first number that none has.</summary>
    public long Next()
    {
        using var rows = _next.Query();
        rows.Read();
        return rows.Number(0);
    }

    public void Put(SealedOrigin origin) => _put.Execute(origin.Number, origin.Key, origin.Source, origin.Value);

    /// <summary>Of the version of a case that was sent last, with its row, 0 where that is not known; null when an earlier program sent it.</summary>
    public (SealedOrigin Origin, long Row)? Of(byte[] uid)
    {
        using var rows = _of.Query(uid);
        return rows.Read()
            ? (new SealedOrigin(rows.Number(0), rows.Bytes(1), rows.Text(2), rows.Bytes(3)), rows.IsNull(4) ? 0 : rows.Number(4))
            : null;
    }

    /// <summary>Every source that versions were sent from.</summary>
    public IReadOnlyList<string> Sources()
    {
        using var rows = _sources.Query();
        var sources = new List<string>();
        while (rows.Read())
        {
            sources.Add(rows.Text(0));
        }

        return sources;
    }

    /// <summary>Lets those go that no case has any more.</summary>
    public int Trim() => _trim.Execute();

    public void Dispose()
    {
        foreach (var statement in new[] { _find, _next, _put, _of, _sources, _trim })
        {
            statement.Dispose();
        }
    }
}
