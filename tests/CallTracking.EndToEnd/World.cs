using CallTracking.SampleData;
using CallTracking.Testing;
using CallTracking.Testing.Installations;
using Npgsql;

namespace CallTracking.EndToEnd;

/// <summary>A running installation of the published programs with regions of the sample generator.</summary>
internal sealed class World : IAsyncDisposable
{
    /// <summary>When night 1 was exported: lately, because the hub keeps no case past its time.</summary>
    public static readonly DateTimeOffset AsOf = new DateTimeOffset(TimeProvider.System.GetUtcNow().Date, TimeSpan.Zero).AddDays(-2);

    private readonly string _folder;

    private World(string folder, Installation installation, HubProcess hub)
    {
        _folder = folder;
        Installation = installation;
        Hub = hub;
    }

    public Installation Installation { get; }

    /// <summary>The hub that was started last.</summary>
    public HubProcess Hub { get; private set; }

    /// <summary>Starts a hub on a database of its own and enrols the regions.</summary>
    public static async Task<World> StartAsync(string adminConnection, params IEnumerable<RegionSetup> regions)
    {
        var folder = Directory.CreateTempSubdirectory("calltracking-").FullName;
        var policies = RepositoryRoot.Path("ops", "examples", "policies", "hub.yaml");
        var installation = await Installation.CreateAsync(Path.Combine(folder, "world"), adminConnection, [policies], webPort: 0);
        var world = new World(folder, installation, await installation.StartHubAsync());
        foreach (var region in regions)
        {
            await installation.AddRegionAsync(region);
        }

        return world;
    }

    /// <summary>A region of the generator, with the sources and the mapping that it comes with.</summary>
    public static RegionSetup Sample(SampleRegion region) =>
        new(region.Code, region.Name, region.Centre, region.Country, region.CentreZone, [])
        {
            SourceEntries = region.AgentSources,
            HasDatabase = region.Place == SamplePlace.Postgres,
        };

    /// <summary>Puts a night's cases where the region's agent finds them, in the place of the last one's.</summary>
    public Task<SampleTotals> WriteNightAsync(SampleRegion region, SampleOptions options, Stream? truth = null) =>
        SampleWriter.FillAsync(
            region, options, region.PlaceIn(Installation.Regions[region.Code].Folder), truth, progress: null, CancellationToken.None);

    /// <summary>Starts another hub process, after a kill or beside the first.</summary>
    public async Task StartHubAsync() => Hub = await Installation.StartHubAsync();

    /// <summary>One number from the hub's database.</summary>
    public async Task<long> CountAsync(string sql)
    {
        // No pool: some tests kill the server, and a pooled connection would be a dead one.
        await using var connection = new NpgsqlConnection(Installation.Database + ";Pooling=false");
        await connection.OpenAsync();
#pragma warning disable CA2100 // Texts of this project's tests.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        return Convert.ToInt64(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Until it is disposed, the hub can store no case and acknowledges nothing; pushes begin all the same.</summary>
    public async Task<IAsyncDisposable> BlockStoringAsync()
    {
        var connection = new NpgsqlConnection(Installation.Database + ";Pooling=false");
        await connection.OpenAsync();
        await using var block = new NpgsqlCommand("begin; lock table cases in exclusive mode", connection);
        await block.ExecuteNonQueryAsync();
        return connection;
    }

    /// <summary>While nothing can be stored: waits until an agent has read all and its outbox waits for the hub, and kills it.</summary>
    public static async Task KillOnceAllWaitsAsync(RegionInstallation region, ProgramRun run)
    {
        const int LeastBytes = 200_000;
        var (length, still) = (0L, 0);
        while (still < 8)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100));
            var now = new FileInfo(Path.Combine(region.State, "ledger.db-wal")) is { Exists: true } log ? log.Length : 0;
            still = now == length && now > LeastBytes ? still + 1 : 0;
            length = run.HasExited ? throw new InvalidOperationException($"The agent ended: {run.Output}{run.Error}") : now;
        }

        run.Kill();
    }

    /// <summary>Which version of which case is stored, as one number: equal at two moments when nothing changed between them.</summary>
    public Task<long> StoredDigestAsync() =>
        CountAsync("select coalesce(bit_xor(hashtextextended(case_uid::text || change_hash::text || status::text, 0)), 0) from cases");

    public async ValueTask DisposeAsync()
    {
        await Installation.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
