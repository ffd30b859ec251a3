namespace CallTracking.Privacy;

/// <summary>
/// A name as its folded parts with single spaces between them, without titles, umlauts always as one letter: what two mentions of one
/// person share, whatever their spelling.
/// </summary>
internal static class PersonKey
{
    public static string Of(string name, FoldedText folded)
    {
        folded.Load(name);
        Span<char> key = folded.Count <= 128 ? stackalloc char[256] : new char[folded.Count * 2];
        var (used, part) = (0, 0);
        for (var i = 1; i <= folded.Count; i++)
        {
            if (i < folded.Count && folded.Starts[i] <= folded.Ends[i - 1])
            {
                continue;
            }

            var letters = folded.Letters[part..i];
            part = i;
            if (letters[0] == FoldedText.Break || NameSpellings.IsTitle(letters))
            {
                continue;
            }

            if (used > 0)
            {
                key[used++] = ' ';
            }

            used += Append(key[used..], letters);
        }

        return new string(key[..used]);
    }

    // Mueller, Müller: the e behind a, o and u goes.
    private static int Append(Span<char> key, ReadOnlySpan<char> letters)
    {
        var used = 0;
        foreach (var letter in letters)
        {
            if (letter != 'e' || used == 0 || key[used - 1] is not ('a' or 'o' or 'u'))
            {
                key[used++] = letter;
            }
        }

        return used;
    }
}
