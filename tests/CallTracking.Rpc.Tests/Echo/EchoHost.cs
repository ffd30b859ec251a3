using System.Net;
using CallTracking.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CallTracking.Rpc.Tests.Echo;

/// <summary>A real Kestrel on a free port that serves <see cref="EchoService"/>.</summary>
public sealed class EchoHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private EchoHost(WebApplication app, EchoService service, LogScope log)
    {
        _app = app;
        Service = service;
        Log = log;
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single().Replace("127.0.0.1", "localhost", StringComparison.Ordinal));
    }

    public Uri Address { get; }

    public EchoService Service { get; }

    /// <summary>Fails the test on an Error that was not announced.</summary>
    public LogScope Log { get; }

    public IServiceProvider Services => _app.Services;

    /// <param name="certificates">For TLS with client certificates; null for clear text.</param>
    /// <param name="options">Of the server.</param>
    /// <param name="port">0 for a free one.</param>
    /// <param name="map">More endpoints.</param>
    /// <param name="protocols">Of the listener.</param>
    public static async Task<EchoHost> StartAsync(
        TestCertificates? certificates = null,
        Action<RpcServerOptions>? options = null,
        int port = 0,
        Action<WebApplication>? map = null,
        HttpProtocols protocols = HttpProtocols.Http2)
    {
        var builder = WebApplication.CreateSlimBuilder();
        var log = new LogScope();
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Warning).AddProvider(log.Provider);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.ConfigureRpc();
            kestrel.Listen(IPAddress.Loopback, port, listener =>
            {
                listener.Protocols = protocols;
                if (certificates is not null)
                {
                    listener.UseRpcTls(certificates.Server, certificates.Roots, required: true);
                }
            });
        });
        builder.Services.AddRpc(options);
        var app = builder.Build();
        var service = new EchoService();
        app.MapRpc(service.Bind());
        app.MapRpcHealth();
        app.MapRpcReflection(EchoService.Descriptor);
        map?.Invoke(app);
        await app.StartAsync();
        return new EchoHost(app, service, log);
    }

    public RpcChannel Connect(RpcChannelOptions? options = null) => RpcChannel.Create(Address, options ?? new RpcChannelOptions());

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Log.Dispose();
    }
}
