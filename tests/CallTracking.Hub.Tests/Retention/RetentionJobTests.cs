using System.Net;
using CallTracking.Hub.Configuration;
using CallTracking.Hub.Policies;
using CallTracking.Hub.Retention;
using CallTracking.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Xunit;

namespace CallTracking.Hub.Tests.Retention;

public sealed class RetentionJobTests(PostgresCluster postgres) : IClassFixture<PostgresCluster>
{
    [PostgresFact]
    public async Task Schedule_TwoHubsOnOneDatabase_EachBeatFiresOnce()
    {
        var kit = await RetentionKit.CreateAsync(postgres);
        using var first = NewHub(kit, "0/2 * * * * ?", RetentionMode.Preview);
        using var second = NewHub(kit, "0/2 * * * * ?", RetentionMode.Preview);
        await Task.WhenAll(first.StartAsync(), second.StartAsync());
        await WaitAsync(async () => await kit.CountAsync("retention_run") >= 4);
        await Task.WhenAll(first.StopAsync(), second.StopAsync());

        // Beats are two seconds apart: two previews of one beat would fall into the same two seconds.
        Assert.Equal(
            await kit.CountAsync("retention_run"),
            await kit.Planted.ScalarAsync<long>("select count(distinct floor(extract(epoch from previewed_at) / 2)) from retention_run"));
    }

    [PostgresTheory]
    [InlineData(RetentionMode.Preview, 1)]
    [InlineData(RetentionMode.Run, 0)]
    public async Task Schedule_Mode_SaysWhetherAnythingIsRemoved(object mode, long left)
    {
        var kit = await RetentionKit.CreateAsync(postgres);
        await kit.Planted.AddAsync(RetentionKit.Closed("FR", new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero)));
        using var hub = NewHub(kit, "* * * * * ?", (RetentionMode)mode);
        await hub.StartAsync();
        await WaitAsync(async () => await kit.CountAsync((RetentionMode)mode == RetentionMode.Run ? "removed_case" : "retention_run") >= 1);
        await hub.StopAsync();

        Assert.Equal(left, await kit.CountAsync("cases"));
    }

    private static IHost NewHub(RetentionKit kit, string cron, RetentionMode mode)
    {
        var options = new HubOptions
        {
            Country = "JP",
            Entity = "Example Holdings",
            StateDirectory = "",
            ConnectionString = kit.Planted.ConnectionString,
            GrpcListen = new IPEndPoint(IPAddress.Loopback, 0),
            GrpcHostNames = [],
            WebListen = new IPEndPoint(IPAddress.Loopback, 0),
            PoliciesDirectory = "",
            Retention = new RetentionSchedule { Cron = cron, TimeZone = TimeZoneInfo.Utc, Mode = mode },
        };
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services
            .AddSingleton(TimeProvider.System)
            .AddSingleton(kit.Planted.DataSource)
            .AddSingleton(kit.Identity)
            .AddSingleton<PolicyStore>()
            .AddSingleton<RuleSource>()
            .AddRetention(options)
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
        return builder.Build();
    }

    private static async Task WaitAsync(Func<Task<bool>> isDone)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await isDone())
        {
            await Task.Delay(100, limit.Token);
        }
    }
}
