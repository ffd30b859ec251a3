using System.Net;

namespace CallTracking.Rpc;

/// <summary>What the protocol says a broken connection, a reset stream or a plain HTTP answer means.</summary>
internal static class TransportStatus
{
    public static RpcException FromError(Exception error)
    {
        for (Exception? cause = error; cause is not null; cause = cause.InnerException)
        {
            if (cause is HttpProtocolException reset)
            {
                return new RpcException(FromErrorCode(reset.ErrorCode), $"The server reset the stream or the connection (HTTP/2 error {reset.ErrorCode}).", null, error);
            }

            if (cause is RpcException status)
            {
                return status;
            }
        }

        return new RpcException(RpcStatusCode.Unavailable, $"The connection failed: {Innermost(error).Message}", null, error);
    }

    public static RpcStatusCode FromHttp(HttpStatusCode status) => status switch
    {
        HttpStatusCode.BadRequest => RpcStatusCode.Internal,
        HttpStatusCode.Unauthorized => RpcStatusCode.Unauthenticated,
        HttpStatusCode.Forbidden => RpcStatusCode.PermissionDenied,
        HttpStatusCode.NotFound => RpcStatusCode.Unimplemented,
        HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout =>
            RpcStatusCode.Unavailable,
        _ => RpcStatusCode.Unknown,
    };

    private static RpcStatusCode FromErrorCode(long code) => code switch
    {
        // 1 is also what the handler reports when a keep-alive ping stays unanswered: the connection is lost.
        0x0 or 0x1 or 0x7 => RpcStatusCode.Unavailable,
        0x8 => RpcStatusCode.Cancelled,
        0xb => RpcStatusCode.ResourceExhausted,
        0xc => RpcStatusCode.PermissionDenied,
        _ => RpcStatusCode.Internal,
    };

    private static Exception Innermost(Exception error) => error.InnerException is { } inner ? Innermost(inner) : error;
}
