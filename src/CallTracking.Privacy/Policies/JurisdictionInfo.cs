using CallTracking.Contracts;

namespace CallTracking.Privacy;

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
    IReadOnlyList<PolicyRule> Rules)
{
    /// <summary>The document that says all this: <c>eea.yaml</c>.</summary>
    public string File { get; init; } = "";

    /// <summary>SHA-256 of the document's text, hexadecimal: a review is of a text, and holds no more when that changes.</summary>
    public string Digest { get; init; } = "";

    /// <summary>The document's text, to copy.</summary>
    public string Text { get; init; } = "";

    /// <summary>Classes for which documents below it may have looser rules.</summary>
    public IReadOnlyList<DataClass> MayLoosen { get; init; } = [];

    /// <summary>The first day on which the law no longer holds; null without end.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>What the law says on keeping data in the country.</summary>
    public Localisation Localisation { get; init; } = Localisation.None;

    /// <summary>Whether records stay in the region; null when they may leave as the rules say.</summary>
    public Residency? Residency { get; init; }

    /// <summary>How soon requests of persons are to be answered.</summary>
    public IReadOnlyList<RequestDeadline> Deadlines { get; init; } = [];

    /// <summary>What the law calls sensitive, in a few words each.</summary>
    public IReadOnlyList<string> Sensitive { get; init; } = [];

    /// <summary>National identifiers by their detectors' names: <c>BR_CPF</c>.</summary>
    public IReadOnlyList<string> NationalIds { get; init; } = [];

    /// <summary>The days on which the law holds. Before and after them its countries fall back to its parent.</summary>
    public Validity Validity => new(InForce, Until);
}
