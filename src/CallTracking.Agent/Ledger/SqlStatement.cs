using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CallTracking.Agent.Ledger;

/// <summary>What a parameter is bound to: a whole number, a text, bytes or nothing.</summary>
internal readonly struct SqlValue
{
    private readonly object? _content;
    private readonly long _number;

    private SqlValue(long number) => (_number, IsNumber) = (number, true);

    private SqlValue(object? content) => _content = content;

    private bool IsNumber { get; }

    public static implicit operator SqlValue(long number) => new(number);

    public static implicit operator SqlValue(long? number) => number is { } given ? new(given) : default;

    public static implicit operator SqlValue(byte[]? bytes) => new((object?)bytes);

    public static implicit operator SqlValue(string? text) => new((object?)text);

    public int Bind(sqlite3_stmt statement, int place) => _content switch
    {
        byte[] { Length: 0 } => raw.sqlite3_bind_zeroblob(statement, place, 0),
        byte[] bytes => raw.sqlite3_bind_blob(statement, place, bytes),
        string text => raw.sqlite3_bind_text(statement, place, text),
        _ when IsNumber => raw.sqlite3_bind_int64(statement, place, _number),
        _ => raw.sqlite3_bind_null(statement, place),
    };
}

/// <summary>
/// One prepared statement, reused; its parameters are <c>?1</c>, <c>?2</c> … in order. It speaks to SQLite itself: the ledger asks
/// and writes twice a case, and through ADO.NET, which finds parameters by name each time, that was a sixth of the agent's
/// work. Not thread-safe.
/// </summary>
internal sealed class SqlStatement(SqliteConnection connection, string sql) : IDisposable
{
    private readonly SqlRows _rows = new();
    private sqlite3_stmt? _statement;

    /// <summary>Runs it and says how many rows changed.</summary>
    /// <exception cref="SqliteException">SQLite's own refusal.</exception>
    public int Execute(params ReadOnlySpan<SqlValue> values)
    {
        using var rows = Query(values);
        while (rows.Read())
        {
        }

        return raw.sqlite3_changes(connection.Handle);
    }

    /// <summary>Runs it; the caller disposes the rows before the statement is used again.</summary>
    /// <exception cref="SqliteException">SQLite's own refusal.</exception>
    public SqlRows Query(params ReadOnlySpan<SqlValue> values)
    {
        var statement = _statement ??= Prepare();
        for (var index = 0; index < values.Length; index++)
        {
            SqliteException.ThrowExceptionForRC(values[index].Bind(statement, index + 1), connection.Handle);
        }

        _rows.Begin(connection.Handle!, statement);
        return _rows;
    }

    public void Dispose() => _statement?.Dispose();

    // At the first use, when the file has its tables.
    private sqlite3_stmt Prepare()
    {
        SqliteException.ThrowExceptionForRC(
            raw.sqlite3_prepare_v3(connection.Handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out var statement), connection.Handle);
        return statement;
    }
}
