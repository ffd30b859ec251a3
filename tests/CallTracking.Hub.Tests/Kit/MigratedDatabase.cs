using System.Security.Cryptography;
using System.Text;
using CallTracking.Hub.Storage;
using CallTracking.Testing;
using Npgsql;

namespace CallTracking.Hub.Tests.Kit;

/// <summary>Databases with the hub's tables in them: copies of one that was migrated once for these migrations. A server that outlives the tests
/// keeps that one, as <c>template_…</c>.</summary>
internal static class MigratedDatabase
{
    private static readonly Lazy<Task<string>> Template = new(MakeAsync);

    /// <summary>Creates one with a random name; dropped with the class's others.</summary>
    public static async Task<PostgresDatabase> CreateMigratedAsync(this PostgresCluster postgres)
    {
        var database = await postgres.CreateDatabaseAsync(await Template.Value);

        // As if it were migrated now: rows of the audit log that wait for their seal since the template was made would raise an alarm.
        await using var renew = database.DataSource.CreateCommand("set session_replication_role = replica; update audit_log set at = now(); reset session_replication_role");
        await renew.ExecuteNonQueryAsync();
        return database;
    }

    private static async Task<string> MakeAsync()
    {
        var name = $"template_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(MigrationFile.OfThisBuild.Select(file => file.Sha256)))))[..16]}";
        var server = await PostgresServer.SharedAsync();
        await using var maintenance = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server.ConnectionString) { Pooling = false }.ConnectionString);
        await maintenance.OpenAsync();
        if (await ExistsAsync(maintenance, name))
        {
            return name;
        }

        await using var made = await PostgresDatabase.CreateOnAsync(server);
        await new SchemaMigrator(made.DataSource, MigrationFile.OfThisBuild, TimeProvider.System).MigrateAsync(default);
        // A database with somebody in it is neither renamed nor copied.
        await made.DataSource.DisposeAsync();
        try
        {
            await using var rename = new NpgsqlCommand($"alter database {made.Name} rename to {name}", maintenance);
            await rename.ExecuteNonQueryAsync();
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.DuplicateDatabase)
        {
            // Another run of the tests was quicker.
        }

        return name;
    }

    private static async Task<bool> ExistsAsync(NpgsqlConnection maintenance, string name)
    {
        await using var command = new NpgsqlCommand("select exists (select from pg_database where datname = $1)", maintenance) { Parameters = { new() { Value = name } } };
        return (bool)(await command.ExecuteScalarAsync())!;
    }
}
