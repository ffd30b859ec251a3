using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace CallTracking.Rpc;

/// <summary>How a channel reaches its server.</summary>
public sealed class RpcChannelOptions
{
    // Routers forget silent connections after four minutes or so; one that carries a call is pinged and never idle.
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromMinutes(2);

    /// <summary>What the client shows in the TLS handshake, with its private key; null shows nothing.</summary>
    public X509Certificate2? ClientCertificate { get; init; }

    /// <summary>The authorities that may sign the server's certificate, instead of the machine's own; null trusts the machine's.</summary>
    public X509Certificate2Collection? TrustedRoots { get; init; }

    /// <summary>Decides over the server's certificate after the chain was checked; null takes the chain's word.</summary>
    public RemoteCertificateValidationCallback? ServerCertificateValidation { get; init; }

    /// <summary>Silence after which the server is pinged while calls run. Default 30 seconds.</summary>
    public TimeSpan KeepAlivePingDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Wait for the ping's answer before the connection counts as lost. Default 20 seconds.</summary>
    public TimeSpan KeepAlivePingTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Default 15 seconds.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The largest message taken from the server, in bytes, as sent and as inflated. Default 4 MiB.</summary>
    public int MaxReceiveMessageBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>The largest message sent, in bytes before compression. Default: no limit of ours.</summary>
    public int MaxSendMessageBytes { get; init; } = int.MaxValue;

    /// <summary>
    /// Received bytes that may wait unread per stream before the server has to pause. Default 2 MiB: two of the largest usual
    /// batches, so that a reader never waits for the wire.
    /// </summary>
    public int StreamWindowBytes { get; init; } = 2 * 1024 * 1024;

    /// <summary>Whether requests are compressed, where a call does not say otherwise. Replies may be compressed at any time.</summary>
    public bool Gzip { get; init; }

    /// <summary>The proxy to go through, for https only; null goes straight. The environment's proxy variables are not read.</summary>
    public IWebProxy? Proxy { get; init; }

    /// <summary>The clock that time-outs run by.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    internal SocketsHttpHandler CreateHandler() => new()
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = ConnectTimeout,
        EnableMultipleHttp2Connections = true,
        InitialHttp2StreamWindowSize = StreamWindowBytes,
        KeepAlivePingDelay = KeepAlivePingDelay,
        KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
        KeepAlivePingTimeout = KeepAlivePingTimeout,
        PooledConnectionIdleTimeout = IdleTimeout,
        Proxy = Proxy,
        SslOptions = RpcTls.ClientOptions(ClientCertificate, TrustedRoots, ServerCertificateValidation),
        UseCookies = false,
        UseProxy = Proxy is not null,
    };
}

/// <summary>What one call asks for.</summary>
/// <param name="Timeout">How long the call may take; the server is told. Null for no limit.</param>
/// <param name="Headers">Metadata to send.</param>
/// <param name="Gzip">Whether requests are compressed; null leaves it to the channel.</param>
public sealed record RpcCallOptions(TimeSpan? Timeout = null, RpcMetadata? Headers = null, bool? Gzip = null);
