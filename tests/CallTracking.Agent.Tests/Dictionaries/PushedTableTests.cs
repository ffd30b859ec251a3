using CallTracking.Agent.Commands;
using CallTracking.Agent.Sources;
using CallTracking.Agent.Tests.Sync;
using CallTracking.Contracts;
using Google.Protobuf;
using Xunit;
using TaskStatus = CallTracking.Contracts.TaskStatus;

namespace CallTracking.Agent.Tests.Dictionaries;

/// <summary>Code tables that the hub announces in a task.</summary>
public sealed class PushedTableTests
{
    [Fact]
    public async Task Push_OfATableThatNoMappingNames_FetchesAndKeepsIt()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write(AgentBench.Rows(3));
        hub.Table = TablePages.Of(2, [("A", "Hum")], [("B", "Buzz")]);
        hub.Tasks.Enqueue(Task(hub, 2));

        await agent.NightAsync();
        var listed = await AgentProgram.RunAsync("dictionary", "list", "--config", agent.Config);

        AssertAnswer(hub, TaskStatus.Done, "", 2);
        Assert.Contains("code table symptoms: version 2 fetched, 2 codes; pushed by headquarters", agent.Said);
        Assert.Contains("symptoms  version 2, 2 codes, confirmed 0 min ago; no mapping names it", listed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Push_OfAVersionThatIsKept_IsDoneWithoutAsking()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write(AgentBench.Rows(3));
        hub.Table = TablePages.Of(3, [("A", "Hum")]);
        hub.Tasks.Enqueue(Task(hub, 3));
        await agent.NightAsync();
        hub.TaskResults.Clear();
        hub.Tasks.Enqueue(Task(hub, 3));
        hub.Tasks.Enqueue(Task(hub, 1));

        await agent.NightAsync();

        Assert.Single(hub.TableRequests);
        Assert.All(hub.TaskResults, result => Assert.Equal((TaskStatus.Done, 1UL), (result.Status, result.Count)));
        Assert.Equal(2, hub.TaskResults.Count);
    }

    [Theory]
    [InlineData("another key", "bad-signature")]
    [InlineData("a path for a name", "bad-signature")]
    [InlineData("no such table", "not-fetched")]
    [InlineData("an older version", "not-fetched")]
    public async Task Push_ThatCannotBeFollowed_IsAnsweredWithItsReasonAndKeepsNothing(string trick, string reason)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        using var stranger = new TestAuthority();
        agent.Write(AgentBench.Rows(3));
        hub.Table = trick == "no such table" ? [] : TablePages.Of(1, [("A", "Hum")]);
        hub.Tasks.Enqueue(trick switch
        {
            "another key" => Task(hub, 1, by: stranger),
            "a path for a name" => Task(hub, 1, "../identity/agent"),
            "an older version" => Task(hub, 2),
            _ => Task(hub, 1),
        });

        var night = await agent.NightAsync();

        AssertAnswer(hub, TaskStatus.Failed, reason, 0);
        Assert.Equal(3UL, night.New);
        Assert.Equal(trick == "an older version", Directory.Exists(Path.Combine(agent.State, "dictionaries")));
    }

    [Fact]
    public async Task Push_OfATableThatIsSlowToCome_HoldsNoAcknowledgementUpAndIsStillAnswered()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write(AgentBench.Rows(3));
        hub.Table = TablePages.Of(1, [("A", "Hum")]);
        hub.TablePage = page => SpinWait.SpinUntil(() => !hub.Reports.IsEmpty, TimeSpan.FromSeconds(8)) ? hub.Table[0] : new Dictionary();
        hub.Tasks.Enqueue(Task(hub, 1));

        await agent.NightAsync();

        AssertAnswer(hub, TaskStatus.Done, "", 1);
    }

    [Fact]
    public async Task Push_WhileARunIsAtWork_IsUsedByTheNextRunOfTheSameProcess()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write([new DeskRow("C1", "Buzz")]);
        agent.WriteMapping(mapping => mapping + "\n  inquiry_type: {from: subject, lookup: {dictionary: symptoms, key: label.en}}\n");
        hub.Table = TablePages.Of(1, [("B", "Buzz")]);
        hub.BeforeBatch = async (_, responses) =>
        {
            hub.BeforeBatch = (_, _) => System.Threading.Tasks.Task.CompletedTask;
            hub.Table = TablePages.Of(2, [("C", "Buzz")]);
            await responses.WriteAsync(new PushResponse { Task = Task(hub, 2) }, CancellationToken.None);
        };
        using var workplace = await AgentWorkplace.OpenAsync(agent.Config, CancellationToken.None);

        var first = await SyncAsync(agent, workplace);
        var sent = Assert.Single(hub.Stored.Values).Case.InquiryType;
        var second = await SyncAsync(agent, workplace);

        Assert.Equal(("B", 1UL), (sent, first.New));
        Assert.Equal(("C", 1UL), (Assert.Single(hub.Stored.Values).Case.InquiryType, second.Changed));
    }

    private static async Task<RunReport> SyncAsync(AgentBench agent, AgentWorkplace workplace)
    {
        var result = await workplace.SyncAsync(new ReadingWish(), TimeSpan.FromMinutes(1), TimeProvider.System, _ => { }, agent.Log.For<AgentWorkplace>(), CancellationToken.None);
        Assert.True(result.Closes);
        return result.Runs[^1].Report;
    }

    private static void AssertAnswer(TestHub hub, TaskStatus status, string reason, ulong count)
    {
        var answer = Assert.Single(hub.TaskResults);
        Assert.Equal((status, reason, count), (answer.Status, answer.Reason, answer.Count));
    }

    private static RegionTask Task(TestHub hub, uint version, string name = "symptoms", TestAuthority? by = null) => new()
    {
        TaskId = ByteString.CopyFrom(Guid.NewGuid().ToByteArray()),
        Dictionary = (by ?? hub.Authority).Sign(new Dictionary { Name = name, Version = version, Pages = 1 }),
    };
}
