using CallTracking.Faults.Sources;
using CallTracking.Faults.Wire;
using CallTracking.Testing;
using CallTracking.Testing.Installations;

namespace CallTracking.Faults.World;

/// <summary>Real programs: a PostgreSQL server, a hub, and regions with an agent and a wire each. Disposing it stops and deletes all.</summary>
internal sealed class FaultWorld : IAsyncDisposable
{
    private static readonly (string Code, string Country, string Zone, ExportKind Export, bool Compares)[] Known =
    [
        ("DE", "DE", "Europe/Berlin", ExportKind.Whole, false), ("US", "US", "America/Chicago", ExportKind.Changes, true), ("JP", "JP", "Asia/Tokyo", ExportKind.Changes, false),
    ];

    private readonly List<FaultRegion> _regions = [];
    private string _lastWords = "";
    private int _hubRead;

    private FaultWorld(PostgresServer server, Installation installation, HubProcess hub) => (Server, Installation, Hub) = (server, installation, hub);

    public PostgresServer Server { get; }

    public Installation Installation { get; }

    /// <summary>The hub that was started last.</summary>
    public HubProcess Hub { get; private set; }

    public IReadOnlyList<FaultRegion> Regions => _regions;

    /// <summary>How long a sync took lately: instants are shares of it, so that they mean the same on a crowded machine.</summary>
    public TimeSpan UsualSync { get; set; } = TimeSpan.FromSeconds(2);

    /// <param name="folder">Emptied; server, hub and regions live below it.</param>
    /// <param name="regions">How many, up to three.</param>
    /// <param name="cases">Cases of each region to begin with.</param>
    /// <param name="compares">False switches comparing with the hub off in every region: then nothing heals what was lost on the way.</param>
    public static async Task<FaultWorld> StartAsync(string folder, int regions, int cases, bool compares)
    {
        var server = await PostgresServer.StartPrivateAsync(Path.Combine(folder, "pg"));
        var policies = RepositoryRoot.Path("ops", "examples", "policies", "hub.yaml");
        var installation = await Installation.CreateAsync(Path.Combine(folder, "world"), server.ConnectionString, [policies], webPort: 0);
        var world = new FaultWorld(server, installation, await installation.StartHubAsync());
        foreach (var (code, country, zone, export, comparing) in Known.Take(regions))
        {
            var region = await installation.AddRegionAsync(new RegionSetup(code, code, "Centre", country, zone, [("desk.yaml", "inbox/*.csv")]));
            await File.WriteAllTextAsync(Path.Combine(region.Folder, "desk.yaml"), SourceExport.Mapping(country));
            var wire = new RegionWire(world.Hub.GrpcAddress.Port);
            var settings = (await File.ReadAllTextAsync(region.Configuration)).Replace($"hub: {world.Hub.GrpcAddress}", $"hub: {wire.Address}", StringComparison.Ordinal);
            await File.WriteAllTextAsync(region.Configuration, $"{settings}\nreconcile: {(comparing && compares ? "after-sync" : "on-demand")}\n");
            world._regions.Add(new FaultRegion(region, new SourceBook(code, cases), wire, export));
            world._regions[^1].WriteWhole(0);
        }

        return world;
    }

    /// <summary>Starts a hub in the place of one that has ended.</summary>
    public async Task StartHubAsync()
    {
        _lastWords += NewHubOutput();
        Hub = await Installation.StartHubAsync();
        _hubRead = 0;
    }

    /// <summary>What hubs wrote since this was last asked.</summary>
    public string NewHubOutput()
    {
        var all = Hub.Output;
        var news = _lastWords + all[Math.Min(_hubRead, all.Length)..];
        (_lastWords, _hubRead) = ("", all.Length);
        return news;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var region in _regions)
        {
            await region.DisposeAsync();
        }

        await Server.StartAsync();
        await Installation.DisposeAsync();
        await Server.DisposeAsync();
    }
}
