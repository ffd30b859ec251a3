namespace CallTracking.Hub.Access;

internal static partial class AccessLog
{
    [LoggerMessage(2901, LogLevel.Warning, "{Files} lie in clear though a key of the state folder is configured: run 'calltracking-hub keys lock'")]
    public static partial void KeysInClear(ILogger logger, string files);
}
