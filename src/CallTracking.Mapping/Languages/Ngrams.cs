using System.Text;

namespace CallTracking.Mapping.Languages;

/// <summary>The pieces of a text that statistics count: of Latin words one to three letters with the words' edges, of Han one and two characters.</summary>
internal static class Ngrams
{
    private const int LongestText = 4000;

    public static IEnumerable<string> Of(string script, string text)
    {
        var cut = text.Length > LongestText ? text[..LongestText] : text;
        return script == Scripts.Han ? OfHan(cut) : OfWords(cut.ToLowerInvariant().Normalize(NormalizationForm.FormC));
    }

    private static IEnumerable<string> OfWords(string text)
    {
        var start = 0;
        for (var at = 0; at <= text.Length; at++)
        {
            if (at < text.Length && char.IsLetter(text[at]))
            {
                continue;
            }

            if (at > start)
            {
                var word = $" {text[start..at]} ";
                for (var from = 0; from < word.Length; from++)
                {
                    for (var length = from == 0 ? 2 : 1; length <= 3 && from + length <= word.Length; length++)
                    {
                        yield return word.Substring(from, length);
                    }
                }
            }

            start = at + 1;
        }
    }

    private static IEnumerable<string> OfHan(string text)
    {
        var before = string.Empty;
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value < 0x3400 || !Rune.IsLetter(rune))
            {
                before = string.Empty;
                continue;
            }

            var letter = rune.ToString();
            yield return letter;
            if (before.Length > 0)
            {
                yield return before + letter;
            }

            before = letter;
        }
    }
}
