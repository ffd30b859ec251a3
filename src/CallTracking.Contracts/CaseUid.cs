using System.Buffers.Binary;
using Google.Protobuf;

namespace CallTracking.Contracts;

/// <summary>
/// A case's name across all regions: 128 bits of a keyed hash of region, source and local id, under a key that only the
/// region holds. The hub can compare it and cannot test a guess against it. The default value is no case.
/// </summary>
public readonly record struct CaseUid : IComparable<CaseUid>
{
    /// <summary>Length in bytes.</summary>
    public const int Size = 16;

    private readonly UInt128 _value;

    private CaseUid(UInt128 value) => _value = value;

    internal UInt128 Number => _value;

    /// <summary>Reads exactly 16 bytes, most significant first.</summary>
    /// <exception cref="FormatException">The length is not 16.</exception>
    public static CaseUid FromBytes(ReadOnlySpan<byte> bytes) =>
        bytes.Length == Size
            ? new CaseUid(BinaryPrimitives.ReadUInt128BigEndian(bytes))
            : throw new FormatException($"A case uid has {Size} bytes, got {bytes.Length}.");

    internal static CaseUid FromNumber(UInt128 value) => new(value);

    /// <summary>Reads the 32 hexadecimal digits that <see cref="ToString"/> writes; dashes are allowed.</summary>
    public static bool TryParse(string? text, out CaseUid uid)
    {
        var parsed = Guid.TryParse(text, out var uuid);
        uid = parsed ? FromGuid(uuid) : default;
        return parsed;
    }

    /// <summary>The same 128 bits from PostgreSQL's <c>uuid</c>.</summary>
    public static CaseUid FromGuid(Guid uuid)
    {
        Span<byte> bytes = stackalloc byte[Size];
        uuid.TryWriteBytes(bytes, bigEndian: true, out _);
        return FromBytes(bytes);
    }

    /// <summary>The same 128 bits as PostgreSQL's <c>uuid</c>.</summary>
    public Guid ToGuid()
    {
        Span<byte> bytes = stackalloc byte[Size];
        WriteTo(bytes);
        return new Guid(bytes, bigEndian: true);
    }

    public ByteString ToByteString()
    {
        var bytes = new byte[Size];
        WriteTo(bytes);
        return UnsafeByteOperations.UnsafeWrap(bytes);
    }

    /// <summary>Writes 16 bytes, most significant first.</summary>
    public void WriteTo(Span<byte> destination) => BinaryPrimitives.WriteUInt128BigEndian(destination, _value);

    public int CompareTo(CaseUid other) => _value.CompareTo(other._value);

    /// <summary>32 lower-case hexadecimal digits.</summary>
    public override string ToString() => _value.ToString("x32", System.Globalization.CultureInfo.InvariantCulture);

    public static bool operator <(CaseUid left, CaseUid right) => left.CompareTo(right) < 0;

    public static bool operator >(CaseUid left, CaseUid right) => left.CompareTo(right) > 0;

    public static bool operator <=(CaseUid left, CaseUid right) => left.CompareTo(right) <= 0;

    public static bool operator >=(CaseUid left, CaseUid right) => left.CompareTo(right) >= 0;
}
