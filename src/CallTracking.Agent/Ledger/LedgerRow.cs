using System.Buffers.Binary;
using CallTracking.Contracts;
using CallTracking.Mapping.Shapes;
using Google.Protobuf;

namespace CallTracking.Agent.Ledger;

/// <summary>128 bits of a keyed hash over a mapped case and the edge rules: equal means that nothing changed.</summary>
internal readonly record struct ChangeHash
{
    /// <summary>Length in bytes.</summary>
    public const int Size = 16;

    private readonly UInt128 _value;

    private ChangeHash(UInt128 value) => _value = value;

    public static ChangeHash FromBytes(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadUInt128BigEndian(bytes));

    public byte[] ToBytes()
    {
        var bytes = new byte[Size];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, _value);
        return bytes;
    }

    public ByteString ToByteString() => UnsafeByteOperations.UnsafeWrap(ToBytes());
}

/// <summary>What the hub is known to have done with a case's latest version.</summary>
internal enum CaseState
{
    /// <summary>Sent, or on its way while its batch stands in the outbox.</summary>
    Sent = 0,
    Held = 1,
    Suppressed = 2,
    Gone = 3,
    Rejected = 4,
}

/// <summary>The ledger's memory of one case.</summary>
/// <param name="Hash">Of the version sent last; null when it has to be sent again whatever it is.</param>
/// <param name="Order">Of the version sent last.</param>
/// <param name="SourceUpdated">The source's own time of that version, in milliseconds since 1970 UTC; null when it has none.</param>
/// <param name="Run">Number of the last run that read the case from the source.</param>
internal readonly record struct LedgerRow(ChangeHash? Hash, CaseOrder Order, long? SourceUpdated, CaseState State, long Run)
{
    /// <summary>The most that the mapping's joins gave the case, for what its row names; null where nothing is known.</summary>
    public JoinYields? Joined { get; init; }

    /// <summary>The source that the run read it from. Written, never read back: null leaves what is known.</summary>
    public string? Source { get; init; }

    /// <summary>Number of what shaped the version. Written, never read back with the row.</summary>
    public long? Origin { get; init; }

    /// <summary>Number of the row that became the version; null where there is none. Written, never read back with the row.</summary>
    public long? SourceRow { get; init; }
}
