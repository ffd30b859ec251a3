using Npgsql;

namespace CallTracking.Hub.Storage;

/// <summary>The way to the hub's database: one server, or several of which one takes writes.</summary>
internal static class HubDatabase
{
    /// <summary>Does not connect yet.</summary>
    /// <exception cref="ArgumentException">The string is no connection string.</exception>
    public static NpgsqlDataSource Open(string connectionString, ILoggerFactory? loggers)
    {
        var connection = new NpgsqlConnectionStringBuilder(connectionString)
        {
            ApplicationName = "calltracking-hub",

            // What PostgreSQL adds to an error can quote a row.
            IncludeErrorDetail = false,
        };

        // Of several servers Npgsql wants to be told here, and not in the string, which of them is meant.
        var isSeveral = connection.Host?.Contains(',', StringComparison.Ordinal) == true;
        if (isSeveral)
        {
            connection.TargetSessionAttributes = null;
        }

        var builder = new NpgsqlDataSourceBuilder(connection.ConnectionString);
        builder.UseLoggerFactory(loggers).EnableParameterLogging(false);
        return isSeveral ? builder.BuildMultiHost().WithTargetSession(TargetSessionAttributes.Primary) : builder.Build();
    }
}
