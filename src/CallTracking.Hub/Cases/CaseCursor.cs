using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using CallTracking.Contracts;
using Google.Protobuf;

namespace CallTracking.Hub.Cases;

/// <summary>
/// The last case of a page, in the order of lists: latest opened first, cases without an opening time last, then by uid. New
/// cases do not shift the pages that follow, because a page starts behind a case and not behind a number of cases.
/// </summary>
/// <param name="OpenedAt">When the case was opened; null when the source does not say.</param>
/// <param name="Uid">Breaks ties.</param>
internal readonly record struct CaseCursor(DateTimeOffset? OpenedAt, CaseUid Uid)
{
    private const byte Version = 1;
    private const int DigestBytes = 4;
    private const int Size = 1 + DigestBytes + 1 + sizeof(long) + CaseUid.Size;

    /// <summary>An opaque token for exactly this filter: with another one the pages would not fit together.</summary>
    public string ToToken(CaseFilter filter)
    {
        Span<byte> bytes = stackalloc byte[Size];
        bytes[0] = Version;
        Digest(filter, bytes.Slice(1, DigestBytes));
        bytes[1 + DigestBytes] = OpenedAt is null ? (byte)0 : (byte)1;
        BinaryPrimitives.WriteInt64BigEndian(bytes[(2 + DigestBytes)..], OpenedAt?.UtcTicks ?? 0);
        Uid.WriteTo(bytes[^CaseUid.Size..]);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Reads a token of <see cref="ToToken"/>; false when it is damaged, of another version or of another filter.</summary>
    public static bool TryParse(string token, CaseFilter filter, out CaseCursor cursor)
    {
        cursor = default;
        Span<byte> bytes = stackalloc byte[Size];
        Span<byte> digest = stackalloc byte[DigestBytes];
        if (Base64Url.DecodeFromChars(token, bytes, out _, out var length) != OperationStatus.Done || length != Size || bytes[0] != Version)
        {
            return false;
        }

        Digest(filter, digest);
        var ticks = BinaryPrimitives.ReadInt64BigEndian(bytes[(2 + DigestBytes)..]);
        if (!digest.SequenceEqual(bytes.Slice(1, DigestBytes)) || ticks < 0 || ticks > DateTime.MaxValue.Ticks || bytes[1 + DigestBytes] > 1)
        {
            return false;
        }

        cursor = new CaseCursor(
            bytes[1 + DigestBytes] == 1 ? new DateTimeOffset(ticks, TimeSpan.Zero) : null, CaseUid.FromBytes(bytes[^CaseUid.Size..]));
        return true;
    }

    private static void Digest(CaseFilter filter, Span<byte> digest) => SHA256.HashData(filter.ToByteArray()).AsSpan(0, DigestBytes).CopyTo(digest);
}
