using CallTracking.Contracts;
using CallTracking.Hub.Tests.Kit;
using CallTracking.Testing;
using Xunit;

namespace CallTracking.Hub.Tests.Ingest;

/// <summary>The way of a case through the hub, over the wire, on a real database.</summary>
public sealed class PushTests(PostgresCluster postgres) : IClassFixture<PostgresCluster>, IAsyncLifetime
{
    private TestHub _hub = null!;
    private RegionClient _japan = null!;

    public async Task InitializeAsync()
    {
        _hub = await TestHub.StartAsync((await postgres.CreateDatabaseAsync()).ConnectionString);
        await _hub.PublishAsync();
        _japan = await _hub.EnrolAsync("JP");
    }

    public async Task DisposeAsync()
    {
        _japan.Dispose();
        await _hub.DisposeAsync();
    }

    [PostgresFact]
    public async Task Push_NewCases_AreStoredWithTheirHistory()
    {
        await using var push = await _japan.PushAsync();

        var ack = await push.PushAsync(Make.Batch(push, Make.Record(Make.Case("JP", 1), 1), Make.Record(Make.Case("JP", 2), 2)));

        Assert.Equal([Outcome.New, Outcome.New], Make.Outcomes(ack));
        Assert.True(ack.CreditBytes > 0);
        Assert.Equal(2, await _hub.QueryAsync<long>("select count(*) from cases where region = 'JP' and product_category = 'camera'"));
        Assert.Equal(2, await _hub.QueryAsync<long>("select sum(backlog_delta)::bigint from case_events"));
        Assert.Equal(2, await _hub.QueryAsync<long>("select last_sequence from region"));
    }
}
