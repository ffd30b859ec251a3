using System.Text.Json;
using Npgsql;

namespace CallTracking.Testing.Installations;

/// <summary>
/// A whole CallTracking in one folder: a database of its own, a hub's configuration and policies, and regions, run by the
/// published programs as processes. Demo, end-to-end tests and benchmarks stand on it.
/// </summary>
public sealed class Installation : IAsyncDisposable
{
    private static readonly TimeSpan CommandLimit = TimeSpan.FromMinutes(3);
    private readonly string _adminConnection;
    private readonly List<HubProcess> _hubs = [];
    private readonly Dictionary<string, RegionInstallation> _regions = [];
    private readonly List<string> _desks = [];

    private Installation(string folder, string adminConnection, string database)
    {
        Folder = folder;
        _adminConnection = adminConnection;
        Database = new NpgsqlConnectionStringBuilder(adminConnection) { Database = database }.ConnectionString;
    }

    /// <summary>Everything of this installation lies below it, except the databases.</summary>
    public string Folder { get; }

    /// <summary>Connection string of the hub's database.</summary>
    public string Database { get; }

    public IReadOnlyDictionary<string, RegionInstallation> Regions => _regions;

    public string HubConfiguration => Path.Combine(Folder, "hub", "hub.yaml");

    public string PolicyFolder => Path.Combine(Folder, "hub", "policies");

    /// <summary>
    /// Makes the folder and an empty database, writes the hub's configuration, migrates, and publishes the policies: the
    /// built-in packs and the documents given.
    /// </summary>
    /// <param name="folder">Emptied if it is there.</param>
    /// <param name="adminConnection">A superuser's connection string.</param>
    /// <param name="policyDocuments">Files that are copied beside the built-in packs.</param>
    /// <param name="webPort">Preferred port of the web listener; 0 for any.</param>
    public static async Task<Installation> CreateAsync(
        string folder, string adminConnection, IEnumerable<string> policyDocuments, int webPort)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        Directory.CreateDirectory(folder);
        var database = $"calltracking_{Guid.NewGuid():N}"[..24];
        await ExecuteAsync(adminConnection, $"create database {database}");
        var installation = new Installation(folder, adminConnection, database);
        installation.WriteHubConfiguration(webPort);
        foreach (var document in policyDocuments)
        {
            File.Copy(document, Path.Combine(installation.PolicyFolder, Path.GetFileName(document)));
        }

        await installation.RunHubCommandAsync("migrate");
        await installation.RunHubCommandAsync("policy", "publish", "--note", "first version");
        return installation;
    }

    /// <summary>
    /// Starts a hub process; several may run on the one database. The first one that lives has the gRPC port that the regions
    /// know, so that a hub started after a kill is found by them.
    /// </summary>
    /// <param name="environment">Added to the process's own.</param>
    /// <param name="arguments">Further ones of <c>serve</c>.</param>
    public async Task<HubProcess> StartHubAsync(IReadOnlyDictionary<string, string?>? environment = null, params string[] arguments)
    {
        var hub = await HubProcess.StartAsync(this, isFirst: _hubs.TrueForAll(other => other.HasExited), environment, arguments);
        _hubs.Add(hub);
        return hub;
    }

    /// <summary>Runs a command of <c>calltracking-hub</c> to its end.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message holds its last line.</exception>
    public async Task<ProgramResult> RunHubCommandAsync(params string[] arguments)
    {
        var result = await ProgramRun.RunAsync(PublishedProgram.Hub, [.. arguments, "--config", HubConfiguration], CommandLimit);
        return result.ExitCode == 0
            ? result
            : throw new InvalidOperationException($"'calltracking-hub {string.Join(' ', arguments)}' answered {result.ExitCode}: {result.All.Trim()}");
    }

    /// <summary>Adds a region at the hub, writes its agent's configuration and enrols it. A hub must run.</summary>
    public async Task<RegionInstallation> AddRegionAsync(RegionSetup setup)
    {
        var answer = await RunHubCommandAsync(
            "region", "add", setup.Code, "--name", setup.Name, "--centre", setup.Centre, "--country", setup.Country, "--token");
        var token = answer.Output.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .First(word => word.StartsWith("ct1.", StringComparison.Ordinal));
        var region = new RegionInstallation(Path.Combine(Folder, setup.Code.ToLowerInvariant()), setup);
        var hub = _hubs.First(process => !process.HasExited);
        region.WriteConfiguration(hub.GrpcAddress);
        if (setup.HasDatabase)
        {
            await File.WriteAllTextAsync(Path.Combine(region.Folder, "desk.connection"), await CreateDeskAsync());
        }

        await region.RunAsync("enrol", "--token", token, "--hub", hub.GrpcAddress.ToString());
        _regions.Add(setup.Code, region);
        return region;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var hub in _hubs)
        {
            await hub.DisposeAsync();
        }

        NpgsqlConnection.ClearAllPools();
        foreach (var name in _desks.Append(new NpgsqlConnectionStringBuilder(Database).Database!))
        {
            await ExecuteAsync(_adminConnection, $"drop database if exists {name} with (force)");
        }
    }

    private async Task<string> CreateDeskAsync()
    {
        var name = $"desk_{Guid.NewGuid():N}"[..24];
        await ExecuteAsync(_adminConnection, $"create database {name}");
        _desks.Add(name);
        return new NpgsqlConnectionStringBuilder(_adminConnection) { Database = name }.ConnectionString;
    }

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
#pragma warning disable CA2100 // The only variable part is a name made above.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    // Free now; a fixed port, because regions keep the address of a hub that is started again.
    private void WriteHubConfiguration(int webPort)
    {
        Directory.CreateDirectory(PolicyFolder);
        File.WriteAllText(HubConfiguration, $"""
            country: JP
            entity: Example Holdings K.K.
            state: ./state
            database: {"{"}connection: {JsonSerializer.Serialize(Database)}{"}"}
            grpc: {"{"}listen: "127.0.0.1:{FreePort.Find()}", host_names: [localhost, 127.0.0.1]{"}"}
            web: {"{"}listen: "127.0.0.1:{webPort}"{"}"}
            policies: ./policies

            """);
    }
}
