using System.Globalization;

namespace CallTracking.Mapping.Reading.Detection;

/// <summary>Signs that stand where words have none: within a word, or a letter of another script alone among Latin words.</summary>
internal static class OddSigns
{
    private const int MostBytes = 256 * 1024;

    /// <summary>How many, and which, the most frequent first.</summary>
    public static (int Count, IReadOnlyList<char> Signs) In(ReadOnlySpan<byte> sample, SourceEncoding encoding)
    {
        var text = ReadingText.Decode(sample[..Math.Min(sample.Length, MostBytes)], encoding);
        var counts = new Dictionary<char, int>();
        var lone = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            lone += LoneLetters.CountIn(line);
            for (var at = 1; at < line.Length - 1; at++)
            {
                if (IsOdd(line[at]) && IsOfWord(line[at - 1]) && IsOfWord(line[at + 1]))
                {
                    counts[line[at]] = counts.GetValueOrDefault(line[at]) + 1;
                }
            }
        }

        var signs = counts.OrderByDescending(count => count.Value).ThenBy(count => count.Key).Select(count => count.Key).ToList();
        if (lone > 0)
        {
            signs.AddRange(text.Where(sign => !char.IsAscii(sign) && ModelSymbols.IsLetter(sign)).Distinct().Take(1));
        }

        return (counts.Values.Sum() + lone, signs);
    }

    // Two such signs may stand side by side.
    private static bool IsOfWord(char sign) => ModelSymbols.IsLetter(sign) || IsOdd(sign);

    // Such as ³ ÷ ▀ ‡ ¤: signs that people write between letters, as the apostrophe, are none of these kinds.
    private static bool IsOdd(char sign) => !char.IsAscii(sign) && (sign is '†' or '‡' or '‰' or 'ƒ' || char.GetUnicodeCategory(sign) is
        UnicodeCategory.MathSymbol or UnicodeCategory.CurrencySymbol or UnicodeCategory.OtherSymbol or UnicodeCategory.OtherNumber);
}
