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
}
