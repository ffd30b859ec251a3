using CallTracking.Contracts;

namespace CallTracking.Hub.Ingest;

/// <summary>Identifiers, counts, outcomes; never content.</summary>
internal static partial class IngestLog
{
    private const int Ingest = 1000;

    [LoggerMessage(Ingest + 1, LogLevel.Information, "{Region}: push began, agent {AgentVersion}, epoch {Epoch} ({Note}), last sequence {LastSequence}")]
    public static partial void PushBegan(ILogger logger, RegionCode region, string agentVersion, ulong epoch, EpochNote note, ulong lastSequence);

    [LoggerMessage(Ingest + 2, LogLevel.Information, "{Region}: push ended, {Batches} batches, {Cases} cases")]
    public static partial void PushEnded(ILogger logger, RegionCode region, int batches, int cases);

    [LoggerMessage(Ingest + 3, LogLevel.Debug, "{Region}: batch of {Cases} cases to sequence {LastSequence} stored")]
    public static partial void BatchStored(ILogger logger, RegionCode region, int cases, long lastSequence);

    [LoggerMessage(Ingest + 4, LogLevel.Information, "{Region}: batch to sequence {LastSequence} was stored before; answered again")]
    public static partial void BatchRepeated(ILogger logger, RegionCode region, long lastSequence);

    [LoggerMessage(Ingest + 5, LogLevel.Warning, "{Region}: {Count} of {Cases} cases rejected, the first for {Reason} in field '{Field}'")]
    public static partial void CasesRejected(ILogger logger, RegionCode region, int count, int cases, string reason, string field);

    [LoggerMessage(Ingest + 6, LogLevel.Warning, "{Region}: {Bytes} bytes of fields that the contract does not know were dropped")]
    public static partial void UnknownFieldsDropped(ILogger logger, RegionCode region, int bytes);

    [LoggerMessage(Ingest + 7, LogLevel.Warning, "{Region}: a push was fenced off: {Why}")]
    public static partial void Fenced(ILogger logger, RegionCode region, string why);

    [LoggerMessage(Ingest + 8, LogLevel.Information, "{Region}: batch shaped under policy {ShapedUnder} sent back; {Required} is required")]
    public static partial void Reshaped(ILogger logger, RegionCode region, ulong shapedUnder, long required);

    [LoggerMessage(Ingest + 9, LogLevel.Error, "The database failed ({Trouble}, SQLSTATE {SqlState}): {Cure}")]
    public static partial void DatabaseFailed(ILogger logger, string trouble, string sqlState, string cure);

    [LoggerMessage(Ingest + 10, LogLevel.Information, "{Region}: run closed: {Rows} rows, {Cases} cases, {New} new, {Changed} changed")]
    public static partial void RunClosed(ILogger logger, RegionCode region, ulong rows, ulong cases, ulong @new, ulong changed);

    [LoggerMessage(Ingest + 11, LogLevel.Warning, "{Region}: run does not close or differs from the hub's own count (closes: {Closes}, agrees: {Agrees})")]
    public static partial void RunDiffers(ILogger logger, RegionCode region, bool closes, bool agrees);

    [LoggerMessage(Ingest + 13, LogLevel.Warning, "{Region}: {What} Its agent sends everything again under epoch {Epoch}; cases stand once, in their later version")]
    public static partial void LedgerNotContinued(ILogger logger, RegionCode region, string what, ulong epoch);

    [LoggerMessage(Ingest + 14, LogLevel.Warning, "{Region}: two agents are at work, in different machines or folders: one fenced the other off. Let the region stop one of them")]
    public static partial void TwoAgents(ILogger logger, RegionCode region);

    /// <summary>What a note means where the ledger does not go on; null where it does.</summary>
    public static string? WhyNotContinued(EpochNote note) => note switch
    {
        EpochNote.LedgerBehind => "the ledger is older than what was sent from it: restored from a backup.",
        EpochNote.LedgerNew => "a new ledger where there was one: deleted, damaged, or left on another machine.",
        EpochNote.OtherAgent => "another agent has pushed meanwhile, from another machine or folder: two are at work, or one is a copy. Let the region stop one of them.",
        _ => null,
    };

    [LoggerMessage(Ingest + 12, LogLevel.Information, "{Region}: task answered {Status}, reason '{Reason}', count {Count}")]
    public static partial void TaskAnswered(ILogger logger, RegionCode region, Contracts.TaskStatus status, string reason, ulong count);
}
