namespace CallTracking.Hub.Alarms;

/// <summary>Events 2701 to 2799. What watches a log may wait for 2701 and 2702.</summary>
internal static partial class AlarmLog
{
    [LoggerMessage(2701, LogLevel.Error, "Alarm {Id} {Code} {Region}: {Words}")]
    public static partial void Raised(ILogger logger, long id, string code, string region, string words);

    [LoggerMessage(2702, LogLevel.Information, "Alarm {Id} {Code} {Region} is over")]
    public static partial void Cleared(ILogger logger, long id, string code, string region);

    [LoggerMessage(2703, LogLevel.Warning, "Alarm {Key} could not be told by {Channel} ({Why}); attempt {Attempts}, the next at {NextAt:O}")]
    public static partial void NotTold(ILogger logger, string key, string channel, string why, int attempts, DateTimeOffset nextAt);

    [LoggerMessage(2704, LogLevel.Warning, "Alarms could not be looked at; the next look is in {Beat}")]
    public static partial void LookFailed(ILogger logger, TimeSpan beat, Exception error);

    [LoggerMessage(2705, LogLevel.Error, "Alarm {Key} was not told by {Channel} for {Long}: {Why}")]
    public static partial void GivenUp(ILogger logger, string key, string channel, TimeSpan @long, string why);

    [LoggerMessage(2706, LogLevel.Information, "Alarm test: {Words}")]
    public static partial void Tested(ILogger logger, string words);

    [LoggerMessage(2707, LogLevel.Error, "Whether region {Region} is late cannot be told here: this machine knows no time zone {Zone}. Install it (tzdata), or set the deadline with another")]
    public static partial void UnknownZone(ILogger logger, string region, string zone);
}
