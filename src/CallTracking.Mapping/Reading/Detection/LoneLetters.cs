namespace CallTracking.Mapping.Reading.Detection;

/// <summary>
/// Letters of another script that stand alone in lines of Latin words, such as А in "Prijs: А 40,00": a sign of another encoding was read as a
/// letter. A model of the other script's language takes one letter for a word, and for a frequent one.
/// </summary>
internal static class LoneLetters
{
    private const double Cost = 8;

    // A word has two letters or more.
    private const int FewestLatin = 2;

    /// <summary>In nats, for the whole text.</summary>
    public static double CostIn(ReadOnlySpan<char> text)
    {
        var count = 0;
        foreach (var line in text.EnumerateLines())
        {
            count += CountIn(line);
        }

        return count * Cost;
    }

    /// <summary>None where the line has a word of the other script, or no Latin one.</summary>
    public static int CountIn(ReadOnlySpan<char> line)
    {
        var (alone, latin, run, foreign) = (0, 0, 0, 0);
        for (var at = 0; at <= line.Length; at++)
        {
            var letter = at < line.Length && ModelSymbols.IsLetter(line[at]);
            if (letter)
            {
                run++;
                foreign += IsLatin(line[at]) ? 0 : 1;
                continue;
            }

            if (foreign > 1 || (foreign == 1 && run > 1))
            {
                return 0;
            }

            alone += foreign;
            latin += run - foreign >= FewestLatin ? 1 : 0;
            (run, foreign) = (0, 0);
        }

        return latin > 0 ? alone : 0;
    }

    private static bool IsLatin(char letter) => letter < '\u0250' || letter is >= '\u1E00' and <= '\u1EFF';
}
