using Npgsql;

namespace CallTracking.Hub.Storage;

/// <summary>Whether stored cases have seals, asked before anything else of the hub stands.</summary>
internal static class StoredSeals
{
    /// <summary>False also where there is no table of cases yet, or one from before there were seals.</summary>
    /// <exception cref="NpgsqlException">The database did not answer.</exception>
    public static async Task<bool> AnyAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using var database = HubDatabase.Open(connectionString, loggers: null);
        await using var command = database.CreateCommand("select exists (select from cases where seal is not null)");
        try
        {
            return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
        }
        catch (PostgresException missing) when (missing.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn)
        {
            return false;
        }
    }
}
