using Microsoft.Extensions.Logging;

namespace CallTracking.Rpc;

internal static partial class RpcLog
{
    private const int Rpc = 9000;

    [LoggerMessage(Rpc + 1, LogLevel.Error, "{Method} failed; the caller was given reference {Reference}")]
    public static partial void Failed(ILogger logger, Exception error, string method, string reference);

    [LoggerMessage(Rpc + 2, LogLevel.Warning, "{Method} was answered {Status}")]
    public static partial void Mapped(ILogger logger, Exception error, string method, RpcStatusCode status);

    [LoggerMessage(Rpc + 3, LogLevel.Debug, "{Method}: the client went away")]
    public static partial void ClientGone(ILogger logger, string method);
}
