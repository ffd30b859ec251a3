using System.Globalization;
using CallTracking.Hub.Audit;
using CallTracking.Hub.Commands;
using CallTracking.Testing;
using Npgsql;
using Xunit;

namespace CallTracking.Hub.Tests.Audit;

/// <summary>Sealing that has stopped is noticed, and what goes wrong with it does not stop the hub.</summary>
public sealed class SealingServiceTests(PostgresCluster postgres) : IClassFixture<PostgresCluster>
{
    // What AuditSealer locks.
    private const long LockKey = 0x43545345414C;

    [PostgresFact]
    public async Task Seal_RowThatWaitsForLong_IsWarnedOfOnceAndVerifyFails()
    {
        await using var hub = await AuditHub.StartAsync(postgres);
        await hub.SealAsync();
        await using var holder = await hub.Hub.DataSource.OpenConnectionAsync();
        await using (var take = new NpgsqlCommand(string.Create(CultureInfo.InvariantCulture, $"select pg_advisory_lock({LockKey})"), holder))
        {
            await take.ExecuteNonQueryAsync();
        }

        await hub.ActAsync("SLOW");
        await hub.TamperAsync("update audit_log set at = at - interval '61 minutes' where subject = 'SLOW'");
        using var log = new LogScope();
        using var service = Service(hub, hub.Hub.DataSource, log);
        await service.SealAsync(default);
        await service.SealAsync(default);

        Assert.Single(log.Events, line => line.Id.Id == 2808);
        Assert.True((await hub.VerifyAsync()).UnsealedFor > TimeSpan.FromHours(1));
        Assert.Equal(HubExit.Failed, await VerifyByCommandAsync(hub));
        await hub.TamperAsync("update audit_log set at = at + interval '30 minutes' where subject = 'SLOW'");
        Assert.Equal(HubExit.Done, await VerifyByCommandAsync(hub));
    }

    [PostgresFact]
    public async Task Seal_NothingWrittenForADay_WritesThatTheHubRunsOnce()
    {
        await using var hub = await AuditHub.StartAsync(postgres);
        await hub.TamperAsync("update audit_log set at = at - interval '21 hours'");
        using var log = new LogScope();
        using var service = Service(hub, hub.Hub.DataSource, log);
        await service.SealAsync(default);
        await service.SealAsync(default);

        Assert.Equal(1, await hub.Hub.QueryAsync<long>($"select count(*) from audit_log where what = '{AuditCode.HubRunning}'"));
    }

    [PostgresFact]
    public async Task Seal_FaultThatNobodyForesaw_IsLoggedByItsTypeAndEndsNothing()
    {
        await using var hub = await AuditHub.StartAsync(postgres);
        var gone = NpgsqlDataSource.Create(hub.Hub.Options.ConnectionString);
        await gone.DisposeAsync();
        using var log = new LogScope();
        using var service = Service(hub, gone, log);

        await service.SealAsync(default);

        Assert.Single(log.Events, line => line.Id.Id == 2802 && line.Text.Contains(nameof(ObjectDisposedException), StringComparison.Ordinal));
    }

    private static SealingService Service(AuditHub hub, NpgsqlDataSource dataSource, LogScope log) =>
        new(hub.Sealer, new AuditLogStore(dataSource), dataSource, TimeProvider.System, log.For<SealingService>());

    private static async Task<int> VerifyByCommandAsync(AuditHub hub)
    {
        var file = Path.Combine(hub.Hub.Options.StateDirectory, "hub.yaml");
        await File.WriteAllTextAsync(file, $"country: JP\nentity: Example Holdings K.K.\nstate: {hub.Hub.Options.StateDirectory}\ndatabase: {{connection: \"{hub.Hub.Options.ConnectionString}\"}}\n");
        return await HubCommands.Build().Parse($"audit verify --config {file}").InvokeAsync();
    }
}
