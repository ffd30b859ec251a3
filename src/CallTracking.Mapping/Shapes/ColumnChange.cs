namespace CallTracking.Mapping.Shapes;

/// <summary>One way in which a source is not what it was. A name is a source's own text: for the region's own terminal only.</summary>
/// <param name="Change">How.</param>
/// <param name="Column">The column or path; several where one rule reads them together.</param>
/// <param name="Answer">What the contract says to it.</param>
/// <param name="Count">Records that have a value there, values of another kind, or inputs that lack it.</param>
/// <param name="Was">The kinds of its values until now.</param>
/// <param name="Is">The kinds of its values now.</param>
/// <param name="IsRead">The mapping reads the column.</param>
public sealed record ColumnChange(ContractChange Change, string Column, ContractAnswer Answer, long Count, ValueKinds Was, ValueKinds Is, bool IsRead)
{
    /// <summary>The mapping reads it and does not call it optional: an input without it is refused.</summary>
    public bool IsDemanded { get; init; }

    /// <summary>A rule of the mapping cannot make its value of it.</summary>
    public bool IsUnread { get; init; }

    /// <summary>Some of the source could not be read, and may have what nothing else has.</summary>
    public bool IsPartial { get; init; }
}

/// <summary>Values that the contract left out, under a name that may be told.</summary>
public sealed record LeftOut(ContractChange Change, string Column, long Count);
