using System.Globalization;
using Google.Protobuf;
using Microsoft.Data.Sqlite;

namespace CallTracking.Agent.Ledger;

/// <summary>The ledger's file cannot be trusted: damaged, or cut off. What it knew can be read again from the source.</summary>
internal sealed class LedgerDamagedException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The ledger's file is sound and cannot be used now: its disk is full, failing or read-only. The text has the path and the cure.</summary>
internal sealed class LedgerUnusableException(string message, Exception inner) : Exception(message, inner);

/// <summary>
/// The SQLite file under ledger, outbox and quarantine: opens it, makes its tables, and gives transactions. One connection,
/// one lock: reading and sending take turns of milliseconds.
/// </summary>
internal sealed partial class LedgerFile : IDisposable
{
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Full = 13;
    private const int CannotOpen = 14;

    // SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE: whoever only looks must not change the file by going last.
    private const int NoCheckpointOnClose = 1006;

    // An input/output error by name; in truth the file ends before one of its pages.
    private const int ShortRead = 522;

    // Each takes the file from one version to the next; the first makes it.
    private static readonly string[] Steps = ["LedgerSchema.sql", "LedgerNotes.sql", "LedgerVanished.sql", "LedgerShapes.sql", "LedgerOrigins.sql", "LedgerResidents.sql", "LedgerKeys.sql", "LedgerReconciliation.sql", "LedgerJoins.sql", "LedgerHiddenFiles.sql", "LedgerTransfer.sql", "LedgerTurns.sql"];

    // A missing column or table, a broken page, two rows where one may be, a value of another kind, no database at all.
    private static readonly int[] DamageCodes = [1, 11, 19, 20, 26];
    private readonly Lock _turn = new();
    private readonly SqlStatement _begin;
    private readonly SqlStatement _commit;
    private readonly SqlStatement _rollback;
    private readonly LedgerSum _sum;
    private bool _isWritten;

    private LedgerFile(SqliteConnection connection)
    {
        Connection = connection;
        _sum = new LedgerSum(connection.DataSource);
        _begin = new SqlStatement(connection, "begin immediate");
        _commit = new SqlStatement(connection, "commit");
        _rollback = new SqlStatement(connection, "rollback");
    }

    public SqliteConnection Connection { get; }

    /// <summary>Opens or creates the file if it is as it was left, and checks it through when <paramref name="thorough"/>.</summary>
    /// <exception cref="LedgerDamagedException">It is no such database, or it is damaged.</exception>
    /// <exception cref="LedgerUnusableException">Its disk is full, failing or read-only.</exception>
    public static LedgerFile Open(string path, bool thorough)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        new LedgerSum(path).Require();
        return Look(path, thorough);
    }

    /// <summary>Opens the file to read what can be read of it; a sync may be at work in it.</summary>
    /// <exception cref="LedgerDamagedException">It is no such database, or it is damaged.</exception>
    /// <exception cref="LedgerUnusableException">Its disk is full, failing or read-only.</exception>
    public static LedgerFile Look(string path) => Look(path, thorough: false);

    private static LedgerFile Look(string path, bool thorough)
    {
        var text = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString();
        var connection = new SqliteConnection(text);
        try
        {
            connection.Open();
            Prepare(connection);
            if (thorough)
            {
                Check(connection);
            }

            return new LedgerFile(connection);
        }
        catch (Exception broken) when (IsDamage(broken))
        {
            connection.Dispose();
            throw Damaged(path, broken);
        }
        catch (SqliteException refused) when (Unusable(path, refused) is { } unusable)
        {
            connection.Dispose();
            throw unusable;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Renames a damaged file and its companions; says the new name.</summary>
    public static string MoveAside(string path, DateTimeOffset now)
    {
        var aside = string.Create(CultureInfo.InvariantCulture, $"{path}.damaged-{now:yyyyMMdd-HHmmss}");
        foreach (var suffix in new[] { string.Empty, "-wal", "-shm", LedgerSum.Suffix })
        {
            if (File.Exists(path + suffix))
            {
                File.Move(path + suffix, aside + suffix, overwrite: true);
            }
        }

        return aside;
    }

    /// <summary>Runs <paramref name="work"/> alone on the connection, without a transaction.</summary>
    /// <exception cref="LedgerDamagedException">What stands in the file is not what this program writes.</exception>
    public T Read<T>(Func<T> work)
    {
        lock (_turn)
        {
            try
            {
                return work();
            }
            catch (Exception broken) when (IsDamage(broken))
            {
                throw Damaged(Connection.DataSource, broken);
            }
            catch (SqliteException refused) when (Unusable(Connection.DataSource, refused) is { } unusable)
            {
                throw unusable;
            }
        }
    }

    /// <summary>Runs <paramref name="work"/> in one durable transaction: all of it is there after a crash, or nothing.</summary>
    /// <param name="work">Done in the turn, within the transaction.</param>
    /// <param name="remember">
    /// Called before the work, in the turn; what it gives is called when nothing was written, and puts the memory of what the
    /// file holds back.
    /// </param>
    /// <exception cref="LedgerDamagedException">What stands in the file is not what this program writes.</exception>
    public T Write<T>(Func<T> work, Func<Action>? remember = null)
    {
        lock (_turn)
        {
            var restore = remember?.Invoke();
            try
            {
                _begin.Execute();
                var result = work();
                _commit.Execute();
                NoteWrite();
                return result;
            }
            catch (Exception failed)
            {
                restore?.Invoke();
                RollBack();
                if (IsDamage(failed))
                {
                    throw Damaged(Connection.DataSource, failed);
                }

                if (failed is SqliteException refused && Unusable(Connection.DataSource, refused) is { } unusable)
                {
                    throw unusable;
                }

                throw;
            }
        }
    }

    public void Dispose()
    {
        if (_isWritten)
        {
            _isWritten = false;
            Close();
        }

        if (Connection.Handle is { } handle && _sum.LogBytes == 0)
        {
            SQLitePCL.raw.sqlite3_db_config(handle, NoCheckpointOnClose, 0, out _); // There is nothing to move: an empty log goes.
        }

        _begin.Dispose();
        _commit.Dispose();
        _rollback.Dispose();
        Connection.Dispose();
    }

    // SQLite's own check finds broken pages, not what a bit that fell over made of a number, a name or a message.
    private static bool IsDamage(Exception error) => error
        is InvalidProtocolBufferException or InvalidCastException or KeyNotFoundException or ArgumentException
        or (InvalidOperationException and not ObjectDisposedException)
        || (error is SqliteException { SqliteErrorCode: var code, SqliteExtendedErrorCode: var detail } && (detail == ShortRead || DamageCodes.Contains(code)));

    private static LedgerDamagedException Damaged(string path, Exception broken) => new($"{path} is damaged ({broken.Message}).", broken);

    private static LedgerUnusableException? Unusable(string path, SqliteException refused) => refused.SqliteErrorCode switch
    {
        ReadOnly or CannotOpen => new(
            $"{path} cannot be opened for writing ({refused.Message}). Every command that looks into the ledger needs to write beside it: give this user the right to write in its folder, or mount the disk for writing.",
            refused),
        // SQLite says "disk I/O error" also for want of room.
        InputOutput or Full => new($"The disk is full or failing at {path} ({refused.Message}). Nothing is lost: make room, or look at the disk, and run the command again.", refused),
        _ => null,
    };

    /// <summary>Writes the file anew, without what it held before, and in little memory: the copy lies in a file that only this user can read.</summary>
    public void Compact() => Read(() =>
    {
        // Where there is room for the ledger; what a system has for temporary files may be memory, too.
        var folder = Path.GetDirectoryName(Path.GetFullPath(Connection.DataSource))!.Replace("'", "''", StringComparison.Ordinal);
        Run(Connection, $"pragma temp_store_directory='{folder}'; pragma temp_store=file");
        try
        {
            Run(Connection, "vacuum");
        }
        finally
        {
            Run(Connection, "pragma temp_store=memory; pragma temp_store_directory=''");
        }

        return true;
    });

    private void RollBack()
    {
        // A full disk has SQLite roll back by itself; a second rollback would hide the reason.
        if (SQLitePCL.raw.sqlite3_get_autocommit(Connection.Handle) == 0)
        {
            _rollback.Execute();
        }
    }

    private static void Prepare(SqliteConnection connection)
    {
        SQLitePCL.raw.sqlite3_db_config(connection.Handle, NoCheckpointOnClose, 1, out _);

        // 8 MB of page cache: memory stays flat however large the ledger is.
        Run(connection, "pragma journal_mode=wal; pragma synchronous=full; pragma cache_size=-8000; pragma wal_autocheckpoint=0; pragma temp_store=memory; pragma busy_timeout=30000");
        var version = (long)Scalar(connection, "pragma user_version")!;
        if (version > Steps.Length)
        {
            throw new InvalidDataException($"The ledger has version {version}; this program knows version {Steps.Length}. Install the program that wrote it, or a later one.");
        }

        for (; version < Steps.Length; version++)
        {
            Run(connection, $"begin immediate; {Resource(Steps[version])} pragma user_version={version + 1}; commit");
        }
    }

    private static void Check(SqliteConnection connection)
    {
        var verdict = (string)Scalar(connection, "pragma quick_check(1)")!;
        if (verdict != "ok")
        {
            throw new LedgerDamagedException($"{connection.DataSource} is damaged ({verdict}).");
        }
    }

    private static string Resource(string name)
    {
        using var stream = typeof(LedgerFile).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static object? Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
