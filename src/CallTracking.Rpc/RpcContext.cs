using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;

namespace CallTracking.Rpc;

/// <summary>A call as its handler sees it. Valid until the handler returns.</summary>
public sealed class RpcContext
{
    internal RpcContext(HttpContext http, RpcMetadata requestHeaders, DateTimeOffset? deadline, CancellationToken cancellationToken, CancellationToken stopping)
    {
        Http = http;
        RequestHeaders = requestHeaders;
        Deadline = deadline;
        CancellationToken = cancellationToken;
        Stopping = stopping;
    }

    public HttpContext Http { get; }

    /// <summary>Cancelled when the client goes away, the deadline passes, or the stopping host has waited long enough.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>Cancelled as soon as the host begins to stop: a long stream finishes what it has and ends.</summary>
    public CancellationToken Stopping { get; }

    /// <summary>When the client gives up (UTC); null if it never does.</summary>
    public DateTimeOffset? Deadline { get; }

    public RpcMetadata RequestHeaders { get; }

    /// <summary>Sent behind the last message, whatever the outcome.</summary>
    public RpcMetadata ResponseTrailers { get; } = [];

    /// <summary>What the client proved in the TLS handshake; null without one. Whether it is trusted was decided there.</summary>
    public X509Certificate2? ClientCertificate => Http.Connection.ClientCertificate;

    /// <summary>The full name, such as <c>/package.Service/Method</c>.</summary>
    public string Method => Http.Request.Path.Value ?? string.Empty;

    /// <summary>The client's address and port.</summary>
    public string Peer => $"{Http.Connection.RemoteIpAddress}:{Http.Connection.RemotePort}";
}
