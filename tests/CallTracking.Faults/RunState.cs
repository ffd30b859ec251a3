using System.Text.Json;
using CallTracking.Faults.Proof;

namespace CallTracking.Faults;

/// <summary>How far a long run has come: written after each chapter, read by <c>--resume</c>.</summary>
/// <param name="Seed">Whose rounds.</param>
/// <param name="From">Its first round.</param>
/// <param name="Last">Its last one.</param>
/// <param name="Done">The last round of the last chapter that is done.</param>
/// <param name="Faults">Faults up to there.</param>
/// <param name="Found">What was found up to there.</param>
internal sealed record RunState(int Seed, int From, int Last, int Done, int Faults, Verdict Found)
{
    /// <summary>The state of a run that has not begun.</summary>
    public static RunState Of(FaultSettings settings) => new(settings.Seed, settings.From, settings.Last, settings.From - 1, 0, Verdict.Clean);

    /// <summary>Reads what an earlier run of the same seed and rounds left; null when there is none.</summary>
    public static RunState? Load(string file, FaultSettings settings) =>
        File.Exists(file) && JsonSerializer.Deserialize<RunState>(File.ReadAllText(file)) is { } left && left.Seed == settings.Seed && left.From == settings.From && left.Last == settings.Last
            ? left
            : null;

    public void Save(string file)
    {
        File.WriteAllText(file + ".part", JsonSerializer.Serialize(this));
        File.Move(file + ".part", file, overwrite: true);
    }
}
