using CallTracking.Contracts;
using Microsoft.Data.Sqlite;

namespace CallTracking.Agent.Ledger;

/// <summary>What a complete export lacked of a source's cases.</summary>
/// <param name="Held">Cases that wait for a person's consent.</param>
/// <param name="Released">Cases that go to the hub as deleted.</param>
/// <param name="Run">The first run that missed one of them.</param>
internal readonly record struct VanishedCount(string Source, long Held, long Released, long Run);

/// <summary>A case that a complete export lacked.</summary>
/// <param name="IsReleased">It goes to the hub as deleted, unless a run meets it.</param>
/// <param name="Run">The first run that missed it.</param>
internal readonly record struct VanishedCase(CaseUid Uid, bool IsReleased, long Run);

/// <summary>The table <c>vanished</c>. Called within <see cref="LedgerFile"/>'s turn.</summary>
internal sealed class VanishedTable(SqliteConnection connection) : IDisposable
{
    // What the hub has not got any more need not be deleted there; who stands in quarantine was met.
    private const string IsMissing = """
        met <> ?2 and met > 0 and state not in (2, 3)
        and not exists (select 1 from quarantine q where q.uid = cases.uid and q.run = ?2)
        """;

    private readonly SqlStatement _returned = new(
        connection,
        $"delete from vanished where source = ?1 and not exists (select 1 from cases where cases.uid = vanished.uid and cases.source = ?1 and {IsMissing})");

    private readonly SqlStatement _add = new(
        connection,
        $"insert or ignore into vanished (uid, source, run, released) select uid, ?1, ?2, 0 from cases where source = ?1 and {IsMissing}");

    private readonly SqlStatement _cases = new(connection, "select count(*) from cases where source = ?1 and state not in (2, 3)");

    private readonly SqlStatement _withoutKey = new(
        connection, "select count(*) from quarantine where source = ?1 and run = ?2 and uid is null");

    private readonly SqlStatement _release = new(connection, "update vanished set released = 1 where source = ?1 and released = 0");

    private readonly SqlStatement _next = new(connection, "select uid from vanished where source = ?1 and released = 1 limit ?2");

    private readonly SqlStatement _delete = new(connection, "delete from vanished where uid = ?1");

    private readonly SqlStatement _hold = new(connection, "update vanished set released = 0 where source = ?1 and released = 1");

    // Without a source they are never missed again, until a run meets them.
    private readonly SqlStatement _detach = new(connection, "update cases set source = null where uid in (select uid from vanished where source = ?1)");

    private readonly SqlStatement _forget = new(connection, "delete from vanished where source = ?1");

    private readonly SqlStatement _list = new(connection, "select uid, released, run from vanished where source = ?1 order by run, uid limit ?2");

    private readonly SqlStatement _count = new(
        connection, "select source, sum(released = 0), sum(released = 1), min(run) from vanished group by source order by source");

    /// <summary>Drops what came back, whether or not the run read the source whole.</summary>
    public void Return(string source, long run) => _returned.Execute(source, run);

    /// <summary>Notes what a run that read the source whole did not meet.</summary>
    public void Look(string source, long run) => _add.Execute(source, run);

    /// <summary>Cases of the source that the hub is believed to have.</summary>
    public long CasesOf(string source) => Number(_cases, source);

    /// <summary>Rows of the run that stand in quarantine and whose key could not be read: any case may be among them.</summary>
    public long WithoutKey(string source, long run) => Number(_withoutKey, source, run);

    /// <summary>Lets the held cases of a source go; says how many there are.</summary>
    public int Release(string source) => _release.Execute(source);

    /// <summary>Takes a release back: what was not told to the hub yet is held again; says how many there are.</summary>
    public int Hold(string source) => _hold.Execute(source);

    /// <summary>Leaves the cases of a source, held and released, at the hub and misses them no more; says how many there are.</summary>
    public int Forget(string source)
    {
        _detach.Execute(source);
        return _forget.Execute(source);
    }

    /// <summary>Released cases that have not been told to the hub yet.</summary>
    public IReadOnlyList<CaseUid> Next(string source, int limit)
    {
        using var rows = _next.Query(source, (long)limit);
        var uids = new List<CaseUid>();
        while (rows.Read())
        {
            uids.Add(CaseUid.FromBytes(rows.Bytes(0)));
        }

        return uids;
    }

    /// <summary>The cases of a source, those that have been missed for longest first.</summary>
    public IReadOnlyList<VanishedCase> List(string source, int limit)
    {
        using var rows = _list.Query(source, (long)limit);
        var cases = new List<VanishedCase>();
        while (rows.Read())
        {
            cases.Add(new VanishedCase(CaseUid.FromBytes(rows.Bytes(0)), rows.Number(1) == 1, rows.Number(2)));
        }

        return cases;
    }

    /// <summary>The hub is told, or the case is there again.</summary>
    public void Delete(byte[] uid) => _delete.Execute(uid);

    public IReadOnlyList<VanishedCount> Count()
    {
        using var rows = _count.Query();
        var counts = new List<VanishedCount>();
        while (rows.Read())
        {
            counts.Add(new VanishedCount(rows.Text(0), rows.Number(1), rows.Number(2), rows.Number(3)));
        }

        return counts;
    }

    public void Dispose()
    {
        foreach (var statement in new[] { _returned, _add, _cases, _withoutKey, _release, _next, _delete, _hold, _detach, _forget, _list, _count })
        {
            statement.Dispose();
        }
    }

    private static long Number(SqlStatement statement, params ReadOnlySpan<SqlValue> values)
    {
        using var rows = statement.Query(values);
        rows.Read();
        return rows.Number(0);
    }
}
