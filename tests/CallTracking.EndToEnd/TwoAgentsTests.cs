using System.Diagnostics;
using System.Globalization;
using CallTracking.Contracts;
using CallTracking.SampleData;
using CallTracking.Testing;
using CallTracking.Testing.Installations;
using Xunit;

namespace CallTracking.EndToEnd;

/// <summary>Two agents of one region, an agent from a backup, a late duplicate, a late old file: nothing older goes over newer, and both sides say what happened.</summary>
public sealed class TwoAgentsTests(TwoAgentsTests.SharedWorld shared) : IClassFixture<TwoAgentsTests.SharedWorld>
{
    private const int Cases = 1_000;
    private static readonly SampleOptions Night1 = new(Cases, Seed: 29, World.AsOf) { ChangeRate = 0.4, NewRate = 0, Span = TimeSpan.FromDays(200) };
    private static readonly SampleOptions Night2 = Night1 with { Night = 2 };

    private World World => shared.World!;

    [PostgresFact]
    public async Task Sync_TwoAgentsByTurnsWithCopiesOfOneState_NeverPutTheOlderOverTheNewerAndAreTold()
    {
        var region = await StartAsync(SampleRegion.Us);
        var other = CopyOf(region);
        await World.WriteNightAsync(SampleRegion.Us, Night2);
        Assert.Equal(0, (await region.SyncAsync()).Program.ExitCode);
        var newest = await World.StoredDigestAsync();

        // The copy has last night's file.
        var late = await other.SyncAsync();
        var afterLate = await World.StoredDigestAsync();
        var back = await region.SyncAsync();

        Assert.All([late, back], result =>
        {
            Assert.True(result.Program.ExitCode == 0, result.Program.All);
            Assert.Contains("Another agent of this region has pushed meanwhile", result.Program.Error, StringComparison.Ordinal);
            Assert.Contains("let one run", result.Program.Error, StringComparison.Ordinal);
        });
        Assert.Equal((newest, newest), (afterLate, await World.StoredDigestAsync()));
        Assert.Contains("US: another agent has pushed meanwhile, from another machine or folder", World.Hub.Output, StringComparison.Ordinal);
        Assert.Contains("TWO AGENTS", await ListedAsync("US"), StringComparison.Ordinal);
        Assert.Contains("two-agents", (await region.TryRunAsync("doctor")).Output, StringComparison.Ordinal);
        using var web = new HttpClient();
        Assert.Matches("\"other_agent_at\": *\"20", await web.GetStringAsync(new Uri(World.Hub.WebAddress, "/api/v1/regions")));
    }

    [PostgresFact]
    public async Task Sync_TwoAgentsAtOnce_TheOlderIsFencedOffAndAllIsWellOnceOneIsLeft()
    {
        var region = await StartAsync(SampleRegion.Jp);
        var other = CopyOf(region);
        await World.WriteNightAsync(SampleRegion.Jp, Night2);
        var began = Began();
        await using var first = region.StartSync();
        await EventuallyAsync(() => first.HasExited || Began() > began);
        Signal("STOP", first);
        var second = await other.SyncAsync();
        Signal("CONT", first);
        var fenced = await first.WaitForExitAsync(TimeSpan.FromMinutes(2));
        var newer = await region.SyncAsync();
        var newest = await World.StoredDigestAsync();
        var late = await other.SyncAsync();
        var afterLate = await World.StoredDigestAsync();
        var left = await region.SyncAsync("--reread");

        Assert.Equal(5, fenced.ExitCode);
        Assert.Contains("Another agent of this region has taken over", fenced.Error, StringComparison.Ordinal);
        Assert.Contains("stop it", fenced.Error, StringComparison.Ordinal);
        Assert.Contains("JP: two agents are at work, in different machines or folders", World.Hub.Output, StringComparison.Ordinal);
        Assert.Contains("TWO AGENTS", await ListedAsync("JP"), StringComparison.Ordinal);
        Assert.Equal((0, 0, 0, 0), (second.Program.ExitCode, newer.Program.ExitCode, late.Program.ExitCode, left.Program.ExitCode));
        Assert.Equal((newest, newest, (ulong)Cases), (afterLate, await World.StoredDigestAsync(), left.Report!.Unchanged));
    }

    [PostgresFact]
    public async Task Sync_BatchSentAgainLate_IsAnsweredFromItsReceiptAndNeverPutsTheOlderBack()
    {
        var region = await StartAsync(SampleRegion.Ua);
        await World.WriteNightAsync(SampleRegion.Ua, Night2);
        await using (await World.BlockStoringAsync())
        {
            await using var run = region.StartSync();
            await World.KillOnceAllWaitsAsync(region, run);
        }

        var withOutbox = CopyOf(region);
        Assert.Equal(0, (await region.SyncAsync()).Program.ExitCode);
        var second = await World.StoredDigestAsync();

        // All of its batches stand at the hub, and this state does not know it.
        var repeated = await Restored(region, withOutbox).SyncAsync();
        var afterRepeat = await World.StoredDigestAsync();
        await World.WriteNightAsync(SampleRegion.Ua, Night1 with { Night = 3 });
        var newer = await region.SyncAsync();
        var newest = await World.StoredDigestAsync();
        var late = await Restored(region, withOutbox).SyncAsync();

        Assert.Contains("was stored before; answered again", World.Hub.Output, StringComparison.Ordinal);
        Assert.Equal((0, 0, 0), (repeated.Program.ExitCode, newer.Program.ExitCode, late.Program.ExitCode));
        Assert.Equal((second, newest), (afterRepeat, await World.StoredDigestAsync()));
        Assert.NotEqual(second, newest);
        Assert.Contains("it was restored from a backup", late.Program.Error, StringComparison.Ordinal);
        Assert.Contains("UA: the ledger is older than what was sent from it: restored from a backup", World.Hub.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("TWO AGENTS", await ListedAsync("UA"), StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Sync_OldFileComesLate_ChangesNothingAndIsTold()
    {
        var region = await StartAsync(SampleRegion.De);
        var file = Directory.GetFiles(region.Inbox).Single();
        var old = await File.ReadAllBytesAsync(file);
        await World.WriteNightAsync(SampleRegion.De, Night2);
        Assert.Equal(0, (await region.SyncAsync()).Program.ExitCode);
        var newest = await World.StoredDigestAsync();
        var lateFile = Path.Combine(region.Inbox, $"{Path.GetFileNameWithoutExtension(file)}-late{Path.GetExtension(file)}");
        await File.WriteAllBytesAsync(lateFile, old);

        var late = await region.SyncAsync();

        Assert.True(late.Program.ExitCode == 0, late.Program.All);
        Assert.Equal((newest, 0UL), (await World.StoredDigestAsync(), late.Report!.SentCases));
        Assert.Matches("-late[^ ]* tells an earlier state of [0-9]{3} cases than was met before", late.Program.Error);
    }

    private async Task<RegionInstallation> StartAsync(SampleRegion of)
    {
        await World.Installation.AddRegionAsync(World.Sample(of));
        var region = World.Installation.Regions[of.Code];
        await World.WriteNightAsync(of, Night1);
        var first = await region.SyncAsync();
        Assert.True(first.Program.ExitCode == 0 && first.Report!.Outcome == RunOutcome.Complete, first.Program.All);
        return region;
    }

    private int Began() => World.Hub.Output.Split("push began").Length;

    private async Task<string> ListedAsync(string region) =>
        (await World.Installation.RunHubCommandAsync("region", "list")).Output.Split('\n').Single(line => line.StartsWith(region, StringComparison.Ordinal));

    private static void Signal(string name, ProgramRun run)
    {
        using var kill = Process.Start("kill", [$"-{name}", run.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }

    private static async Task EventuallyAsync(Func<bool> holds)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!holds())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), limit.Token);
        }
    }

    /// <summary>The region's folder as it is, identity and key too, on another machine.</summary>
    private static RegionInstallation CopyOf(RegionInstallation region)
    {
        var copy = new RegionInstallation(region.Folder + "-copy", region.Setup);
        foreach (var file in Files(region.Folder))
        {
            var target = Path.Combine(copy.Folder, Path.GetRelativePath(region.Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return copy;
    }

    /// <summary>The region with the whole state of a copy in its own place: a restored backup.</summary>
    private static RegionInstallation Restored(RegionInstallation region, RegionInstallation backup)
    {
        foreach (var file in Directory.EnumerateFiles(region.State, "ledger.db*"))
        {
            File.Delete(file);
        }

        foreach (var file in Files(backup.State))
        {
            File.Copy(file, Path.Combine(region.State, Path.GetRelativePath(backup.State, file)), overwrite: true);
        }

        return region;
    }

    // A killed agent leaves its socket.
    private static IEnumerable<string> Files(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => Path.GetExtension(file) != ".sock");

    /// <summary>A hub for all of these tests; each has a region of its own.</summary>
    public sealed class SharedWorld : IAsyncLifetime
    {
        internal World? World { get; private set; }

        public async Task InitializeAsync() => World = new PostgresFactAttribute().Skip is null ? await World.StartAsync((await PostgresServer.SharedAsync()).ConnectionString) : null;

        public async Task DisposeAsync()
        {
            if (World is { } world)
            {
                await world.DisposeAsync();
            }
        }
    }
}
