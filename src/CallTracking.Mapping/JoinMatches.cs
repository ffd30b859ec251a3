namespace CallTracking.Mapping;

/// <summary>How a join has fared in one reading so far: how many of the records that lead somewhere found what they name.</summary>
/// <param name="As">What the mapping calls it, with the joins that lead to it.</param>
/// <param name="Files">Where its records are.</param>
/// <param name="Place">Where the mapping says so, as "mapping.yaml:7".</param>
/// <param name="IsMany">All that match are taken: a record may well have none.</param>
/// <param name="Named">Records that name one.</param>
/// <param name="Unmatched">Of these, records that name one which is not there.</param>
/// <param name="Fields">Of a case that stay empty then.</param>
public sealed record JoinMatches(string As, string Files, string Place, bool IsMany, long Named, long Unmatched, IReadOnlyList<string> Fields)
{
    /// <summary>Where keys of digits have lost the zeros with which those on the other side begin.</summary>
    public LostZeros Zeros { get; init; }

    /// <summary>A record that names one which is not there is rejected.</summary>
    public bool RejectsMissing { get; init; }

    /// <summary>A case to which it gives fewer records than before waits in the quarantine.</summary>
    public bool RejectsIncomplete { get; init; }
}

/// <summary>Which of two sides writes keys of digits without the zeros before them, as spreadsheets do.</summary>
public enum LostZeros
{
    /// <summary>Neither, as far as it shows.</summary>
    None,

    /// <summary>The file that is joined.</summary>
    InFile,

    /// <summary>The records that name its records.</summary>
    InRecords,
}
