using CallTracking.Agent.Commands;
using CallTracking.Agent.Sources;
using CallTracking.Agent.Tests.Sync;
using Xunit;

namespace CallTracking.Agent.Tests.Drift;

/// <summary>Headers that were exchanged leave no fault where both columns are text: only their places tell.</summary>
public sealed class ExchangedColumnsTests
{
    [Theory]
    [InlineData("id,status,subject,updated", "'subject' and 'status' stand in each other's place in inbox/cases.csv")]
    [InlineData("id,updated,subject,status", null)]
    [InlineData("id,subject,status,updated", null)]
    [InlineData("id,subject,note,status,updated", null)]
    public async Task DriftAndSync_TwoColumnsInEachOthersPlace_AreToldBeforeAndAfterwardsOnce(string header, string? said)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.WriteMapping(text => text.Replace("subject: subject", "subject: subject\n  resolution: status", StringComparison.Ordinal).Replace("status: {from: status, values: {open: open, closed: closed}}", "status: {const: open}", StringComparison.Ordinal));
        agent.WriteText("cases.csv", "id,subject,status,updated\nC1,It hums,open,2024-11-20 10:00\n");
        await agent.NightAsync();
        var values = new Dictionary<string, string> { ["id"] = "C1", ["subject"] = "It hums", ["status"] = "open", ["updated"] = "2024-11-21 10:00", ["note"] = "n" };
        agent.WriteText("cases.csv", $"{header}\n{string.Join(',', header.Split(',').Select(name => values[name]))}\n");

        var drift = await AgentProgram.RunAsync("drift", "--config", agent.Config);
        agent.Said.Clear();
        await agent.NightAsync();
        var warned = agent.Said.Count(line => line.StartsWith("WARNING  desk: ", StringComparison.Ordinal) && line.Contains("each other's place", StringComparison.Ordinal));
        agent.Said.Clear();
        await agent.NightAsync(ReadingWish.Everything with { Reread = true });

        Assert.Equal(said is null ? header.Contains("note", StringComparison.Ordinal) ? ExitCode.Drift : ExitCode.Done : ExitCode.Drift, drift.Code);
        Assert.Equal(said is not null, drift.Output.Contains($"  doubtful  {said}", StringComparison.Ordinal) && said is not null);
        Assert.Equal(said is null ? 0 : 1, warned);
        Assert.DoesNotContain(agent.Said, line => line.Contains("each other's place", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("join", "cases.csv", "inbox/cases.csv", "'subject' and 'status'")]
    [InlineData("join", "customers.csv", "customers.csv", "'name' and 'city'")]
    [InlineData("fold", "cases.csv", "inbox/cases.csv", "'subject' and 'status'")]
    [InlineData("plain", "cases.csv", "inbox/cases.csv", "'subject' and 'status'")]
    public async Task DriftAndSync_ComposedRecords_TellOfTheirFilesColumnsAndTheContractHoldsThem(string kind, string file, string told, string pair)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await DeskAsync(hub, kind, "evolve");
        Exchange(agent, file);

        var drift = await AgentProgram.RunAsync("drift", "--config", agent.Config);
        agent.Said.Clear();
        await agent.NightAsync();
        var warned = agent.Said.Where(line => line.StartsWith("WARNING  desk: ", StringComparison.Ordinal)).ToList();
        agent.Said.Clear();
        await agent.NightAsync(ReadingWish.Everything with { Reread = true });

        Assert.Equal(ExitCode.Drift, drift.Code);
        Assert.Contains($"  doubtful  {pair} stand in each other's place in {told}, other than", drift.Output, StringComparison.Ordinal);
        Assert.StartsWith($"WARNING  desk: {pair} stand in each other's place in {told}, other than", Assert.Single(warned), StringComparison.Ordinal);
        Assert.Contains("'contract: {exchanged: freeze}' in the mapping holds such a source", warned[0], StringComparison.Ordinal);
        Assert.DoesNotContain(agent.Said, line => line.Contains("each other's place", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("join", "cases.csv")]
    [InlineData("join", "customers.csv")]
    [InlineData("fold", "cases.csv")]
    [InlineData("plain", "cases.csv")]
    public async Task Sync_ContractFreezesExchangedColumns_SendsNothingUntilTheyAreBackOrAccepted(string kind, string file)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await DeskAsync(hub, kind, "freeze");
        var whole = await File.ReadAllTextAsync(agent.Inbox(file));
        Exchange(agent, file);

        var fault = await FrozenSource.HeldAsync(agent, hub);

        Assert.Contains("stand in each other's place", fault, StringComparison.Ordinal);

        agent.WriteText(file, whole);
        Assert.Equal(ExitCode.Done, (await agent.SyncAsync()).Code);
        Exchange(agent, file);
        Assert.Equal(ExitCode.Done, (await AgentProgram.RunAsync("drift", "--accept", "--config", agent.Config)).Code);
        Assert.Equal(ExitCode.Done, (await agent.SyncAsync()).Code);
        Assert.NotEmpty(hub.Received);
    }

    [Fact]
    public async Task Sync_FilesOfAFoldFromBeforeAndBehindAMove_AreBothKnownAfterwards()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await DeskAsync(hub, "fold", "evolve");
        agent.WriteText("cases-2.csv", "id,status,subject,updated\nC2,open,It drips,2024-11-21 10:00\n");
        await agent.NightAsync();
        var warned = agent.Said.Count(line => line.Contains("each other's place in inbox/cases-2.csv", StringComparison.Ordinal));
        agent.WriteText("cases-3.csv", "id,status,subject,updated\nC3,open,It hisses,2024-11-22 10:00\n");
        agent.Said.Clear();

        var drift = await AgentProgram.RunAsync("drift", "--config", agent.Config);
        await agent.NightAsync();

        Assert.Equal((1, ExitCode.Done), (warned, drift.Code));
        Assert.DoesNotContain(agent.Said, line => line.Contains("each other's place", StringComparison.Ordinal));
    }

    [Fact]
    public async Task DriftAccept_FilesThatAreKnown_AreReadAllTheSame()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await DeskAsync(hub, "plain", "evolve");

        var drift = await AgentProgram.RunAsync("drift", "--config", agent.Config);
        var accepted = await AgentProgram.RunAsync("drift", "--accept", "--config", agent.Config);

        Assert.Contains("0 inputs, 0 rows", drift.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, accepted.Code);
        Assert.Contains("source desk: accepted: ", accepted.Output, StringComparison.Ordinal);
    }

    private static async Task<AgentBench> DeskAsync(TestHub hub, string kind, string exchanged)
    {
        var agent = await AgentBench.AtAsync(hub);
        agent.PointTo(hub, files: "inbox/case*.csv");
        agent.WriteMapping(text => text
            .Replace("key: id", (kind switch { "join" => "join: [{as: customer, files: customers.csv, key: nr, on: id}]\n", "fold" => "fold: {by: id}\n", _ => string.Empty }) + $"contract: {{exchanged: {exchanged}}}\nkey: id", StringComparison.Ordinal)
            .Replace("status: {from: status, values: {open: open, closed: closed}}", "status: {const: open}", StringComparison.Ordinal)
            .Replace("subject: subject", "subject: subject\n  resolution: status" + (kind == "join" ? "\n  description: customer.name\n  company: customer.city" : string.Empty), StringComparison.Ordinal));
        agent.WriteText("customers.csv", "nr,name,city\nC1,Anna,Lyon\n");
        agent.WriteText("cases.csv", "id,subject,status,updated\nC1,It hums,open,2024-11-20 10:00\n");
        await agent.NightAsync();
        agent.Said.Clear();
        return agent;
    }

    // The header alone: every value is another's now.
    private static void Exchange(AgentBench agent, string file) => agent.WriteText(file, file == "cases.csv"
        ? "id,status,subject,updated\nC1,It hums,open,2024-11-20 10:00\n"
        : "nr,city,name\nC1,Anna,Lyon\n");
}
