using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CallTracking.Agent.Ledger;

/// <summary>
/// The rows that a statement gives. A value of another kind than is asked for is refused: SQLite would turn it into one, and
/// what a bit that fell over made of it would be believed. Not thread-safe.
/// </summary>
internal sealed class SqlRows : IDisposable
{
    private sqlite3? _database;
    private sqlite3_stmt? _statement;

    public void Begin(sqlite3 database, sqlite3_stmt statement) => (_database, _statement) = (database, statement);

    /// <summary>Goes to the next row; false behind the last.</summary>
    /// <exception cref="SqliteException">SQLite's own refusal.</exception>
    public bool Read()
    {
        var code = raw.sqlite3_step(_statement);
        SqliteException.ThrowExceptionForRC(code, _database);
        return code == raw.SQLITE_ROW;
    }

    public bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    /// <exception cref="InvalidCastException">It is none.</exception>
    public long Number(int column)
    {
        Demand(column, raw.SQLITE_INTEGER, "number");
        return raw.sqlite3_column_int64(_statement, column);
    }

    /// <summary>As long as the row stands.</summary>
    /// <exception cref="InvalidCastException">It is none.</exception>
    public ReadOnlySpan<byte> Span(int column)
    {
        Demand(column, raw.SQLITE_BLOB, "blob");
        return raw.sqlite3_column_blob(_statement, column);
    }

    /// <exception cref="InvalidCastException">It is none.</exception>
    public byte[] Bytes(int column) => Span(column).ToArray();

    /// <exception cref="InvalidCastException">It is none.</exception>
    public string Text(int column)
    {
        Demand(column, raw.SQLITE_TEXT, "text");
        return raw.sqlite3_column_text(_statement, column).utf8_to_string();
    }

    /// <summary>Ends the statement's work, and lets go what it was bound to.</summary>
    public void Dispose()
    {
        // What it gives was thrown already, by the step that failed.
        _ = raw.sqlite3_reset(_statement);
        _ = raw.sqlite3_clear_bindings(_statement);
    }

    private void Demand(int column, int kind, string name)
    {
        if (raw.sqlite3_column_type(_statement, column) != kind)
        {
            throw new InvalidCastException($"Column {raw.sqlite3_column_name(_statement, column).utf8_to_string()} holds no {name}");
        }
    }
}
