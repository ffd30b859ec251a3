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
    [InlineData(16, false)]
    public async Task DriftAndSync_JoinThatFoundMostAndNoLongerDoes_AreDoubtfulAndWarn(int left, bool isDoubted)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await DeskAsync(hub, "evolve");
        Customers(agent, left);

        var drift = await AgentProgram.RunAsync("drift", "--config", agent.Config);
        await agent.NightAsync();

        Assert.Equal(isDoubted ? ExitCode.Drift : ExitCode.Done, drift.Code);
        Assert.Equal(isDoubted, drift.Output.Contains($"  doubtful  join 'customer' (customers.csv, mapping.yaml:5) finds nothing for {20 - left} of 20 records that name one ({100 - (5 * left)} %, before 0 %), so that customer_country stays empty there.", StringComparison.Ordinal));
        Assert.Equal(isDoubted ? 1 : 0, agent.Said.Count(line => line.StartsWith("WARNING  desk: join 'customer' ", StringComparison.Ordinal)));
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
        Assert.Contains("vanished: evolve under contract for one sync", held.Faults[0].ToString(), StringComparison.Ordinal);

        Customers(agent, 20);
        Assert.Equal(ExitCode.Done, (await agent.SyncAsync()).Code);
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

    private static async Task<AgentBench> DeskAsync(TestHub hub, string vanished, int customers = 20)
    {
        var agent = await AgentBench.AtAsync(hub);
        agent.PointTo(hub, files: "inbox/cases.csv");
        agent.WriteMapping(text => text
            .Replace("key: id", $"key: id\njoin: [{{as: customer, files: customers.csv, key: nr, on: subject}}]\ncontract: {{vanished: {vanished}}}", StringComparison.Ordinal)
            .Replace("subject: subject", "customer_country: customer.country", StringComparison.Ordinal));
        agent.Write(Enumerable.Range(1, 20).Select(row => new DeskRow($"C{row}", $"{row}")));
        Customers(agent, customers);
        await agent.NightAsync();
        return agent;
    }

    private static void Customers(AgentBench agent, int count) =>
        agent.WriteText("customers.csv", string.Concat(Enumerable.Range(1, count).Select(row => $"{row},AT\n").Prepend("nr,country\n")));
}
