using System.Data;
using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace CallTracking.Agent.Sources.Sql;

/// <summary>SQLite: a file, opened without creating it.</summary>
internal sealed class SqliteProvider(string folder) : SqlProvider
{
    public override CommandBehavior Reading => CommandBehavior.SingleResult;

    public override DbConnection Connect(string connection, bool readOnly)
    {
        var builder = new SqliteConnectionStringBuilder(connection)
        {
            Mode = readOnly ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWrite,
            Pooling = false,
        };
        if (builder.DataSource.Length > 0 && !builder.DataSource.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
        {
            builder.DataSource = Path.GetFullPath(builder.DataSource, folder);
        }

        return new SqliteConnection(builder.ConnectionString);
    }

    public override async Task PrepareAsync(DbConnection connection, bool readOnly, CancellationToken cancellationToken)
    {
        if (readOnly)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "pragma query_only = on";
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    public override void Bind(DbCommand command, string name, SqlCursor cursor)
    {
        // A decimal would be compared as text. Read from its digits it is the very number that the column holds; a cast may miss it by the last bit.
        var value = cursor.Value is decimal fraction ? double.Parse(fraction.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : cursor.Value;
        ((SqliteCommand)command).Parameters.AddWithValue(name, value);
    }

    public override string Explain(DbException error) => error.Message;

    // The driver's own reader of long texts goes back into the table of the result's first part, by row id: under a union that is another
    // row's cell, and where two columns come from no table it takes the process down.
    public override string? TextOf(DbDataReader reader, int ordinal, int room) =>
        SQLitePCL.raw.sqlite3_column_bytes(((SqliteDataReader)reader).Handle, ordinal) <= room ? reader.GetString(ordinal) : null;

    /// <summary>A text as it lies in the file: the driver puts U+FFFD for what is no UTF-8.</summary>
    public override byte[]? BytesOf(DbDataReader reader, int ordinal) => reader.GetFieldValue<byte[]>(ordinal);
}
