using Npgsql;

namespace CallTracking.Hub.Audit;

/// <summary>
/// Writes audit rows in the transaction of the act, so that there is neither an act without its row nor a row without its act. Nothing is
/// locked and nothing is chained here: seals come later (<see cref="AuditSealer"/>).
/// </summary>
internal static class AuditWriter
{
    private const string Insert = "insert into audit_log (who, what, subject, detail) values ($1, $2, $3, $4)";

    // For what is only looked at: PostgreSQL answers before the row is on its disk. A hub that is killed loses none.
    private const string InsertRelaxed = """
        insert into audit_log (who, what, subject, detail)
        select $1, $2, $3, $4 from (select set_config('synchronous_commit', 'off', true)) as relaxed
        """;

    /// <summary>Writes a row in whatever transaction the connection is in.</summary>
    public static async Task NoteAsync(this NpgsqlConnection connection, AuditEntry entry, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Insert, connection);
        await Fill(command, entry).ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Writes a row by itself.</summary>
    public static async Task NoteAsync(this NpgsqlDataSource dataSource, AuditEntry entry, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Insert);
        await Fill(command, entry).ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Writes a row of somebody's look, at the least cost.</summary>
    public static async Task NoteReadAsync(this NpgsqlDataSource dataSource, AuditEntry entry, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(InsertRelaxed);
        await Fill(command, entry).ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Runs a statement and, if it changed anything, writes its row: both or neither. Says how many rows the statement changed.</summary>
    public static async Task<int> ActAsync(this NpgsqlDataSource dataSource, NpgsqlCommand act, AuditEntry entry, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        (act.Connection, act.Transaction) = (connection, transaction);
        var changed = await act.ExecuteNonQueryAsync(cancellationToken);
        if (changed > 0)
        {
            await connection.NoteAsync(entry, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        return changed;
    }

    private static NpgsqlCommand Fill(NpgsqlCommand command, AuditEntry entry)
    {
        command.Parameters.AddWithValue(AuditActor.Current);
        command.Parameters.AddWithValue(entry.What);
        command.Parameters.AddWithValue(entry.Subject);
        command.Parameters.AddWithValue(entry.Detail);
        return command;
    }
}
