using System.Net;
using System.Security.Cryptography.X509Certificates;
using CallTracking.Testing.Installations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CallTracking.EndToEnd.Canaries;

/// <summary>
/// Stands between a region's agent and the hub as somebody who has both their keys: ends the agent's TLS with the hub's certificate, goes on to the hub
/// with the region's, and writes every message down in plaintext.
/// </summary>
internal sealed class WireTap : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpMessageInvoker _hub;
    private readonly Uri _upstream;
    private readonly string _folder;
    private int _calls;

    private WireTap(WebApplication app, RegionInstallation region, X509Certificate2 server, Uri upstream, string folder)
    {
        (_app, _upstream, _folder) = (app, upstream, folder);
        var identity = Path.Combine(region.State, "identity");
        var handler = new SocketsHttpHandler { EnableMultipleHttp2Connections = true, AutomaticDecompression = DecompressionMethods.None, UseProxy = false };
        handler.SslOptions.ClientCertificates = [X509Certificate2.CreateFromPemFile(Path.Combine(identity, "agent.crt"), Path.Combine(identity, "agent.key"))];
        handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null && shown.GetRawCertData().AsSpan().SequenceEqual(server.RawData);
        _hub = new HttpMessageInvoker(handler);
    }

    /// <summary>Where the agent is to connect.</summary>
    public Uri Address => new($"https://127.0.0.1:{new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port}");

    /// <param name="installation">Whose hub.</param>
    /// <param name="region">Enrolled.</param>
    /// <param name="hub">The hub's gRPC address; a hub that is started again has the same.</param>
    /// <param name="folder">Where the plaintext goes, a file for each direction of each call.</param>
    public static async Task<WireTap> StartAsync(Installation installation, RegionInstallation region, Uri hub, string folder)
    {
        Directory.CreateDirectory(folder);
        var pem = Path.Combine(Path.GetDirectoryName(installation.HubConfiguration)!, "state", "server.pem");
        var server = X509Certificate2.CreateFromPemFile(pem, pem);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(IPAddress.Loopback, 0, listen =>
            {
                listen.Protocols = HttpProtocols.Http2;
                listen.UseHttps(https =>
                {
                    https.ServerCertificate = server;
                    https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
                    https.ClientCertificateValidation = (_, _, _) => true;
                });
            });
        });
        var app = builder.Build();
        var tap = new WireTap(app, region, server, hub, folder);
        app.Run(tap.ForwardAsync);
        await app.StartAsync();
        return tap;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _hub.Dispose();
    }

    private async Task ForwardAsync(HttpContext context)
    {
        var call = Path.Combine(_folder, $"{Interlocked.Increment(ref _calls):0000}");
        try
        {
            await ForwardAsync(context, call);
        }
        catch (Exception gone) when (gone is HttpRequestException or IOException or OperationCanceledException or InvalidOperationException)
        {
            // The hub or the agent was killed: so is the call.
            context.Abort();
        }
    }

    private async Task ForwardAsync(HttpContext context, string call)
    {
        await File.WriteAllLinesAsync(call + ".head", [context.Request.Path, .. context.Request.Headers.Select(header => $"{header.Key}: {header.Value}")]);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_upstream, context.Request.Path.Value))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new TappedBody(context.Request.Body, call + ".up", context.RequestAborted),
        };
        foreach (var (name, value) in context.Request.Headers.Where(header => !header.Key.StartsWith(':') && header.Key is not ("Host" or "Content-Length")))
        {
            if (!request.Headers.TryAddWithoutValidation(name, (IEnumerable<string>)value))
            {
                request.Content.Headers.TryAddWithoutValidation(name, (IEnumerable<string>)value);
            }
        }

        using var response = await _hub.SendAsync(request, context.RequestAborted);
        context.Response.StatusCode = (int)response.StatusCode;
        foreach (var (name, values) in response.Headers.Concat(response.Content.Headers))
        {
            context.Response.Headers[name] = values.ToArray();
        }

        await context.Response.StartAsync();
        await CopyAsync(await response.Content.ReadAsStreamAsync(), context.Response.Body, call + ".down", context.RequestAborted);
        var trailers = context.Features.Get<IHttpResponseTrailersFeature>()!.Trailers;
        foreach (var (name, values) in response.TrailingHeaders)
        {
            trailers[name] = values.ToArray();
        }

        await File.AppendAllLinesAsync(call + ".head", response.TrailingHeaders.Select(header => $"{header.Key}: {string.Join(' ', header.Value)}"));
    }

    private static async Task CopyAsync(Stream from, Stream to, string file, CancellationToken cancellationToken)
    {
        using var plain = new GrpcPlaintext(File.Create(file));
        var buffer = new byte[64 << 10];
        while (await from.ReadAsync(buffer, cancellationToken) is var read and > 0)
        {
            plain.Write(buffer.AsSpan(0, read));
            await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            await to.FlushAsync(cancellationToken);
        }
    }

    private sealed class TappedBody(Stream body, string file, CancellationToken aborted) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => CopyAsync(body, stream, file, aborted);

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
