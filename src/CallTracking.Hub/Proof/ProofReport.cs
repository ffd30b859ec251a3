using System.Text.Json.Serialization;

namespace CallTracking.Hub.Proof;

/// <summary>
/// What headquarters holds and did, in counts: it has no value of any case. Every list is in a fixed order. The scan is of the cases whose texts
/// were looked through, everything else of all.
/// </summary>
internal sealed record ProofReport(
    string Entity,
    string Country,
    DateTimeOffset MadeAt,
    string Detectors,
    ProofPolicies Policies,
    IReadOnlyList<ProofCases> Cases,
    IReadOnlyList<ProofRule> Rules,
    IReadOnlyList<ProofForm> Forms,
    IReadOnlyList<ProofReceipt> Receipts,
    IReadOnlyList<ProofRemoved> Removed,
    IReadOnlyList<ProofRetention> Retention,
    IReadOnlyList<ProofGone> Gone,
    IReadOnlyList<ProofTightened> Tightened,
    ProofScan Scan);

/// <summary>The rules in force. The hash is of the bundle of documents as it is stored and sent to the regions; the purposes are those for which
/// headquarters says that it processes cases, the laws those of some stored case.</summary>
internal sealed record ProofPolicies(
    long Version, DateTimeOffset InForceSince, string PublishedBy, string Note, string Sha256, IReadOnlyList<string> Purposes, IReadOnlyList<ProofLaw> Laws);

/// <summary>A law, the SHA-256 of the document that states it, and who reviewed that.</summary>
internal sealed record ProofLaw(string Code, string Law, string Digest, string Review);

/// <summary>Stored cases by country of the customer, or what stands in for it, and by the policy version that shaped them.</summary>
internal sealed record ProofCases([property: JsonIgnore] ProofGround Ground, long PolicyVersion, long Cases, long Anonymized)
{
    [JsonPropertyOrder(-1)]
    public string Country => Ground.Name;
}

/// <summary>What is in force today for a class in a country whose cases are stored, and the provision it rests on.</summary>
internal sealed record ProofRule(string Country, string Class, string Rule, string Law, string Article);

/// <summary>How values of a class stand in a country's cases (clear, masked, generalized, pseudonym, sealed).</summary>
internal sealed record ProofForm(string Country, string Class, string Form, long Values);

/// <summary>Cases that say by which policy and detectors, and where, they were shaped.</summary>
internal sealed record ProofReceipt(string Place, string PolicyVersion, string Detectors, long Cases);

/// <summary>What was done to values on their way here, over all runs.</summary>
internal sealed record ProofRemoved(string Place, string Class, string Action, string Law, long Values);

/// <summary>A preview of retention; its result, as the run wrote it down, is null until somebody confirmed it.</summary>
internal sealed record ProofRetention(Guid Run, DateTimeOffset PreviewedAt, DateTimeOffset? ConfirmedAt, DateTimeOffset? FinishedAt, string? Result);

/// <summary>Cases that are not here any more: expired, erased, or gone from their source.</summary>
internal sealed record ProofGone(string Region, string Reason, long Cases);

/// <summary>What later rules took from stored cases, by class and action as the run wrote it down.</summary>
internal sealed record ProofTightened(long PolicyVersion, DateOnly Since, DateTimeOffset? FinishedAt, long Changed, string Removed);

/// <summary>
/// A second look at what is stored: how many cases, texts of persons and technical texts, and what the detectors find in them now. Cases without a receipt are counted in all
/// that are stored.
/// </summary>
internal sealed record ProofScan(bool IsWhole, long Cases, long WithoutReceipt, long Texts, long Codes, IReadOnlyList<ProofFinding> Findings);

/// <summary>
/// A field of the contract or a <c>table.column</c>, and what stands there by the detectors' name: in a text or a file's name, which rules have looked
/// through, or in codes, which no rule looks through.
/// </summary>
internal sealed record ProofFinding(string Where, string Country, string Entity, long Count, bool IsText);
