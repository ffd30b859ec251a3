using CallTracking.SampleData;
using CallTracking.Testing;
using Xunit;

namespace CallTracking.EndToEnd;

/// <summary>What a region keeps in its own folder: its floor, and one agent at a time.</summary>
public sealed class RegionFolderTests
{
    private static readonly SampleOptions Some = new(400, Seed: 6, World.AsOf) { Span = TimeSpan.FromDays(100) };

    [PostgresFact]
    public async Task Sync_UnderTheRegionsFloor_LeavesNothingOfItsClassesAtHeadquarters()
    {
        await using var world = await World.StartAsync((await PostgresServer.SharedAsync()).ConnectionString, World.Sample(SampleRegion.De));
        var region = world.Installation.Regions["DE"];
        await world.WriteNightAsync(SampleRegion.De, Some);
        Assert.Equal(0, (await region.SyncAsync()).Program.ExitCode);
        Assert.NotEqual(0, await world.CountAsync("select count(*) from cases where subject <> '' or description <> ''"));
        var floor = Path.Combine(region.Folder, "floor.yaml");
        await File.WriteAllTextAsync(floor, "jurisdiction: works-council\nrules:\n  free_text: {action: drop, at: edge}\n");
        await File.AppendAllTextAsync(region.Configuration, "\nfloor: floor.yaml\n");

        var unsigned = await region.SyncAsync();
        await region.RunAsync("floor", "sign");
        var signed = await region.SyncAsync();

        Assert.Equal(4, unsigned.Program.ExitCode);
        Assert.Contains("floor sign", unsigned.Program.Error, StringComparison.Ordinal);
        Assert.True(signed.Program.ExitCode == 0, signed.Program.All);
        Assert.Equal((400UL, 400UL), (signed.Report!.Changed, signed.HubCount!.Changed));
        Assert.Equal(0, await world.CountAsync("select count(*) from cases where subject <> '' or description <> ''"));
        Assert.NotEqual(0, await world.CountAsync("select count(*) from redaction_count where jurisdiction = 'works-council'"));
    }

    [PostgresFact]
    public async Task Sync_SecondAgentOnTheFolder_IsSentAwayAndTheFirstGoesOn()
    {
        await using var world = await World.StartAsync((await PostgresServer.SharedAsync()).ConnectionString, World.Sample(SampleRegion.De));
        var region = world.Installation.Regions["DE"];
        await world.WriteNightAsync(SampleRegion.De, Some);
        world.Hub.Kill(); // The first waits.
        await using var first = region.StartSync();
        await first.WaitForOutputAsync("next try in", TimeSpan.FromSeconds(60));

        var second = await region.TryRunAsync("sync");
        await world.StartHubAsync();
        var ended = region.Result(await first.WaitForExitAsync(TimeSpan.FromMinutes(3)));

        Assert.Equal(2, second.ExitCode);
        Assert.Contains("Another calltracking-agent", second.Error, StringComparison.Ordinal);
        Assert.Equal((0, 400UL), (ended.Program.ExitCode, ended.Report!.New));
    }
}
