using CallTracking.Contracts;
using CallTracking.Hub.Access;
using CallTracking.Hub.Ingest;
using CallTracking.Hub.Tests.Kit;
using CallTracking.Rpc;
using CallTracking.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CallTracking.Hub.Tests.Ingest;

/// <summary>Who may push, with which ledger, under which policy.</summary>
public sealed class PushIdentityTests(PostgresCluster postgres) : IClassFixture<PostgresCluster>, IAsyncLifetime
{
    private TestHub _hub = null!;
    private RegionClient _japan = null!;

    public async Task InitializeAsync()
    {
        _hub = await TestHub.StartAsync((await postgres.CreateMigratedAsync()).ConnectionString);
        await _hub.PublishAsync();
        _japan = await _hub.EnrolAsync("JP");
    }

    public async Task DisposeAsync()
    {
        _japan.Dispose();
        await _hub.DisposeAsync();
    }

    [PostgresFact]
    public async Task Push_WithoutCertificate_IsUnauthenticated()
    {
        var refused = await Assert.ThrowsAsync<RpcException>(() => PushClient.OpenAsync(_hub.OpenChannel(null), new Hello { Region = "JP" }));

        Assert.Equal((RpcStatusCode.Unauthenticated, "certificate-required"), (refused.StatusCode, refused.Reason));
    }

    [PostgresFact]
    public async Task Push_ForAnotherRegion_IsPermissionDenied()
    {
        var refused = await Assert.ThrowsAsync<RpcException>(() => _japan.PushAsync(new Hello { Region = "DE", PolicyVersion = 1 }));

        Assert.Equal((RpcStatusCode.PermissionDenied, "wrong-region"), (refused.StatusCode, refused.Reason));
        Assert.Equal(0, await _hub.QueryAsync<long>("select epoch from region"));
    }

    [PostgresFact]
    public async Task Push_CertificateRevokedMeanwhile_StoresNothingMore()
    {
        await using var push = await _japan.PushAsync();
        await push.PushAsync(Make.Batch(push, Make.Record(Make.Case("JP", 1), 1)));
        await _hub.Services.GetRequiredService<RegionStore>().RevokeAsync(_japan.Region, DateTimeOffset.UnixEpoch, default);

        var during = await Assert.ThrowsAsync<RpcException>(() => push.PushAsync(Make.Batch(push, Make.Record(Make.Case("JP", 2), 2))));
        var after = await Assert.ThrowsAsync<RpcException>(() => _japan.PushAsync());

        Assert.All([during, after], refused => Assert.Equal((RpcStatusCode.Unauthenticated, "certificate-refused"), (refused.StatusCode, refused.Reason)));
        Assert.Equal(1, await _hub.QueryAsync<long>("select count(*) from cases"));
    }

    [PostgresFact]
    public async Task Push_NewerPushOfTheRegion_FencesTheOlderOff()
    {
        await using var older = await _japan.PushAsync();
        await older.PushAsync(Make.Batch(older, Make.Record(Make.Case("JP", 1), 1)));
        await using var newer = await _japan.PushAsync(older.Welcome, lastSequence: 1);

        var refused = await Assert.ThrowsAsync<RpcException>(() => older.PushAsync(Make.Batch(older, Make.Record(Make.Case("JP", 2), 2))));
        var ack = await newer.PushAsync(Make.Batch(newer, Make.Record(Make.Case("JP", 3), 2)));

        Assert.Equal((RpcStatusCode.FailedPrecondition, "epoch-fenced"), (refused.StatusCode, refused.Reason));
        Assert.Equal([Outcome.New], Make.Outcomes(ack));
        Assert.Equal(EpochNote.Continued, newer.Welcome.EpochNote);
        Assert.Equal(1UL, newer.Welcome.LastSequence);
    }

    [PostgresFact]
    public async Task Push_LedgerRestoredFromABackup_GetsANewEpochAndLosesNothing()
    {
        await using (var first = await _japan.PushAsync())
        {
            await first.PushAsync(Make.Batch(first, Make.Record(Make.Case("JP", 1), 1), Make.Record(Make.Case("JP", 2), 2)));
            Assert.Equal(EpochNote.First, first.Welcome.EpochNote);
            await using var restored = await _japan.PushAsync(first.Welcome, lastSequence: 1);

            Assert.Equal(EpochNote.LedgerBehind, restored.Welcome.EpochNote);
            Assert.Equal(2UL, restored.Epoch);
            Assert.NotEqual(first.Welcome.Lease, restored.Welcome.Lease);
            var newer = Make.Case("JP", 2);
            newer.Status = CaseStatus.Resolved;
            var ack = await restored.PushAsync(Make.Batch(restored, Make.Record(Make.Case("JP", 1), 1), Make.Record(newer, 2, version: 5)));
            Assert.Equal([Outcome.Unchanged, Outcome.Changed], Make.Outcomes(ack));
        }

        await using var fresh = await _japan.PushAsync();
        Assert.Equal(EpochNote.LedgerNew, fresh.Welcome.EpochNote);
        Assert.Equal(3UL, fresh.Epoch);
    }

    [PostgresFact]
    public async Task Push_TwoCopiesOfALedger_AreFoundOutByTheirSequences()
    {
        await using var first = await _japan.PushAsync();
        await using (var copy = await _japan.PushAsync(first.Welcome, lastSequence: 0))
        {
            await copy.PushAsync(Make.Batch(copy, Make.Record(Make.Case("JP", 1), 1), Make.Record(Make.Case("JP", 2), 2)));
        }

        // The original gave out sequences of its own before the copy pushed.
        await using var original = await _japan.PushAsync(first.Welcome, lastSequence: 5);
        var refused = await Assert.ThrowsAsync<RpcException>(() => original.PushAsync(Make.Batch(original, Make.Record(Make.Case("JP", 9), 2))));
        await using var again = await _japan.PushAsync(first.Welcome, lastSequence: 5);

        Assert.Equal("epoch-fenced", refused.Reason);
        Assert.True(again.Epoch > first.Epoch);
        Assert.Equal((EpochNote.OtherAgent, 1L), (again.Welcome.EpochNote, await _hub.QueryAsync<long>("select count(*) from region where other_agent_at is not null")));
        Assert.Equal(2, await _hub.QueryAsync<long>("select count(*) from cases"));
    }

    [PostgresFact]
    public async Task Push_BatchOfAnOlderEpoch_IsRefused()
    {
        await using var push = await _japan.PushAsync();
        var batch = Make.Batch(push, Make.Record(Make.Case("JP", 1), 1));
        batch.Epoch = 7;

        Assert.Equal("epoch-fenced", (await Assert.ThrowsAsync<RpcException>(() => push.PushAsync(batch))).Reason);
    }

    [PostgresFact]
    public async Task Push_WithoutAnyPolicy_IsRefused()
    {
        await _hub.ExecuteAsync("delete from policy_version");
        _hub.Services.GetRequiredService<Hub.Policies.RuleSource>().Expire();

        var refused = await Assert.ThrowsAsync<RpcException>(() => _japan.PushAsync());

        Assert.Equal((RpcStatusCode.FailedPrecondition, "policy-required"), (refused.StatusCode, refused.Reason));
    }

    [PostgresFact]
    public async Task Push_FirstMessageIsNoHello_IsRefused()
    {
        await using var channel = _hub.OpenChannel(_japan.Certificate);
        using var call = channel.OpenDuplex<PushRequest, PushResponse>(TestHub.Method<PushRequest>(SyncReflection.Descriptor, "Push"), new RpcCallOptions(), default);
        await call.WriteAsync(new PushRequest { RunReport = new RunReport() }, default);

        var refused = await Assert.ThrowsAsync<RpcException>(async () => await call.ReadAsync(default));

        Assert.Equal(RpcStatusCode.InvalidArgument, refused.StatusCode);
    }

    [PostgresFact]
    public async Task Push_BatchShapedUnderAnOlderPolicy_IsSentBackAndThePushGoesOn()
    {
        await using var push = await _japan.PushAsync();
        var early = Make.Batch(push, Make.Record(Make.Case("JP", 1), 1));
        await _hub.PublishAsync();

        await push.SendAsync(new PushRequest { Batch = early });
        var reshape = (await push.ReceiveAsync(PushResponse.MessageOneofCase.Reshape)).Reshape;
        var task = (await push.ReceiveAsync(PushResponse.MessageOneofCase.Task)).Task;
        var late = Make.Batch(push, Make.Record(Make.Case("JP", 1), 2));
        late.PolicyVersion = 2;

        Assert.Equal(early.BatchId, Assert.Single(reshape.BatchIds));
        Assert.Equal(2UL, reshape.RequiredPolicyVersion);
        Assert.Equal(2UL, PolicyBundle.Parser.ParseFrom(task.Policy.Bundle).Version);
        Assert.Equal([Outcome.New], Make.Outcomes(await push.PushAsync(late)));
        Assert.Equal(2, await _hub.QueryAsync<long>("select policy_version from cases"));
    }

    [PostgresFact]
    public async Task Push_PolicyPublishedByAnotherProcess_IsNoticedInTheTransaction()
    {
        await using var push = await _japan.PushAsync();
        await push.PushAsync(Make.Batch(push, Make.Record(Make.Case("JP", 1), 1)));

        // Straight into the table, so that this process does not know yet; it looks by itself every two seconds, and on a slow
        // machine just in this moment.
        RpcException? moved = null;
        var version = 1;
        while (moved is null && version < 20)
        {
            version++;
            await _hub.ExecuteAsync($"insert into policy_version select {version}, now(), now() - interval '1 minute', 'counsel', 'later', 1, documents from policy_version where version = 1");
            moved = await Record.ExceptionAsync(() => push.PushAsync(Make.Batch(push, Make.Record(Make.Case("JP", version), (ulong)version)))) as RpcException;
        }

        await using var again = await _japan.PushAsync(push.Welcome, lastSequence: (ulong)version - 1);
        await again.PushAsync(Make.Batch(again, Make.Record(Make.Case("JP", version), (ulong)version)));

        Assert.Equal((RpcStatusCode.Unavailable, "policy-moved"), (moved?.StatusCode, moved?.Reason));
        Assert.NotNull(moved?.RetryAfter);
        Assert.Equal(version, await _hub.QueryAsync<long>($"select policy_version from cases where sequence = {version}"));
    }

    [PostgresFact]
    public async Task SendAgain_Task_IsDeliveredUntilItIsAnswered()
    {
        var store = _hub.Services.GetRequiredService<TaskStore>();
        await store.AddAsync(_japan.Region, new RegionTask { SendAgain = new SendAgain { Everything = true, Reason = "test" } }, Make.Day, default);
        await using (var first = await _japan.PushAsync())
        {
            Assert.True((await first.ReceiveAsync(PushResponse.MessageOneofCase.Task)).Task.SendAgain.Everything);
        }

        await using var second = await _japan.PushAsync();
        var task = (await second.ReceiveAsync(PushResponse.MessageOneofCase.Task)).Task;
        await second.SendAsync(new PushRequest { TaskResult = new TaskResult { TaskId = task.TaskId, Status = Contracts.TaskStatus.Done, Count = 4 } });
        await second.FinishAsync();

        Assert.Empty(await store.FindOpenAsync(_japan.Region, default));
        Assert.Equal(4, await _hub.QueryAsync<long>("select count from region_task where delivered_at is not null and finished_at is not null"));
    }

    [PostgresFact]
    public async Task SendAgain_TaskGivenDuringAPush_ReachesTheAgentInIt()
    {
        await using var push = await _japan.PushAsync();
        await _hub.Services.GetRequiredService<TaskStore>().AddAsync(_japan.Region, new RegionTask { SendAgain = new SendAgain { CaseUids = { Make.Id(1) } } }, Make.Day, default);

        Assert.Equal(Make.Id(1), Assert.Single((await push.ReceiveAsync(PushResponse.MessageOneofCase.Task)).Task.SendAgain.CaseUids));
    }

    [PostgresFact]
    public async Task Push_TwoHubProcessesOnOneDatabase_ServeTwoRegionsAtOnce()
    {
        await using var second = await TestHub.StartAsync(_hub.Options.ConnectionString, state: _hub.Options.StateDirectory);
        using var germany = await _hub.EnrolAsync("DE");
        await using var japanese = await _japan.PushAsync();
        await using var german = await germany.PushAsync(new Hello { Region = "DE", PolicyVersion = 1 }, second);

        await Task.WhenAll(PushMany(japanese, "JP", 0), PushMany(german, "DE", 100_000));

        Assert.Equal(1000, await _hub.QueryAsync<long>("select count(*) from cases where region = 'JP'"));
        Assert.Equal(1000, await _hub.QueryAsync<long>("select count(*) from cases where region = 'DE'"));

        static async Task PushMany(PushClient push, string region, int first)
        {
            for (var batch = 0; batch < 10; batch++)
            {
                var at = batch * 100;
                var ack = await push.PushAsync(Make.Batch(push, [.. Enumerable.Range(1, 100).Select(i => Make.Record(Make.Case(region, first + at + i), (ulong)(at + i)))]));
                Assert.All(Make.Outcomes(ack), outcome => Assert.Equal(Outcome.New, outcome));
            }
        }
    }

    [PostgresFact]
    public async Task Push_OnTheSecondProcess_FencesTheFirst()
    {
        await using var second = await TestHub.StartAsync(_hub.Options.ConnectionString, state: _hub.Options.StateDirectory);
        await using var older = await _japan.PushAsync();
        await using var newer = await _japan.PushAsync(
            new Hello { Region = "JP", PolicyVersion = 1, Epoch = older.Epoch, Lease = older.Welcome.Lease }, second);

        Assert.Equal("epoch-fenced", (await Assert.ThrowsAsync<RpcException>(() => older.PushAsync(Make.Batch(older, Make.Record(Make.Case("JP", 1), 1))))).Reason);
    }
}
