using CallTracking.Agent.Commands;
using CallTracking.Agent.Tests.Sync;
using Xunit;

namespace CallTracking.Agent.Tests.Drift;

/// <summary>A join's file that was cut takes values away at headquarters without any fault: it is told before, and with a contract nothing is sent.</summary>
public sealed class CutSideFileTests
{
    [Theory]
    [InlineData(5, true)]
    [InlineData(0, true)]
    [InlineData(11, true)]
    [InlineData(15, true)]
    [InlineData(16, false)] // Too few for a share: it is told by the cases.
    public async Task DriftAndSync_JoinThatFoundMostAndNoLongerDoes_AreDoubtfulAndWarn(int left, bool isByShare)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await DeskAsync(hub, "evolve");
        Customers(agent, left);

        var drift = await AgentProgram.RunAsync("drift", "--config", agent.Config);
        await agent.NightAsync();

        Assert.Equal(ExitCode.Drift, drift.Code);
        Assert.Equal(isByShare, drift.Output.Contains($"  doubtful  join 'customer' (customers.csv, mapping.yaml:5) finds nothing for {20 - left} of 20 records that name one ({100 - (5 * left)} %, before 0 %), so that customer_country stays empty there, and the law of the centre's country counts (missing: reject at the join keeps such records here).", StringComparison.Ordinal));
        Assert.Equal(!isByShare, drift.Output.Contains($"  doubtful  join 'customer' (customers.csv, mapping.yaml:5) no longer finds all that it found: {20 - left} cases lack {20 - left} of its records, of which customer_country is made, and the law of the centre's country counts (missing: reject at the join keeps such records here). Cure: ", StringComparison.Ordinal));
        Assert.Single(agent.Said, line => line.StartsWith("WARNING  desk: join 'customer' ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task DriftAndSync_JoinThatNeverFoundMost_AreSilentOnceTheyKnowIt()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await DeskAsync(hub, "evolve", customers: 3);

        var (code, output, _) = await AgentProgram.RunAsync("drift", "--config", agent.Config, "--all");
        agent.Said.Clear();
        await agent.NightAsync();

        Assert.Equal(ExitCode.Done, code);
        Assert.Contains("Nothing has changed", output, StringComparison.Ordinal);
        Assert.DoesNotContain(agent.Said, line => line.StartsWith("WARNING", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Sync_LessThanHalfOfAJoinsFileIsGone_IsHeldByTheContractToo()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await DeskAsync(hub, "freeze");
        Customers(agent, 12);
        hub.Received.Clear();

        Assert.Equal(ExitCode.Source, (await agent.SyncAsync()).Code);
        Assert.Empty(hub.Received);
    }

    [Fact]
    public async Task Sync_ContractFreezesWhatVanishes_SendsNothingUntilTheFileIsWhole()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await DeskAsync(hub, "freeze");
        Customers(agent, 5);
        hub.Received.Clear();

        var drift = await AgentProgram.RunAsync("drift", "--config", agent.Config);
        var held = await agent.SyncAsync();

        Assert.Equal((ExitCode.Source, ExitCode.Source, 0UL), (drift.Code, held.Code, held.Runs[^1].Report.Rows));
        Assert.Empty(hub.Received);
        Assert.StartsWith("The join 'customer' (customers.csv) finds nothing for 15 of 20 records", Assert.Single(held.Faults).Message, StringComparison.Ordinal);
        Assert.Contains("run calltracking-agent drift --accept", held.Faults[0].ToString(), StringComparison.Ordinal);

        Customers(agent, 20);
        Assert.Equal(ExitCode.Done, (await agent.SyncAsync()).Code);
    }

    [Fact]
    public async Task DriftAndSync_FileThatLosesLittleEachNight_IsToldByItsCasesAndByItsShareOnceThatHasAddedUp()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await DeskAsync(hub, "evolve");
        var told = new List<int>();

        foreach (var left in (int[])[19, 17, 16, 15, 15, 14, 20, 16, 15])
        {
            Customers(agent, left);
            var drift = await AgentProgram.RunAsync("drift", "--config", agent.Config);
            agent.Said.Clear();
            await agent.NightAsync();
            var warnings = agent.Said.Where(line => line.StartsWith("WARNING  desk: join 'customer' ", StringComparison.Ordinal)).ToList();

            Assert.Equal(drift.Code == ExitCode.Drift ? 1 : 0, warnings.Count);
            Assert.Equal(left == 20 ? 0 : 1, warnings.Count);
            if (warnings.Exists(line => line.Contains("before 0 %), so", StringComparison.Ordinal)))
            {
                told.Add(left);
            }
        }

        Assert.Equal([15, 15, 14, 15], told);
    }

    [Theory]
    [InlineData("evolve")]
    [InlineData("freeze")]
    public async Task DriftAccept_LossThatIsMeant_IsToldNoMoreAndHeldNoMoreButAFurtherOneIs(string vanished)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await DeskAsync(hub, vanished);
        Customers(agent, 14);
        var told = await agent.SyncAsync();

        var accepted = await AgentProgram.RunAsync("drift", "--accept", "--config", agent.Config);
        var drift = await AgentProgram.RunAsync("drift", "--all", "--config", agent.Config);
        agent.Said.Clear();
        var night = await agent.SyncAsync();
        Customers(agent, 8);
        var further = await AgentProgram.RunAsync("drift", "--config", agent.Config);

        Assert.Equal(vanished == "freeze" ? ExitCode.Source : ExitCode.Done, told.Code);
        Assert.Equal(ExitCode.Done, accepted.Code);
        Assert.Contains("source desk: accepted: ", accepted.Output, StringComparison.Ordinal);
        Assert.Equal((ExitCode.Done, ExitCode.Done), (drift.Code, night.Code));
        Assert.Contains("Nothing has changed", drift.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(agent.Said, line => line.StartsWith("WARNING", StringComparison.Ordinal));
        Assert.Equal(vanished == "freeze" ? ExitCode.Source : ExitCode.Drift, further.Code);
        Assert.Contains("(60 %, before 30 %)", further.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DriftAccept_WhatCannotBeAccepted_IsSaid()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await DeskAsync(hub, "evolve");

        var limited = await AgentProgram.RunAsync("drift", "--accept", "--limit", "5", "--config", agent.Config);
        agent.Delete("customers.csv");
        var broken = await AgentProgram.RunAsync("drift", "--accept", "--config", agent.Config);

        Assert.Equal((ExitCode.Configuration, ExitCode.Source), (limited.Code, broken.Code));
        Assert.Contains("source desk: not accepted", broken.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DriftAndSync_JoinWithoutWhichNoCaseMayGo_KeepsItsRecordsHereAndSaysSo()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await DeskAsync(hub, "evolve", more: ", missing: reject");
        Customers(agent, 15);

        var drift = await AgentProgram.RunAsync("drift", "--config", agent.Config);
        var report = await agent.NightAsync();

        Assert.Contains("finds nothing for 5 of 20 records that name one (25 %, before 0 %), which go to quarantine (unmatched-reference). Cure: ", drift.Output, StringComparison.Ordinal);
        Assert.Equal((15UL, 5UL), (report.Unchanged, report.Quarantined));
    }

    [Fact]
    public async Task SyncAndCheck_RenamedColumnOfAJoinsFile_IsOneFaultForAllInputs()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await DeskAsync(hub, "evolve");
        agent.PointTo(hub, files: "inbox/case*.csv");
        agent.Write([new DeskRow("D1", "1")], "case-b.csv");
        agent.WriteText("customers.csv", "nr,land\n1,AT\n");

        var (code, _, wrong) = await AgentProgram.RunAsync("check", "--offline", "--config", agent.Config);
        var sync = await agent.SyncAsync();

        Assert.Equal((ExitCode.Source, ExitCode.Source), (code, sync.Code));
        Assert.Equal("Did you mean 'land', which nothing reads? When some files lack it: optional: true.", Assert.Single(sync.Faults).Cure);
        Assert.Single(wrong.Split('\n'), line => line.Contains("The column 'country' is not in the header of customers.csv", StringComparison.Ordinal));
    }

    private static async Task<AgentBench> DeskAsync(TestHub hub, string vanished, int customers = 20, string more = "")
    {
        var agent = await AgentBench.AtAsync(hub);
        agent.PointTo(hub, files: "inbox/cases.csv");
        agent.WriteMapping(text => text
            .Replace("key: id", $"key: id\njoin: [{{as: customer, files: customers.csv, key: nr, on: subject{more}}}]\ncontract: {{vanished: {vanished}}}", StringComparison.Ordinal)
            .Replace("subject: subject", "customer_country: customer.country", StringComparison.Ordinal));
        agent.Write(Enumerable.Range(1, 20).Select(row => new DeskRow($"C{row}", $"{row}")));
        Customers(agent, customers);
        await agent.NightAsync();
        return agent;
    }

    private static void Customers(AgentBench agent, int count) =>
        agent.WriteText("customers.csv", string.Concat(Enumerable.Range(1, count).Select(row => $"{row},AT\n").Prepend("nr,country\n")));
}
