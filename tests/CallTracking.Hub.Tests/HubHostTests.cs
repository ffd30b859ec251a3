using System.Net;
using System.Net.Sockets;
using CallTracking.Hub.Configuration;
using CallTracking.Hub.Policies;
using CallTracking.Hub.Tests.Kit;
using CallTracking.Testing;
using Microsoft.Extensions.Logging;
using Xunit;

namespace CallTracking.Hub.Tests;

public sealed class HubHostTests(PostgresCluster postgres) : IClassFixture<PostgresCluster>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hub-host").FullName;

    [PostgresFact]
    public async Task StartAsync_SchemaOfAnotherVersion_RefusesAndNamesTheCure()
    {
        await using var hub = await HubHost.BuildAsync(await OptionsAsync(), Quiet, default);

        var refused = await Assert.ThrowsAsync<HubException>(() => hub.StartAsync(default));

        Assert.Equal(HubExit.Database, refused.ExitCode);
        Assert.Contains("calltracking-hub migrate", refused.Message, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task StartAsync_WebPortTaken_TakesTheNextAndSaysSo()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        await using var running = await TestHub.StartAsync((await postgres.CreateMigratedAsync()).ConnectionString);
        await using var hub = await HubHost.BuildAsync(running.Options with { WebListen = new IPEndPoint(IPAddress.Loopback, port) }, Quiet, default);

        await hub.StartAsync(default);
        var file = Path.Combine(_folder, "addresses.json");
        hub.WriteAddresses(file);

        Assert.True(hub.WebAddress.Port > port);
        Assert.Contains(hub.Announcement, line => line.Contains($"port {port} is taken", StringComparison.Ordinal));
        Assert.Contains($":{hub.GrpcAddress.Port}", await File.ReadAllTextAsync(file), StringComparison.Ordinal);
        await hub.StopAsync(default);
    }

    [PostgresFact]
    public async Task StartAsync_GrpcPortTaken_RefusesAndNamesIt()
    {
        await using var running = await TestHub.StartAsync((await postgres.CreateMigratedAsync()).ConnectionString);
        var taken = new IPEndPoint(IPAddress.Loopback, running.Host.GrpcAddress.Port);
        await using var hub = await HubHost.BuildAsync(running.Options with { GrpcListen = taken }, Quiet, default);

        var refused = await Assert.ThrowsAsync<HubException>(() => hub.StartAsync(default));

        Assert.Contains(taken.ToString(), refused.Message, StringComparison.Ordinal);
        Assert.Contains("--grpc-listen", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void PolicyFolder_DocumentsBesideThePacks_ReplaceTheirNamesakes()
    {
        File.WriteAllText(Path.Combine(_folder, "jp.yaml"), "jurisdiction: jp\nparent: default\ncountries: [JP]\n");
        var options = Options("Host=nowhere");

        var documents = PolicyFolder.Read(_folder, options);

        Assert.Equal(Privacy.PolicySet.BuiltInPacks.Select(pack => pack.Name).Append("hub.yaml").Order(StringComparer.Ordinal), documents.Select(document => document.Name));
        Assert.StartsWith("jurisdiction: jp\nparent", documents.Single(document => document.Name == "jp.yaml").Yaml, StringComparison.Ordinal);
        var policies = Privacy.PolicySet.Parse(documents, new DateOnly(2026, 11, 22)).Policies!;
        Assert.Equal(("JP", "Example's"), (policies.Hub.Country, policies.Hub.Entity));
        Assert.Null(PolicyFolder.CheckPlace(policies, options));
        Assert.NotNull(PolicyFolder.CheckPlace(policies, options with { Country = "US" }));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static void Quiet(Microsoft.AspNetCore.Builder.WebApplicationBuilder builder) => builder.Logging.ClearProviders();

    private async Task<HubOptions> OptionsAsync() => Options((await postgres.CreateDatabaseAsync()).ConnectionString);

    private HubOptions Options(string connection) => new()
    {
        Country = "JP",
        Entity = "Example's",
        StateDirectory = Path.Combine(_folder, "state"),
        PoliciesDirectory = _folder,
        ConnectionString = connection,
        GrpcListen = new IPEndPoint(IPAddress.Loopback, 0),
        GrpcHostNames = ["localhost"],
        WebListen = new IPEndPoint(IPAddress.Loopback, 0),
    };
}
