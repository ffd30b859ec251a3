using CallTracking.Contracts;

namespace CallTracking.Agent.Ledger;

/// <summary>A look into a ledger's file that changes nothing and needs no key; a sync may be at work in it.</summary>
/// <param name="Runs">Newest first.</param>
internal sealed record LedgerGlance(
    LedgerMeta? Meta,
    IReadOnlyList<RunRow> Runs,
    IReadOnlyList<(CaseState State, long Cases, long Unsent)> Cases,
    long OutboxBatches,
    long OutboxCases,
    long OutboxBytes,
    IReadOnlyList<ReasonCount> Quarantine)
{
    /// <summary>The latest run over everything; null when there was none.</summary>
    public RunRow? Night { get; init; }

    /// <summary>Cases that complete exports lacked, by source.</summary>
    public IReadOnlyList<VanishedCount> Vanished { get; init; } = [];

    /// <summary>Null when there is no such file yet.</summary>
    /// <exception cref="LedgerDamagedException">The file is damaged.</exception>
    public static LedgerGlance? Of(string path, int runs)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        using var file = LedgerFile.Look(path);
        using var meta = new MetaTable(file.Connection);
        using var runTable = new RunTable(file.Connection);
        using var cases = new CaseTable(file.Connection);
        using var outbox = new Outbox.OutboxTable(file.Connection);
        using var vanished = new VanishedTable(file.Connection);
        using var quarantine = new SqlStatement(file.Connection, "select reason, count(*) from quarantine group by reason order by reason");
        return file.Read(() =>
        {
            var (batches, waiting, bytes) = outbox.Load();
            return new LedgerGlance(meta.Load(), runTable.Last(runs), cases.Count(), batches, waiting, bytes, Reasons(quarantine)) { Night = runTable.LastNight(_ => true), Vanished = vanished.Count() };
        });
    }

    /// <summary>When the last night began that was done whole; null when there is none, or no ledger.</summary>
    /// <exception cref="LedgerDamagedException">The file is damaged.</exception>
    public static DateTimeOffset? LastWholeNight(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        using var file = LedgerFile.Look(path);
        using var runs = new RunTable(file.Connection);
        return file.Read(() => runs.LastNight(run => run.Report.Outcome == RunOutcome.Complete))?.Report.StartedAt.ToDateTimeOffset();
    }

    private static List<ReasonCount> Reasons(SqlStatement counts)
    {
        using var rows = counts.Query();
        var reasons = new List<ReasonCount>();
        while (rows.Read())
        {
            reasons.Add(new ReasonCount { Reason = rows.Text(0), Count = (ulong)rows.Number(1) });
        }

        return reasons;
    }
}
