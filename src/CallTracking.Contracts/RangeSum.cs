using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Google.Protobuf;

namespace CallTracking.Contracts;

/// <summary>
/// What one side has of a range of cases, as a number of cases and a digest that does not depend on their order: the XOR of
/// SHA-256(key, case_uid, change_hash). The key is of the call, so that nobody can have prepared versions whose digests cancel out.
/// </summary>
public sealed class RangeSum
{
    /// <summary>Length of the key in bytes.</summary>
    public const int KeyBytes = 16;

    private const int HashBytes = CaseUid.Size;
    private readonly byte[] _entry = new byte[KeyBytes + CaseUid.Size + HashBytes];
    private readonly byte[] _sum = new byte[SHA256.HashSizeInBytes];

    /// <param name="key">16 bytes.</param>
    /// <exception cref="ArgumentException">It has another length.</exception>
    public RangeSum(ReadOnlySpan<byte> key)
    {
        if (key.Length != KeyBytes)
        {
            throw new ArgumentException($"A key of digests has {KeyBytes} bytes, got {key.Length}.", nameof(key));
        }

        key.CopyTo(_entry);
    }

    /// <summary>Cases added since the last <see cref="Clear"/>.</summary>
    public ulong Count { get; private set; }

    public ByteString Digest => ByteString.CopyFrom(_sum);

    /// <summary>Adds a case; each once.</summary>
    /// <param name="uid">Its name.</param>
    /// <param name="changeHash">Of its version, 16 bytes.</param>
    public void Add(CaseUid uid, ReadOnlySpan<byte> changeHash)
    {
        uid.WriteTo(_entry.AsSpan(KeyBytes));
        changeHash.CopyTo(_entry.AsSpan(KeyBytes + CaseUid.Size, HashBytes));
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(_entry, hash);
        var sum = MemoryMarshal.Cast<byte, ulong>(_sum.AsSpan());
        var added = MemoryMarshal.Cast<byte, ulong>(hash);
        for (var index = 0; index < sum.Length; index++)
        {
            sum[index] ^= added[index];
        }

        Count++;
    }

    /// <summary>Whether the other side said the same of its range.</summary>
    public bool Matches(RangeDigest other) => other is not null && other.Count == Count && other.Digest.Span.SequenceEqual(_sum);

    /// <summary>Begins another range under the same key.</summary>
    public void Clear()
    {
        Array.Clear(_sum);
        Count = 0;
    }
}
