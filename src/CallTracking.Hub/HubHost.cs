using CallTracking.Hub.Access;
using CallTracking.Hub.Cases;
using CallTracking.Hub.Configuration;
using CallTracking.Hub.Ingest;
using CallTracking.Hub.Policies;
using CallTracking.Hub.Storage;
using CallTracking.Hub.Web;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace CallTracking.Hub;

/// <summary>A hub process: its two listeners and everything behind them.</summary>
internal sealed class HubHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private HubHost(WebApplication app) => _app = app;

    public IServiceProvider Services => _app.Services;

    /// <summary>Where pages and REST are; known once started.</summary>
    public Uri WebAddress { get; private set; } = new("http://localhost/");

    /// <summary>What the process says when it is up, a line each.</summary>
    public IReadOnlyList<string> Announcement { get; private set; } = [];

    /// <param name="options">The configuration.</param>
    /// <param name="configure">Changes the builder before the hub's own services are added: another clock, another log.</param>
    public static HubHost Build(HubOptions options, Action<WebApplicationBuilder> configure)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddFilter("Npgsql", LogLevel.Warning).AddFilter("Quartz", LogLevel.Warning);
        configure(builder);
        builder.Services.AddHub(options);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(options.WebListen, listen => listen.Protocols = HttpProtocols.Http1));
        var app = builder.Build();
        app.MapAccess();
        app.MapPolicies();
        app.MapIngest();
        app.MapCases();
        app.MapWeb();
        return new HubHost(app);
    }

    /// <summary>Checks the schema, then listens.</summary>
    /// <exception cref="HubException">The schema is not this build's, or a port is taken.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await Services.GetRequiredService<SchemaMigrator>().RequireCurrentAsync(cancellationToken);
        await _app.StartAsync(cancellationToken);
        var bound = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        WebAddress = new Uri(bound.First());
        Announcement = [$"web   {WebAddress}"];
    }

    public Task StopAsync(CancellationToken cancellationToken) => _app.StopAsync(cancellationToken);

    public Task WaitForShutdownAsync(CancellationToken cancellationToken) => _app.WaitForShutdownAsync(cancellationToken);

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
