using CallTracking.Agent.Sources;
using CallTracking.Contracts;
using CallTracking.Mapping.Shapes;

namespace CallTracking.Agent.Drift;

/// <summary>A word that no table of the mapping has. What a cell holds can be anything: for this terminal only.</summary>
/// <param name="Place">Of the table: file and line.</param>
internal sealed record DriftWord(string Field, string Word, string Place, long Rows);

/// <summary>How a source is not what it was, before anything of it is sent.</summary>
/// <param name="KnownRun">The run that last read it whole; null at first contact.</param>
/// <param name="Counts">What its rows became, by kind or reason.</param>
/// <param name="Words">Those met most often first.</param>
/// <param name="Faults">What could not be read.</param>
internal sealed record SourceDrift(
    Source Source, long? KnownRun, int Inputs, long Rows, IReadOnlyDictionary<string, long> Counts, IReadOnlyList<ColumnChange> Changes, IReadOnlyList<DriftWord> Words, IReadOnlyList<Fault> Faults)
{
    /// <summary>A sync would not read all of it.</summary>
    public bool Stops => Faults.Count > 0 || Changes.Any(change => change.Answer == ContractAnswer.Freeze || change is { Change: ContractChange.Vanished, IsDemanded: true });

    public bool IsAny => Stops || Changes.Count > 0 || Words.Count > 0;
}
