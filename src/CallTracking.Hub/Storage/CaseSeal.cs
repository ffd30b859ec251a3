using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace CallTracking.Hub.Storage;

/// <summary>What a seal is made over: a row of <c>cases</c>, but for the columns that its record says again and for the times of the row itself.</summary>
/// <param name="Uid">The case's name.</param>
/// <param name="Region">Whose it is.</param>
/// <param name="Epoch">Of the region's ledger.</param>
/// <param name="Sequence">Within the epoch.</param>
/// <param name="ChangeHash">The region's own hash of the case before anything was taken from it, under a key that only the region has.</param>
/// <param name="PolicyVersion">Under which the case was shaped.</param>
/// <param name="Record">The redacted case with its receipts, without the two texts.</param>
/// <param name="Texts">The two texts.</param>
internal readonly record struct SealedRow(
    Guid Uid, string Region, long Epoch, long Sequence, Guid ChangeHash, long PolicyVersion, ReadOnlyMemory<byte> Record, CaseTexts Texts);

/// <summary>
/// Seals stored cases: a MAC of 128 bit under a key that lies beside the hub and not in the database. Who can write to the database alone
/// cannot change a case, its receipts, or what they are tied to, without being found (<c>cases verify</c>). Thread-safe.
/// </summary>
/// <param name="key">256 bit.</param>
internal sealed class CaseSeal(byte[] key)
{
    public const int KeyBytes = 32;
    private const int Numbers = 16 + 16 + (3 * sizeof(long));
    private const int Texts = 4;

    /// <summary>The row's seal.</summary>
    public Guid Of(in SealedRow row)
    {
        var most = Numbers + (Texts * sizeof(int)) + row.Record.Length + Most(row.Region) + Most(row.Texts.Subject) + Most(row.Texts.Description);
        var room = ArrayPool<byte>.Shared.Rent(most);
        try
        {
            row.Uid.TryWriteBytes(room, bigEndian: true, out _);
            row.ChangeHash.TryWriteBytes(room.AsSpan(16), bigEndian: true, out _);
            BinaryPrimitives.WriteInt64BigEndian(room.AsSpan(32), row.Epoch);
            BinaryPrimitives.WriteInt64BigEndian(room.AsSpan(40), row.Sequence);
            BinaryPrimitives.WriteInt64BigEndian(room.AsSpan(48), row.PolicyVersion);
            var at = Numbers;
            Add(row.Region, room, ref at);
            Add(row.Record.Span, room, ref at);
            Add(row.Texts.Subject, room, ref at);
            Add(row.Texts.Description, room, ref at);
            Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
            HMACSHA256.HashData(key, room.AsSpan(0, at), mac);
            return new Guid(mac[..16], bigEndian: true);
        }
        finally
        {
            // Redacted, yet a case's texts: the pool gets a clean buffer.
            ArrayPool<byte>.Shared.Return(room, clearArray: true);
        }
    }

    /// <summary>
    /// The seal of a row that the hub itself changes. One that did not fit before does not fit afterwards, and one without a seal gets none:
    /// work of the hub's own must not make good what somebody wrote beside it.
    /// </summary>
    /// <param name="was">The seal that the row had.</param>
    /// <param name="before">The row as it was read.</param>
    /// <param name="after">As it is written.</param>
    public Guid? Renew(Guid? was, in SealedRow before, in SealedRow after) => was == Of(before) ? Of(after) : was;

    private static int Most(string text) => Encoding.UTF8.GetMaxByteCount(text.Length);

    // With their lengths, so that no two rows are one.
    private static void Add(ReadOnlySpan<byte> bytes, Span<byte> room, ref int at)
    {
        BinaryPrimitives.WriteInt32BigEndian(room[at..], bytes.Length);
        bytes.CopyTo(room[(at + sizeof(int))..]);
        at += sizeof(int) + bytes.Length;
    }

    private static void Add(string text, Span<byte> room, ref int at)
    {
        var written = Encoding.UTF8.GetBytes(text, room[(at + sizeof(int))..]);
        BinaryPrimitives.WriteInt32BigEndian(room[at..], written);
        at += sizeof(int) + written;
    }
}
