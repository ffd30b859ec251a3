using CallTracking.Agent.Reconciliation;
using CallTracking.Contracts;
using Microsoft.Data.Sqlite;

namespace CallTracking.Agent.Ledger;

/// <summary>The tables <c>noted</c> and <c>wound</c>, and what the ledger says of a range. Called within <see cref="LedgerFile"/>'s turn.</summary>
internal sealed class ReconcileTable(SqliteConnection connection) : IDisposable
{
    private readonly SqlStatement _cases = new(
        connection,
        """
        select c.uid, c.hash, c.state, c.epoch, c.sequence, n.hash
        from cases c left join noted n on n.uid = c.uid and n.epoch = c.epoch and n.sequence = c.sequence
        where c.uid between ?1 and ?2
        """);

    private readonly SqlStatement _strangers = new(
        connection, "select n.uid, n.hash from noted n where n.uid between ?1 and ?2 and not exists (select 1 from cases c where c.uid = n.uid)");

    private readonly SqlStatement _note = new(
        connection, "insert or replace into noted (uid, hash, epoch, sequence) values (?1, ?2, ?3, ?4)");

    private readonly SqlStatement _forget = new(connection, "delete from noted where uid = ?1");

    private readonly SqlStatement _forgetOvertaken = new(
        connection, "delete from noted where exists (select 1 from cases c where c.uid = noted.uid and (c.epoch <> noted.epoch or c.sequence <> noted.sequence))");

    private readonly SqlStatement _suppress = new(connection, "update cases set state = 2 where uid = ?1");

    private readonly SqlStatement _wound = new(connection, "insert or replace into wound (uid, kind) values (?1, ?2)");

    // What was sent since, an earlier comparison found; the run after it healed it.
    private readonly SqlStatement _forgetSent = new(
        connection, "delete from wound where exists (select 1 from cases c where c.uid = wound.uid and c.hash is not null)");

    private readonly SqlStatement _forgetWounds = new(connection, "delete from wound");

    private readonly SqlStatement _wounds = new(
        connection, "select w.uid, w.kind, c.source from wound w left join cases c on c.uid = w.uid order by w.kind, w.uid");

    // No source has it any more, or the hub refused it.
    private readonly SqlStatement _open = new(
        connection, "select count(*) from wound w left join cases c on c.uid = w.uid where c.hash is null or c.state = 4");

    private readonly SqlStatement _count = new(connection, "select count(*) from cases");

    private readonly SqlStatement _countWounds = new(connection, "select count(*) from wound");

    /// <summary>Every case of the range that the ledger knows, or knows the hub to have.</summary>
    public List<LedgerClaim> Of(UidRange range)
    {
        var (first, last) = (Bytes(range.First), Bytes(range.Last));
        var claims = new List<LedgerClaim>();
        using (var rows = _cases.Query(first, last))
        {
            while (rows.Read())
            {
                claims.Add(new LedgerClaim(
                    CaseUid.FromBytes(rows.Span(0)),
                    (CaseState)rows.Number(2),
                    rows.IsNull(1) ? null : ChangeHash.FromBytes(rows.Span(1)),
                    rows.IsNull(5) ? null : ChangeHash.FromBytes(rows.Span(5)),
                    new CaseOrder((ulong)rows.Number(3), (ulong)rows.Number(4))));
            }
        }

        using var strangers = _strangers.Query(first, last);
        while (strangers.Read())
        {
            claims.Add(new LedgerClaim(CaseUid.FromBytes(strangers.Span(0)), null, null, ChangeHash.FromBytes(strangers.Span(1)), default));
        }

        return claims;
    }

    public void Note(byte[] uid, ChangeHash hash, CaseOrder order) => _note.Execute(uid, hash.ToBytes(), (long)order.Epoch, (long)order.Sequence);

    public void ForgetNote(byte[] uid) => _forget.Execute(uid);

    /// <summary>The hub may not have the case (any more).</summary>
    public void Suppress(byte[] uid) => _suppress.Execute(uid);

    public void Wound(byte[] uid, WoundKind kind) => _wound.Execute(uid, (long)kind);

    /// <summary>Lets go what was overtaken since the last comparison.</summary>
    public void Begin()
    {
        _forgetOvertaken.Execute();
        _forgetSent.Execute();
    }

    public void ForgetWounds() => _forgetWounds.Execute();

    /// <summary>Hands over every wound, with the source of its case where that is known.</summary>
    public void ForEachWound(Action<CaseUid, WoundKind, string?> take)
    {
        using var rows = _wounds.Query();
        while (rows.Read())
        {
            take(CaseUid.FromBytes(rows.Span(0)), (WoundKind)rows.Number(1), rows.IsNull(2) ? null : rows.Text(2));
        }
    }

    /// <summary>Wounded cases of which no version travelled since, or that the hub refused.</summary>
    public long Open() => Number(_open);

    /// <summary>Cases that the ledger knows.</summary>
    public long Cases() => Number(_count);

    public long Wounds() => Number(_countWounds);

    public void Dispose()
    {
        foreach (var statement in new[] { _cases, _strangers, _note, _forget, _forgetOvertaken, _suppress, _wound, _forgetSent, _forgetWounds, _wounds, _open, _count, _countWounds })
        {
            statement.Dispose();
        }
    }

    private static long Number(SqlStatement statement)
    {
        using var rows = statement.Query();
        rows.Read();
        return rows.Number(0);
    }

    private static byte[] Bytes(CaseUid uid)
    {
        var bytes = new byte[CaseUid.Size];
        uid.WriteTo(bytes);
        return bytes;
    }
}
