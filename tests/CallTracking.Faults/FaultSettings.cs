namespace CallTracking.Faults;

/// <summary>What was asked for.</summary>
/// <param name="Folder">Everything of the run lies below it.</param>
/// <param name="Rounds">How many rounds.</param>
/// <param name="Seed">Another seed, other faults.</param>
/// <param name="From">The first round, which begins a chapter.</param>
/// <param name="Cases">Cases of each region.</param>
/// <param name="Regions">One to three.</param>
/// <param name="Only">Names of the faults to draw from; empty for all.</param>
/// <param name="Sabotage">The bug to plant; null for none.</param>
/// <param name="Limit">After this time no further round begins; null for no limit.</param>
internal sealed record FaultSettings(string Folder, int Rounds, int Seed, int From, int Cases, int Regions, IReadOnlyList<string> Only, string? Sabotage, TimeSpan? Limit)
{
    /// <summary>The round in which a bug is planted.</summary>
    public int SabotagedRound => Math.Min(From + 1, Last);


    /// <summary>Rounds that share one installation. The next chapter begins with an empty one, so that any failure is replayed from near by.</summary>
    public const int Chapter = 50;

    public int Last => From + Rounds - 1;
}
