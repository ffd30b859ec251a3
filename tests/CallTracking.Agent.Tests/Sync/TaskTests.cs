using CallTracking.Agent.Commands;
using CallTracking.Agent.Ledger;
using CallTracking.Contracts;
using CallTracking.Privacy;
using Google.Protobuf;
using Xunit;
using TaskStatus = CallTracking.Contracts.TaskStatus;

namespace CallTracking.Agent.Tests.Sync;

/// <summary>What the hub asks of the region: send again, shape again, another policy, and what it may not ask.</summary>
public sealed class TaskTests
{
    /// <summary>The European pack with one rule tightened: free text may not leave at all.</summary>
    private static readonly PolicyDocument Stricter = new()
    {
        Name = "eea.yaml",
        Yaml = System.Text.RegularExpressions.Regex.Replace(
            PolicySet.BuiltInPacks.Single(pack => pack.Name == "eea.yaml").Yaml, @"(?m)^  free_text: \{.*\}$", "  free_text: {action: drop, at: edge, article: \"test\"}"),
    };

    /// <summary>The Brazilian pack with a rule tightened, which no case of these tests falls under.</summary>
    private static readonly PolicyDocument OfBrazil = new()
    {
        Name = "br-own.yaml",
        Yaml = "jurisdiction: br-own\nparent: br\ncountries: [BR]\nrules:\n  free_text: {action: drop, at: edge}\n",
    };

    [Fact]
    public async Task SendAgain_BeforeTheReading_TravelsInThisRun()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write(AgentBench.Rows(50));
        await agent.NightAsync();
        var wanted = hub.Stored.Keys.Take(3).ToList();
        hub.Tasks.Enqueue(Task(new RegionTask { SendAgain = new SendAgain { CaseUids = { wanted } } }));

        var result = await agent.SyncAsync();

        // The wish may come while the run reads already; then one more run follows.
        Assert.True(result.Closes);
        Assert.Equal(3UL, (ulong)result.Runs.Sum(run => (long)run.Report.SentCases));
        var answer = Assert.Single(hub.TaskResults);
        Assert.Equal((TaskStatus.Done, 3UL), (answer.Status, answer.Count));
    }

    [Fact]
    public async Task SendAgain_WhileReading_IsFulfilledByAFurtherRun()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write(AgentBench.Rows(1500));
        var asked = false;
        hub.BeforeBatch = async (batch, responses) =>
        {
            if (!asked && batch.Records[0].Sequence > 500)
            {
                asked = true;
                var wish = new SendAgain { CaseUids = { hub.Received.First().Records.Take(4).Select(record => record.CaseUid) } };
                await responses.WriteAsync(new PushResponse { Task = Task(new RegionTask { SendAgain = wish }) }, CancellationToken.None);
            }
        };

        var result = await agent.SyncAsync();

        Assert.True(result.Closes);
        Assert.Equal(2, result.Runs.Count);
        Assert.Equal((1500UL, 4UL), (result.Runs[1].Report.Unchanged, result.Runs[1].Report.SentCases));
    }

    [Fact]
    public async Task Reshape_WithANewPolicy_ShapesAndSendsEverythingUnderIt()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write(AgentBench.Rows(2200));
        var done = false;
        hub.BeforeBatch = async (batch, responses) =>
        {
            if (batch.PolicyVersion < 2 && batch.Records[0].Sequence > 500)
            {
                hub.Refuse[batch.BatchId] = true;
                if (!done)
                {
                    done = true;
                    await responses.WriteAsync(new PushResponse { Task = Task(new RegionTask { Policy = hub.Authority.Bundle(2, Stricter) }) }, CancellationToken.None);
                }

                var reshape = new Reshape { RequiredPolicyVersion = 2, BatchIds = { batch.BatchId } };
                await responses.WriteAsync(new PushResponse { Reshape = reshape }, CancellationToken.None);
            }
        };

        var result = await agent.SyncAsync();

        Assert.True(result.Closes);
        // The first run is interrupted, or was read to its end already when the policy came; then nothing of it may stand.
        Assert.True(result.Runs.Count > 1);
        Assert.Equal(RunOutcome.Complete, result.Runs[^1].Report.Outcome);
        Assert.Equal(2200UL, result.Runs[^1].Report.Cases);
        Assert.Equal(2200, hub.Stored.Count);
        Assert.All(hub.Stored.Values, record => Assert.Null(record.Case.Subject));
        Assert.All(result.Runs, run => Assert.True(run.Ack!.Agrees));
    }

    [Fact]
    public async Task Policy_ThatLeavesTheEdgeAlone_NeedsNoFurtherRun()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write(AgentBench.Rows(30));
        await agent.NightAsync();
        hub.Tasks.Enqueue(Task(new RegionTask { Policy = hub.Authority.Bundle(2) }));

        var result = await agent.SyncAsync();

        Assert.Equal(30UL, Assert.Single(result.Runs).Report.Unchanged);
        await agent.NightAsync();
        Assert.Equal(2UL, hub.Hellos.Last().PolicyVersion);
    }

    [Fact]
    public async Task Reshape_UnderAPolicyThatLeavesTheEdgeAlone_LetsNothingLeaveThatWaitsUnderTheOlderOne()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write(AgentBench.Rows(2200));
        hub.CreditBytes = 1;
        hub.BeforeBatch = async (batch, responses) =>
        {
            if (batch.PolicyVersion < 2)
            {
                await Eventually.TrueAsync(() => LedgerGlance.Of(agent.LedgerFile, 1)!.Runs is [{ State: RunState.Draining }]);
                hub.Refuse[batch.BatchId] = true;
                await responses.WriteAsync(new PushResponse { Task = Task(new RegionTask { Policy = hub.Authority.Bundle(2) }) }, CancellationToken.None);
                await responses.WriteAsync(new PushResponse { Reshape = new Reshape { RequiredPolicyVersion = 2, BatchIds = { batch.BatchId } } }, CancellationToken.None);
            }
        };

        var result = await agent.SyncAsync();

        Assert.True(result.Closes);
        Assert.Single(hub.Received, batch => batch.PolicyVersion < 2);
        Assert.Equal(2200, hub.Stored.Count);
    }

    [Fact]
    public async Task Policy_StricterWhileBatchesWait_LetsNoneOfThemLeave()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write(AgentBench.Rows(2200));
        hub.CreditBytes = 1;
        var isFirst = true;
        hub.BeforeBatch = async (_, responses) =>
        {
            if (isFirst)
            {
                isFirst = false;
                await Eventually.TrueAsync(() => LedgerGlance.Of(agent.LedgerFile, 1)!.Runs is [{ State: RunState.Draining }]);
                await responses.WriteAsync(new PushResponse { Task = Task(new RegionTask { Policy = hub.Authority.Bundle(2, Stricter) }) }, CancellationToken.None);
            }
        };

        var result = await agent.SyncAsync();

        Assert.True(result.Closes);
        Assert.All(hub.Received.Skip(1).SelectMany(batch => batch.Records), record => Assert.Null(record.Case.Subject));
        Assert.Equal(2200, hub.Stored.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Policy_ThatLeavesTheseCasesAlone_HasThoseTriedAgainThatTheHubRefused(bool comesByTask)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write(AgentBench.Rows(3));
        hub.Judge = _ => Outcome.Rejected;
        await agent.NightAsync();
        Assert.Equal(0UL, (await agent.NightAsync(CallTracking.Agent.Sources.ReadingWish.Everything)).SentCases);
        hub.Judge = _ => null;
        var bundle = hub.Authority.Bundle(2, OfBrazil);
        if (comesByTask)
        {
            hub.Tasks.Enqueue(Task(new RegionTask { Policy = bundle }));
        }
        else
        {
            agent.StoreBundle(bundle);
        }

        await agent.NightAsync(new(Reread: false));

        Assert.Equal(3, hub.Stored.Count);
    }

    [Fact]
    public async Task Policy_OlderThanTheOneInForce_IsRefusedAndTheNewerOneStays()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.StoreBundle(hub.Authority.Bundle(3, Stricter));
        agent.Write(AgentBench.Rows(3));
        hub.Tasks.Enqueue(Task(new RegionTask { Policy = hub.Authority.Bundle(2) }));

        await agent.NightAsync();
        await agent.NightAsync();

        var answer = Assert.Single(hub.TaskResults);
        Assert.Equal((TaskStatus.Failed, "older-version"), (answer.Status, answer.Reason));
        Assert.Equal(3UL, hub.Hellos.Last().PolicyVersion);
        Assert.All(hub.Stored.Values, record => Assert.Null(record.Case.Subject));
    }

    [Fact]
    public async Task Policy_SignedByAnother_IsRefusedAndTheOldOneStays()
    {
        await using var hub = await TestHub.StartAsync();
        using var stranger = new TestAuthority();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write(AgentBench.Rows(3));
        hub.Tasks.Enqueue(Task(new RegionTask { Policy = stranger.Bundle(9, Stricter) }));

        await agent.NightAsync();

        var answer = Assert.Single(hub.TaskResults);
        Assert.Equal((TaskStatus.Failed, "bad-signature"), (answer.Status, answer.Reason));
        Assert.All(hub.Stored.Values, record => Assert.NotNull(record.Case.Subject));
    }

    [Fact]
    public async Task Sync_WithoutAnyPolicy_LetsNothingLeave()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write(AgentBench.Rows(3));
        File.Delete(Path.Combine(agent.State, "identity", "bundle.pb"));

        var refused = await Assert.ThrowsAsync<AgentException>(() => agent.SyncAsync());

        Assert.Equal(ExitCode.NoPolicy, refused.Code);
        Assert.Contains("There is no valid policy bundle", refused.Message, StringComparison.Ordinal);
        Assert.Empty(hub.Received);
    }

    [Fact]
    public async Task Sync_PolicyComesWithTheTasks_IsUsedAtOnce()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write(AgentBench.Rows(3));
        File.Delete(Path.Combine(agent.State, "identity", "bundle.pb"));
        hub.Tasks.Enqueue(Task(new RegionTask { Policy = hub.Authority.Bundle(4) }));

        var report = await agent.NightAsync();

        Assert.Equal(3UL, report.New);
        Assert.All(hub.Received, batch => Assert.Equal(4UL, batch.PolicyVersion));
    }

    [Fact]
    public async Task EraseHoldQuestion_AreRefusedAsNotSupported()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write(AgentBench.Rows(3));
        hub.Tasks.Enqueue(Task(new RegionTask { Erase = new Erase() }));
        hub.Tasks.Enqueue(Task(new RegionTask { Hold = new Hold() }));
        hub.Tasks.Enqueue(Task(new RegionTask { Question = new Question() }));

        await agent.NightAsync();

        Assert.Equal(3, hub.TaskResults.Count);
        Assert.All(hub.TaskResults, result => Assert.Equal((TaskStatus.Refused, "not-supported"), (result.Status, result.Reason)));
    }

    private static RegionTask Task(RegionTask task)
    {
        task.TaskId = ByteString.CopyFrom(Guid.NewGuid().ToByteArray());
        return task;
    }
}
