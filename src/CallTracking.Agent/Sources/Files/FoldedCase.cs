namespace CallTracking.Agent.Sources.Files;

/// <summary>What a file had of a case.</summary>
/// <param name="Key">A short keyed hash of the case.</param>
/// <param name="Rows">How many rows; at least one.</param>
/// <param name="First">The lowest place in the order of rows; nothing where the mapping gives none.</param>
/// <param name="Last">The highest.</param>
internal readonly record struct FoldedCase(ulong Key, int Rows, long First, long Last)
{
    /// <summary>Both, as of one file.</summary>
    public FoldedCase With(FoldedCase other) => this with { Rows = Rows + other.Rows, First = Math.Min(First, other.First), Last = Math.Max(Last, other.Last) };
}
