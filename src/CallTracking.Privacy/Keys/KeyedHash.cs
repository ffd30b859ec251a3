using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace CallTracking.Privacy;

/// <summary>
/// HMAC-SHA-256 under one key, made ready once: to make it ready takes longer than to hash a name. Thread-safe.
/// </summary>
internal sealed class KeyedHash(byte[] key)
{
    private readonly ConcurrentBag<IncrementalHash> _ready = [];

    /// <summary>The hash of <paramref name="data"/>.</summary>
    public void Hash(ReadOnlySpan<byte> data, Span<byte> hash) => Hash(data, default, default, hash);

    /// <summary>The hash of three parts, one behind the other.</summary>
    public void Hash(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> third, Span<byte> hash)
    {
        var hmac = _ready.TryTake(out var used) ? used : IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hmac.AppendData(first);
        if (!second.IsEmpty || !third.IsEmpty)
        {
            hmac.AppendData(second);
            hmac.AppendData(third);
        }

        hmac.GetHashAndReset(hash);
        _ready.Add(hmac);
    }
}
