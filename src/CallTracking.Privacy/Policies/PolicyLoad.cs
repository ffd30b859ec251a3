using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>What reading policy documents gave: the policies, or every fault at once.</summary>
/// <param name="Policies">Null when there is any fault.</param>
/// <param name="Faults">All faults, each with its line and column.</param>
public sealed record PolicyLoad(PolicySet? Policies, IReadOnlyList<Fault> Faults)
{
    /// <summary>
    /// What works otherwise than written and should be looked at: classes that cross a border without a recorded transfer basis
    /// and are therefore treated at the edge.
    /// </summary>
    public IReadOnlyList<Fault> Notices { get; init; } = [];
}

/// <summary>A document's own rule for a class, with the provision that it rests on.</summary>
public sealed record PolicyRule(DataClass DataClass, ClassRule Rule, string Article);

/// <summary>A jurisdiction as its document states it, for showing to people.</summary>
/// <param name="Code">Lower case: <c>eea</c>.</param>
/// <param name="Parent">Empty for <c>default</c>.</param>
/// <param name="Countries">Where it holds.</param>
/// <param name="Law">The law.</param>
/// <param name="Article">The provisions that the document as a whole rests on.</param>
/// <param name="InForce">The day from which the law holds; null when the document does not say.</param>
/// <param name="Basis">R = read in a source, K = general knowledge, U = unsure; empty when the document does not say.</param>
/// <param name="Review">Status of legal review; show it wherever the document is used.</param>
/// <param name="Rules">The document's own rules, without inherited ones.</param>
public sealed record JurisdictionInfo(
    string Code,
    string Parent,
    IReadOnlyList<string> Countries,
    string Law,
    string Article,
    DateOnly? InForce,
    string Basis,
    string Review,
    IReadOnlyList<PolicyRule> Rules);
