namespace CallTracking.Hub.Retention;

internal static partial class RetentionLog
{
    [LoggerMessage(2301, LogLevel.Information, "Retention preview {RunId}: {Count} cases have expired by {AsOf:O} under policy version {PolicyVersion}")]
    public static partial void Previewed(ILogger logger, Guid runId, long count, DateTimeOffset asOf, long policyVersion);

    [LoggerMessage(2302, LogLevel.Information, "Retention run {RunId} is confirmed")]
    public static partial void Confirmed(ILogger logger, Guid runId);

    [LoggerMessage(2303, LogLevel.Debug, "Retention run {RunId}: a batch of {Count} cases is done")]
    public static partial void BatchDone(ILogger logger, Guid runId, long count);

    [LoggerMessage(2304, LogLevel.Information, "Retention run {RunId} is done: {Count} cases, {Previewed} were previewed")]
    public static partial void Finished(ILogger logger, Guid runId, long count, long previewed);

    [LoggerMessage(2305, LogLevel.Warning, "Retention waits for a person: {Count} cases have expired; look at the preview and confirm it within a day: calltracking-hub retention run --confirm {RunId}")]
    public static partial void Waits(ILogger logger, long count, Guid runId);

    [LoggerMessage(2306, LogLevel.Error, "The nightly retention did not run: {Why}")]
    public static partial void Refused(ILogger logger, string why);
}
