using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>A set of data classes; the default value is empty. A class that this version does not know counts as unspecified.</summary>
/// <param name="Bits">One bit a class. The contract has fewer classes than there are bits; a test holds it to that.</param>
internal readonly record struct ClassSet(ulong Bits)
{
    public bool IsEmpty => Bits == 0;

    /// <summary>The class with the lowest number.</summary>
    public DataClass First => (DataClass)System.Numerics.BitOperations.TrailingZeroCount(Bits);

    public static ClassSet Of(DataClass dataClass) => new(1UL << DataClassNames.IndexOf(dataClass));

    public bool Contains(DataClass dataClass) => (Bits & Of(dataClass).Bits) != 0;

    public ClassSet And(ClassSet other) => new(Bits & other.Bits);

    public ClassSet Without(DataClass dataClass) => new(Bits & ~Of(dataClass).Bits);

    public ClassSet Or(ClassSet other) => new(Bits | other.Bits);
}
