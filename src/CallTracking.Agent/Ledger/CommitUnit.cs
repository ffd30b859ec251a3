using CallTracking.Agent.Outbox;
using CallTracking.Agent.Quarantine;
using CallTracking.Agent.Sources;
using CallTracking.Contracts;

namespace CallTracking.Agent.Ledger;

/// <summary>A row on its way into the ledger.</summary>
/// <param name="Row">As it will be.</param>
/// <param name="IsSeenOnly">
/// True when the run only met the case: then nothing but the run's number is written, and a wish to send the case again that
/// came meanwhile is not lost.
/// </param>
internal readonly record struct PendingRow(LedgerRow Row, bool IsSeenOnly);

/// <summary>An input that was read to its end.</summary>
/// <param name="File">As the quarantine calls it.</param>
/// <param name="BehindRow">From behind which row it was read.</param>
/// <param name="Notes">What its source remembers of it.</param>
/// <param name="IsWhole">As <see cref="SourceInput.IsWhole"/>.</param>
internal sealed record FinishedInput(string Source, string File, long BehindRow, IReadOnlyList<SourceNote> Notes, bool IsWhole);

/// <summary>What becomes durable together: cases' rows, the batch that carries them, entries of the quarantine, and the counts.</summary>
internal sealed class CommitUnit
{
    /// <summary>What the ledger learns, by case.</summary>
    public Dictionary<CaseUid, PendingRow> Rows { get; } = [];

    /// <summary>Cases of which the run met rows that are older than what stands.</summary>
    public List<CaseUid> Met { get; } = [];

    /// <summary>Cases whose entry in the quarantine goes: a new version of them travels.</summary>
    public List<CaseUid> Released { get; } = [];

    /// <summary>Cases that are sent again whatever they are, once they are read again.</summary>
    public List<CaseUid> Forgotten { get; } = [];

    /// <summary>Cases that are told to the hub as deleted: a complete export no longer held them.</summary>
    public List<CaseUid> Vanished { get; } = [];

    /// <summary>Cases that stay in the region, by what they are counted; null for those that stay no more.</summary>
    public Dictionary<CaseUid, ResidentCell?> Residents { get; } = [];

    public List<QuarantineEntry> Quarantined { get; } = [];

    /// <summary>Good versions of cases of which older rows stand in the quarantine.</summary>
    public List<SoundCase> Sound { get; } = [];

    /// <summary>Inputs that were read to their end, with what their source remembers of them.</summary>
    public List<FinishedInput> Finished { get; } = [];

    /// <summary>Inputs that were passed over, with the names under which they stand now.</summary>
    public List<(string Source, KnownInput Input)> Moved { get; } = [];

    /// <summary>What sources that were read whole looked like.</summary>
    public List<(string Source, SourceNote Shape)> Shapes { get; } = [];

    /// <summary>Entries whose row was read once more: they go unless this run puts them back.</summary>
    public List<QuarantineEntry> Retried { get; } = [];

    /// <summary>What shaped rows of this unit and none before.</summary>
    public List<SealedOrigin> Origins { get; } = [];

    /// <summary>What to add to the run's counts.</summary>
    public RunReport Counts { get; private set; } = new();

    /// <summary>Null when nothing of the unit travels.</summary>
    public SealedBatch? Batch { get; set; }

    public bool IsEmpty =>
        Rows.Count == 0 && Met.Count == 0 && Quarantined.Count == 0 && Released.Count == 0 && Finished.Count == 0 && Retried.Count == 0 && Sound.Count == 0 && Moved.Count == 0 && Shapes.Count == 0 && Forgotten.Count == 0 && Batch is null && Counts.Rows == 0;

    /// <summary>Adds an entry and counts it: the row is quarantined.</summary>
    public void Quarantine(QuarantineEntry entry)
    {
        Quarantined.Add(entry);
        CountQuarantined(entry.Reason);
    }

    /// <summary>Counts a case that stands in the quarantine already.</summary>
    public void CountQuarantined(string reason) => RunSum.Quarantine(Counts, reason);

    public void Clear()
    {
        Rows.Clear();
        Met.Clear();
        Released.Clear();
        Vanished.Clear();
        Forgotten.Clear();
        Residents.Clear();
        Quarantined.Clear();
        Sound.Clear();
        Retried.Clear();
        Finished.Clear();
        Moved.Clear();
        Shapes.Clear();
        Origins.Clear();
        Counts = new RunReport();
        Batch = null;
    }
}
