using System.Collections.Frozen;

namespace CallTracking.Privacy;

/// <summary>
/// What stands between a word and the number that it is about, and is about nothing else: the word's own ending, "no.", "number",
/// "is", 番号は, and signs. A comma, the end of a sentence or another word ends the reach.
/// </summary>
internal static class LabelWords
{
    private const int LongestWord = 16;

    // A point behind a longer word ends a sentence, but for "Bestellnr.".
    private const int LongestShort = 4;

    private const string Signs = "#№°'\"*<>「」【】";
    private const string Unspaced = "番号號码碼编編単单單票是为為はのが번호는은이가의";

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Words = FrozenSet.Create(
        StringComparer.Ordinal,
        "no", "nos", "nr", "n", "num", "number", "numbers", "nummer", "nummern", "numero", "numeros", "numeri", "numer", "numery", "numara", "numarasi", "nro", "nomor", "id", "code", "codigo", "codice", "kod", "ref",
        "numaram", "numaraniz", "numaramiz", "رقم", "номер", "номера", "код", "so", "is", "was", "are", "ist", "war", "sind", "lautet", "est", "sont", "es", "son", "e", "sono", "sao", "jest", "to", "ar", "er", "on", "this", "the", "der", "die", "das", "le", "la", "el", "il")
        .GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The first place behind a word's end that is none of these.</summary>
    public static int Skip(string text, int end)
    {
        var at = end;
        while (at < text.Length && TextSigns.IsWord(text[at]) && !TextSigns.IsDigit(text[at]))
        {
            at++;
        }

        while (at < text.Length)
        {
            var sort = TextSigns.Of(text[at]);
            if (sort is TextSigns.Space or TextSigns.Dash or TextSigns.Slash or TextSigns.Colon or TextSigns.Bracket or TextSigns.Equal
                || Signs.Contains(text[at], StringComparison.Ordinal)
                || (sort == TextSigns.Unspaced && Unspaced.Contains(text[at], StringComparison.Ordinal))
                || (sort == TextSigns.Dot && (IsShortened(text, at) || text.AsSpan(0, at).EndsWith("nr", StringComparison.OrdinalIgnoreCase))))
            {
                at++;
            }
            else if (TextSigns.IsWord(text[at]) && !TextSigns.IsDigit(text[at]) && IsLabel(text, at, out var wordEnd))
            {
                at = wordEnd;
            }
            else
            {
                break;
            }
        }

        return at;
    }

    private static bool IsLabel(string text, int start, out int end)
    {
        end = start;
        while (end < text.Length && TextSigns.IsWord(text[end]) && !TextSigns.IsDigit(text[end]))
        {
            end++;
        }

        return end - start < LongestWord && Words.Contains(new WordPlace(start, end).Fold(text, stackalloc char[LongestWord]));
    }

    /// <summary>Whether the word before a point is so short that the point shortens it: "no.", "wg.".</summary>
    public static bool IsShortened(string text, int point)
    {
        var start = point;
        while (start > 0 && point - start <= LongestShort && char.IsLetter(text[start - 1]))
        {
            start--;
        }

        return point - start is > 0 and <= LongestShort;
    }
}
