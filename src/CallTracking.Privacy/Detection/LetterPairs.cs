namespace CallTracking.Privacy;

/// <summary>
/// Which letters stand directly after which, as a set of bits by hash: what it does not contain is certainly not there. Of all texts
/// of a case it says which of the many spellings of its own values need no place in the index, since they can be in none of them.
/// </summary>
internal sealed class LetterPairs
{
    private readonly ulong[] _bits = new ulong[256];

    public void Clear() => Array.Clear(_bits);

    public void Add(char first, char second)
    {
        var bit = BitOf(first, second);
        _bits[bit >> 6] |= 1UL << (bit & 63);
    }

    /// <summary>Adds all pairs of folded letters.</summary>
    public void Add(ReadOnlySpan<char> letters)
    {
        for (var i = 1; i < letters.Length; i++)
        {
            Add(letters[i - 1], letters[i]);
        }
    }

    public bool MayHold(char first, char second)
    {
        var bit = BitOf(first, second);
        return (_bits[bit >> 6] & (1UL << (bit & 63))) != 0;
    }

    /// <summary>False when some pair of these folded letters was never added.</summary>
    public bool MayHold(ReadOnlySpan<char> letters)
    {
        for (var i = 1; i < letters.Length; i++)
        {
            if (!MayHold(letters[i - 1], letters[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static int BitOf(char first, char second) => (int)(unchecked(((uint)first * 0x9E3779B1) ^ ((uint)second * 0x85EBCA77)) >> 18);
}
