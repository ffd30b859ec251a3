using CallTracking.Contracts;
using CallTracking.Hub.Tests.Kit;
using CallTracking.Rpc;
using CallTracking.Testing;
using Xunit;

namespace CallTracking.Hub.Tests.Ingest;

/// <summary>What a failing database does to a push: it ends with a reason, nothing is half stored, and pushing again heals it.</summary>
public sealed class PushFailureTests
{
    [PostgresFact]
    public async Task Push_DatabaseKilledInBetween_EndsUnavailableAndGoesOnAfterTheRestart()
    {
        await using var server = await PostgresServer.StartPrivateAsync();
        await using var hub = await TestHub.StartAsync(server.ConnectionString);
        await hub.PublishAsync();
        using var japan = await hub.EnrolAsync("JP");
        hub.Log.ExpectError("The database failed");
        await using var push = await japan.PushAsync();
        await push.PushAsync(Batch(push, 0));
        var lost = Batch(push, 1);

        await server.KillAsync();
        var failed = await Assert.ThrowsAsync<RpcException>(() => push.PushAsync(lost));
        await server.StartAsync();
        await using var again = await OpenWhenUpAsync(() => japan.PushAsync(push.Welcome, lastSequence: 200));
        var ack = await again.PushAsync(lost);
        var repeated = await again.PushAsync(lost);

        Assert.Equal(RpcStatusCode.Unavailable, failed.StatusCode);
        Assert.NotNull(failed.RetryAfter);
        Assert.Equal(EpochNote.Continued, again.Welcome.EpochNote);
        Assert.All(Make.Outcomes(ack), outcome => Assert.Equal(Outcome.New, outcome));
        Assert.True(repeated.RepeatedBatch);
        Assert.Equal(200, await hub.QueryAsync<long>("select count(*) from cases"));
        Assert.Equal(200, await hub.QueryAsync<long>("select count(*) from case_events"));
        Assert.Equal(2, await hub.QueryAsync<long>("select count(*) from batch_receipt"));
    }

    [SmallDiskFact]
    public async Task Push_DatabaseOutOfDisk_SaysSoStoresNothingAndHealsWhenThereIsRoom()
    {
        using var disk = await SmallDisk.MountAsync(megabytes: 24);
        await using var server = await PostgresServer.StartPrivateAsync();
        await using var hub = await TestHub.StartAsync(server.ConnectionString);
        await hub.PublishAsync();
        using var japan = await hub.EnrolAsync("JP");
        await hub.ExecuteAsync($"create tablespace small location '{disk.Folder}'");
        await hub.ExecuteAsync("alter table cases set tablespace small");
        hub.Log.ExpectError("out of disk");
        await using var push = await japan.PushAsync();
        var stored = 0;
        var failed = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            for (; stored < 1000; stored++)
            {
                await push.PushAsync(Batch(push, stored, textLength: 6000));
            }
        });

        Assert.Equal((RpcStatusCode.Unavailable, "database-out-of-disk"), (failed.StatusCode, failed.Reason));
        Assert.Equal(stored * 100L, await hub.QueryAsync<long>("select count(*) from cases"));
        Assert.Equal(stored, await hub.QueryAsync<long>("select count(*) from batch_receipt"));
        Assert.Contains(hub.Log.Events, entry => entry.Text.Contains("database out of disk", StringComparison.Ordinal));

        await hub.ExecuteAsync("alter table cases set tablespace pg_default");
        await using var again = await japan.PushAsync(push.Welcome, lastSequence: 1_000_000);
        var ack = await again.PushAsync(Batch(again, stored, textLength: 6000));
        Assert.All(Make.Outcomes(ack), outcome => Assert.Equal(Outcome.New, outcome));
    }

    private static Batch Batch(PushClient push, int number, int textLength = 10) => Make.Batch(push, [.. Enumerable.Range(1, 100).Select(i =>
    {
        var @case = Make.Case("JP", (number * 100) + i);

        // Random, so that the database cannot compress it away.
        @case.Product.Model = "X";
        @case.Description = new PersonalText { Clear = Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(textLength)) };
        return Make.Record(@case, (ulong)((number * 100) + i));
    })]);

    private static async Task<PushClient> OpenWhenUpAsync(Func<Task<PushClient>> open)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await open();
            }
            catch (RpcException waiting) when (waiting.StatusCode == RpcStatusCode.Unavailable && attempt < 50)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200));
            }
        }
    }
}
