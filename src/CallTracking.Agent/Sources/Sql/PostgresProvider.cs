using System.Data.Common;
using Npgsql;
using NpgsqlTypes;

namespace CallTracking.Agent.Sources.Sql;

/// <summary>PostgreSQL. Rows come as the server makes them: none is held but the one at hand.</summary>
internal sealed class PostgresProvider : SqlProvider
{
    // Connection, login, missing objects and rights, resources, the operator's hand: their messages name objects, never values.
    private static readonly string[] Plain = ["08", "25", "28", "3D", "3F", "42", "53", "55", "57", "58"];

    // Day 0 of a date.
    private static readonly DateOnly FirstDay = new(2000, 1, 1);

    public override DbConnection Connect(string connection, bool readOnly)
    {
        var builder = new NpgsqlConnectionStringBuilder(connection) { Pooling = false, Enlist = false, IncludeErrorDetail = false };
        builder.ApplicationName ??= "calltracking-agent";
        return new NpgsqlConnection(builder.ConnectionString);
    }

    public override async Task PrepareAsync(DbConnection connection, bool readOnly, CancellationToken cancellationToken)
    {
        if (readOnly)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "set session characteristics as transaction read only";
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <summary>As a text without a type: the server reads it as whatever the query compares it with.</summary>
    public override void Bind(DbCommand command, string name, SqlCursor cursor) =>
        ((NpgsqlCommand)command).Parameters.Add(new NpgsqlParameter(name, NpgsqlDbType.Unknown) { Value = cursor.Text });

    /// <summary>Of a date its number, which tells the last day of 9999 from infinity.</summary>
    public override object ValueOf(DbDataReader reader, int ordinal)
    {
        if (reader.GetFieldType(ordinal) != typeof(DateOnly))
        {
            return reader.GetValue(ordinal);
        }

        return reader.GetFieldValue<int>(ordinal) switch
        {
            int.MaxValue => SqlCells.Endless,
            int.MinValue => SqlCells.EndlessPast,
            var days => FirstDay.AddDays(days),
        };
    }

    public override string Explain(DbException error) => error switch
    {
        PostgresException answer when Plain.Contains(answer.SqlState[..2]) => $"{answer.SqlState}: {answer.MessageText}",
        PostgresException answer => $"SQLSTATE {answer.SqlState}, a value that the query cannot work on: try the query with psql",
        _ => "the connection broke",
    };
}
