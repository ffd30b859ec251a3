using System.Net;
using System.Text.Json;
using CallTracking.Contracts;
using CallTracking.Hub.Access;
using CallTracking.Hub.Audit;
using CallTracking.Hub.Cases;
using CallTracking.Hub.Configuration;
using CallTracking.Hub.Ingest;
using CallTracking.Hub.Policies;
using CallTracking.Hub.Storage;
using CallTracking.Hub.Web;
using CallTracking.Privacy;
using CallTracking.Rpc;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace CallTracking.Hub;

/// <summary>A hub process: its two listeners and everything behind them.</summary>
internal sealed class HubHost : IAsyncDisposable
{
    /// <summary>In the state folder: where this process listens, for scripts.</summary>
    public const string AddressesFile = "addresses.json";

    private static readonly IEnumerable<ServiceDescriptor> Contract =
        [.. AdminReflection.Descriptor.Services, .. PolicyReflection.Descriptor.Services, .. SyncReflection.Descriptor.Services, .. QueryReflection.Descriptor.Services];

    private readonly WebApplication _app;
    private readonly HubOptions _options;

    private HubHost(WebApplication app, HubOptions options)
    {
        _app = app;
        _options = options;
    }

    public IServiceProvider Services => _app.Services;

    /// <summary>Where agents connect; known once started.</summary>
    public Uri GrpcAddress { get; private set; } = new("https://localhost/");

    /// <summary>Where pages and REST are; known once started.</summary>
    public Uri WebAddress { get; private set; } = new("http://localhost/");

    /// <summary>What the process says when it is up, a line each.</summary>
    public IReadOnlyList<string> Announcement { get; private set; } = [];

    /// <param name="options">The configuration.</param>
    /// <param name="configure">Changes the builder before the hub's own services are added: another clock, another log.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="HubException">The state folder cannot be used.</exception>
    public static async Task<HubHost> BuildAsync(HubOptions options, Action<WebApplicationBuilder> configure, CancellationToken cancellationToken)
    {
        var identities = new IdentitySource(options, TimeProvider.System);
        var identity = await identities.GetAsync(cancellationToken);
        var web = ListenPorts.FindFree(options.WebListen);
        var certificate = options.People.Tls is { } tls ? WebCertificate.Require(tls) : null;

        // The hub has one configuration, read once. The host's own would be watched for, in every folder below the current one:
        // where a database writes there, that took a sixth of the hub's time.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ContentRootPath = AppContext.BaseDirectory,
            Args = ["--hostBuilder:reloadConfigOnChange=false"],
        });

        // What keeps the host from starting is told once, by whoever started it, and not as a stack trace before.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("Npgsql", LogLevel.Warning).AddFilter("Quartz", LogLevel.Warning);
        configure(builder);
        builder.Services.AddHub(options).AddSingleton(identities);
        builder.Services.AddRpc(rpc =>
        {
            rpc.MaxReceiveMessageBytes = SyncLimits.MessageBytes;
            rpc.LimitsOf = CallerExtensions.LimitsOf;
            rpc.MapException = error => DatabaseTrouble.Of(error)?.ToStatus();
        });
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.ConfigureRpc();
            kestrel.AddServerHeader = false;

            // Pages and REST only read; gRPC has limits of its own.
            kestrel.Limits.MaxRequestBodySize = CallerExtensions.StrangerMessageBytes;
            var logger = kestrel.ApplicationServices.GetRequiredService<ILogger<ConnectionLimit>>();
            kestrel.Listen(options.GrpcListen, listen =>
            {
                listen.Protocols = HttpProtocols.Http2;
                var limit = new ConnectionLimit("grpc", options.GrpcMaxConnections, TimeProvider.System, logger);
                listen.Use(next => connection =>
                {
                    connection.Features.Set(GrpcListenerFeature.Instance);
                    return next(connection);
                });
                limit.UseAround(listen, tls => tls.UseRpcTls(identity.Server, [identity.Authority.Certificate], required: false));
            });
            kestrel.Listen(web, listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                new ConnectionLimit("web", options.WebMaxConnections, TimeProvider.System, logger).UseOn(listen);
                if (certificate is not null)
                {
                    listen.UseHttps(certificate.UseIn);
                }
            });
        });
        var app = builder.Build();
        app.MapAccess();
        app.MapRpcHealth().OpenTo(GrpcCaller.Stranger);
        app.MapRpcReflection([.. Contract]).OpenTo(GrpcCaller.Stranger);
        app.MapPolicies();
        app.MapIngest();
        app.MapCases();
        app.MapWeb();
        app.MapAudit();
        return new HubHost(app, options);
    }

    /// <summary>Checks the schema, then listens.</summary>
    /// <exception cref="HubException">The schema is not this build's, or the gRPC port is taken.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await Services.GetRequiredService<SchemaMigrator>().RequireCurrentAsync(cancellationToken);
        await Services.GetRequiredService<HubStart>().NoteAsync(cancellationToken);
        if ((await Services.GetRequiredService<IdentitySource>().GetAsync(cancellationToken)).Open is { Count: > 0 } open)
        {
            AccessLog.KeysInClear(Services.GetRequiredService<ILogger<IdentitySource>>(), string.Join(", ", open));
        }

        try
        {
            await _app.StartAsync(cancellationToken);
        }
        catch (IOException taken) when (taken.InnerException is AddressInUseException)
        {
            throw new HubException(
                $"The gRPC port {_options.GrpcListen} is taken by another program. Agents know this address, so no other is tried: stop that program, or set grpc.listen (or --grpc-listen).",
                HubExit.Failed,
                taken);
        }

        var bound = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(address => new Uri(address)).ToList();
        if (bound is not [var grpc, var web])
        {
            throw new InvalidOperationException("The server says otherwise than the two listeners it was given.");
        }

        // In the order in which they were given.
        (GrpcAddress, WebAddress) = (Reachable(grpc, _options.GrpcHostNames[0]), Reachable(web, "localhost"));
        var moved = _options.WebListen.Port is var wanted && wanted != 0 && wanted != WebAddress.Port ? $" (port {wanted} is taken)" : "";
        Announcement = [$"grpc  {GrpcAddress}", $"web   {WebAddress}{moved}"];
    }

    /// <summary>Writes down where this process listens, for scripts; the file appears whole.</summary>
    public void WriteAddresses(string path) => new StateFiles(Path.GetDirectoryName(Path.GetFullPath(path))!, TimeProvider.System, StateLock.None).Write(
        Path.GetFileName(path), JsonSerializer.Serialize(new { grpc = GrpcAddress, web = WebAddress, process = Environment.ProcessId }));

    public Task StopAsync(CancellationToken cancellationToken) => _app.StopAsync(cancellationToken);

    public Task WaitForShutdownAsync(CancellationToken cancellationToken) => _app.WaitForShutdownAsync(cancellationToken);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    // "Every interface" is an address to listen on, not one to go to.
    private static Uri Reachable(Uri bound, string host) =>
        IPAddress.TryParse(bound.Host, out var address) && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
            ? new UriBuilder(bound) { Host = host }.Uri
            : bound;
}
