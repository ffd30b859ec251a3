using System.Security.Cryptography;
using CallTracking.Agent.Commands;
using CallTracking.Agent.Concepts;
using CallTracking.Agent.Configuration;
using CallTracking.Agent.Dictionaries;
using CallTracking.Agent.Drift;
using CallTracking.Agent.Identity;
using CallTracking.Agent.Outbox;
using CallTracking.Agent.Quarantine;
using CallTracking.Agent.Sources;
using CallTracking.Agent.Sync;
using CallTracking.Contracts;
using CallTracking.Mapping;
using CallTracking.Mapping.Shapes;
using CallTracking.Privacy;
using Microsoft.Data.Sqlite;

namespace CallTracking.Agent.Ledger;

/// <summary>What the last run that read a source whole knew of it.</summary>
internal sealed record KnownShape(SourceShape Shape, long Run)
{
    /// <summary>Two entries of one source differ in their mappings.</summary>
    public static string KeyOf(Source source) => $"shape:{Path.GetFileName(source.Mapping.File)}";

    /// <summary>Under which the forms of the source's keys stand beside its shape.</summary>
    public static string FormsKeyOf(Source source) => $"keys:{Path.GetFileName(source.Mapping.File)}";

    /// <summary>Null when what was kept cannot be opened, as of the shape.</summary>
    public static KeyForms? OpenForms((byte[] Value, long Run)? kept, PayloadCipher cipher, byte[] name)
    {
        try
        {
            return kept is { } found ? KeyForms.Parse(cipher.Open(found.Value, name).Span) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Null when what was kept cannot be opened: then nothing is known, which is what a new ledger knows too.</summary>
    public static KnownShape? Open((byte[] Value, long Run)? kept, PayloadCipher cipher, byte[] name)
    {
        try
        {
            return kept is { } found && SourceShape.Parse(cipher.Open(found.Value, name).Span) is { } shape ? new KnownShape(shape, found.Run) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}

/// <summary>What is known of sources, for commands that change nothing: a sync may be at work in the ledger.</summary>
internal sealed class ShapeLook : ISourceNotes, IDisposable
{
    private readonly SqliteConnection? _connection;
    private readonly PayloadCipher? _cipher;
    private readonly RegionKeys? _keys;
    private QuarantineTable? _quarantine;
    private CaseNames? _names;
    private CaseTable? _cases;

    private readonly string _conceptMark;

    private ShapeLook(SqliteConnection? connection, RegionKeys? keys, string conceptMark = "") =>
        (_connection, _keys, _cipher, _conceptMark) = (connection, keys, keys is null ? null : new PayloadCipher(keys.StorageKey.Span), conceptMark);

    /// <summary>Knows nothing where the region is not enrolled or has never synced.</summary>
    public static ShapeLook Of(AgentSettings settings)
    {
        var path = AgentWorkplace.LedgerPath(settings);
        if (!File.Exists(path))
        {
            return new ShapeLook(null, null);
        }

        try
        {
            var keys = new RegionSecret(settings.State).Load(settings.Region);
            var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, Mode = SqliteOpenMode.ReadOnly }.ToString());
            connection.Open();
            return new ShapeLook(connection, keys, ConceptNotes.MarkOf(new CodeTableCache(settings.State).Concepts));
        }
        catch (AgentException)
        {
            // Not enrolled yet: a mapping can be tried before.
            return new ShapeLook(null, null);
        }
    }

    public KnownShape? Find(Source source)
    {
        if (_connection is null || !HasTable(_connection))
        {
            return null;
        }

        using var table = new ShapeTable(_connection);
        var name = _cipher!.HideName(KnownShape.KeyOf(source));
        return Sound(() => KnownShape.Open(table.Find(source.Name, name), _cipher, name));
    }

    /// <summary>The forms of the keys that were read of the source; null where none was.</summary>
    public KeyForms? FormsOf(Source source)
    {
        if (_connection is null || !HasTable(_connection))
        {
            return null;
        }

        using var table = new ShapeTable(_connection);
        var name = _cipher!.HideName(KnownShape.FormsKeyOf(source));
        return Sound(() => KnownShape.OpenForms(table.Find(source.Name, name), _cipher, name));
    }

    /// <summary>How many cases of the source headquarters is believed to have.</summary>
    public long CasesOf(string source) => Cases?.AtHubOf(source).LongCount() ?? 0;

    public byte[]? Find(string source, string key)
    {
        if (_connection is null || !HasTable(_connection))
        {
            return null;
        }

        using var notes = new NoteTable(_connection);
        var name = _cipher!.HideName(key + _conceptMark);
        return Sound(() => notes.Find(source, name) is { } payload ? _cipher.Open(payload, name).ToArray() : null);
    }

    /// <summary>True when an earlier run put the row into the quarantine for what is wrong with it now.</summary>
    public bool IsQuarantined(SourceRow row, RowOutcome.Rejected rejected) =>
        IsQuarantined(row, rejected.Reason, rejected.Field ?? string.Empty, rejected.RawRecord.Span);

    /// <summary>As <see cref="IsQuarantined(SourceRow, RowOutcome.Rejected)"/>, of a row that became a case which must not travel.</summary>
    public bool IsQuarantined(SourceRow row, string reason, string field = "") => IsQuarantined(row, reason, field, default);

    /// <summary>The name of a row's case; null where it has no readable key, or the region is not enrolled.</summary>
    public CaseUid? UidOf(string source, RowOutcome outcome) => outcome switch
    {
        RowOutcome.Mapped mapped => Names?.Of(source, mapped.LocalId, mapped.OtherId),
        RowOutcome.Rejected { LocalId: { } localId, OtherId: var otherId } => Names?.Of(source, localId, otherId),
        _ => null,
    };

    /// <summary>What the ledger has of a row's case.</summary>
    public LedgerRow? CaseOf(string source, RowOutcome outcome)
    {
        LedgerRow? known = null;
        switch (outcome)
        {
            case RowOutcome.Mapped mapped:
                Names?.Of(source, mapped.LocalId, mapped.OtherId, out known);
                break;
            case RowOutcome.Rejected { LocalId: { } localId, OtherId: var otherId }:
                Names?.Of(source, localId, otherId, out known);
                break;
        }

        return known;
    }

    /// <summary>The ledger has the row's case.</summary>
    public bool Knows(string source, RowOutcome outcome) => CaseOf(source, outcome) is not null;

    /// <summary>What the ledger has of cases; null where there is none. The next sync brings an earlier program's up to date.</summary>
    public CaseTable? Cases => _connection is not null && HasTable(_connection) ? _cases ??= CaseTable.ToLook(_connection) : null;

    private CaseNames? Names => _keys is null ? null : _names ??= new CaseNames(_keys, Known);

    /// <summary>Cases of a complete export that a person let go: the next sync that misses them deletes them.</summary>
    public IReadOnlySet<CaseUid> ReleasedOf(string source)
    {
        if (_connection is null || !HasTable(_connection))
        {
            return new HashSet<CaseUid>();
        }

        using var table = new VanishedTable(_connection);
        return table.Next(source, int.MaxValue).ToHashSet();
    }

    private bool IsQuarantined(SourceRow row, string reason, string field, ReadOnlySpan<byte> payload)
    {
        if (_connection is null || !HasTable(_connection))
        {
            return false;
        }

        _quarantine ??= new QuarantineTable(_connection, _cipher!);
        var uid = UidOf(row.Source, row.Outcome);
        return _quarantine.Has(row.Source, row.File, row.QuarantinePlace(uid, _cipher!, payload), reason, field, uid);
    }

    /// <summary>Has the watch see what the joins give a case beside what the ledger knows that they gave it.</summary>
    public void Compare(Source source, RowOutcome outcome, ShapeWatch watch)
    {
        if (outcome is RowOutcome.Mapped { Yields: not null } mapped && Cases is not null)
        {
            var uid = Names!.Of(source.Name, mapped.LocalId, mapped.OtherId, out var known);
            JoinComparison.Show(watch, uid, mapped, known);
        }
    }

    public void Dispose()
    {
        _cases?.Dispose();
        _quarantine?.Dispose();
        _connection?.Dispose();
        _cipher?.Dispose();
    }

    // What nobody wrote is not known: the next sync moves a damaged ledger aside, and knows as little.
    private static T? Sound<T>(Func<T?> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (Exception damaged) when (damaged is CryptographicException or InvalidCastException)
        {
            return null;
        }
    }

    private LedgerRow? Known(CaseUid uid)
    {
        try
        {
            return Cases?.Find(uid.ToByteString().ToByteArray());
        }
        catch (InvalidCastException)
        {
            return null;
        }
    }

    // An earlier program's ledger is brought up to date by the next sync.
    private static bool HasTable(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "select count(*) from sqlite_master where name = 'source_shape'";
        return (long)command.ExecuteScalar()! > 0;
    }
}
