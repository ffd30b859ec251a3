namespace CallTracking.Faults.Sabotages;

/// <summary>
/// A bug that is planted on purpose, to show that the comparison finds it: past the programs, in the hub's tables, an agent's ledger or a log.
/// Comparing with the hub is off meanwhile, since it would heal most of them.
/// </summary>
internal abstract class Sabotage
{
    /// <summary>As <c>--sabotage</c> names it.</summary>
    public abstract string Name { get; }

    /// <summary>Makes it so.</summary>
    public abstract Task PlantAsync(Scene scene);
}
