namespace CallTracking.Privacy;

/// <summary>
/// Three letters that some word begins or ends with, as hashes: most words of a text are told by them to be none of a list's. Of
/// letters that are not in it, a few seem to be.
/// </summary>
internal sealed class LetterTriples
{
    private const int Bits = 15;

    // Small enough to stay in the processor's nearest memory.
    private readonly ulong[] _has = new ulong[(1 << Bits) / 64];

    public void Add(char first, char second, char third)
    {
        var hash = Hash(first, second, third);
        _has[hash >> 6] |= 1UL << (int)hash;
    }

    public bool MayHave(char first, char second, char third)
    {
        var hash = Hash(first, second, third);
        return ((_has[hash >> 6] >> (int)hash) & 1) != 0;
    }

    private static uint Hash(char first, char second, char third) =>
        unchecked((first * 0x9E3779B1u) ^ (second * 0x85EBCA6Bu) ^ (third * 0xC2B2AE35u)) >> (32 - Bits);
}
