using System.Diagnostics;
using CallTracking.SampleData;
using CallTracking.Testing;
using Xunit;

namespace CallTracking.EndToEnd;

/// <summary>The hub is away or somebody else: the agent says so in words and by its exit code, and loses nothing.</summary>
public sealed class HubTroubleTests
{
    private static readonly SampleOptions Few = new(50, Seed: 5, World.AsOf) { Span = TimeSpan.FromDays(100) };

    [PostgresFact]
    public async Task Sync_HubAway_TriesAgainVisiblyThenSendsAllTheNextTime()
    {
        await using var world = await StartAsync();
        var region = world.Installation.Regions["US"];
        await world.WriteNightAsync(SampleRegion.Us, Few);
        world.Hub.Kill();

        var away = await region.SyncAsync("--timeout", "4s");
        await world.StartHubAsync();
        var back = await region.SyncAsync();

        Assert.Equal(3, away.Program.ExitCode);
        Assert.Contains("next try in", away.Program.All, StringComparison.Ordinal);
        Assert.Equal(0, back.Program.ExitCode);
        Assert.Equal(50, await world.CountAsync("select count(*) from cases"));
    }

    [PostgresFact]
    public async Task Sync_OnlyTheHubsDatabaseAway_WaitsAndNeverBlamesTheCertificate()
    {
        await using var postgres = await PostgresServer.StartPrivateAsync();
        await using var world = await World.StartAsync(postgres.ConnectionString, World.Sample(SampleRegion.Us));
        var region = world.Installation.Regions["US"];
        await world.WriteNightAsync(SampleRegion.Us, Few);
        await postgres.StopAsync();

        // Longer than three answers take: so many closed doors would count as a refused certificate.
        var away = await region.SyncAsync("--timeout", "12s");
        await postgres.StartAsync();
        var back = await region.SyncAsync();

        Assert.Equal(3, away.Program.ExitCode);
        Assert.Contains("database", away.Program.All, StringComparison.Ordinal);
        Assert.DoesNotContain("enrol", away.Program.All, StringComparison.Ordinal);
        Assert.Equal(0, back.Program.ExitCode);
        Assert.Equal(50, await world.CountAsync("select count(*) from cases"));
    }

    [PostgresFact]
    public async Task Sync_RegionRevoked_IsRefusedAndStoresNothing()
    {
        await using var world = await StartAsync();
        await world.WriteNightAsync(SampleRegion.Us, Few);
        await world.Installation.RunHubCommandAsync("region", "revoke", "US");

        var refused = await world.Installation.Regions["US"].SyncAsync();

        Assert.Equal(5, refused.Program.ExitCode);
        Assert.Equal(0, await world.CountAsync("select count(*) from cases"));
    }

    [PostgresFact]
    public async Task Enrol_TokenOfAnotherAuthority_IsRefused()
    {
        await using var world = await StartAsync();
        var region = world.Installation.Regions["US"];
        var stranger = $"ct1.US.{new string('A', 43)}.{new string('B', 43)}";

        var refused = await region.TryRunAsync("enrol", "--token", stranger);

        Assert.Equal(5, refused.ExitCode);
    }

    [PostgresFact]
    public async Task Serve_SchemaNotMigrated_RefusesAndNamesTheCommand()
    {
        var server = await PostgresServer.SharedAsync();
        await using var world = await World.StartAsync(server.ConnectionString);
        await world.Hub.StopAsync();
        await world.CountAsync("with gone as (delete from schema_migration returning 1) select count(*) from gone");
        var watch = Stopwatch.StartNew();

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(world.StartHubAsync);

        Assert.Contains("migrate", failure.Message, StringComparison.Ordinal);
        Assert.True(watch.Elapsed < TimeSpan.FromMinutes(1));
    }

    private static async Task<World> StartAsync() =>
        await World.StartAsync((await PostgresServer.SharedAsync()).ConnectionString, World.Sample(SampleRegion.Us));
}
