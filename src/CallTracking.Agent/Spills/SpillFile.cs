using System.Buffers.Binary;
using System.Security.Cryptography;
using CallTracking.Agent.Ledger;
using CallTracking.Agent.Outbox;
using CallTracking.Mapping;
using Microsoft.Data.Sqlite;

namespace CallTracking.Agent.Spills;

/// <summary>
/// Records in a file of SQLite that nobody but this object can read: each is sealed under a key that only this object's memory holds, and
/// bound to its place; keys stand there as the keyed hashes as which they come. The file is deleted with the object. Memory is SQLite's
/// cache and one record. Not thread-safe.
/// </summary>
internal sealed class SpillFile : ISpill
{
    private const int KeyBytes = 32;
    private const int HashBytes = 16;

    // Nothing here outlives the process: no journal, no flush. Sorting runs over hashes and numbers only.
    private const string Set = "pragma journal_mode=off; pragma synchronous=off; pragma locking_mode=exclusive; pragma cache_size=-8192;"
        + "create table records (seq integer primary key, key blob not null, place integer not null, payload blob not null); begin";

    private const string FindLastCounted = """
        select seq, payload, (select count(*) from (select 1 from records where key = ?1 limit ?2)) from records
        where key = ?1 order by place desc, seq desc limit 1
        """;

    private readonly string _path;
    private readonly PayloadCipher _cipher = new(RandomNumberGenerator.GetBytes(KeyBytes));
    private readonly SqliteConnection _connection;
    private readonly SqlStatement _insert;
    private bool _isIndexed;
    private long _count;

    /// <exception cref="SpillException">The file cannot be made.</exception>
    public SpillFile(string path)
    {
        _path = path;
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        Guard(_connection.Open);
        Run(Set);
        _insert = new SqlStatement(_connection, "insert into records (seq, key, place, payload) values (?1, ?2, ?3, ?4)");
    }

    /// <exception cref="SpillException">The disk is full, or fails.</exception>
    public bool TryAdd(UInt128 key, long order, ReadOnlySpan<byte> record)
    {
        var hash = Hash(key);
        _count++;
        var payload = _cipher.Seal(record, Place(hash, _count));
        Guard(() => _insert.Execute(_count, hash, order, payload));
        return true;
    }

    public IEnumerable<ReadOnlyMemory<byte>> Find(UInt128 key)
    {
        Index();
        var hash = Hash(key);
        using var find = new SqlStatement(_connection, "select seq, payload from records where key = ?1 order by place, seq");
        using var rows = Guard(() => find.Query(hash));
        while (Guard(rows.Read))
        {
            yield return Opened(rows, hash);
        }
    }

    public ReadOnlyMemory<byte>? FindLast(UInt128 key, out int count)
    {
        Index();
        var hash = Hash(key);
        using var find = new SqlStatement(_connection, FindLastCounted);
        using var rows = Guard(() => find.Query(hash, (long)ISpill.MostCounted));
        var isThere = Guard(rows.Read);
        count = isThere ? (int)Guard(() => rows.Number(2)) : 0;
        return isThere ? Opened(rows, hash) : default(ReadOnlyMemory<byte>?);
    }

    public IEnumerable<UInt128> Keys()
    {
        Index();
        using var keys = new SqlStatement(_connection, "select key from records group by key order by min(seq)");
        using var rows = Guard(() => keys.Query());
        while (Guard(rows.Read))
        {
            yield return BinaryPrimitives.ReadUInt128BigEndian(rows.Bytes(0));
        }
    }

    public void Dispose()
    {
        _insert.Dispose();
        _connection.Dispose();
        _cipher.Dispose();
        File.Delete(_path);
    }

    // Once all is there: sorting it then is far cheaper than keeping it sorted while it comes.
    private void Index()
    {
        if (!_isIndexed)
        {
            Run("create index records_key on records (key, place, seq)");
            _isIndexed = true;
        }
    }

    private void Run(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        Guard(() => command.ExecuteNonQuery());
    }

    private ReadOnlyMemory<byte> Opened(SqlRows rows, byte[] hash) => Guard(() => _cipher.Open(rows.Bytes(1), Place(hash, rows.Number(0))));

    private void Guard(Action work) => Guard(() =>
    {
        work();
        return true;
    });

    // What reads an input knows what to do when a file fails it.
    private T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception failed) when (failed is SqliteException or CryptographicException)
        {
            throw new SpillException(_path, failed);
        }
    }

    private static byte[] Hash(UInt128 key)
    {
        var hash = new byte[HashBytes];
        BinaryPrimitives.WriteUInt128BigEndian(hash, key);
        return hash;
    }

    private static byte[] Place(byte[] hash, long seq)
    {
        var place = new byte[HashBytes + sizeof(long)];
        hash.CopyTo(place, 0);
        BinaryPrimitives.WriteInt64BigEndian(place.AsSpan(HashBytes), seq);
        return place;
    }
}
