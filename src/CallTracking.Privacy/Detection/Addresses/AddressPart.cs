namespace CallTracking.Privacy;

/// <summary>What a part of an address is.</summary>
internal enum AddressPartKind : byte
{
    None,

    /// <summary>A name between two numbers: counts beside a surer part only.</summary>
    Numbers,

    /// <summary>Counts beside another part only.</summary>
    Weak,
    Code,
    Unit,
    Street,
}

/// <summary>A part of an address.</summary>
internal readonly record struct AddressPart(int Start, int End, AddressPartKind Kind)
{
    public bool IsNone => Kind == AddressPartKind.None;

    /// <summary>Where the postal code in it begins.</summary>
    public int CodeStart { get; init; } = -1;

    /// <summary>How many parts were put together.</summary>
    public int Count { get; init; } = 1;
}
