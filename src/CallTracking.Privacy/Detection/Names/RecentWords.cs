using System.Runtime.CompilerServices;

namespace CallTracking.Privacy;

/// <summary>
/// The values of words that were looked up lately, kept by their whole hash, so they are the very ones that <see cref="NameWords"/> gives.
/// A dictionary is larger than a processor's near memory; few words make up most of any text. Not thread-safe.
/// </summary>
internal sealed class RecentWords(NameWords words)
{
    private const int Bits = 13;

    // A hash in the high half; below a value, and a bit that says that there is one.
    private const ulong Known = 1 << 16;

    private readonly ulong[] _entries = new ulong[1 << Bits];

    /// <summary>As <see cref="NameWords.Of"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Of(uint hash)
    {
        var entry = _entries[hash >> (32 - Bits)];
        return entry >> 16 == (((ulong)hash << 16) | 1) ? (uint)(entry & (Known - 1)) : Look(hash);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private uint Look(uint hash)
    {
        var value = words.Of(hash);
        _entries[hash >> (32 - Bits)] = ((ulong)hash << 32) | Known | value;
        return value;
    }
}
