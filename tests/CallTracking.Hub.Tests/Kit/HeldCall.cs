using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;
using CallTracking.Hub.Access;
using CallTracking.Rpc;
using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;

namespace CallTracking.Hub.Tests.Kit;

/// <summary>A gRPC call over HTTP/2 whose headers leave at once, and whose body leaves byte by byte as a test says.</summary>
internal sealed class HeldCall : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly TestHub _hub;
    private readonly HttpClient _http;
    private readonly HeldBody _body = new();
    private readonly Task<HttpResponseMessage> _response;

    private HeldCall(TestHub hub, HttpClient http, string path)
    {
        _hub = hub;
        _http = http;
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(hub.Host.GrpcAddress, path))
        {
            Content = _body,
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        request.Content.Headers.TryAddWithoutValidation("content-type", "application/grpc");
        request.Headers.TryAddWithoutValidation("te", "trailers");
        _response = http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>The whole answer without waiting for it to be complete: faulted when the connection broke.</summary>
    public Task<HttpResponseMessage> Response => _response;

    public static HeldCall Begin(TestHub hub, X509Certificate2? certificate, string path)
    {
        var authority = hub.Services.GetRequiredService<IdentitySource>().GetAsync(default).AsTask().GetAwaiter().GetResult().Authority.Der;
        var handler = new SocketsHttpHandler { SslOptions = RpcTls.ClientOptions(certificate, [X509CertificateLoader.LoadCertificate(authority)], null), UseProxy = false };
        return new HeldCall(hub, new HttpClient(handler) { Timeout = Patience }, path);
    }

    /// <summary>Waits until the hub has looked the caller's certificate up, which it does when the headers arrive.</summary>
    public async Task LookedAtAsync()
    {
        for (var round = 0; round < 300; round++)
        {
            if (await _hub.QueryAsync<long>("""
                select count(*) from pg_stat_activity
                where datname = current_database() and pid <> pg_backend_pid() and query like 'select region, expires_at, replaces from region_certificate%'
                """) > 0)
            {
                return;
            }

            await Task.Delay(20);
        }

        throw new TimeoutException("The hub did not look the certificate up.");
    }

    public Task SendAsync(IMessage message)
    {
        var bytes = message.ToByteArray();
        return SendAsync([0, (byte)(bytes.Length >> 24), (byte)(bytes.Length >> 16), (byte)(bytes.Length >> 8), (byte)bytes.Length, .. bytes]);
    }

    public Task SendAsync(byte[] bytes) => _body.Pieces.Writer.WriteAsync(bytes).AsTask();

    /// <summary>Ends the body and reads the outcome.</summary>
    public Task<(RpcStatusCode Status, string? Reason)> FinishAsync()
    {
        _body.Pieces.Writer.Complete();
        return OutcomeAsync();
    }

    /// <summary>The outcome, without ending the body.</summary>
    public async Task<(RpcStatusCode Status, string? Reason)> OutcomeAsync()
    {
        using var response = await _response;
        await response.Content.ReadAsByteArrayAsync();
        var status = int.Parse(Find(response, "grpc-status") ?? "-1", CultureInfo.InvariantCulture);
        return ((RpcStatusCode)status, Find(response, "reason"));
    }

    public void Dispose()
    {
        _body.Pieces.Writer.TryComplete();
        _http.Dispose();
    }

    private static string? Find(HttpResponseMessage response, string key) =>
        response.TrailingHeaders.TryGetValues(key, out var trailer) ? trailer.First()
        : response.Headers.TryGetValues(key, out var header) ? header.First() : null;

    private sealed class HeldBody : HttpContent
    {
        public Channel<byte[]> Pieces { get; } = Channel.CreateUnbounded<byte[]>();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.FlushAsync();
            await foreach (var piece in Pieces.Reader.ReadAllAsync())
            {
                try
                {
                    await stream.WriteAsync(piece);
                    await stream.FlushAsync();
                }
                catch (Exception ended) when (ended is IOException or ObjectDisposedException)
                {
                    // The hub has answered already; the outcome says what.
                    return;
                }
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
