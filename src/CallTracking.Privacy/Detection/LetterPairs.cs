namespace CallTracking.Privacy;

/// <summary>
/// Which letters stand directly after which, as a set of bits by hash: what it does not contain is certainly not there. Of all texts
/// of a case it says which of the many spellings of its own values need no place in the index, since they can be in none of them.
/// </summary>
internal sealed class LetterPairs
{
    private const int Words = 256;

    private readonly ulong[] _bits = new ulong[Words];

    public void Clear() => Array.Clear(_bits);

    public void Add(char first, char second)
    {
        var bit = BitOf(first, second);
        _bits[bit >> 6] |= 1UL << (bit & 63);
    }

    /// <summary>Adds all pairs of folded letters.</summary>
    public void Add(ReadOnlySpan<char> letters)
    {
        var bits = _bits.AsSpan(0, Words);
        for (var i = 1; i < letters.Length; i++)
        {
            var bit = BitOf(letters[i - 1], letters[i]);
            bits[bit >> 6] |= 1UL << (bit & 63);
        }
    }

    /// <summary>The first place at or after another where one of the pairs stands; the length when there is none.</summary>
    public int Next(ReadOnlySpan<char> letters, int at)
    {
        var bits = _bits;
        for (; at + 1 < letters.Length; at++)
        {
            var bit = BitOf(letters[at], letters[at + 1]);
            if ((bits[bit >> 6] & (1UL << (bit & 63))) != 0)
            {
                return at;
            }
        }

        return letters.Length;
    }

    /// <summary>False when some pair of these folded letters was never added.</summary>
    public bool MayHold(ReadOnlySpan<char> letters)
    {
        var bits = _bits;
        for (var i = 1; i < letters.Length; i++)
        {
            var bit = BitOf(letters[i - 1], letters[i]);
            if ((bits[bit >> 6] & (1UL << (bit & 63))) == 0)
            {
                return false;
            }
        }

        return true;
    }

    private static int BitOf(char first, char second) => (int)(unchecked(((uint)first * 0x9E3779B1) ^ ((uint)second * 0x85EBCA77)) >> 18);
}
