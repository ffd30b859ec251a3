using CallTracking.Contracts;
using CallTracking.Mapping.Shapes;
using Microsoft.Data.Sqlite;

namespace CallTracking.Agent.Ledger;

/// <summary>The table <c>cases</c>. Every method is called within <see cref="LedgerFile"/>'s turn.</summary>
internal sealed class CaseTable(SqliteConnection connection, bool knowsJoins = true) : IDisposable
{
    private readonly SqlStatement _find = new(
        connection, $"select hash, epoch, sequence, source_updated, state, run, {(knowsJoins ? "joined" : "null")} from cases where uid = ?1");

    private readonly SqlStatement _write = new(
        connection,
        """
        insert into cases (uid, hash, epoch, sequence, source_updated, state, run, source, met, origin, source_row, joined)
          values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?7, ?9, ?10, ?11)
        on conflict (uid) do update set hash = excluded.hash, epoch = excluded.epoch, sequence = excluded.sequence,
          source_updated = excluded.source_updated, state = excluded.state, run = excluded.run,
          source = coalesce(excluded.source, source), met = excluded.met, origin = excluded.origin, source_row = excluded.source_row,
          joined = coalesce(excluded.joined, joined)
        """);

    // Only while the version of that order is still the latest: a later one has its own outcome.
    private readonly SqlStatement _mark = new(
        connection, "update cases set state = ?4 where uid = ?1 and epoch = ?2 and sequence = ?3");

    private readonly SqlStatement _forgetVersion = new(
        connection, "update cases set hash = null, run = 0 where uid = ?1 and epoch = ?2 and sequence = ?3");

    private readonly SqlStatement _forget = new(connection, "update cases set hash = null, run = 0 where uid = ?1");

    private readonly SqlStatement _forgetMet = new(connection, "update cases set hash = null where uid = ?1");

    private readonly SqlStatement _forgetAll = new(connection, "update cases set hash = null, run = 0");

    private readonly SqlStatement _forgetAfter = new(
        connection, "update cases set hash = null, run = 0 where epoch = ?1 and sequence > ?2");

    private readonly SqlStatement _forgetState = new(
        connection, "update cases set hash = null where state = ?1");

    private readonly SqlStatement _see = new(
        connection, "update cases set run = ?2, met = ?2, source = coalesce(?3, source), source_updated = coalesce(?4, source_updated), joined = coalesce(?5, joined) where uid = ?1");

    private readonly SqlStatement _meet = new(connection, "update cases set met = ?2 where uid = ?1");

    private readonly SqlStatement _join = new(connection, "update cases set joined = ?2 where uid = ?1");

    private readonly SqlStatement _forgetJoined = new(connection, "update cases set joined = null where source = ?1");

    private readonly SqlStatement _met = new(connection, "select met from cases where uid = ?1");

    private readonly SqlStatement _atHub = new(connection, "select uid from cases where source = ?1 and met > 0 and state not in (2, 3)");

    private readonly SqlStatement _count = new(
        connection, "select state, count(*), sum(hash is null) from cases group by state");

    /// <summary>For who only looks: the next sync brings an earlier program's ledger up to date.</summary>
    public static CaseTable ToLook(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "select count(*) from pragma_table_info('cases') where name = 'joined'";
        return new CaseTable(connection, knowsJoins: (long)command.ExecuteScalar()! > 0);
    }

    public LedgerRow? Find(byte[] uid)
    {
        using var rows = _find.Query(uid);
        if (!rows.Read())
        {
            return null;
        }

        return new LedgerRow(
            rows.IsNull(0) ? null : ChangeHash.FromBytes(rows.Span(0)),
            new CaseOrder((ulong)rows.Number(1), (ulong)rows.Number(2)),
            rows.IsNull(3) ? null : rows.Number(3),
            (CaseState)rows.Number(4),
            rows.Number(5))
        {
            Joined = rows.IsNull(6) ? null : JoinYields.Parse(rows.Span(6)),
        };
    }

    public void Write(byte[] uid, LedgerRow row) =>
        _write.Execute(
            uid, row.Hash?.ToBytes(), (long)row.Order.Epoch, (long)row.Order.Sequence, row.SourceUpdated, (long)row.State, row.Run, row.Source, row.Origin, row.SourceRow, row.Joined?.ToBytes());

    public void Mark(byte[] uid, CaseOrder order, CaseState state) =>
        _mark.Execute(uid, (long)order.Epoch, (long)order.Sequence, (long)state);

    /// <summary>Has the case sent again, if the version of that order is its latest.</summary>
    public void Forget(byte[] uid, CaseOrder order) => _forgetVersion.Execute(uid, (long)order.Epoch, (long)order.Sequence);

    /// <summary>Has the case sent again; false when the ledger does not know it.</summary>
    public bool Forget(byte[] uid) => _forget.Execute(uid) > 0;

    /// <summary>As <see cref="Forget(byte[])"/>; that the run met the case stands.</summary>
    public void SendAgain(byte[] uid) => _forgetMet.Execute(uid);

    /// <summary>Has every case sent again; says how many there are.</summary>
    public int ForgetAll() => _forgetAll.Execute();

    /// <summary>Has every case sent again whose latest version is above the sequence.</summary>
    public int ForgetAfter(CaseOrder order) => _forgetAfter.Execute((long)order.Epoch, (long)order.Sequence);

    /// <summary>Has every case of that state sent again.</summary>
    public int ForgetState(CaseState state) => _forgetState.Execute((long)state);

    /// <summary>Notes that the run met the case as it stands, by the source's own time of that at least.</summary>
    public void See(byte[] uid, long run, LedgerRow row) => _see.Execute(uid, run, row.Source, row.SourceUpdated, row.Joined?.ToBytes());

    /// <summary>Notes that the run met the case, in an older version than the one that stands.</summary>
    public void Meet(byte[] uid, long run) => _meet.Execute(uid, run);

    /// <summary>What joins give the case is meant to be so.</summary>
    public void Join(byte[] uid, JoinYields yields) => _join.Execute(uid, yields.ToBytes());

    /// <summary>What joins give the source's cases is meant to be so, as far as the next reading shows it.</summary>
    public void ForgetJoined(string source) => _forgetJoined.Execute(source);

    /// <summary>The last run that met the case, whatever was asked for again since; 0 when the ledger does not know it.</summary>
    public long Met(byte[] uid)
    {
        using var rows = _met.Query(uid);
        return rows.Read() ? rows.Number(0) : 0;
    }

    /// <summary>Cases of a source that the hub is believed to have.</summary>
    public IEnumerable<CaseUid> AtHubOf(string source)
    {
        using var rows = _atHub.Query(source);
        while (rows.Read())
        {
            yield return CaseUid.FromBytes(rows.Span(0));
        }
    }

    /// <summary>Cases per state, and how many of them wait for the next read to be sent again.</summary>
    public IReadOnlyList<(CaseState State, long Cases, long Unsent)> Count()
    {
        using var rows = _count.Query();
        var counts = new List<(CaseState, long, long)>();
        while (rows.Read())
        {
            counts.Add(((CaseState)rows.Number(0), rows.Number(1), rows.Number(2)));
        }

        return counts;
    }

    public void Dispose()
    {
        foreach (var statement in new[] { _find, _write, _mark, _forgetVersion, _forget, _forgetMet, _forgetAll, _forgetAfter, _forgetState, _see, _meet, _join, _forgetJoined, _met, _atHub, _count })
        {
            statement.Dispose();
        }
    }
}
