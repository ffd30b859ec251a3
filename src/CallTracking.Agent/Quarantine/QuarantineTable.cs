using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CallTracking.Agent.Ledger;
using CallTracking.Agent.Outbox;
using CallTracking.Contracts;
using Microsoft.Data.Sqlite;

namespace CallTracking.Agent.Quarantine;

/// <summary>Where along its way a row or case was stopped.</summary>
internal enum QuarantineStage
{
    /// <summary>It could not be read or mapped.</summary>
    Mapping = 0,

    /// <summary>It contradicts another row of the same run, is too large to travel, or says that it was changed in the future.</summary>
    Ledger = 1,

    /// <summary>The hub refused it.</summary>
    Hub = 2,
}

/// <summary>One row or case that did not get to the hub, with why. <see cref="Message"/> never holds content.</summary>
/// <param name="Place">Within the file ("row 17"), or what the record itself is known by, where it has no place.</param>
/// <param name="Payload">The raw row or the case, sealed; null when there is nothing to keep.</param>
internal sealed record QuarantineEntry(
    string Source,
    string File,
    string Place,
    CaseUid? Uid,
    string Reason,
    QuarantineStage Stage,
    string Field,
    string Message,
    DateTimeOffset At,
    byte[]? Payload)
{
    private const string RowPlace = "row ";

    /// <summary>The run that read it last; 0 where that was not asked. Of an entry that is put: from before which run others of the same case and fault are older.</summary>
    public long Run { get; init; }

    /// <summary>What its file is found by in the table; null where the entry does not come from there.</summary>
    public string? StoredFile { get; init; }

    /// <summary>Which row of its file it is; null where it was kept without that.</summary>
    public long? Row =>
        Place.StartsWith(RowPlace, StringComparison.Ordinal) && long.TryParse(Place.AsSpan(RowPlace.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var row) ? row : null;
}

/// <summary>A good version of a case that was met: what stands in quarantine of the case from before it is told by it.</summary>
/// <param name="File">In which it was met: there only rows that are not read again are older.</param>
/// <param name="Before">Entries are older that runs before this one read last.</param>
/// <param name="BehindRow">From behind which row its file was read.</param>
/// <param name="CountsInRun">Entries of other files that this run read before are older, too.</param>
internal readonly record struct SoundCase(CaseUid Uid, string Source, string File, long Before, long BehindRow, bool CountsInRun);

/// <summary>
/// The table <c>quarantine</c>. Names of files, which may be those of persons, stand there sealed beside a keyed hash by which they are found. Called
/// within <see cref="LedgerFile"/>'s turn.
/// </summary>
/// <param name="connection">To the ledger.</param>
/// <param name="cipher">Under the region's storage key.</param>
internal sealed class QuarantineTable(SqliteConnection connection, PayloadCipher cipher) : IDisposable
{
    private readonly SqlStatement _put = new(
        connection,
        """
        insert into quarantine (source, file, place, uid, reason, stage, field, message, at, run, payload, name)
        values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
        on conflict (source, file, place) do update set uid = excluded.uid, stage = excluded.stage, field = excluded.field,
          message = excluded.message, at = iif(reason = excluded.reason, at, excluded.at), reason = excluded.reason, run = excluded.run,
          payload = excluded.payload
        """);

    // What the hub refused is known by the case alone, and goes with its next version.
    private const string IsSameFault = "source = ?1 and uid = ?2 and reason = ?3 and field = ?4 and stage <> 'hub'";

    private readonly SqlStatement _since = new(connection, $"select min(at) from quarantine where {IsSameFault}");

    private readonly SqlStatement _repeated = new(connection, $"delete from quarantine where {IsSameFault} and run < ?5 and not (file = ?6 and place = ?7)");

    // Other files that this run read were read before the one at hand.
    private readonly SqlStatement _superseded = new(
        connection,
        """
        delete from quarantine where uid = ?1 and source = ?2 and stage <> 'hub'
          and iif(file = ?3, run < ?4 and cast(substr(place, 5) as integer) <= ?6, run < ?4 or (?7 = 1 and run = ?5))
        """);

    private readonly SqlStatement _cases = new(connection, "select distinct uid from quarantine where uid is not null");

    private readonly SqlStatement _release = new(connection, "delete from quarantine where uid = ?1");

    private readonly SqlStatement _reason = new(connection, "select reason from quarantine where uid = ?1 and stage = 'hub'");

    private readonly SqlStatement _healed = new(
        connection, "delete from quarantine where source = ?1 and file = ?2 and run <> ?3 and (?4 = 0 or cast(substr(place, 5) as integer) > ?4)");

    private readonly SqlStatement _has = new(
        connection,
        "select 1 from quarantine where source = ?1 and file = ?2 and place = ?3 and reason = ?4 and field = ?5 union all select 1 from quarantine where source = ?1 and uid = ?6 and reason = ?4 and field = ?5");

    private readonly SqlStatement _move = new(
        connection, "update or replace quarantine set file = ?3, name = ?4 where source = ?1 and file = ?2");

    private readonly SqlStatement _clear = new(connection, "select distinct source, file from quarantine where name is null");

    private readonly SqlStatement _all = new(
        connection, "select source, file, name, place, uid, reason, stage, field, message, at, run from quarantine order by reason, source, file, cast(substr(place, 5) as integer)");

    private readonly SqlStatement _payload = new(
        connection, "select payload from quarantine where source = ?1 and file = ?2 and place = ?3 and payload is not null");

    private readonly SqlStatement _delete = new(connection, "delete from quarantine where source = ?1 and file = ?2 and place = ?3 and run <> ?4");

    /// <summary>
    /// Keeps the entry in place of an earlier one for the same place, or of earlier ones of the same case and fault in other places, as where each
    /// night's export has another name: with their age.
    /// </summary>
    public void Put(QuarantineEntry entry, long run)
    {
        var uid = entry.Stage == QuarantineStage.Hub ? null : entry.Uid?.ToByteString().ToByteArray();
        Write(entry, uid is null ? entry.At.ToUnixTimeMilliseconds() : Since(entry, uid), run);
        if (uid is not null)
        {
            _repeated.Execute(entry.Source, uid, entry.Reason, entry.Field, entry.Run, Hidden(entry.Source, entry.File), entry.Place);
        }
    }

    private long Since(QuarantineEntry entry, byte[] uid)
    {
        using var rows = _since.Query(entry.Source, uid, entry.Reason, entry.Field);
        return rows.Read() && !rows.IsNull(0) ? Math.Min(rows.Number(0), entry.At.ToUnixTimeMilliseconds()) : entry.At.ToUnixTimeMilliseconds();
    }

    private void Write(QuarantineEntry entry, long at, long run) =>
        _put.Execute(
            entry.Source,
            Hidden(entry.Source, entry.File),
            entry.Place,
            entry.Uid is { } uid ? uid.ToByteString().ToByteArray() : null,
            entry.Reason,
            Stage(entry.Stage),
            entry.Field,
            entry.Message,
            at,
            run,
            entry.Payload,
            Sealed(entry.Source, entry.File));

    /// <summary>True when the row at this place is kept for this reason, or its case from another place.</summary>
    public bool Has(string source, string file, string place, string reason, string field, CaseUid? uid)
    {
        using var rows = _has.Query(source, Hidden(source, file), place, reason, field, uid?.ToByteString().ToByteArray());
        return rows.Read();
    }

    /// <summary>Every case that an entry is of.</summary>
    public IReadOnlyList<CaseUid> Cases()
    {
        using var rows = _cases.Query();
        var cases = new List<CaseUid>();
        while (rows.Read())
        {
            cases.Add(CaseUid.FromBytes(rows.Bytes(0)));
        }

        return cases;
    }

    /// <summary>Lets go what was read of a case before its good version.</summary>
    public void Supersede(SoundCase sound, long run) => _superseded.Execute(
        sound.Uid.ToByteString().ToByteArray(), sound.Source, Hidden(sound.Source, sound.File), sound.Before, run, sound.BehindRow, sound.CountsInRun ? 1L : 0L);

    /// <summary>Lets the case go: a new version of it travels.</summary>
    public void Release(byte[] uid) => _release.Execute(uid);

    /// <summary>Why the hub refused the case.</summary>
    public string? HubReason(byte[] uid)
    {
        using var rows = _reason.Query(uid);
        return rows.Read() ? rows.Text(0) : null;
    }

    /// <summary>Removes what earlier runs found in a file that this run read to its end, from behind a row, without finding it again.</summary>
    public void ReleaseHealed(string source, string file, long behindRow, long run) => _healed.Execute(source, Hidden(source, file), run, behindRow);

    /// <summary>Every entry without its payload, by reason, then by place.</summary>
    public IReadOnlyList<QuarantineEntry> All() =>
        [.. Unsorted().OrderBy(entry => entry.Reason, StringComparer.Ordinal).ThenBy(entry => entry.Source, StringComparer.Ordinal).ThenBy(entry => entry.File, StringComparer.Ordinal)];

    private IEnumerable<QuarantineEntry> Unsorted()
    {
        using var rows = _all.Query();
        while (rows.Read())
        {
            yield return new QuarantineEntry(
                rows.Text(0),
                rows.IsNull(2) ? rows.Text(1) : Opened(rows.Text(1), rows.Bytes(2)),
                rows.Text(3),
                rows.IsNull(4) ? null : CaseUid.FromBytes(rows.Bytes(4)),
                rows.Text(5),
                Enum.Parse<QuarantineStage>(rows.Text(6), ignoreCase: true),
                rows.Text(7),
                rows.Text(8),
                DateTimeOffset.FromUnixTimeMilliseconds(rows.Number(9)),
                Payload: null)
            {
                Run = rows.Number(10),
                StoredFile = rows.Text(1),
            };
        }
    }

    /// <summary>What the entry holds, sealed; null when it holds nothing.</summary>
    public byte[]? Payload(QuarantineEntry entry)
    {
        using var rows = _payload.Query(entry.Source, Stored(entry), entry.Place);
        return rows.Read() ? rows.Bytes(0) : null;
    }

    /// <summary>Lets the entry go, unless a run put it there.</summary>
    /// <param name="exceptRun">The run's number; 0 for none.</param>
    public void Delete(QuarantineEntry entry, long exceptRun = 0) => _delete.Execute(entry.Source, Stored(entry), entry.Place, exceptRun);

    /// <summary>A file has another name now.</summary>
    public void Move(string source, string earlierName, string name) => _move.Execute(source, Hidden(source, earlierName), Hidden(source, name), Sealed(source, name));

    /// <summary>Hides the names that an earlier program wrote in clear; says how many.</summary>
    public int HideNames()
    {
        var clear = new List<(string Source, string File)>();
        using (var rows = _clear.Query())
        {
            while (rows.Read())
            {
                clear.Add((rows.Text(0), rows.Text(1)));
            }
        }

        clear.ForEach(input => _move.Execute(input.Source, input.File, Hidden(input.Source, input.File), Sealed(input.Source, input.File)));
        return clear.Count;
    }

    public void Dispose()
    {
        foreach (var statement in new[] { _put, _since, _repeated, _superseded, _cases, _release, _reason, _healed, _has, _move, _clear, _all, _payload, _delete })
        {
            statement.Dispose();
        }
    }

    private string Hidden(string source, string file) => Convert.ToHexStringLower(cipher.HideName($"quarantine\0{source}\0{file}"));

    private byte[] Sealed(string source, string file) => cipher.Seal(Encoding.UTF8.GetBytes(file), Encoding.ASCII.GetBytes(Hidden(source, file)));

    private string Stored(QuarantineEntry entry) => entry.StoredFile ?? Hidden(entry.Source, entry.File);

    // Under another key the entry can still be seen and let go.
    private string Opened(string hidden, byte[] name)
    {
        try
        {
            return Encoding.UTF8.GetString(cipher.Open(name, Encoding.ASCII.GetBytes(hidden)).Span);
        }
        catch (CryptographicException)
        {
            return $"(name sealed with another key, {hidden[..8]})";
        }
    }

    private static string Stage(QuarantineStage stage) => stage switch
    {
        QuarantineStage.Mapping => "mapping",
        QuarantineStage.Ledger => "ledger",
        QuarantineStage.Hub => "hub",
    };
}
