using CallTracking.Agent.Commands;
using CallTracking.Agent.Ledger;
using CallTracking.Contracts;
using Google.Protobuf;
using Xunit;

namespace CallTracking.Agent.Tests.Sync;

/// <summary>Policy bundles that end: before a night, in its middle, and the fresh one that is asked for in time.</summary>
public sealed class BundleExpiryTests
{
    private static readonly DateTimeOffset Start = new(2026, 10, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Sync_BundleExpiresWhileBatchesWait_EndsAsNoPolicyAndTheNextSyncDoesTheRest()
    {
        var clock = ShiftedClock.At(Start);
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub, clock: clock);
        agent.StoreBundle(Short(hub, clock));
        agent.Write(AgentBench.Rows(2600));
        hub.CreditBytes = 1;
        var isRead = false;
        hub.BeforeBatch = async (_, _) =>
        {
            if (!isRead)
            {
                await Eventually.TrueAsync(() => LedgerGlance.Of(agent.LedgerFile, 1)!.Runs is [{ State: RunState.Draining }]);
                isRead = true;
                clock.Pass(TimeSpan.FromDays(2));
            }
        };

        var refused = await RefusedAsync(agent, clock);

        Assert.Equal(ExitCode.NoPolicy, refused.Code);
        Assert.Contains("expired on", refused.Message, StringComparison.Ordinal);
        Assert.Contains("outbox", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Have headquarters issue one, then sync again.", refused.Message, StringComparison.Ordinal);
        Assert.Single(hub.Received);
        Assert.InRange(LedgerGlance.Of(agent.LedgerFile, 1)!.OutboxCases, 2000, 2600);
        hub.CreditBytes = 8 << 20;
        hub.Tasks.Enqueue(Task(hub.Authority.Bundle(1)));
        Assert.Equal(2600UL, (await agent.NightAsync()).Cases);
        Assert.Equal(2600, hub.Stored.Count);
    }

    [Fact]
    public async Task Sync_BundleExpiresWhileReading_EndsAsNoPolicyAndTheNextSyncDoesTheRest()
    {
        var clock = ShiftedClock.At(Start);
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub, outbox: "4MB", clock: clock);
        agent.StoreBundle(Short(hub, clock));
        agent.Write(AgentBench.Rows(1000, new string('z', 10_000)));
        hub.BeforeBatch = (batch, _) =>
        {
            if (batch.Records[0].Sequence > 200)
            {
                clock.Pass(TimeSpan.FromDays(2));
            }

            return System.Threading.Tasks.Task.CompletedTask;
        };

        var refused = await RefusedAsync(agent, clock);

        Assert.Equal(ExitCode.NoPolicy, refused.Code);
        hub.BeforeBatch = (_, _) => System.Threading.Tasks.Task.CompletedTask;
        hub.Tasks.Enqueue(Task(hub.Authority.Bundle(1)));
        Assert.Equal(1000UL, (await agent.NightAsync()).Cases);
        Assert.Equal(1000, hub.Stored.Count);
    }

    [Fact]
    public async Task Sync_BundleExpiresAndTheHubSendsAnother_TheRunGoesOn()
    {
        var clock = ShiftedClock.At(Start);
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub, outbox: "4MB", clock: clock);
        agent.StoreBundle(Short(hub, clock));
        agent.Write(AgentBench.Rows(1000, new string('z', 10_000)));
        var isOver = false;
        hub.BeforeBatch = async (batch, responses) =>
        {
            if (!isOver && batch.Records[0].Sequence > 200)
            {
                isOver = true;
                clock.Pass(TimeSpan.FromDays(2));
                await System.Threading.Tasks.Task.Delay(500);
                await responses.WriteAsync(new PushResponse { Task = Task(hub.Authority.Bundle(1)) }, CancellationToken.None);
            }
        };

        var result = await agent.SyncAsync();

        Assert.True(result.Closes);
        Assert.Equal(1000UL, Assert.Single(result.Runs).Report.New);
        Assert.Equal(1000, hub.Stored.Count);
    }

    [Fact]
    public async Task Hello_BundleInItsLastThird_AsksForAFreshOne()
    {
        var clock = ShiftedClock.At(Start);
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub, clock: clock);
        agent.Write(AgentBench.Rows(3));
        agent.StoreBundle(hub.Authority.Bundle(1, clock.GetUtcNow().AddDays(-29), clock.GetUtcNow().AddDays(16)));
        await agent.NightAsync();
        agent.StoreBundle(hub.Authority.Bundle(1, clock.GetUtcNow().AddDays(-31), clock.GetUtcNow().AddDays(14)));
        await agent.NightAsync();

        Assert.Equal([1UL, 0UL], hub.Hellos.Select(hello => hello.PolicyVersion));
    }

    [Fact]
    public async Task Hello_BundleOfAPolicyThatIsLongInForce_CountsFromItsIssue()
    {
        var clock = ShiftedClock.At(Start);
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub, clock: clock);
        agent.Write(AgentBench.Rows(3));
        agent.StoreBundle(hub.Authority.Issued(clock.GetUtcNow().AddDays(-20), validFrom: clock.GetUtcNow().AddDays(-400), until: clock.GetUtcNow().AddDays(25)));

        await agent.NightAsync();

        Assert.Equal(1UL, hub.Hellos.Single().PolicyVersion);
    }

    private static SignedPolicyBundle Short(TestHub hub, ShiftedClock clock) =>
        hub.Authority.Bundle(1, clock.GetUtcNow().AddDays(-1), clock.GetUtcNow().AddDays(1));

    /// <summary>Syncs, and lets time fly so that nothing that is bounded takes long.</summary>
    private static async Task<AgentException> RefusedAsync(AgentBench agent, ShiftedClock clock)
    {
        var expiredAt = clock.GetUtcNow().AddDays(1);
        var sync = agent.SyncAsync();
        while (!sync.IsCompleted)
        {
            if (clock.GetUtcNow() > expiredAt)
            {
                clock.Pass(TimeSpan.FromSeconds(2));
            }

            await System.Threading.Tasks.Task.WhenAny(sync, System.Threading.Tasks.Task.Delay(100));
        }

        return await Assert.ThrowsAsync<AgentException>(() => sync);
    }

    private static RegionTask Task(SignedPolicyBundle bundle) => new() { TaskId = ByteString.CopyFrom(Guid.NewGuid().ToByteArray()), Policy = bundle };
}
