using CallTracking.Contracts;

namespace CallTracking.Mapping;

/// <summary>The outcome of reading a mapping file: a mapping, or every fault in it at once.</summary>
/// <param name="Mapping">Null exactly when there are faults.</param>
/// <param name="Faults">In the order of the file.</param>
public sealed record MappingLoad(SourceMapping? Mapping, IReadOnlyList<Fault> Faults);

/// <summary>One of the group's code tables that a mapping uses.</summary>
/// <param name="Name">Letters a-z, digits and dashes.</param>
/// <param name="Version">0 for a file beside the mapping, which has none.</param>
/// <param name="Entries">How many codes it has.</param>
public sealed record CodeTableUse(string Name, uint Version, int Entries);

/// <summary>What two records with one key in one run mean.</summary>
public enum DuplicateRule
{
    /// <summary>The newer one by source time stands for both, the other is folded; of two with one time, or without, the later is rejected.</summary>
    ByTime,

    /// <summary>The later one is rejected.</summary>
    Reject,

    /// <summary>The later one by source time, else by place in the file, stands for both; the other is folded.</summary>
    Latest,

    /// <summary>Each is a case of its own, told apart by the order within the file; for keys that are a hash only.</summary>
    Number,
}

/// <summary>A file as a whole cannot be read to its end. Records before the place have been delivered; the run has failed.</summary>
public sealed class SourceFormatException : Exception
{
    public SourceFormatException(IReadOnlyList<Fault> faults)
        : base(string.Join(Environment.NewLine, faults)) => Faults = faults;

    public SourceFormatException(Fault fault)
        : this([fault])
    {
    }

    /// <summary>At least one. Messages hold no content.</summary>
    public IReadOnlyList<Fault> Faults { get; }

    /// <summary>The mapping's contract stopped the source: what else it has is not to be read.</summary>
    public bool IsContract { get; init; }

    /// <summary>The first of <see cref="Faults"/>.</summary>
    public Fault Fault => Faults[0];
}
