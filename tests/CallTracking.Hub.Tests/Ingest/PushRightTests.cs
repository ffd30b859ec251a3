using CallTracking.Contracts;
using CallTracking.Hub.Access;
using CallTracking.Hub.Ingest;
using CallTracking.Hub.Tests.Kit;
using CallTracking.Rpc;
using CallTracking.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CallTracking.Hub.Tests.Ingest;

/// <summary>A push that may not go on any more: it ends by itself, gets nothing and leaves nothing behind.</summary>
public sealed class PushRightTests(PostgresCluster postgres) : IClassFixture<PostgresCluster>, IAsyncLifetime
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
    public async Task Push_RevokedAndSendsNothing_IsEndedByTheBeatAndGetsNoTask()
    {
        await using var push = await _japan.PushAsync();
        await RevokeAsync();
        await AddTaskAsync();

        var ended = await Assert.ThrowsAsync<RpcException>(() => push.ReceiveAsync(PushResponse.MessageOneofCase.Task));

        Assert.Equal((RpcStatusCode.Unauthenticated, "certificate-refused"), (ended.StatusCode, ended.Reason));
        Assert.Equal(0, await _hub.QueryAsync<long>("select count(*) from region_task where delivered_at is not null"));
    }

    [PostgresFact]
    public async Task Push_CertificateThatExpiredOnTheWay_StoresNothing()
    {
        await using var push = await _japan.PushAsync();
        await _hub.ExecuteAsync("update region_certificate set expires_at = now() - interval '1 second'");

        var ended = await Assert.ThrowsAsync<RpcException>(() => push.PushAsync(Make.Batch(push, Make.Record(Make.Case("JP", 1), 1))));

        Assert.Equal((RpcStatusCode.Unauthenticated, "certificate-refused"), (ended.StatusCode, ended.Reason));
        Assert.Equal(0, await _hub.QueryAsync<long>("select count(*) from cases"));
    }

    [PostgresFact]
    public async Task Push_FencedAndSendsNothing_IsEndedByTheBeat()
    {
        await using var older = await _japan.PushAsync();
        await using var newer = await _japan.PushAsync(older.Welcome, lastSequence: 0);

        var ended = await Assert.ThrowsAsync<RpcException>(() => older.ReceiveAsync(PushResponse.MessageOneofCase.Task));
        await AddTaskAsync();

        Assert.Equal((RpcStatusCode.FailedPrecondition, "epoch-fenced"), (ended.StatusCode, ended.Reason));
        Assert.True((await newer.ReceiveAsync(PushResponse.MessageOneofCase.Task)).Task.SendAgain.Everything);
    }

    [PostgresFact]
    public async Task RunReport_OfAFencedPush_IsNotKept()
    {
        await using var older = await _japan.PushAsync();
        await using var newer = await _japan.PushAsync(older.Welcome, lastSequence: 0);

        await older.SendAsync(new PushRequest { RunReport = new RunReport { RunId = Make.Id(77) } });
        var ended = await Assert.ThrowsAsync<RpcException>(() => older.ReceiveAsync(PushResponse.MessageOneofCase.RunReportAck));

        Assert.Equal("epoch-fenced", ended.Reason);
        Assert.Equal(0, await _hub.QueryAsync<long>("select count(*) from run_report"));
    }

    [PostgresFact]
    public async Task TaskResult_OfARevokedPush_IsNotKept()
    {
        await AddTaskAsync();
        await using var push = await _japan.PushAsync();
        var task = (await push.ReceiveAsync(PushResponse.MessageOneofCase.Task)).Task;
        await RevokeAsync();

        await push.SendAsync(new PushRequest { TaskResult = new TaskResult { TaskId = task.TaskId, Status = Contracts.TaskStatus.Done } });
        var ended = await Assert.ThrowsAsync<RpcException>(push.FinishAsync);

        Assert.Equal("certificate-refused", ended.Reason);
        Assert.Equal(1, await _hub.QueryAsync<long>("select count(*) from region_task where finished_at is null"));
    }

    [PostgresFact]
    public async Task Push_HelloHeldBackUntilAfterTheRevocation_FencesNobodyOff()
    {
        using var held = HeldCall.Begin(_hub, _japan.Certificate, "/calltracking.v1.SyncService/Push");
        await held.LookedAtAsync();
        await RevokeAsync();

        await held.SendAsync(new PushRequest { Hello = new Hello { Region = "JP", PolicyVersion = 1 } });

        Assert.Equal((RpcStatusCode.Unauthenticated, "certificate-refused"), await held.FinishAsync());
        Assert.Equal(0, await _hub.QueryAsync<long>("select epoch from region"));
    }

    [PostgresFact]
    public async Task Push_ManyIdleOnesOverAFewConnections_LeaveThemToOthers()
    {
        await using var hub = await TestHub.StartAsync((await postgres.CreateMigratedAsync()).ConnectionString + ";Maximum Pool Size=2");
        await hub.PublishAsync();
        string[] regions = ["JP", "DE", "FR", "IT"];
        var pushes = new List<PushClient>();
        foreach (var code in regions)
        {
            using var region = await hub.EnrolAsync(code);
            pushes.Add(await region.PushAsync());
            Assert.Equal([Outcome.New], Make.Outcomes(await pushes[^1].PushAsync(Make.Batch(pushes[^1], Make.Record(Make.Case(code, pushes.Count), 1)))));
        }

        var first = pushes[0];
        Assert.Equal([Outcome.New], Make.Outcomes(await first.PushAsync(Make.Batch(first, Make.Record(Make.Case("JP", 100), 2)))));
        Assert.Equal(5, await hub.QueryAsync<long>("select count(*) from cases"));
        foreach (var push in pushes)
        {
            await push.DisposeAsync();
        }
    }

    private Task<int> RevokeAsync() =>
        _hub.Services.GetRequiredService<RegionStore>().RevokeAsync(_japan.Region, TimeProvider.System.GetUtcNow(), default);

    private Task AddTaskAsync() =>
        _hub.Services.GetRequiredService<TaskStore>().AddAsync(_japan.Region, new RegionTask { SendAgain = new SendAgain { Everything = true } }, Make.Day, default);
}
