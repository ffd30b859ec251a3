using CallTracking.Agent.Commands;
using CallTracking.Agent.Quarantine;
using CallTracking.Agent.Sources;
using CallTracking.Contracts;
using CallTracking.Mapping.Shapes;

namespace CallTracking.Agent.Drift;

/// <summary>How a source is not what it was, before anything of it is sent.</summary>
/// <param name="KnownRun">The run that last read it whole; null at first contact.</param>
/// <param name="Counts">What its rows became, by kind or reason.</param>
/// <param name="KnownRows">Of these, rows that stand in the quarantine already for the same reason.</param>
/// <param name="Words">That no table of the mapping has.</param>
/// <param name="Faults">What could not be read.</param>
internal sealed record SourceDrift(
    Source Source, long? KnownRun, int Inputs, IReadOnlyDictionary<string, long> Counts, IReadOnlyDictionary<string, long> KnownRows, IReadOnlyList<ColumnChange> Changes, WordTally Words, IReadOnlyList<Fault> Faults)
{
    /// <summary>What of its values cannot well be meant.</summary>
    public IReadOnlyList<string> Doubts { get; init; } = [];

    /// <summary>Rows that would go to the quarantine and are not there, by reason.</summary>
    public IReadOnlyList<LostRows> NewlyLost { get; init; } = [];

    /// <summary>Known cases that a complete export no longer holds; null where there are none.</summary>
    public VanishedCount? Vanished { get; init; }

    /// <summary>It was read from its start to its end.</summary>
    public bool IsWhole { get; init; }

    /// <summary>The contract stops the source for one of them, or a sync holds it since none of its keys is known.</summary>
    public bool IsFrozen { get; init; }

    /// <summary>What is remembered of it when all that it shows is meant to be so; null where not all of it could be read.</summary>
    public SourceShape? Accepted { get; init; }

    /// <summary>Cases to which joins give less than before, with what they give them; null when they are too many to name.</summary>
    public IReadOnlyDictionary<CaseUid, JoinYields>? Losing { get; init; }

    /// <summary>All rows, whatever they became.</summary>
    public long Rows => Counts.Values.Sum();

    /// <summary>Rows that a sync would make cases of.</summary>
    public long Cases { get; init; }

    /// <summary>Rows that a sync would put into the quarantine, or find there.</summary>
    public long Lost { get; init; }

    /// <summary>Rows that only a sync of all would read stand there already: the next one passes over them.</summary>
    public bool IsPassedOver { get; init; }

    /// <summary>There are rows, and a sync would make a case of none: where that holds for all sources together, it ends as one that failed.</summary>
    public bool IsAllLost => Cases == 0 && Lost > 0 && !IsPassedOver;

    /// <summary>A sync would not read all of it.</summary>
    public bool Stops => Faults.Count > 0 || IsFrozen || Changes.Any(change => change.Answer == ContractAnswer.Freeze || change is { Change: ContractChange.Vanished, IsDemanded: true });

    /// <summary>What a sync would make of what can be read stands, though some of the source cannot: nothing holds all of it back.</summary>
    public bool BreaksOff => Stops && !IsFrozen && Rows > 0 && !Source.Mapping.CanFreeze;

    public bool IsAny => Stops || IsAllLost || Changes.Count > 0 || Words.Values.Count > 0 || Doubts.Count > 0 || NewlyLost.Count > 0 || Vanished is not null;
}
