namespace CallTracking.Hub.Policies;

internal static partial class PolicyLog
{
    [LoggerMessage(2401, LogLevel.Information, "Stored cases are brought to policy version {Version} as it holds since {Since:O}: {Looked} looked at, {Changed} changed, {Asked} asked for again")]
    public static partial void Tightened(ILogger logger, long version, DateOnly since, long looked, long changed, long asked);

    [LoggerMessage(2402, LogLevel.Error, "Bringing stored cases to the policies in force stopped and goes on in a minute: {Why}")]
    public static partial void TighteningStopped(ILogger logger, string why);
}
