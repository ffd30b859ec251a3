using CallTracking.SampleData;
using CallTracking.Testing;
using CallTracking.Testing.Installations;
using Xunit;

namespace CallTracking.EndToEnd;

/// <summary>
/// The real agent is killed with a full outbox, and then its ledger comes to harm: the next sync says what is gone, reads it again from the source,
/// and headquarters holds what the source says.
/// </summary>
public sealed class LedgerLossTests
{
    private const int Cases = 1_200;
    private static readonly SampleOptions Night = new(Cases, Seed: 23, World.AsOf.AddDays(-30)) { ChangeRate = 0.5, NewRate = 0, Span = TimeSpan.FromDays(200) };

    private static readonly Loss[] All =
    [
        new("the log is cut", "epoch 1", (ledger, _, random) => Cut(ledger + "-wal", random)),
        new("the whole ledger is deleted", "There is no ledger here", (ledger, _, _) => Delete(ledger, "", "-wal", "-shm", "-sum")),
        new("only the file comes from a backup", "another copy was put in its place", (ledger, backup, _) => File.Copy(backup, ledger, overwrite: true)),
        new("the whole ledger comes from a backup", "it was restored from a backup", Restore),
        new("the file is overwritten", "is not as it was left", (ledger, _, random) => Overwrite(ledger, random)),
        new("the log is overwritten", "epoch 1", (ledger, _, random) => Overwrite(ledger + "-wal", random)),
        new("the file is cut", "is not as it was left", (ledger, _, random) => Cut(ledger, random)),
        new("the file is deleted", "ledger.db is gone", (ledger, _, _) => Delete(ledger, "")),
        new("the log is deleted", "its log ledger.db-wal is gone", (ledger, _, _) => Delete(ledger, "-wal", "-shm")),
        new("the log is emptied", "its log ledger.db-wal is gone", (ledger, _, _) => File.WriteAllBytes(ledger + "-wal", [])),
    ];

    [PostgresFact]
    public Task Sync_KilledAndLedgerHarmed_SaysWhatIsGoneAndEndsWithTheSource() => LoseAsync(All[..3], seed: 1);

    [LongFact]
    public Task Sync_KilledAndLedgerHarmedInEveryWay_SaysWhatIsGoneAndEndsWithTheSource() => LoseAsync([.. All, .. All.Reverse(), .. All], seed: 2);

    private static async Task LoseAsync(Loss[] losses, int seed)
    {
        await using var world = await World.StartAsync((await PostgresServer.SharedAsync()).ConnectionString, World.Sample(SampleRegion.De));
        var region = world.Installation.Regions["DE"];
        var ledger = Path.Combine(region.State, "ledger.db");
        string Backup(int round) => Path.Combine(region.Folder, $"backup-{Math.Max(round, 0)}.db");
        await world.WriteNightAsync(SampleRegion.De, Night);
        Assert.Equal(0, (await region.SyncAsync()).Program.ExitCode);
        var random = new Random(seed);
        foreach (var (round, loss) in losses.Index())
        {
            File.Copy(ledger, Backup(round));
            File.Copy(ledger + "-sum", Backup(round) + "-sum");
            await world.WriteNightAsync(SampleRegion.De, Night with { Night = 2 + round });
            await KillWithFullOutboxAsync(world, region);
            var before = Epoch(await region.RunAsync("status"));
            loss.Harm(ledger, Backup(round - 1), random);

            var result = await region.SyncAsync();

            Assert.True(result.Program.ExitCode == 0, $"{loss.What}: {result.Program.All}");
            Assert.True(result.HubCount!.Agrees, loss.What);
            Assert.Contains("all equal", result.Program.Output, StringComparison.Ordinal);
            Assert.Equal(Cases, await world.CountAsync("select count(*) from cases"));
            Assert.Equal(await world.CountAsync("select count(*) from cases where status between 1 and 4"), await world.CountAsync("select sum(backlog_delta) from case_events"));
            if (loss.Says.StartsWith("epoch", StringComparison.Ordinal))
            {
                // What the log lost was never acknowledged: the hub goes on with this ledger, or gave it an epoch and said why.
                Assert.True(result.Program.All.Contains("WARNING", StringComparison.Ordinal) || Epoch(await region.RunAsync("status")) == before, $"{loss.What}: {result.Program.All}");
            }
            else
            {
                Assert.Contains(loss.Says, result.Program.All, StringComparison.Ordinal);
            }

            if (TestTier.IsLong || round == losses.Length - 1)
            {
                // The ledger is what the hub has; and it is what the source says.
                var again = await region.SyncAsync("--reread");
                Assert.Equal((0UL, (ulong)Cases), (again.Report!.SentCases, again.Report.Unchanged));
            }
        }
    }

    private static string Epoch(ProgramResult status) => status.Output[status.Output.IndexOf("epoch", StringComparison.Ordinal)..].Split(',')[0];

    /// <summary>The hub cannot store anything, so that nothing is acknowledged; the agent has read all and waits, and is killed.</summary>
    private static async Task KillWithFullOutboxAsync(World world, RegionInstallation region)
    {
        await using var block = await world.BlockStoringAsync();
        await using var run = region.StartSync();
        await World.KillOnceAllWaitsAsync(region, run);
    }

    private static void Cut(string file, Random random)
    {
        using var stream = File.OpenWrite(file);
        stream.SetLength(random.NextInt64(512, stream.Length));
    }

    private static void Overwrite(string file, Random random)
    {
        using var stream = File.OpenWrite(file);
        var sector = new byte[512];
        random.NextBytes(sector);
        stream.Position = random.NextInt64(0, stream.Length - sector.Length);
        stream.Write(sector);
    }

    private static void Delete(string ledger, params ReadOnlySpan<string> suffixes)
    {
        foreach (var suffix in suffixes)
        {
            File.Delete(ledger + suffix);
        }
    }

    private static void Restore(string ledger, string backup, Random random)
    {
        Delete(ledger, "-wal", "-shm");
        File.Copy(backup, ledger, overwrite: true);
        File.Copy(backup + "-sum", ledger + "-sum", overwrite: true);
    }

    /// <summary>What happens to a ledger between a kill and the next sync, and what that has to say.</summary>
    private sealed record Loss(string What, string Says, Action<string, string, Random> Harm);
}
