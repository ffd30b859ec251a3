using CallTracking.Agent.Commands;
using CallTracking.Agent.Identity;
using CallTracking.Agent.Ledger;
using CallTracking.Rpc;
using Xunit;

namespace CallTracking.Agent.Tests.Sync;

/// <summary>Connections that break, hubs that are away or restored, ledgers that are damaged or old.</summary>
public sealed class TroubleTests
{
    [Fact]
    public async Task Sync_StreamBreaksBeforeABatchIsApplied_SendsItAgainByteEqual()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write(AgentBench.Rows(1600));
        var seen = 0;
        hub.BeforeBatch = (_, _) => Interlocked.Increment(ref seen) == 2 ? throw Lost() : Task.CompletedTask;

        var report = await agent.NightAsync();

        Assert.Equal((1600UL, 1600UL), (report.New, report.SentCases));
        Assert.Equal(1600, hub.Stored.Count);
        Assert.All(hub.Received.GroupBy(batch => batch.BatchId), same => Assert.Single(same.Distinct()));
        Assert.Contains(agent.Said, text => text.Contains("next try in", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Sync_AcknowledgementIsLost_CountsTheBatchOnce()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write(AgentBench.Rows(1600));
        var seen = 0;
        hub.BeforeAck = _ => Interlocked.Increment(ref seen) == 2 ? throw Lost() : Task.CompletedTask;

        var report = await agent.NightAsync();

        Assert.Equal((1600UL, 1600UL, 0UL), (report.New, report.SentCases, report.Unchanged));
        Assert.Contains(hub.Received.GroupBy(batch => batch.BatchId), same => same.Count() > 1);
    }

    [Fact]
    public async Task Sync_AcknowledgementsOutOfOrder_AllCount()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        hub.SwapAcks = true;
        agent.Write(AgentBench.Rows(2000));

        var report = await agent.NightAsync();

        Assert.Equal(2000UL, report.New);
    }

    [Fact]
    public async Task Sync_HubAway_EndsInTimeAndTheNextSyncDoesTheWork()
    {
        var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write(AgentBench.Rows(10));
        var port = hub.Address.Port;
        await hub.DisposeAsync();

        var away = await Assert.ThrowsAsync<AgentException>(() => agent.SyncAsync(TimeSpan.FromSeconds(2)));
        await using var back = await TestHub.StartAsync(port, hub.Authority);
        var report = await agent.NightAsync();

        Assert.Equal(ExitCode.HubNotReachable, away.Code);
        Assert.Contains(agent.Said, text => text.StartsWith("hub not reachable: connection refused; next try in", StringComparison.Ordinal));
        Assert.Equal(10UL, report.New);
    }

    [Fact]
    public async Task Sync_HubDiesInTheMiddle_GoesOnWhenItIsBack()
    {
        var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write(AgentBench.Rows(3000));
        var reached = new TaskCompletionSource();
        var seen = 0;
        hub.BeforeBatch = async (_, _) =>
        {
            if (Interlocked.Increment(ref seen) == 2)
            {
                reached.SetResult();
                await Task.Delay(Timeout.Infinite);
            }
        };
        var port = hub.Address.Port;

        var sync = agent.NightAsync();
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await hub.DisposeAsync();
        await using var back = await TestHub.StartAsync(port, hub.Authority);
        back.Epoch = hub.Epoch;
        var report = await sync;

        Assert.Equal(3000UL, report.Cases);
        Assert.Equal(3000, back.Stored.Keys.Union(hub.Stored.Keys).Count());
    }

    [Fact]
    public async Task Sync_OtherHubAtTheAddress_IsAnIdentityFault()
    {
        var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write(AgentBench.Rows(1));
        var port = hub.Address.Port;
        await hub.DisposeAsync();
        await using var impostor = await TestHub.StartAsync(port);

        var refused = await Assert.ThrowsAsync<AgentException>(() => agent.SyncAsync());

        Assert.Equal(ExitCode.Identity, refused.Code);
        Assert.Empty(impostor.Hellos);
    }

    [Fact]
    public async Task Sync_CertificateThatTheHubDoesNotTrust_IsAnIdentityFault()
    {
        await using var hub = await TestHub.StartAsync();
        using var stranger = new TestAuthority();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write(AgentBench.Rows(1));
        agent.ReplaceCertificate(stranger);

        var refused = await Assert.ThrowsAsync<AgentException>(() => agent.SyncAsync(TimeSpan.FromMinutes(1)));

        Assert.True(refused.Code == ExitCode.Identity, refused.ToString());
        Assert.Empty(hub.Hellos);
    }

    [Fact]
    public async Task Sync_CertificateNearItsEnd_IsRenewedOnTheWay()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write(AgentBench.Rows(1));
        var soon = TimeProvider.System.GetUtcNow().AddDays(30);
        agent.ReplaceCertificate(hub.Authority, soon);

        await agent.NightAsync();

        using var identity = new IdentityStore(StateVault.InClear(agent.State)).Load();
        Assert.True(identity.Certificate.NotAfter.ToUniversalTime() > soon.UtcDateTime.AddDays(1));
        Assert.Contains("the region's certificate was renewed", agent.Said);
        await agent.NightAsync();
        Assert.Single(agent.Said, text => text.Contains("renewed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Sync_LedgerRestoredFromBackup_SendsAllAgainAndDoublesNothing()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write(AgentBench.Rows(600));
        await agent.NightAsync();
        File.Copy(agent.LedgerFile, agent.LedgerFile + ".backup");
        File.Copy(agent.LedgerFile + "-sum", agent.LedgerFile + ".backup-sum");
        agent.Write(AgentBench.Rows(600, "changed"));
        await agent.NightAsync();
        foreach (var suffix in new[] { "-wal", "-shm" })
        {
            File.Delete(agent.LedgerFile + suffix);
        }

        // The backup knows the first wording, the hub the second; the source is back at the first.
        File.Move(agent.LedgerFile + ".backup", agent.LedgerFile, overwrite: true);
        File.Move(agent.LedgerFile + ".backup-sum", agent.LedgerFile + "-sum", overwrite: true);
        agent.Write(AgentBench.Rows(600));
        var report = await agent.NightAsync();

        Assert.Equal((600UL, 600UL), (report.Cases, report.Changed));
        Assert.Equal(600, hub.Stored.Count);
        Assert.Equal(2UL, hub.Epoch);
        Assert.Equal(600UL, (await agent.NightAsync()).Unchanged);
    }

    [Fact]
    public async Task Sync_DamagedLedger_IsMovedAsideAndEverythingIsReadAgain()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write(AgentBench.Rows(300));
        await agent.NightAsync();
        File.WriteAllText(agent.LedgerFile, "no database any more");

        var report = await agent.NightAsync();

        Assert.Equal((300UL, 300UL), (report.Cases, report.Unchanged));
        Assert.Equal(300UL, report.SentCases);
        Assert.Contains(agent.Said, text => text.Contains("What is left of it is now", StringComparison.Ordinal));
        Assert.Single(Directory.GetFiles(agent.State, "ledger.db.damaged-*"), file => !file.EndsWith("-sum", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Sync_DamagedBatchInTheOutbox_IsReadAgainFromTheSource()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write(AgentBench.Rows(300));
        using (var stop = new CancellationTokenSource())
        {
            hub.BeforeBatch = async (_, _) =>
            {
                await stop.CancelAsync();
                throw Lost();
            };
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => agent.SyncAsync(cancellationToken: stop.Token));
        }

        hub.BeforeBatch = (_, _) => Task.CompletedTask;
        Assert.NotEqual(0, await agent.EditLedgerAsync("update outbox set blob = zeroblob(length(blob))"));

        var report = await agent.NightAsync();

        Assert.Equal(300UL, report.Cases);
        Assert.Equal(300, hub.Stored.Count);
    }

    [Fact]
    public async Task Sync_OutboxFull_ReadingWaitsAndNothingIsDropped()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub, outbox: "4MB");
        agent.Write(AgentBench.Rows(1200, new string('z', 10_000)));
        var release = new TaskCompletionSource();
        hub.BeforeBatch = (_, _) => release.Task;

        var sync = agent.NightAsync();
        await Eventually.TrueAsync(() => !hub.Received.IsEmpty);
        long rows = 0;
        await Eventually.TrueAsync(() => rows == (rows = agent.Workplace!.Progress.Rows) && Stands(agent));
        var waiting = LedgerGlance.Of(agent.LedgerFile, 1)!.OutboxBytes;
        release.SetResult();
        var report = await sync;

        Assert.InRange(waiting, 2 << 20, 4 << 20);
        Assert.InRange(rows, 300, 700);
        Assert.Equal(1200UL, report.New);
    }

    [Fact]
    public async Task Sync_StoppedInTheMiddle_NextSyncClosesTheOldRunAndGoesOn()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write(AgentBench.Rows(2600));
        using var stop = new CancellationTokenSource();
        var seen = 0;
        hub.BeforeBatch = async (_, _) =>
        {
            if (Interlocked.Increment(ref seen) == 2)
            {
                await stop.CancelAsync();
                throw Lost();
            }
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => agent.SyncAsync(cancellationToken: stop.Token));

        var result = await agent.SyncAsync();

        Assert.True(result.Closes);
        Assert.Equal(2, result.Runs.Count);
        Assert.All(result.Runs, run => Assert.True(RunSum.Closes(run.Report) && run.Ack!.Agrees));
        Assert.Equal(2600UL, (ulong)result.Runs.Sum(run => (long)run.Report.New));
        Assert.Equal(2600, hub.Stored.Count);
    }

    [Fact]
    public async Task Sync_ClockSetBackWhileTheHubAskedForSilence_GoesOnAfterTheSilence()
    {
        var clock = new ShiftedClock();
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub, clock: clock);
        agent.Write(AgentBench.Rows(2000));
        var isAsked = false;
        hub.BeforeBatch = async (_, responses) =>
        {
            if (!isAsked)
            {
                isAsked = true;
                var wait = Google.Protobuf.WellKnownTypes.Duration.FromTimeSpan(TimeSpan.FromSeconds(1));
                await responses.WriteAsync(new Contracts.PushResponse { Credit = new Contracts.Credit { Wait = wait } }, CancellationToken.None);
                await Task.Delay(200);
                clock.Set(TimeSpan.FromDays(-1));
            }
        };

        Assert.Equal(2000UL, (await agent.NightAsync().WaitAsync(TimeSpan.FromSeconds(45))).Cases);
    }

    private static RpcException Lost() => new(RpcStatusCode.Unavailable, "the test broke the stream");

    private static bool Stands(AgentBench agent)
    {
        var before = agent.Workplace!.Progress.Rows;
        Thread.Sleep(500);
        return before > 0 && agent.Workplace.Progress.Rows == before;
    }
}
