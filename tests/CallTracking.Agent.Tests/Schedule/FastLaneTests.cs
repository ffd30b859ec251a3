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
    public async Task PollAsync_RunDidNotMeetTheCase_IsTriedAgainAFewTimes()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await BenchAsync(hub);
        agent.Write(AgentBench.Rows(3));
        await agent.NightAsync(ReadingWish.Everything);
        agent.Write([new DeskRow("C4", "Smoke came out")], "new.csv");
        var look = Look(agent);
        hub.Table = ConceptNightTests.Concepts(2, "smoke");
        hub.TablePage = page =>
        {
            // Between the look and the reading, as a file that is being written again.
            File.Move(agent.Inbox("new.csv"), agent.Inbox("new.csv.part"), overwrite: true);
            return hub.Table[(int)page - 1];
        };

        await PollAsync(agent, look);
        var between = Ids(hub);
        File.Move(agent.Inbox("new.csv.part"), agent.Inbox("new.csv"));
        hub.TablePage = page => hub.Table[(int)page - 1];
        await PollAsync(agent, look);

        Assert.Equal(["C1", "C2", "C3"], between);
        Assert.Equal(["C1", "C2", "C3", "C4"], Ids(hub));
    }

    [Fact]
    public async Task Settle_CaseThatNoRunMeets_IsLeftToTheNightInTheEnd()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await BenchAsync(hub);
        agent.Write([new DeskRow("C1")]);
        await agent.NightAsync(ReadingWish.Everything);
        agent.Write([new DeskRow("C1"), new DeskRow("C4", "Smoke came out")]);
        var look = Look(agent);
        using var workplace = await AgentWorkplace.OpenAsync(agent.Config, default);
        var looks = 0;

        while (looks < 20 && (await look.LookAsync(workplace.Sources, default)).Count > 0)
        {
            looks++;
            look.Settle(new HashSet<(string Source, string Key)>());
        }

        Assert.Equal(5, looks);
    }

    [Fact]
    public async Task PollAsync_HazardsThatEndInTheQuarantine_AreDoneOnce()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await BenchAsync(hub);
        agent.Write(AgentBench.Rows(2));
        await agent.NightAsync(ReadingWish.Everything);
        var look = Look(agent);

        agent.Write([.. AgentBench.Rows(2), new DeskRow("C3", "Smoke came out", Updated: "2094-11-20 10:00")]);
        await PollAsync(agent, look);
        var ofTheFuture = await RunsAsync(agent);
        // A look that believes the time, and a run that does not.
        look = new HazardLook(AgentWorkplace.LoadSettings(agent.Config), Lane, new CallTracking.Testing.ManualClock(new DateTimeOffset(2095, 1, 1, 0, 0, 0, TimeSpan.Zero)), agent.Log.Factory.CreateLogger("run"));
        await PollAsync(agent, look);
        await PollAsync(agent, look);

        Assert.Equal("1", ofTheFuture);
        Assert.Equal("2", await RunsAsync(agent));
    }

    [Fact]
    public async Task PollAsync_OlderVersionInAnotherFileThatGrows_NeverGoesOverTheNewer()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await BenchAsync(hub, "latest");
        agent.WriteMapping(text => text.Replace("updated: {from: updated, format: \"yyyy-MM-dd HH:mm\"}\nduplicates", "duplicates", StringComparison.Ordinal));
        agent.Write(AgentBench.Rows(2));
        await agent.NightAsync(ReadingWish.Everything);
        var look = Look(agent);
        var (older, newer) = (new DeskRow("C3", "Smoke first"), new DeskRow("C3", "Smoke later"));

        agent.Write([older], "d-a.csv");
        await PollAsync(agent, look);
        agent.Write([newer], "d-b.csv");
        await PollAsync(agent, look);
        var before = SubjectOf(hub, "C3");
        agent.Write([older, new DeskRow("C9")], "d-a.csv");
        await PollAsync(agent, look);

        Assert.Equal(before, SubjectOf(hub, "C3"));
        await agent.NightAsync(ReadingWish.Everything);
        Assert.Equal("Smoke later", SubjectOf(hub, "C3"));
    }

    [Fact]
    public async Task LookAsync_FileThatIsWrittenToAllTheTime_DoesNotHideTheOthers()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await BenchAsync(hub);
        agent.Write(AgentBench.Rows(2));
        await agent.NightAsync(ReadingWish.Everything);
        agent.PointTo(hub, settle: "2s");
        agent.Write([new DeskRow("C4", "Smoke came out")], "still.csv");
        File.SetLastWriteTimeUtc(agent.Inbox("still.csv"), DateTime.UtcNow.AddMinutes(-5));
        agent.Write([new DeskRow("C5", "Smoke too")], "busy.csv");
        using var workplace = await AgentWorkplace.OpenAsync(agent.Config, default);
        using var end = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            while (!end.IsCancellationRequested)
            {
                await File.AppendAllTextAsync(agent.Inbox("busy.csv"), "C6,It hums,open,2024-11-20 10:00\n");
                await Task.Delay(50);
            }
        });

        var finds = await Look(agent).LookAsync(workplace.Sources, default);
        await end.CancelAsync();
        await writing;

        Assert.Equal(["C4"], finds.Cases["desk"]);
        Assert.Contains(agent.Log.Events, entry => entry.Text.Contains("not all of desk could be looked through", StringComparison.Ordinal));
    }

    [Fact]
    public async Task LookAsync_MoreRowsThanAreHeld_IsSaidOnceAndLeftToTheNight()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await BenchAsync(hub);
        agent.Write([.. AgentBench.Rows(9), new DeskRow("C10", "Smoke came out")]);
        var look = new HazardLook(AgentWorkplace.LoadSettings(agent.Config), Lane, TimeProvider.System, agent.Log.Factory.CreateLogger("run"), mostRows: 8);
        using (var workplace = await AgentWorkplace.OpenAsync(agent.Config, default))
        {
            Assert.Equal(0, (await look.LookAsync(workplace.Sources, default)).Count);
            agent.Write([.. AgentBench.Rows(12), new DeskRow("C13", "Smoke came out")]);
            Assert.Equal(0, (await look.LookAsync(workplace.Sources, default)).Count);
        }

        await agent.NightAsync(ReadingWish.Everything);
        look.Forget();
        agent.Write([.. AgentBench.Rows(12), new DeskRow("C13", "Smoke came out"), new DeskRow("C14", "Smoke too")]);
        using var again = await AgentWorkplace.OpenAsync(agent.Config, default);

        Assert.Equal(["C14"], (await look.LookAsync(again.Sources, default)).Cases["desk"]);
        Assert.Single(agent.Log.Events, entry => entry.Text.Contains("its hazards come with the night", StringComparison.Ordinal));
    }

    [Fact]
    public async Task PollAsync_LedgerIsDamaged_IsMovedAsideAndReadAgainByTheNightOnly()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await BenchAsync(hub);
        agent.Write(AgentBench.Rows(3));
        await agent.NightAsync(ReadingWish.Everything);
        agent.Write([.. AgentBench.Rows(3), new DeskRow("C4", "Smoke came out")]);
        var look = Look(agent);
        using (var workplace = await AgentWorkplace.OpenAsync(agent.Config, default))
        {
            Assert.Equal(1, (await look.LookAsync(workplace.Sources, default)).Count);
        }

        hub.Received.Clear();
        await agent.QueryAsync("update runs set started_at = started_at + 1"); // Beside the agent: its sum is another.
        await PollAsync(agent, look);

        Assert.Empty(hub.Received);
        Assert.False(File.Exists(agent.LedgerFile));
        Assert.Contains(agent.Log.Events, entry => entry.Text.Contains("the next night begins a new one", StringComparison.Ordinal));
        Assert.Equal(4UL, (await agent.NightAsync(ReadingWish.Everything)).Rows);
    }

    [Fact]
    public async Task LastWholeNight_ThousandsOfOtherRunsSince_IsStillFound()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await BenchAsync(hub);
        agent.Write(AgentBench.Rows(3));
        var night = await agent.NightAsync(ReadingWish.Everything);
        await agent.NightAsync(new ReadingWish(CaseId: "C1"));
        await agent.EditLedgerAsync("""
            insert into runs (run_id, state, started_at, report, ack)
            with recursive n(i) as (select 1 union all select i + 1 from n where i < 2000)
            select randomblob(16), state, started_at, report, ack from runs, n where number = (select max(number) from runs)
            """);

        Assert.Equal(night.StartedAt.ToDateTimeOffset(), CallTracking.Agent.Ledger.LedgerGlance.LastWholeNight(agent.LedgerFile));
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

    private static async Task<string> RunsAsync(AgentBench agent) => (await agent.QueryAsync("select cast(count(*) as text) from runs"))[0];

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
