namespace CallTracking.Agent.Sync;

/// <summary>The agent's events: counts, ids and outcomes, never content.</summary>
internal static partial class SyncLog
{
    [LoggerMessage(100, LogLevel.Information, "{Text}")]
    public static partial void Said(ILogger logger, string text);

    [LoggerMessage(101, LogLevel.Information, "Connected to {Hub}: epoch {Epoch}, last sequence {LastSequence}, credit {CreditBytes} bytes")]
    public static partial void Welcomed(ILogger logger, Uri hub, ulong epoch, ulong lastSequence, ulong creditBytes);

    [LoggerMessage(102, LogLevel.Debug, "Sent a batch of {Count} cases, {Bytes} bytes, from sequence {FirstSequence}")]
    public static partial void BatchSent(ILogger logger, int count, int bytes, ulong firstSequence);

    [LoggerMessage(103, LogLevel.Debug, "{Batches} batches were acknowledged")]
    public static partial void BatchesAcknowledged(ILogger logger, int batches);

    [LoggerMessage(104, LogLevel.Information, "Task {TaskKind} was answered {Status} {Reason}")]
    public static partial void TaskAnswered(ILogger logger, string taskKind, string status, string reason);

    [LoggerMessage(105, LogLevel.Warning, "{Batches} batches were discarded: the hub asks for policy version {RequiredVersion}")]
    public static partial void Reshaped(ILogger logger, int batches, ulong requiredVersion);

    [LoggerMessage(106, LogLevel.Warning, "The hub gave epoch {Epoch} ({Note}): every case is sent again")]
    public static partial void EpochChanged(ILogger logger, ulong epoch, string note);

    [LoggerMessage(107, LogLevel.Information, "Run {Run} ended {Outcome}: {Rows} rows, {Cases} cases, {Quarantined} quarantined, {SentCases} sent")]
    public static partial void RunEnded(ILogger logger, long run, string outcome, ulong rows, ulong cases, ulong quarantined, ulong sentCases);

    [LoggerMessage(108, LogLevel.Error, "Run {Run} ended as exit code {ExitCode} would say: see its report with 'calltracking-agent status'")]
    public static partial void RunFailed(ILogger logger, long run, int exitCode);

    [LoggerMessage(109, LogLevel.Information, "The next run starts at {At:O}")]
    public static partial void NextRun(ILogger logger, DateTimeOffset at);

    [LoggerMessage(110, LogLevel.Error, "{Fault}")]
    public static partial void SourceFault(ILogger logger, Contracts.Fault fault);

    [LoggerMessage(111, LogLevel.Error, "The night's sync ended as exit code {ExitCode} would say: {Text}")]
    public static partial void NightFailed(ILogger logger, int exitCode, string text);

    [LoggerMessage(112, LogLevel.Error, "The night's sync broke off; the next goes on from what was committed")]
    public static partial void NightBroke(ILogger logger, Exception error);

    [LoggerMessage(113, LogLevel.Warning, "{Text}")]
    public static partial void MostlyQuarantined(ILogger logger, string text);

    [LoggerMessage(114, LogLevel.Warning, "Compared with the hub: {Line}")]
    public static partial void Compared(ILogger logger, string line);

    [LoggerMessage(120, LogLevel.Information, "Fast lane: {Cases} cases with a hazard, {Outcome}")]
    public static partial void LaneSent(ILogger logger, int cases, string outcome);

    [LoggerMessage(121, LogLevel.Debug, "Fast lane: {Text}")]
    public static partial void LaneSaid(ILogger logger, string text);

    [LoggerMessage(122, LogLevel.Warning, "Fast lane: nothing was sent and the next look tries again: {Why}")]
    public static partial void LaneFailed(ILogger logger, string why);

    [LoggerMessage(123, LogLevel.Error, "Fast lane: the look broke off; the next tries again")]
    public static partial void LaneBroke(ILogger logger, Exception error);

    [LoggerMessage(124, LogLevel.Warning, "Fast lane: more than {Rows} rows of {Source} are new; its hazards come with the night")]
    public static partial void LaneTooLong(ILogger logger, string source, int rows);

    [LoggerMessage(125, LogLevel.Information, "Fast lane: not all of {Source} could be looked through: a file is being written, or cannot be read")]
    public static partial void LaneSawAPart(ILogger logger, string source);

    [LoggerMessage(115, LogLevel.Warning, "{Nights} nights began while the run of {StartedAt:O} was still at work: skipped, what is new goes with the next")]
    public static partial void NightsSkipped(ILogger logger, int nights, DateTimeOffset startedAt);

    [LoggerMessage(116, LogLevel.Warning, "Tonight's run waits: paused since {Since:O}, until {Until:O} ({Note}). 'calltracking-agent resume' ends it")]
    public static partial void NightPaused(ILogger logger, DateTimeOffset since, DateTimeOffset? until, string note);

    [LoggerMessage(117, LogLevel.Information, "The pause is over")]
    public static partial void NightResumed(ILogger logger);

    [LoggerMessage(118, LogLevel.Error, "No run begins: {Why} The service runs as {User}; 'calltracking-agent resume' or 'pause' as that user, or as root, writes the file anew")]
    public static partial void PauseUnreadable(ILogger logger, string why, string user);

    [LoggerMessage(119, LogLevel.Information, "Headquarters is not told of the pause or its end yet: {Why}")]
    public static partial void PauseUntold(ILogger logger, string why);
}
