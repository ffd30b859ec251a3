using CallTracking.Agent.Commands;
using CallTracking.Agent.Ledger;
using CallTracking.Agent.Reconciliation;
using CallTracking.Agent.Sources;
using CallTracking.Agent.Tests.Sync;
using CallTracking.Contracts;
using CallTracking.Rpc;
using Google.Protobuf;
using Xunit;

namespace CallTracking.Agent.Tests.Reconciliation;

/// <summary>Comparing with a hub that lost, changed or erased cases, that breaks on the way, is old, or lies.</summary>
public sealed class ReconcileTests
{
    private const int Cases = 600;
    private static readonly ReadingWish Alone = new() { Comparing = Comparing.Alone };
    private static readonly ReadingWish After = new() { Comparing = Comparing.AfterRuns };

    [Fact]
    public async Task Reconcile_NothingToDo_SaysOneLineAndReadsAndSendsNothing()
    {
        await using var hub = await TestHub.StartAsync(canReconcile: true);
        using var agent = await StartAsync(hub);
        var (sent, runs) = (hub.Received.Count, hub.Reports.Count);

        var (code, output, error) = await AgentProgram.RunAsync("reconcile", "--config", agent.Config);

        Assert.Equal((ExitCode.Done, "compared with the hub: 600 cases, all equal", ""), (code, output.Trim(), error.Trim()));
        Assert.Equal((sent, runs), (hub.Received.Count, hub.Reports.Count));
        Assert.Equal((4, true), (hub.Ranges.Count, hub.Ranges.All(range => range.CheckSeals)));
    }

    [Fact]
    public async Task Reconcile_SevenDeletedAndOneErased_SendsSevenAndNotesTheErased()
    {
        await using var hub = await TestHub.StartAsync(canReconcile: true);
        using var agent = await StartAsync(hub);
        var deleted = hub.Stored.Keys.Take(8).ToList();
        deleted.ForEach(uid => hub.Stored.TryRemove(uid, out _));
        hub.Erased[deleted[7]] = true;
        hub.Received.Clear();

        var healed = await agent.SyncAsync(wish: Alone);
        hub.Ranges.Clear();
        var again = await agent.SyncAsync(wish: Alone);

        Assert.Equal((7, 1, 0), (healed.Compared!.Wounds.Missing, healed.Compared.Found.Suppressed, healed.Compared.Open));
        Assert.Equal(deleted.Take(7).Order(ByBytes), hub.Received.SelectMany(batch => batch.Records).Select(record => record.CaseUid).Order(ByBytes));
        Assert.Equal(deleted.Take(7).Order(ByBytes), hub.Missed.Order(ByBytes));
        Assert.Equal((false, 0L, 599L), (again.Compared!.IsWounded, again.Compared.Found.Suppressed, again.Compared.Found.Cases));
        var night = await agent.NightAsync();
        Assert.Equal((599UL, 1UL, 0UL), (night.Unchanged, night.Suppressed, night.SentCases));
    }

    [Fact]
    public async Task Reconcile_RowAltered_IsSentAgain()
    {
        await using var hub = await TestHub.StartAsync(canReconcile: true);
        using var agent = await StartAsync(hub);
        hub.Altered[hub.Stored.Keys.First()] = true;
        hub.BeforeBatch = (batch, _) =>
        {
            batch.Records.ToList().ForEach(record => hub.Altered.TryRemove(record.CaseUid, out var _));
            return Task.CompletedTask;
        };

        var healed = await agent.SyncAsync(wish: Alone);

        Assert.Equal((1, 0, 1UL), (healed.Compared!.Wounds.Altered, healed.Compared.Open, healed.Runs[^1].Report.SentCases));
    }

    [Fact]
    public async Task Reconcile_RowAlteredThatNoSourceHasAnyMore_IsAWoundOnceAndNeverAllEqual()
    {
        await using var hub = await TestHub.StartAsync(canReconcile: true);
        using var agent = await StartAsync(hub);
        hub.Altered[hub.Stored.Keys.First()] = true;
        agent.Write([]);

        var first = await agent.SyncAsync(wish: Alone);
        var runs = await agent.QueryAsync("select cast(count(*) as text) from runs");
        var (code, output, _) = await AgentProgram.RunAsync("reconcile", "--config", agent.Config);

        Assert.Equal((true, 1L), (first.Compared!.IsWounded, first.Compared.Open));
        Assert.Equal(ExitCode.RunFailed, code);
        Assert.Contains("not to be sent again: 1 changed", output, StringComparison.Ordinal);
        Assert.DoesNotContain("all equal", output, StringComparison.Ordinal);
        Assert.Equal(runs, await agent.QueryAsync("select cast(count(*) as text) from runs")); // Nothing was read anew.
    }

    [Fact]
    public async Task Reconcile_HubBreaksTheContractAfterTheRun_NightIsDoneAllTheSame()
    {
        await using var hub = await TestHub.StartAsync(canReconcile: true);
        using var agent = await StartAsync(hub);
        hub.Twist = verdict =>
        {
            verdict.PrefixBits++;
            return verdict;
        };

        var result = await agent.SyncAsync(wish: After);

        Assert.Equal(ExitCode.Done, result.Code);
        Assert.Null(result.Compared);
        Assert.Contains(agent.Said, line => line.StartsWith("WARNING", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Reconcile_NightAfterNight_LooksAtEverySealWithinSixteen()
    {
        await using var hub = await TestHub.StartAsync(canReconcile: true);
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write(AgentBench.Rows(4_200));
        var looked = new HashSet<ByteString>();
        for (var night = 0; night < 16; night++)
        {
            await agent.NightAsync(new ReadingWish(CaseId: "C1")); // Others than nights count among the runs.
            hub.Ranges.Clear();
            await agent.NightAsync(After);
            Assert.Equal(2, hub.Ranges.Count(range => range.CheckSeals));
            looked.UnionWith(hub.Ranges.Where(range => range.CheckSeals).Select(range => range.Prefix));
        }

        Assert.Equal(hub.Ranges.Select(range => range.Prefix).Order(ByBytes), looked.Order(ByBytes));
        Assert.Equal(32, looked.Count);
    }

    [Fact]
    public async Task Reconcile_CallBreaksOnTheWay_GoesOnAndCountsEachRangeOnce()
    {
        await using var hub = await TestHub.StartAsync(canReconcile: true);
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write(AgentBench.Rows(4_200));
        await agent.NightAsync();
        hub.Stored.TryRemove(hub.Stored.Keys.First(), out _);
        var answers = 0;
        hub.BeforeAnswer = _ =>
        {
            if (++answers is 1 or 9 or 40)
            {
                throw RpcException.WithReason(RpcStatusCode.Unavailable, "server-stopping", "This hub process is stopping.", TimeSpan.FromMilliseconds(10));
            }
        };

        var result = await agent.SyncAsync(wish: Alone);

        Assert.Equal((1, 0L, 4_200L), (result.Compared!.Wounds.Missing, result.Compared.Open, result.Compared.Found.Cases));
        Assert.Contains(agent.Said, line => line.Contains("comparing with the hub was interrupted", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Reconcile_StoppedBetweenFindingAndHealing_NextSyncOrReconcileHeals()
    {
        await using var hub = await TestHub.StartAsync(canReconcile: true);
        using var agent = await StartAsync(hub);
        hub.Stored.Keys.Take(7).ToList().ForEach(uid => hub.Stored.TryRemove(uid, out _));
        using var stop = new CancellationTokenSource();
        hub.BeforeBatch = async (_, _) =>
        {
            await stop.CancelAsync();
            throw new IOException("cut");
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => agent.SyncAsync(wish: Alone, cancellationToken: stop.Token));
        hub.BeforeBatch = (_, _) => Task.CompletedTask;
        var next = await agent.SyncAsync(wish: Alone);

        Assert.Equal((Cases, 0L), (hub.Stored.Count, next.Compared!.Open));
        Assert.False((await agent.SyncAsync(wish: Alone)).Compared!.IsWounded);
    }

    [Fact]
    public async Task Reconcile_HubOfAnEarlierVersion_IsSaidAndHarmless()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await StartAsync(hub);

        var night = await agent.SyncAsync(wish: After);
        var (code, output, error) = await AgentProgram.RunAsync("reconcile", "--config", agent.Config);

        Assert.Equal((ExitCode.Done, ExitCode.RunFailed, ""), (night.Code, code, output));
        Assert.Contains("of an earlier version and cannot compare", error, StringComparison.Ordinal);
        Assert.Contains(agent.Said, line => line.Contains("of an earlier version and cannot compare", StringComparison.Ordinal));
        Assert.Equal((Cases, 0UL), (hub.Stored.Count, night.Runs[^1].Report.SentCases));
    }

    [Fact]
    public async Task Reconcile_LedgerWiped_ReadsFirstAndDeletesNothing()
    {
        await using var hub = await TestHub.StartAsync(canReconcile: true);
        using var agent = await StartAsync(hub);
        File.Delete(agent.LedgerFile);
        agent.Write(AgentBench.Rows(500));

        var first = await agent.SyncAsync(wish: Alone);
        var second = await agent.SyncAsync(wish: Alone);

        Assert.Equal((100L, false, 500UL), (first.Compared!.Found.OnlyAtHub, first.Compared.IsWounded, first.Runs[^1].Report.Unchanged));
        Assert.Equal((0L, 600L, Cases), (second.Compared!.Found.OnlyAtHub, second.Compared.Found.Cases, hub.Stored.Count));
    }

    [Fact]
    public async Task Reconcile_HubKeepsAnotherVersion_IsToldOnceAndNotSentForEver()
    {
        await using var hub = await TestHub.StartAsync(canReconcile: true);
        using var agent = await StartAsync(hub);
        var other = hub.Stored.First().Value.Clone();
        other.ChangeHash = ByteString.CopyFrom(new byte[15].Append((byte)1).ToArray());
        hub.Stored[other.CaseUid] = other;
        hub.Judge = _ => Outcome.Superseded;

        var first = await agent.SyncAsync(wish: Alone);
        var second = await agent.SyncAsync(wish: Alone);

        Assert.Equal((1L, 1L), (first.Compared!.Wounds.Differing, first.Compared.Open));
        Assert.Equal((false, 0), (second.Compared!.IsWounded, second.Runs.Count));
    }

    [Fact]
    public async Task Reconcile_MoreThanTheHubNames_IsAskedInParts()
    {
        await using var hub = await TestHub.StartAsync(canReconcile: true);
        using var agent = await StartAsync(hub);
        hub.MostNamed = 20;
        hub.Stored.Keys.Take(3).ToList().ForEach(uid => hub.Stored.TryRemove(uid, out _));

        var result = await agent.SyncAsync(wish: Alone);

        Assert.Equal((3, 0L, 600L), (result.Compared!.Wounds.Missing, result.Compared.Open, result.Compared.Found.Cases));
        Assert.Contains(hub.Ranges, range => range.PrefixBits == 6);
    }

    [Theory]
    [InlineData("another range")]
    [InlineData("a case of another range")]
    [InlineData("a hash of no length")]
    public async Task Reconcile_HubThatBreaksTheContract_IsSaidAndNothingIsTaken(string how)
    {
        await using var hub = await TestHub.StartAsync(canReconcile: true);
        using var agent = await StartAsync(hub);
        hub.Twist = verdict =>
        {
            verdict.Equal = false;
            verdict.PrefixBits += how == "another range" ? 1U : 0;
            var other = (byte)(verdict.Prefix[0] ^ 0x80);
            verdict.Stored.Add(new StoredVersion { CaseUid = ByteString.CopyFrom([how.StartsWith("a case", StringComparison.Ordinal) ? other : verdict.Prefix[0], .. new byte[15]]) });
            return verdict;
        };

        await Assert.ThrowsAsync<SyncContractException>(() => agent.SyncAsync(wish: Alone));

        Assert.Equal(["600"], await agent.QueryAsync("select cast(count(*) as text) from cases where hash is not null and state = 0"));
    }

    [Fact]
    public async Task Reconcile_HubStaysAwayAfterTheRun_NightIsDoneAllTheSame()
    {
        await using var hub = await TestHub.StartAsync(canReconcile: true);
        using var agent = await StartAsync(hub);
        hub.BeforeAnswer = _ => throw RpcException.WithReason(RpcStatusCode.Unavailable, "database-restarting", "Later.", TimeSpan.FromMilliseconds(1));

        var night = await agent.SyncAsync(wish: After);
        var alone = await Assert.ThrowsAsync<AgentException>(() => agent.SyncAsync(wish: Alone));

        Assert.Equal((ExitCode.Done, true, ExitCode.HubNotReachable), (night.Code, night.Compared is null, alone.Code));
        Assert.Contains(agent.Said, line => line.StartsWith("WARNING  Comparing with the hub broke off", StringComparison.Ordinal));
    }

    private static Comparer<ByteString> ByBytes { get; } = Comparer<ByteString>.Create((left, right) => left.Span.SequenceCompareTo(right.Span));

    private static async Task<AgentBench> StartAsync(TestHub hub)
    {
        var agent = await AgentBench.AtAsync(hub);
        agent.Write(AgentBench.Rows(Cases));
        await agent.NightAsync();
        return agent;
    }
}
