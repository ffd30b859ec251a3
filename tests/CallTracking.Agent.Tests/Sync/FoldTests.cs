using System.Globalization;
using CallTracking.Agent.Commands;
using CallTracking.Agent.Ledger;
using CallTracking.Agent.Sources;
using CallTracking.Contracts;
using Xunit;

namespace CallTracking.Agent.Tests.Sync;

/// <summary>Nights of a source whose rows are events and whose customers stand in another file.</summary>
public sealed class FoldTests
{
    private const int Cases = 9000;
    private const int EventsPerCase = 4;

    private const string Mapping = """
        source: desk
        format: {type: delimited}
        time_zone: UTC
        fold: {by: id, order: step}
        join: [{as: customer, files: ../customers.csv, key: number, on: customer, order: number}]
        key: id
        updated: {from: updated, format: "yyyy-MM-dd HH:mm"}
        fields:
          case_number: id
          kind: {const: inquiry}
          opened: {from: updated, format: "yyyy-MM-dd HH:mm"}
          subject: subject
          product.category: customer.category
          status: {from: status, values: {open: open, closed: closed}}
          status_history:
            each: events
            distinct: status
            fields: {status: {from: status, values: {open: open, closed: closed}}, at: {from: updated, format: "yyyy-MM-dd HH:mm"}}
        """;

    [Fact]
    public async Task Sync_RowsOfCases_AreFoldedCountedAndNothingWaitsAfterwards()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        Write(agent, 300, "first");

        var first = await agent.NightAsync();
        var second = await agent.NightAsync();

        Assert.Equal((300UL * EventsPerCase, 300UL, 300UL * (EventsPerCase - 1), 300UL), (first.Rows, first.Cases, first.Folded, first.New));
        Assert.Equal((300UL, 300UL * (EventsPerCase - 1)), (second.Unchanged, second.Folded));
        Assert.All(hub.Stored.Values, record => Assert.Equal((2, "C"), (record.Case.StatusHistory.Count, record.Case.Product.Category)));
        AssertNothingWaits(agent);
    }

    [Fact]
    public async Task Sync_EveryCaseRefused_IsNoSuccessThoughItsRowsFold()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Judge = _ => Outcome.Rejected;
        using var agent = await AgentBench.AtAsync(hub);
        Write(agent, 30, "first");

        var result = await agent.SyncAsync();

        Assert.Equal((0UL, 30UL), (result.Runs[^1].Report.Cases, result.Runs[^1].Report.Quarantined));
        Assert.Equal(ExitCode.Source, result.Code);
        Assert.Contains("30 of 30 rows are in the quarantine", result.Warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sync_NoRoomWhereRecordsWait_SaysWhereAndSendsNothing()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        Write(agent, Cases, new string('s', 800));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        using var workplace = await AgentWorkplace.OpenAsync(agent.Config, limit.Token);

        // A file stands where the folder should be, which is what no folder and a full disk have in common.
        await File.WriteAllTextAsync(Spill(agent), "", limit.Token);
        var result = await workplace.SyncAsync(ReadingWish.Everything, TimeSpan.FromMinutes(1), agent.Clock, static _ => { }, agent.Log.For<FoldTests>(), limit.Token);

        var fault = Assert.Single(result.Faults);
        Assert.Contains(Spill(agent), fault.Message, StringComparison.Ordinal);
        Assert.Contains("make room", fault.Cure, StringComparison.Ordinal);
        Assert.Empty(hub.Stored);
    }

    [Fact]
    public async Task Sync_KilledWhileRecordsWait_LeftOversGoAndTheNextRunCloses()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        Write(agent, Cases, new string('s', 800));

        await KillAsync(agent);
        Assert.NotEmpty(Directory.GetFiles(Spill(agent)));
        var result = await agent.SyncAsync();

        Assert.True(result.Closes);
        Assert.Equal(((ulong)Cases, (ulong)Cases * (EventsPerCase - 1)), (result.Runs[^1].Report.Cases, result.Runs[^1].Report.Folded));
        Assert.All(result.Runs, run => Assert.True(RunSum.Closes(run.Report)));
        Assert.Equal(Cases, hub.Stored.Count);
        AssertNothingWaits(agent);
    }

    [Fact]
    public async Task Sync_WithoutTheJoinedFile_IsAFaultAndSendsNothing()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        Write(agent, 3, "first");
        File.Delete(Path.Combine(agent.Folder, "customers.csv"));

        var result = await agent.SyncAsync();

        Assert.Contains("There is no file '../customers.csv'", Assert.Single(result.Faults).Message, StringComparison.Ordinal);
        Assert.Empty(hub.Received);
    }

    // Rows are over what a spill holds in memory; killed once they wait in a file.
    private static async Task KillAsync(AgentBench agent)
    {
        await using var run = AgentProgram.Start("sync", "--config", agent.Config, "--progress", "none");
        await run.KillAsync(() => Directory.Exists(Spill(agent)) && Directory.GetFiles(Spill(agent)).Length > 0, TimeSpan.Zero);
    }

    private static void Write(AgentBench agent, int cases, string subject)
    {
        File.WriteAllText(Path.Combine(agent.Folder, "mapping.yaml"), Mapping);
        File.WriteAllText(Path.Combine(agent.Folder, "customers.csv"), "number,category\n1,A\n3,C\n2,B\n3,C\n");
        Directory.CreateDirectory(Path.Combine(agent.Folder, "inbox"));
        using var log = new StreamWriter(Path.Combine(agent.Folder, "inbox", "log.csv"));
        log.Write("id,step,customer,status,updated,subject\n");
        for (var step = EventsPerCase; step > 0; step--)
        {
            for (var number = 1; number <= cases; number++)
            {
                var status = step == EventsPerCase ? "closed" : "open";
                log.Write(string.Create(CultureInfo.InvariantCulture, $"C{number},{step},3,{status},2024-11-2{step} 10:00,{subject}\n"));
            }
        }
    }

    private static void AssertNothingWaits(AgentBench agent) =>
        Assert.True(!Directory.Exists(Spill(agent)) || Directory.GetFileSystemEntries(Spill(agent)).Length == 0);

    private static string Spill(AgentBench agent) => Path.Combine(agent.State, "spill");
}
