namespace CallTracking.Mapping.Proposals;

/// <summary>What the proposer is told, since no sample says it.</summary>
/// <param name="Source">The source's name; null takes it from the file's.</param>
/// <param name="Country">ISO 3166 code of the region, which decides between readings of days and numbers.</param>
/// <param name="TimeZone">IANA name of the zone of times without an offset.</param>
public sealed record ProposalOptions(string? Source = null, string? Country = null, string? TimeZone = null);

/// <summary>A mapping proposed from a sample. Sound: it loads without faults and reads the sample.</summary>
/// <param name="Mapping">The YAML text, commented with evidence, confidence and questions.</param>
/// <param name="Tests">Tests of invented cases beside it; null for files that tests cannot hold.</param>
/// <param name="Fields">What each column was taken for.</param>
/// <param name="Outcomes">What the sample's records became under it: cases, and reasons of rejection.</param>
public sealed record MappingProposal(
    string Mapping, string? Tests, IReadOnlyList<ProposedField> Fields, IReadOnlyDictionary<string, int> Outcomes)
{
    /// <summary>What the sample could not say; each stands in the mapping too.</summary>
    public IReadOnlyList<string> Questions { get; init; } = [];

    /// <summary>Null for files that are no text.</summary>
    public EncodingVerdict? Encoding { get; init; }

    /// <summary>The mapping's <c>format</c>.</summary>
    public required string Format { get; init; }

    /// <summary>How many different keys the sample's cases have: fewer than the cases of <see cref="Outcomes"/> where rows share one.</summary>
    public int Cases { get; init; }

    /// <summary>The number of the first record in the first file: of a sheet, its row there.</summary>
    public long FirstRow { get; init; } = 1;
}

/// <summary>A line of a proposed mapping.</summary>
/// <param name="Target">A field of the case, or <c>custom_fields</c>.</param>
/// <param name="Column">The source's name for it.</param>
/// <param name="Value">What stands behind the field's name, in YAML.</param>
/// <param name="Confidence">From 0 to 1.</param>
/// <param name="Evidence">What speaks for it; never a value of the sample.</param>
/// <param name="Question">Why it stands in the mapping as a comment only; null where it is in force.</param>
public sealed record ProposedField(string Target, string Column, string Value, double Confidence, string Evidence, string? Question = null);
