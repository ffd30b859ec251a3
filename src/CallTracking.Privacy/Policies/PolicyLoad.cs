using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>What reading policy documents gave: the policies, or every fault at once.</summary>
/// <param name="Policies">Null when there is any fault.</param>
/// <param name="Faults">All faults, each with its line and column.</param>
public sealed record PolicyLoad(PolicySet? Policies, IReadOnlyList<Fault> Faults)
{
    /// <summary>
    /// What works otherwise than written and should be looked at: classes that cross a border without a recorded transfer basis
    /// and are therefore treated at the edge, and rules that headquarters' purposes do not let hold.
    /// </summary>
    public IReadOnlyList<Fault> Notices { get; init; } = [];

    /// <summary>
    /// Those notices that a draft would be refused for: countries which a published document, let through by an earlier version of the
    /// program, takes from a law that is none of its ancestors.
    /// </summary>
    public IReadOnlyList<Fault> Strays { get; init; } = [];
}
