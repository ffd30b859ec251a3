using Microsoft.AspNetCore.Http;

namespace CallTracking.Rpc;

/// <summary>What holds for every gRPC service of a host.</summary>
public sealed class RpcServerOptions
{
    /// <summary>The largest message taken from a client, in bytes, as sent and as inflated. Default 4 MiB.</summary>
    public int MaxReceiveMessageBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>
    /// How long the one request of a unary or server-streaming call may take to arrive whole; then the call is answered
    /// DEADLINE_EXCEEDED with reason <c>request-too-slow</c>. Streams of requests may pause. Default 30 seconds.
    /// </summary>
    public TimeSpan RequestTime { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Narrower limits for some callers, asked when a call begins; null gives all the same.</summary>
    public Func<HttpContext, RpcCallLimits>? LimitsOf { get; set; }

    /// <summary>The largest message sent, in bytes before compression. Default: no limit of ours.</summary>
    public int MaxSendMessageBytes { get; set; } = int.MaxValue;

    /// <summary>Whether replies are compressed for clients that accept gzip. Default no. Requests may be compressed at any time.</summary>
    public bool GzipReplies { get; set; }

    /// <summary>
    /// How long running calls may go on once the host is stopping; then their token is cancelled and they are answered
    /// UNAVAILABLE with reason <c>server-stopping</c>. Default 5 seconds.
    /// </summary>
    public TimeSpan DrainTime { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Turns an exception that is no <see cref="RpcException"/> into a status (a lost database into UNAVAILABLE); null for one
    /// it does not know, which becomes INTERNAL with a reference number.
    /// </summary>
    public Func<Exception, RpcException?>? MapException { get; set; }

    /// <summary>The clock that deadlines run by.</summary>
    public TimeProvider Clock { get; set; } = TimeProvider.System;
}
