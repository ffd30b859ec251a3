using CallTracking.Agent.Commands;
using CallTracking.Agent.Identity;
using CallTracking.Contracts;
using CallTracking.Rpc;
using Google.Protobuf;
using Xunit;

namespace CallTracking.Agent.Tests.Sync;

/// <summary>The region's own floor against bundles that let more through.</summary>
public sealed class FloorTests
{
    private const string NoTexts = "free_text: {action: drop, at: edge, article: \"works agreement 7\"}";

    [Fact]
    public async Task Sync_FloorThatDropsWhatTheBundleKeeps_WinsAndSendsEverythingAgain()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write(AgentBench.Rows(40));
        await agent.NightAsync();
        Assert.All(hub.Stored.Values, record => Assert.NotNull(record.Case.Subject));
        agent.SetFloor(hub, NoTexts);

        var under = await agent.NightAsync();
        var again = await agent.NightAsync();

        Assert.Equal((40UL, 40UL), (under.Changed, again.Unchanged));
        Assert.All(hub.Stored.Values, record => Assert.Null(record.Case.Subject));
        Assert.Contains(under.EdgeRedactions, count => count.Jurisdiction == "works-council");
    }

    [Fact]
    public async Task Sync_FloorChangedWhileBatchesWait_LetsNoneOfThemLeave()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write(AgentBench.Rows(1200));
        using (var stop = new CancellationTokenSource())
        {
            hub.BeforeBatch = async (_, _) =>
            {
                await stop.CancelAsync();
                throw new RpcException(RpcStatusCode.Unavailable, "the test broke the stream");
            };
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => agent.SyncAsync(cancellationToken: stop.Token));
        }

        hub.BeforeBatch = (_, _) => Task.CompletedTask;
        hub.Received.Clear();
        agent.SetFloor(hub, NoTexts);

        var result = await agent.SyncAsync();

        Assert.True(result.Closes);
        Assert.Equal(1200UL, result.Runs[^1].Report.Cases);
        Assert.All(hub.Received.SelectMany(batch => batch.Records), record => Assert.Null(record.Case.Subject));
        Assert.Equal(1200, hub.Stored.Count);
    }

    [Fact]
    public async Task Sync_LooserBundleComesMeanwhile_IsUsedUnderTheFloor()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.SetFloor(hub, NoTexts);
        agent.Write(AgentBench.Rows(5));
        hub.Tasks.Enqueue(new RegionTask { TaskId = ByteString.CopyFrom(new byte[16]), Policy = hub.Authority.Bundle(2) });
        hub.PolicyVersion = 2;

        await agent.NightAsync();

        Assert.All(hub.Received, batch => Assert.Equal(2UL, batch.PolicyVersion));
        Assert.All(hub.Stored.Values, record => Assert.Null(record.Case.Subject));
    }

    [Theory]
    [InlineData("changed", "put the signed one back")]
    [InlineData("unsigned", "run 'calltracking-agent floor sign' if it was never signed")]
    [InlineData("no signature", "run 'calltracking-agent floor sign'")]
    [InlineData("another key's", "sign it with the region's")]
    [InlineData("older", "put that one back")]
    [InlineData("gone", "Put it there")]
    [InlineData("not named", "Write 'floor: FILE' again")]
    [InlineData("key gone", "run 'calltracking-agent floor sign'")]
    [InlineData("key broken", "Put it back from its backup")]
    public async Task Sync_FloorDoesNotHold_NothingLeavesAndTheTextSaysWhatToDo(string fault, string cure)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write(AgentBench.Rows(5));
        agent.SetFloor(hub, NoTexts);
        var signature = RegionFloor.SignatureFile(agent.FloorFile);
        var key = Path.Combine(agent.State, "keys", "floor.pub");
        switch (fault)
        {
            case "changed":
                File.WriteAllText(agent.FloorFile, File.ReadAllText(agent.FloorFile).Replace("drop", "mask", StringComparison.Ordinal));
                break;
            case "unsigned":
                File.Delete(signature);
                break;
            case "no signature":
                File.WriteAllText(signature, "ctfloor1.x.y");
                break;
            case "another key's":
                using (var other = new TempFolder())
                {
                    File.WriteAllText(signature, new FloorKey(StateVault.InClear(other.Path), RegionCode.Parse("DE")).Sign(File.ReadAllBytes(agent.FloorFile), null, TimeProvider.System.GetUtcNow()));
                }

                break;
            case "older":
                var (older, olderSignature) = (File.ReadAllText(agent.FloorFile), File.ReadAllText(signature));
                agent.SetFloor(hub, NoTexts + "\n  email: {action: drop, at: edge}");
                await agent.NightAsync();
                hub.Hellos.Clear();
                File.WriteAllText(agent.FloorFile, older);
                File.WriteAllText(signature, olderSignature);
                break;
            case "gone":
                File.Delete(agent.FloorFile);
                break;
            case "not named":
                agent.PointTo(hub);
                break;
            case "key gone":
                File.Delete(key);
                break;
            default:
                File.WriteAllText(key, "no key");
                break;
        }

        var refused = await Assert.ThrowsAsync<AgentException>(() => agent.SyncAsync());

        Assert.Equal(ExitCode.NoPolicy, refused.Code);
        Assert.Contains("othing", refused.Message, StringComparison.Ordinal);
        Assert.Contains(cure, refused.Message, StringComparison.Ordinal);
        Assert.Empty(hub.Hellos);
    }

    [Fact]
    public async Task Sync_FloorGivenUp_WorksByTheBundleAloneAgain()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write(AgentBench.Rows(5));
        agent.SetFloor(hub, NoTexts);
        await agent.NightAsync();
        agent.PointTo(hub);
        File.Delete(Path.Combine(agent.State, "keys", "floor.pub"));

        var report = await agent.NightAsync();

        Assert.Equal(5UL, report.Changed);
        Assert.All(hub.Stored.Values, record => Assert.NotNull(record.Case.Subject));
    }
}
