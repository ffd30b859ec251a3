using CallTracking.Agent.Commands;
using CallTracking.Agent.Sources;
using CallTracking.Contracts;
using Xunit;

namespace CallTracking.Agent.Tests.Sync;

/// <summary>A sync keeps the mapping's contract: it stops a source before anything is sent, sends rows to the quarantine, or leaves values out, and always closes.</summary>
public sealed class ContractRunTests
{
    private const string Header = "id,subject,status,updated";

    [Fact]
    public async Task Sync_FrozenColumnIsNewInTheSecondFile_SendsNothingOfTheSourceAndSaysWhy()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await StartAsync(hub, "contract: {new: freeze}");
        agent.WriteText("a.csv", $"{Header}\nC9,x,open,2024-11-20 10:00\n");
        agent.WriteText("b.csv", $"{Header},shop\nC10,x,open,2024-11-20 10:00,Lyon\n");
        hub.Received.Clear();

        var result = await agent.SyncAsync();

        Assert.Equal((ExitCode.Source, RunOutcome.Failed, 0UL), (result.Code, result.Runs[^1].Report.Outcome, result.Runs[^1].Report.Rows));
        Assert.True(result.Closes);
        Assert.Empty(hub.Received);
        Assert.Contains("'shop' is new in", Assert.Single(result.Faults).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sync_FrozenTypeBrokenInTheLastRow_SendsNothingOfTheSource()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await StartAsync(hub, "contract: {retyped: freeze}");
        agent.WriteText("a.csv", $"{Header}\nC9,x,open,2024-11-20 10:00\nC10,x,open,soon\n");
        hub.Received.Clear();

        var result = await agent.SyncAsync();

        Assert.Equal((ExitCode.Source, 0UL), (result.Code, result.Runs[^1].Report.Rows));
        Assert.Empty(hub.Received);
        Assert.Contains("Row 2", Assert.Single(result.Faults).Message, StringComparison.Ordinal);
        Assert.DoesNotContain("soon", result.Faults[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sync_DiscardRow_QuarantinesThemTheReportClosesAndOnceKnownTheyGo()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await StartAsync(hub, "contract: {new: discard row}");
        agent.WriteText("cases.csv", $"{Header},shop\nC1,x,open,2024-11-20 10:00,\nC2,x,open,2024-11-20 10:00,Lyon\n");

        var held = await agent.NightAsync();
        var again = await agent.NightAsync();
        agent.WriteMapping(text => text.Replace("new: discard row", "new: discard row, columns: {shop: evolve}", StringComparison.Ordinal));
        var mended = await agent.NightAsync();

        Assert.Equal((2UL, 1UL, "new-column"), (held.Rows, held.Quarantined, held.QuarantineReasons.Single().Reason));
        Assert.Equal(1UL, again.Quarantined);
        Assert.Equal((2UL, 0UL), (mended.Cases, mended.Quarantined));
        Assert.Equal("0", (await agent.QueryAsync("select cast(count(*) as text) from quarantine")).Single());
    }

    [Fact]
    public async Task Sync_DiscardValue_LeavesThemOutAndSaysHowMany()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await StartAsync(hub, "unmapped: keep\ncontract: {new: discard value}");
        agent.WriteText("cases.csv", $"{Header},shop\nC1,x,open,2024-11-20 10:00,Nice\nC2,x,open,2024-11-20 10:00,Lyon\n");

        var report = await agent.NightAsync();

        Assert.Equal((2UL, 0UL), (report.Cases, report.Quarantined));
        Assert.Contains("desk: the contract left out 2 values of 'shop' (new column)", agent.Said);
        Assert.All(hub.Stored.Values, record => Assert.Empty(record.Case?.CustomFields ?? []));
    }

    [Fact]
    public async Task Retry_RowThatTheContractKeptOut_StaysUntilItIsKnown()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await StartAsync(hub, "contract: {new: discard row}");
        agent.WriteText("cases.csv", $"{Header},shop\nC2,x,open,2024-11-20 10:00,Lyon\n");
        await agent.NightAsync();

        var retried = await agent.NightAsync(new ReadingWish(Retry: new CallTracking.Agent.Quarantine.QuarantineFilter()));

        Assert.Equal((1UL, 1UL), (retried.Rows, retried.Quarantined));
    }

    [Fact]
    public async Task Sync_WhatIsKnown_IsKeptSealedAndOutlivesANewReadingOfAllCases()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await StartAsync(hub, "");
        agent.WriteText("cases.csv", $"{Header},Kundennummer\nC2,x,open,2024-11-20 10:00,4711\n");
        await agent.NightAsync();
        hub.Epoch++;
        agent.WriteText("cases.csv", $"{Header}\nC2,x,open,2024-11-20 10:00\n");

        var before = await File.ReadAllBytesAsync(agent.LedgerFile);
        var (_, output, _) = await AgentProgram.RunAsync("drift", "--config", agent.Config);

        Assert.Contains("vanished  Kundennummer", output, StringComparison.Ordinal);
        Assert.Equal(-1, before.AsSpan().IndexOf("Kundennummer"u8));
    }

    private static async Task<AgentBench> StartAsync(TestHub hub, string more)
    {
        var agent = await AgentBench.AtAsync(hub);
        agent.WriteText("cases.csv", $"{Header}\nC1,x,open,2024-11-20 10:00\n");
        await agent.NightAsync();
        agent.WriteMapping(text => $"{text}\n{more}\n");
        return agent;
    }
}
