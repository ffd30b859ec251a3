namespace CallTracking.Hub.Telemetry;

/// <summary>Events 3001 to 3099.</summary>
internal static partial class TelemetryLog
{
    [LoggerMessage(3001, LogLevel.Warning, "The collector at {Host} took no metrics ({Why}); each {Every} they are sent again")]
    public static partial void Refused(ILogger logger, string host, string why, TimeSpan every);

    [LoggerMessage(3002, LogLevel.Information, "The collector at {Host} takes metrics again")]
    public static partial void TakenAgain(ILogger logger, string host);
}
