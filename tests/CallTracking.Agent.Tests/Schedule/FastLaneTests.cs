using CallTracking.Agent.Commands;
using CallTracking.Agent.Configuration;
using CallTracking.Agent.Schedule;
using CallTracking.Agent.Sources;
using CallTracking.Agent.Tests.Concepts;
using CallTracking.Agent.Tests.Sync;
using CallTracking.Contracts;
using Xunit;

namespace CallTracking.Agent.Tests.Schedule;

/// <summary>Cases with a hazard travel between two nights, and the nights are as if they had not.</summary>
public sealed class FastLaneTests
{
    private static readonly FastLaneSettings Lane = new(TimeSpan.FromMinutes(10), ["hazard.*"]);

    [Fact]
    public async Task PollAsync_HazardAndOrdinaryCaseAppended_OneArrivesNowTheOtherWithTheNightBothOnce()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await BenchAsync(hub);
        agent.Write([.. AgentBench.Rows(3)]);
        await agent.NightAsync(ReadingWish.Everything);
        agent.Write([.. AgentBench.Rows(3), new DeskRow("C4", "Smoke came out"), new DeskRow("C5", "It hums")]);
        var look = Look(agent);

        await PollAsync(agent, look);
        var between = Ids(hub);
        var poll = (await agent.QueryAsync("select cast(count(*) as text) from runs"))[0];
        await PollAsync(agent, look);
        var again = (await agent.QueryAsync("select cast(count(*) as text) from runs"))[0];
        var night = await agent.NightAsync(ReadingWish.Everything);
        var after = await agent.NightAsync(ReadingWish.Everything);

        Assert.Equal(["C1", "C2", "C3", "C4"], between);
        Assert.Equal(("2", "2"), (poll, again));
        Assert.Equal((2UL, 1UL, 1UL, 1UL), (night.Rows, night.New, night.Unchanged, night.SentCases));
        Assert.Equal(RunKind.Unspecified, night.Kind);
        Assert.Equal(0UL, after.Rows);
        Assert.Equal(["C1", "C2", "C3", "C4", "C5"], Ids(hub));
    }

    [Fact]
    public async Task PollAsync_HubIsAwayAtFirst_IsTriedAgainAndArrivesOnce()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await BenchAsync(hub);
        agent.Write(AgentBench.Rows(3));
        await agent.NightAsync(ReadingWish.Everything);
        agent.Write([.. AgentBench.Rows(3), new DeskRow("C4", "Smoke came out")]);
        var look = Look(agent);

        // What a poll does that broke off before the hub had it.
        using (var workplace = await AgentWorkplace.OpenAsync(agent.Config, default))
        {
            Assert.Equal(1, (await look.LookAsync(workplace.Sources, default)).Count);
        }

        await PollAsync(agent, look);

        Assert.Equal(["C1", "C2", "C3", "C4"], Ids(hub));
    }

    [Fact]
    public async Task PollAsync_CaseOfTwoRows_IsLeftToTheNightWhichKnowsTheNewer()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await BenchAsync(hub, "latest");
        agent.WriteMapping(text => text.Replace("updated: {from: updated, format: \"yyyy-MM-dd HH:mm\"}\nduplicates", "duplicates", StringComparison.Ordinal));
        agent.Write(AgentBench.Rows(3));
        await agent.NightAsync(ReadingWish.Everything);
        agent.Write([.. AgentBench.Rows(3), new DeskRow("C3", "Smoke came out"), new DeskRow("C3", "It was dust"), new DeskRow("C4", "Smoke too")]);

        await PollAsync(agent, Look(agent));
        var between = SubjectOf(hub, "C3");
        await agent.NightAsync(ReadingWish.Everything);

        Assert.Equal("It hums", between);
        Assert.Equal("It was dust", SubjectOf(hub, "C3"));
        Assert.Equal(["C1", "C2", "C3", "C4"], Ids(hub));
    }

    [Fact]
    public async Task PollAsync_CompleteExportThatLostACase_DecidesNothingOverIt()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await BenchAsync(hub);
        agent.PointTo(hub, more: "    snapshot: {max_vanished: 100%}");
        agent.Write(AgentBench.Rows(40));
        await agent.NightAsync(ReadingWish.Everything);
        agent.Write([.. AgentBench.Rows(39), new DeskRow("C41", "Smoke came out")]);

        await PollAsync(agent, Look(agent));
        var between = Ids(hub);
        var night = await agent.NightAsync(ReadingWish.Everything);

        Assert.Contains("C41", between);
        Assert.Contains("C40", between);
        Assert.Equal((1UL, 40UL), (night.Vanished, night.Unchanged + night.New));
    }

    [Fact]
    public async Task PollAsync_CaseInQuarantine_StaysThereAndTheNightCountsIt()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await BenchAsync(hub);
        agent.Write(AgentBench.Rows(2));
        await agent.NightAsync(ReadingWish.Everything);
        agent.Write([.. AgentBench.Rows(2), new DeskRow("C3", "Smoke came out", Status: "unheard of"), new DeskRow("C4", "Smoke too")]);

        await PollAsync(agent, Look(agent));
        var night = await agent.NightAsync(ReadingWish.Everything);

        Assert.Equal(["C1", "C2", "C4"], Ids(hub));
        Assert.Equal((2UL, 1UL, 1UL), (night.Rows, night.Quarantined, night.Unchanged));
    }

    [Fact]
    public async Task Status_WithAFastLane_SaysWhichSourcesHaveIt()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await BenchAsync(hub);
        File.AppendAllText(agent.Config, "\nfast_lane: {every: 5m}\n");

        var (_, status, _) = await AgentProgram.RunAsync("status", "--config", agent.Config);

        Assert.Contains("fast lane    desk: looks every 5 minutes for hazard.*", status, StringComparison.Ordinal);
    }

    private static HazardLook Look(AgentBench agent) => new(AgentWorkplace.LoadSettings(agent.Config), Lane, TimeProvider.System, agent.Log.Factory.CreateLogger("run"));

    private static async Task PollAsync(AgentBench agent, HazardLook look)
    {
        using var workplace = await AgentWorkplace.OpenAsync(agent.Config, default);
        await new FastLane(workplace, Lane.Every, look, TimeProvider.System, agent.Log.Factory.CreateLogger("run")).PollAsync(default);
    }

    private static List<string> Ids(TestHub hub) =>
        [.. hub.Stored.Values.Select(record => IdOf(record.Case)).Order(StringComparer.Ordinal)];

    // As the region's policy left it.
    private static string SubjectOf(TestHub hub, string id) =>
        hub.Stored.Values.Single(record => IdOf(record.Case) == id).Case.Subject is { Clear: { Length: > 0 } clear } ? clear : hub.Stored.Values.Single(record => IdOf(record.Case) == id).Case.Subject.Masked;

    private static string IdOf(Case value) => value.Tags.Single() is { Clear: { Length: > 0 } clear } ? clear : value.Tags.Single().Masked;

    private static async Task<AgentBench> BenchAsync(TestHub hub, string duplicates = "reject")
    {
        var agent = await AgentBench.AtAsync(hub, duplicates);
        agent.WriteMapping(mapping => mapping + "\n  tags: id\n");
        hub.Table = ConceptNightTests.Concepts(1, "smoke");
        return agent;
    }
}
