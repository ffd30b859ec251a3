using System.Numerics;
using Google.Protobuf;

namespace CallTracking.Contracts;

/// <summary>The cases whose uid starts with a prefix of so many bits. Uids are keyed hashes, so ranges of one length hold about equally many. The default value is all cases.</summary>
public readonly record struct UidRange
{
    /// <summary>A prefix of so many bits is one case.</summary>
    public const int MostBits = CaseUid.Size * 8;

    /// <summary>Cases of a range of <see cref="BitsFor"/>, about.</summary>
    public const int UsualCases = 256;

    // So many ranges at most, however large the region: what is kept of each stays small.
    private const int MostUsualBits = 16;
    private const int SplitBits = 4;
    private readonly UInt128 _first;

    private UidRange(UInt128 first, int bits) => (_first, Bits) = (first, bits);

    /// <summary>Length of the prefix.</summary>
    public int Bits { get; }

    public CaseUid First => CaseUid.FromNumber(_first);

    /// <summary>The last uid of the range, itself in it.</summary>
    public CaseUid Last => CaseUid.FromNumber(_first | Rest(Bits));

    /// <summary>Which sixteenth of all cases it is of, 0 to 15; null when it reaches over more.</summary>
    public int? Sixteenth => Bits < SplitBits ? null : (int)(_first >> (MostBits - SplitBits));

    /// <summary>The prefix as it travels.</summary>
    public ByteString Prefix
    {
        get
        {
            Span<byte> bytes = stackalloc byte[CaseUid.Size];
            First.WriteTo(bytes);
            return ByteString.CopyFrom(bytes[..BytesOf(Bits)]);
        }
    }

    /// <summary>How long the prefixes of that many cases should be.</summary>
    public static int BitsFor(long cases) =>
        Math.Min(BitOperations.Log2((ulong)Math.Max(cases - 1, 1) / UsualCases) + (cases > UsualCases ? 1 : 0), MostUsualBits);

    /// <summary>All cases, as ranges of that many bits, in order.</summary>
    /// <param name="bits">0 to 16.</param>
    public static IEnumerable<UidRange> All(int bits)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bits, MostUsualBits);
        return Parts(UInt128.Zero, 0, bits);
    }

    /// <summary>The range of that many bits in which the case stands.</summary>
    public static UidRange Of(CaseUid uid, int bits) => new(uid.Number & ~Rest(bits), bits);

    /// <summary>False when it is none: too long, of another length than its bits, or with bits behind them.</summary>
    public static bool TryParse(ByteString prefix, uint bits, out UidRange range)
    {
        range = default;
        if (bits > MostBits || prefix is null || prefix.Length != BytesOf((int)bits))
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[CaseUid.Size];
        bytes.Clear();
        prefix.Span.CopyTo(bytes);
        range = new UidRange(CaseUid.FromBytes(bytes).Number, (int)bits);
        return (range._first & Rest((int)bits)) == 0;
    }

    /// <summary>Its parts with longer prefixes; none when it is one case.</summary>
    public IEnumerable<UidRange> Split() => Bits == MostBits ? [] : Parts(_first, Bits, Math.Min(SplitBits, MostBits - Bits));

    private static IEnumerable<UidRange> Parts(UInt128 first, int bits, int more)
    {
        for (var part = 0; part < 1 << more; part++)
        {
            yield return new UidRange(first | (more == 0 ? UInt128.Zero : (UInt128)(uint)part << (MostBits - bits - more)), bits + more);
        }
    }

    private static UInt128 Rest(int bits) => bits == 0 ? UInt128.MaxValue : bits == MostBits ? UInt128.Zero : UInt128.MaxValue >> bits;

    private static int BytesOf(int bits) => (bits + 7) / 8;
}
