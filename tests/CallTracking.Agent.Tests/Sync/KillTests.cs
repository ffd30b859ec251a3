using System.Diagnostics;
using CallTracking.Agent.Ledger;
using CallTracking.Contracts;
using Xunit;

namespace CallTracking.Agent.Tests.Sync;

/// <summary>The real program, killed without warning at random instants.</summary>
public sealed class KillTests
{
    private const int Cases = 6000;
    private const int Kills = 10;

    [Fact]
    public async Task Sync_KilledAgainAndAgain_LosesNothingDoublesNothingAndEveryRunCloses()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        var random = new Random(20261122);
        for (var kill = 0; kill < Kills; kill++)
        {
            agent.Write(AgentBench.Rows(Cases, $"It hums in night {kill}"));
            await KillAsync(agent, hub, random);
            AssertConsistent(agent);
        }

        var result = await agent.SyncAsync();

        Assert.True(result.Closes);
        Assert.Equal((ulong)Cases, result.Runs[^1].Report.Cases);
        Assert.All(result.Runs, run => Assert.True(RunSum.Closes(run.Report)));
        Assert.Equal(Cases, hub.Stored.Count);

        // Orders are unique: nothing was ever sent under a number that another version has.
        var orders = hub.Received.DistinctBy(batch => batch.BatchId).SelectMany(batch => batch.Records.Select(record => (batch.Epoch, record.Sequence))).ToList();
        Assert.Equal(orders.Count, orders.Distinct().Count());
        Assert.All(hub.Reports, report => Assert.True(RunSum.Closes(report)));
        Assert.All(hub.Received.GroupBy(batch => batch.BatchId), same => Assert.Single(same.Distinct()));
        hub.Received.Clear();
        Assert.Equal((ulong)Cases, (await agent.NightAsync()).Unchanged);
        Assert.Empty(hub.Received);
    }

    /// <summary>Kills once the hub has seen a random number of batches, a moment later: by events, since machines differ in speed.</summary>
    private static async Task KillAsync(AgentBench agent, TestHub hub, Random random)
    {
        var enough = hub.Received.Count + random.Next(1, 10);
        await using var run = AgentProgram.Start("sync", "--config", agent.Config, "--progress", "none");
        await Eventually.TrueAsync(() => hub.Received.Count >= enough || run.HasExited);
        Assert.True(!run.HasExited || hub.Received.Count >= enough, run.Error);
        await Task.Delay(random.Next(0, 120));
        if (!run.HasExited)
        {
            using var process = Process.GetProcessById(run.Id);
            process.Kill(entireProcessTree: false);
            await Eventually.TrueAsync(() => run.HasExited);
        }
    }

    /// <summary>What the ledger says of the runs is what stands in the outbox and what was acknowledged.</summary>
    private static void AssertConsistent(AgentBench agent)
    {
        if (LedgerGlance.Of(agent.LedgerFile, 1000) is not { } glance)
        {
            return;
        }

        var open = glance.Runs.Where(run => run.State != RunState.Closed).Select(run => run.Report).ToList();
        ulong Sum(Func<RunReport, ulong> count) => open.Aggregate(0UL, (sum, report) => sum + count(report));
        var settled = Sum(report => report.New + report.Changed + report.Unchanged + report.Held + report.Suppressed + report.Gone);
        Assert.Equal(Sum(report => report.Cases) - settled, (ulong)glance.OutboxCases);
        Assert.Equal(Sum(report => report.Rows), Sum(report => report.Cases + report.Folded + report.Blank + report.Filtered + report.Quarantined));
    }
}
