using System.Buffers;
using System.Text;

namespace CallTracking.Mapping.Values;

/// <summary>
/// The width folding of East Asian forms: letters, digits and signs U+FF01–FF5D and the ideographic space become ASCII,
/// half-width kana U+FF61–FF9F become full-width with their voice marks joined. The wave dash U+FF5E stays: Japanese writes
/// ranges with it, and "~" would be another sign.
/// </summary>
internal static class TextWidth
{
    // U+FF61 to U+FF9F in order.
    private const string FullKana =
        "。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン゛゜";

    private const string Voiceless = "カキクケコサシスセソタチツテトハヒフヘホウワヲ";
    private const string Voiced = "ガギグゲゴザジズゼゾダヂヅデドバビブベボヴヷヺ";
    private const string HalfVoiceless = "ハヒフヘホ";
    private const string HalfVoiced = "パピプペポ";
    private const char VoiceMark = '\uFF9E';
    private const char HalfVoiceMark = '\uFF9F';

    private static readonly SearchValues<char> Foldable = SearchValues.Create(
        [.. Enumerable.Range(0xFF01, 0xFF5D - 0xFF01 + 1).Concat(Enumerable.Range(0xFF61, 0xFF9F - 0xFF61 + 1)).Select(code => (char)code), '\u3000']);

    public static bool NeedsFolding(ReadOnlySpan<char> text) => text.ContainsAny(Foldable);

    public static string Fold(ReadOnlySpan<char> text)
    {
        var folded = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            var letter = FoldOne(text[at]);
            if (text[at] is >= '\uFF66' and <= '\uFF9D' && at + 1 < text.Length && Join(letter, text[at + 1]) is { } joined)
            {
                letter = joined;
                at++;
            }

            folded.Append(letter);
        }

        return folded.ToString();
    }

    private static char FoldOne(char letter) => letter switch
    {
        >= '\uFF01' and <= '\uFF5D' => (char)(letter - 0xFEE0),
        >= '\uFF61' and <= '\uFF9F' => FullKana[letter - 0xFF61],
        '\u3000' => ' ',
        _ => letter,
    };

    private static char? Join(char kana, char mark) => mark switch
    {
        VoiceMark when Voiceless.IndexOf(kana, StringComparison.Ordinal) is >= 0 and var at => Voiced[at],
        HalfVoiceMark when HalfVoiceless.IndexOf(kana, StringComparison.Ordinal) is >= 0 and var at => HalfVoiced[at],
        _ => null,
    };
}
