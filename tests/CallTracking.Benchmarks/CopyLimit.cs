using System.Diagnostics;
using CallTracking.Testing;
using CallTracking.Testing.Installations;
using Npgsql;

namespace CallTracking.Benchmarks;

/// <summary>
/// The physical limit: psql's <c>\copy</c> of the very rows that a run left, into the same tables with the same indexes in a
/// fresh database of the same server.
/// </summary>
internal static class CopyLimit
{
    private static readonly string[] Tables = ["cases", "case_events"];

    /// <summary>Cases per second.</summary>
    public static async Task<double> MeasureAsync(Installation installation, Installation empty, string folder)
    {
        foreach (var table in Tables)
        {
            await PsqlAsync(installation.Database, $"\\copy {table} to '{File(folder, table)}' (format binary)");
        }

        await PsqlAsync(empty.Database, "checkpoint");
        var watch = Stopwatch.StartNew();
        foreach (var table in Tables)
        {
            await PsqlAsync(empty.Database, $"\\copy {table} from '{File(folder, table)}' (format binary)");
        }

        watch.Stop();
        return await CountAsync(empty.Database) / watch.Elapsed.TotalSeconds;
    }

    /// <summary>Cases stored in a hub's database.</summary>
    public static async Task<long> CountAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("select count(*) from cases", connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static string File(string folder, string table) => Path.Combine(folder, table + ".copy");

    private static async Task PsqlAsync(string connectionString, string command)
    {
        var at = new NpgsqlConnectionStringBuilder(connectionString);
        var environment = new Dictionary<string, string?>
        {
            ["PGHOST"] = at.Host,
            ["PGPORT"] = at.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["PGUSER"] = at.Username,
            ["PGPASSWORD"] = at.Password,
            ["PGDATABASE"] = at.Database,
        };
        var result = await ProgramRun.RunAsync("psql", ["-X", "-q", "-v", "ON_ERROR_STOP=1", "-c", command], TimeSpan.FromMinutes(10), environment);
        if (result.ExitCode != 0)
        {
            throw new InvalidOperationException($"psql answered {result.ExitCode}: {result.Error.Trim()}");
        }
    }
}
