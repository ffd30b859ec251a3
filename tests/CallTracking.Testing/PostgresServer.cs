using System.Diagnostics;
using Npgsql;

namespace CallTracking.Testing;

/// <summary>
/// A real PostgreSQL server of our own, driven through <c>ops/postgres/cluster</c>. <see cref="SharedAsync"/> is the one that
/// all tests of a run use; <see cref="StartPrivateAsync"/> starts another for a test that stops, kills or fills its server.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private static readonly Lazy<Task<(string? ConnectionString, string? Fault)>> Shared = new(FindSharedAsync);
    private readonly string? _folder;

    private PostgresServer(string connectionString, string? folder)
    {
        ConnectionString = connectionString;
        _folder = folder;
    }

    /// <summary>For Npgsql, as superuser, on the database <c>postgres</c>. Of a private server: changes if the port had to.</summary>
    public string ConnectionString { get; private set; }

    /// <summary>
    /// The server of this run: CALLTRACKING_TEST_PG (set by ops/test), else one that is started in <c>.run/test-pg</c> on first
    /// use and left running for the next run.
    /// </summary>
    /// <exception cref="InvalidOperationException">No server can be had; the message says why.</exception>
    public static async Task<PostgresServer> SharedAsync()
    {
        var (connectionString, fault) = await Shared.Value;
        return connectionString is not null
            ? new PostgresServer(connectionString, folder: null)
            : throw new InvalidOperationException($"Expected a PostgreSQL server for the tests: {fault}");
    }

    /// <summary>Starts a server that only this test uses. Disposing it removes it.</summary>
    /// <param name="folder">Where its data lie, such as a folder on a small disk that is to run full; by default a temporary one.</param>
    public static async Task<PostgresServer> StartPrivateAsync(string? folder = null)
    {
        folder ??= Path.Combine(Path.GetTempPath(), $"ct-pg-{Guid.NewGuid():N}"[..14]);
        var server = new PostgresServer("", folder);
        await server.StartAsync();
        return server;
    }

    /// <summary>Starts a copy of a private server that follows it. Disposing it removes it.</summary>
    public static async Task<PostgresServer> StartStandbyAsync(PostgresServer of)
    {
        var server = new PostgresServer("", Path.Combine(Path.GetTempPath(), $"ct-pg-{Guid.NewGuid():N}"[..14]));
        await RunAsync("start", server.RequireFolder(), "--standby-of", of.RequireFolder());
        server.ConnectionString = await RunAsync("url", server.RequireFolder());
        return server;
    }

    /// <summary>A connection string for whichever of two servers takes writes.</summary>
    public static string Together(PostgresServer one, PostgresServer other)
    {
        var (first, second) = (new NpgsqlConnectionStringBuilder(one.ConnectionString), new NpgsqlConnectionStringBuilder(other.ConnectionString));
        return new NpgsqlConnectionStringBuilder(one.ConnectionString)
        {
            Host = FormattableString.Invariant($"{first.Host}:{first.Port},{second.Host}:{second.Port}"),
            TargetSessionAttributes = "primary",
        }.ConnectionString;
    }

    /// <summary>From now on a commit at this server waits until a standby has it.</summary>
    public async Task RequireStandbyAsync()
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString);
        foreach (var statement in (string[])["alter system set synchronous_standby_names = '*'", "select pg_reload_conf()"])
        {
            await using var command = source.CreateCommand(statement);
            await command.ExecuteNonQueryAsync();
        }
    }

    /// <summary>Makes a standby take writes.</summary>
    public Task PromoteAsync() => RunAsync("promote", RequireFolder());

    /// <summary>The folder of the server's programs, for a test that runs <c>psql</c> or <c>pg_dump</c> (npm's binaries have neither).</summary>
    public static Task<string> ProgramFolderAsync() => RunAsync("bin", RepositoryRoot.Path(".run", "test-pg"));

    /// <summary>Starts a private server again after <see cref="StopAsync"/> or <see cref="KillAsync"/>; recovery included.</summary>
    public async Task StartAsync()
    {
        await RunAsync("start", RequireFolder());
        ConnectionString = await RunAsync("url", RequireFolder());
    }

    /// <summary>Stops a private server in an orderly way; open sessions are ended.</summary>
    public Task StopAsync() => RunAsync("stop", RequireFolder());

    /// <summary>Kills every process of a private server (SIGKILL), as a power cut would.</summary>
    public Task KillAsync() => RunAsync("kill", RequireFolder());

    public async ValueTask DisposeAsync()
    {
        if (_folder is not null)
        {
            await RunAsync("remove", _folder);
            File.Delete(_folder + ".lock");
        }
    }

    /// <summary>Why no server can be had, or null. Starts the shared one: whether a server can be had is known when it runs.</summary>
    internal static string? WhyMissing() => Task.Run(() => Shared.Value).GetAwaiter().GetResult().Fault;

    private static async Task<(string? ConnectionString, string? Fault)> FindSharedAsync()
    {
        if (Environment.GetEnvironmentVariable("CALLTRACKING_TEST_PG") is { Length: > 0 } given)
        {
            // ops/test says "missing: …" when it could not start one.
            return given.StartsWith("missing:", StringComparison.Ordinal) ? (null, given["missing:".Length..].Trim()) : (given, null);
        }

        try
        {
            var folder = RepositoryRoot.Path(".run", "test-pg");
            await RunAsync("start", folder);
            return (await RunAsync("url", folder), null);
        }
        catch (Exception fault) when (fault is InvalidOperationException or System.ComponentModel.Win32Exception or IOException)
        {
            return (null, $"PostgreSQL ({fault.Message})");
        }
    }

    // The script locks the folder: test processes that start at once wait for each other there.
    private static async Task<string> RunAsync(string command, string folder, params string[] more)
    {
        var result = await ProgramRun.RunAsync(
            "/usr/bin/env",
            ["bash", RepositoryRoot.Path("ops", "postgres", "cluster"), command, "--dir", folder, .. more],
            TimeSpan.FromMinutes(5));
        return result.ExitCode == 0
            ? result.Output.Trim()
            : throw new InvalidOperationException($"'ops/postgres/cluster {command}' answered {result.ExitCode}: {result.LastErrorLine}");
    }

    private string RequireFolder() => _folder
        ?? throw new UnreachableException("The server that all tests share is neither stopped nor killed: use StartPrivateAsync.");
}
