namespace CallTracking.Privacy;

/// <summary>
/// Tells whether a word is a noun of German or made of such: all nouns have a capital there, and most texts hold some that nobody
/// has written before ("Rücksendeschein").
/// </summary>
internal sealed class GermanNouns(NameLists nouns)
{
    /// <summary>Marks of <see cref="NameUnit.Within"/>.</summary>
    public const byte EndsWithNoun = 1;
    public const byte BeginsWithNoun = 2;
    public const byte IsNoun = 4;

    /// <summary>What the table says: the word as it is, or read from its end.</summary>
    public const byte Forward = 1;
    public const byte Backward = 2;

    public const int ShortestTail = 4;

    private const int ShortestHead = 3;
    private const int Longest = 40;

    public byte Of(string text, in NameUnit unit)
    {
        if (unit.Length is < ShortestHead or > Longest)
        {
            return 0;
        }

        if (nouns.Of(unit.Hash) == Forward)
        {
            return IsNoun;
        }

        var (start, tail) = LongestTail(text, unit);
        return tail == 0 ? (byte)0 : IsHead(text.AsSpan(start, tail - start)) ? (byte)(EndsWithNoun | BeginsWithNoun) : EndsWithNoun;
    }

    // Gives the word's start and the tail's, zero when no noun is at the end.
    private (int Start, int Tail) LongestTail(string text, in NameUnit unit)
    {
        var hash = NameHash.TailStart;
        var found = 0;
        for (var i = 1; i <= unit.Length - ShortestHead; i++)
        {
            hash = NameHash.AddFolded(hash, text[unit.End - i]);
            if (i >= ShortestTail && nouns.Of(hash) == Backward)
            {
                found = unit.End - i;
            }
        }

        return (unit.Start, found);
    }

    // With the letters that join: "Rückruf|s|nummer", "Kunde|n|dienst".
    private bool IsHead(ReadOnlySpan<char> head)
    {
        var hash = NameHash.Start;
        for (var i = 0; i < head.Length; i++)
        {
            hash = NameHash.AddFolded(hash, head[i]);
            var rest = head.Length - i - 1;
            if (i + 1 >= ShortestHead && rest <= 2 && (rest == 0 || head[^1] is 's' or 'n' or '-' || (rest == 1 && head[^1] == 'e')) && nouns.Of(hash) == Forward)
            {
                return true;
            }
        }

        return false;
    }
}
