using CallTracking.Agent.Quarantine;
using CallTracking.Agent.Reconciliation;
using CallTracking.Contracts;
using CallTracking.Mapping.Checks;

namespace CallTracking.Agent.Sources;

/// <summary>What of the sources a reading is for.</summary>
/// <param name="Reread">Read too what is known and unchanged, and what stands before a cursor.</param>
/// <param name="Files">Only files that this pattern means; null for all.</param>
/// <param name="CaseId">Only rows of this local id, the parts of a key in several columns joined by '|' or '/'; null for all.</param>
/// <param name="Retry">Only rows of the quarantine that this filter means; null for what the sources give.</param>
internal sealed record ReadingWish(bool Reread = false, string? Files = null, string? CaseId = null, QuarantineFilter? Retry = null)
{
    /// <summary>All that is new.</summary>
    public static readonly ReadingWish Everything = new();

    /// <summary>Whether to compare the ledger with the hub, and when.</summary>
    public Comparing Comparing { get; init; }

    /// <summary>Only cases with these keys, by source; nothing is finished, no cursor moves. Null for all.</summary>
    public IReadOnlyDictionary<string, IReadOnlySet<string>>? Cases { get; init; }

    /// <summary>Where a reading notes which of <see cref="Cases"/> it took; null where nobody asks.</summary>
    public ISet<(string Source, string Key)>? Taken { get; init; }

    /// <summary>Only files at these absolute paths; null for all.</summary>
    public IReadOnlySet<string>? Paths { get; init; }

    /// <summary>Keys that are all new are meant to be so: nothing is held for them.</summary>
    public bool TakesNewKeys { get; init; }

    /// <summary>True when a case that is not met may well be there.</summary>
    public bool IsPartial => Files is not null || CaseId is not null || Cases is not null || Paths is not null;

    /// <summary>True when a person asked for some of the files only; a look for urgent cases goes through all.</summary>
    public bool IsOfSomeFiles => Files is not null || CaseId is not null;

    /// <summary>True when rows of an input may be left out: then it was not read to its end, whatever is at its end.</summary>
    public bool LeavesRowsOut => CaseId is not null || Cases is not null;

    /// <summary>What the run is told for: only one of everything is a night.</summary>
    public RunKind Kind => Cases is not null ? RunKind.FastLane : IsPartial || Retry is not null ? RunKind.Partial : RunKind.Unspecified;

    /// <summary>Whether a row is asked for.</summary>
    /// <param name="source">Whose row it is.</param>
    /// <param name="localId">Its key; null when it could not be read.</param>
    /// <param name="otherId">The key as the row writes it, where that is another text.</param>
    public bool Takes(string source, string? localId, string? otherId) =>
        Cases is not null ? localId is not null && Cases.TryGetValue(source, out var keys) && keys.Contains(localId)
        : CaseId is null || (localId is not null && (LocalIdText.Means(CaseId, localId) || (otherId is not null && LocalIdText.Means(CaseId, otherId))));
}

/// <summary>One reading of a source: what the source may ask, and where it says what it met.</summary>
/// <param name="notes">What it remembers.</param>
/// <param name="clock">The time.</param>
/// <param name="say">Takes a line for whoever watches the run.</param>
internal sealed class SourceVisit(ISourceNotes notes, TimeProvider clock, Action<string> say)
{
    public ISourceNotes Notes => notes;

    public TimeProvider Clock => clock;

    public ReadingWish Wish { get; init; } = ReadingWish.Everything;

    /// <summary>For commands that look at the start of each input: nothing is waited for and nothing passed over.</summary>
    public bool IsLook { get; init; }

    /// <summary>What could not be had. The other inputs still come.</summary>
    public List<Fault> Faults { get; } = [];

    /// <summary>Inputs that were not read because all their rows are known.</summary>
    public List<KnownInput> Known { get; } = [];

    /// <summary>Names, as the quarantine has them, of the inputs that are read from their start, in order; said before the first comes. Empty where that is not known.</summary>
    public IReadOnlyList<string> ToRead { get; set; } = [];

    /// <summary>Bytes of all inputs together, said before the first comes; null where that is not known.</summary>
    public long? Bytes { get; set; }

    /// <summary>False when something of the source was left out, or was not read to its end.</summary>
    public bool IsWhole { get; private set; } = true;

    /// <summary>A reading that sends and remembers nothing.</summary>
    /// <param name="say">Takes a line for whoever looks.</param>
    public static SourceVisit ToLook(Action<string> say) => new(NoSourceNotes.Instance, TimeProvider.System, say) { IsLook = true };

    /// <summary>Tells whoever watches the run.</summary>
    public void Say(string text) => say(text);

    /// <summary>Tells that something is left for a later run: no fault, but the source was not read whole.</summary>
    public void Leave(string text)
    {
        IsWhole = false;
        say(text);
    }

    /// <summary>Adds a fault: the source was not read whole.</summary>
    public void Fail(params IEnumerable<Fault> faults)
    {
        IsWhole = false;

        // What several inputs share, such as a join's file, is told once.
        Faults.AddRange(faults.Where(fault => !Faults.Contains(fault)));
    }
}

/// <summary>An input that was passed over: known, and unchanged since.</summary>
/// <param name="Name">What it is called now.</param>
/// <param name="EarlierName">What it was called when it was read; the same unless it was moved.</param>
/// <param name="Notes">To remember from now on.</param>
internal sealed record KnownInput(string Name, string EarlierName, IReadOnlyList<SourceNote> Notes);
