using CallTracking.Contracts;
using CallTracking.SampleData;
using CallTracking.Testing;
using CallTracking.Testing.Installations;
using Xunit;

namespace CallTracking.EndToEnd;

/// <summary>Processes are really killed, servers really restarted: nothing is lost and nothing doubled.</summary>
public sealed class InterruptionTests
{
    private const int Cases = 6_000;
    private static readonly SampleOptions Night1 = new(Cases, Seed: 7, World.AsOf) { Span = TimeSpan.FromDays(300) };

    [PostgresFact]
    public async Task Sync_AgentKilledAgainAndAgain_StoresEveryCaseOnce()
    {
        await using var world = await StartAsync();
        var region = world.Installation.Regions["DE"];
        await world.WriteNightAsync(SampleRegion.De, Night1);
        for (var round = 0; round < 4; round++)
        {
            await using var run = region.StartSync();
            await WaitForStoredAsync(world, 1_200L * round, run);
            run.Kill();
        }

        // The last killed run may have read the file to its end; asked to, the agent meets every case once more.
        var last = await region.SyncAsync("--reread");

        Assert.Equal(0, last.Program.ExitCode);
        await AssertWholeAsync(world, last);
    }

    [LongFact]
    public async Task Sync_AgentKilledAtRandomInstantsOfChangingNights_EndsWithWhatTheLastFileSays()
    {
        const int Rounds = 36;
        await using var world = await StartAsync();
        var region = world.Installation.Regions["DE"];
        var random = new Random(20261126);
        var night = Night1 with { Cases = 3_000, AsOf = World.AsOf.AddDays(-Rounds / 3), ChangeRate = 0.3, NewRate = 0.01 };
        for (var round = 1; round <= Rounds; round++)
        {
            await world.WriteNightAsync(SampleRegion.De, night with { Night = 1 + (round / 3) });
            await using var run = region.StartSync();
            await Task.WhenAny(run.WaitForExitAsync(TimeSpan.FromMinutes(5)), Task.Delay(random.Next(50, 4_000)));
            run.Kill();
            Assert.True((await region.TryRunAsync("status")).ExitCode == 0, $"round {round}: the state cannot be read");
        }

        var last = await region.SyncAsync();
        var again = await region.SyncAsync();

        Assert.True(last.Program.ExitCode == 0, last.Program.All);
        Assert.Equal((0UL, last.Report!.Cases), (again.Report!.SentCases, again.Report.Unchanged));
        Assert.Equal((long)last.Report.Cases, await world.CountAsync("select count(*) from cases"));
        var truth = SampleWriter.Truth(SampleRegion.De, night with { Night = 1 + (Rounds / 3) }).GroupBy(made => (int)made.Status).ToList();
        foreach (var status in truth)
        {
            Assert.Equal(status.Count(), await world.CountAsync($"select count(*) from cases where status = {status.Key}"));
        }

        var open = await world.CountAsync("select count(*) from cases where status between 1 and 4");
        Assert.Equal(open, await world.CountAsync("select sum(backlog_delta) from case_events"));
        Assert.Equal(0, await world.CountAsync("select count(*) from run_report where not (agrees and closes)"));
    }

    [PostgresFact]
    public async Task Sync_HubKilledAndStartedAgain_AgentGoesOnByItself()
    {
        await using var world = await StartAsync();
        var region = world.Installation.Regions["DE"];
        await world.WriteNightAsync(SampleRegion.De, Night1);
        await using var run = region.StartSync();
        await WaitForStoredAsync(world, 1_000, run);

        world.Hub.Kill();
        await world.StartHubAsync();
        var result = region.Result(await run.WaitForExitAsync(TimeSpan.FromMinutes(3)));

        Assert.Equal(0, result.Program.ExitCode);
        await AssertWholeAsync(world, result);
    }

    [PostgresFact]
    public async Task Sync_OneOfTwoHubsIsKilled_AgentGoesOnAtTheOther()
    {
        await using var world = await StartAsync();
        var region = world.Installation.Regions["DE"];
        var second = await world.Installation.StartHubAsync();
        region.WriteConfiguration(world.Hub.GrpcAddress, second.GrpcAddress);
        await world.WriteNightAsync(SampleRegion.De, Night1);
        await using var run = region.StartSync();
        await WaitForStoredAsync(world, 1_000, run);

        world.Hub.Kill();
        var result = region.Result(await run.WaitForExitAsync(TimeSpan.FromMinutes(3)));

        Assert.Equal(0, result.Program.ExitCode);
        await AssertWholeAsync(world, result);
    }

    [PostgresFact]
    public async Task Sync_DatabaseCrashesAndComesBack_AgentGoesOnByItself()
    {
        await using var server = await PostgresServer.StartPrivateAsync();
        await using var world = await World.StartAsync(server.ConnectionString, World.Sample(SampleRegion.De));
        var region = world.Installation.Regions["DE"];
        await world.WriteNightAsync(SampleRegion.De, Night1);
        await using var run = region.StartSync();
        await WaitForStoredAsync(world, 1_000, run);

        await server.KillAsync();
        await server.StartAsync();
        var result = region.Result(await run.WaitForExitAsync(TimeSpan.FromMinutes(3)));

        Assert.Equal(0, result.Program.ExitCode);
        await AssertWholeAsync(world, result);
    }

    [PostgresFact]
    public async Task Sync_DatabaseIsLostAndItsStandbyTakesOver_AgentGoesOnByItself()
    {
        await using var primary = await PostgresServer.StartPrivateAsync();
        await using var standby = await PostgresServer.StartStandbyAsync(primary);
        await primary.RequireStandbyAsync();
        await using var world = await World.StartAsync(PostgresServer.Together(primary, standby), World.Sample(SampleRegion.De));
        var region = world.Installation.Regions["DE"];
        await world.WriteNightAsync(SampleRegion.De, Night1);
        await using var run = region.StartSync();
        await WaitForStoredAsync(world, 1_000, run);

        await primary.KillAsync();
        await standby.PromoteAsync();
        var result = region.Result(await run.WaitForExitAsync(TimeSpan.FromMinutes(3)));

        Assert.Equal(0, result.Program.ExitCode);
        await AssertWholeAsync(world, result);
    }

    [PostgresFact]
    public async Task Sync_LedgerRestoredFromABackup_NeverOverwritesNewerVersions()
    {
        await using var world = await StartAsync();
        var region = world.Installation.Regions["DE"];
        await world.WriteNightAsync(SampleRegion.De, Night1);
        Assert.Equal(0, (await region.SyncAsync()).Program.ExitCode);
        var backup = CopyFolder(region.State);
        await world.WriteNightAsync(SampleRegion.De, Night1 with { Night = 2, ChangeRate = 0.2, NewRate = 0 });
        Assert.Equal(0, (await region.SyncAsync()).Program.ExitCode);
        var newest = await world.StoredDigestAsync();

        Directory.Delete(region.State, recursive: true);
        Directory.Move(backup, region.State);
        await world.WriteNightAsync(SampleRegion.De, Night1); // and last night's file as well
        var late = await region.SyncAsync();

        Assert.Equal(0, late.Program.ExitCode);
        Assert.Equal(newest, await world.StoredDigestAsync());
        await world.WriteNightAsync(SampleRegion.De, Night1 with { Night = 2, ChangeRate = 0.2, NewRate = 0 });
        Assert.Equal(0, (await region.SyncAsync()).Program.ExitCode);
        Assert.Equal(newest, await world.StoredDigestAsync());
        Assert.Equal(Cases, await world.CountAsync("select count(*) from cases"));
    }

    [PostgresFact]
    public async Task Sync_TwoHubsOnOneDatabase_ServeTwoRegionsAtOnce()
    {
        await using var world = await StartAsync();
        await world.StartHubAsync();
        await world.Installation.AddRegionAsync(World.Sample(SampleRegion.Jp));
        var options = Night1 with { Cases = 2_000 };
        await world.WriteNightAsync(SampleRegion.De, options);
        await world.WriteNightAsync(SampleRegion.Jp, options);

        var results = await Task.WhenAll(world.Installation.Regions.Values.Select(region => region.SyncAsync()));

        Assert.All(results, result => Assert.Equal(0, result.Program.ExitCode));
        Assert.Equal(4_000, await world.CountAsync("select count(*) from cases"));
    }

    private static async Task<World> StartAsync() =>
        await World.StartAsync((await PostgresServer.SharedAsync()).ConnectionString, World.Sample(SampleRegion.De));

    private static async Task WaitForStoredAsync(World world, long cases, ProgramRun run)
    {
        while (!run.HasExited && await world.CountAsync("select count(*) from cases") < cases)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }
    }

    private static async Task AssertWholeAsync(World world, SyncResult result)
    {
        Assert.Equal((ulong)Cases, result.Report!.Cases);
        Assert.Equal(RunOutcome.Complete, result.Report.Outcome);
        Assert.Equal(Cases, await world.CountAsync("select count(*) from cases"));
        var open = await world.CountAsync("select count(*) from cases where status between 1 and 4");
        Assert.Equal(open, await world.CountAsync("select sum(backlog_delta) from case_events"));
    }

    private static string CopyFolder(string folder)
    {
        var copy = folder + "-backup";
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return copy;
    }
}
