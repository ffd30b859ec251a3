using System.Globalization;
using System.Text;

namespace CallTracking.Mapping.Languages;

/// <summary>What the letters of a text say of its language before any statistics: the script, and letters that only one language has.</summary>
internal static class Scripts
{
    /// <summary>Texts of this script need the statistics of the group of the same name.</summary>
    public const string Latin = "Latn";

    public const string Han = "Hani";
    private const string Kana = "Kana";
    private const string Cyrillic = "Cyrl";
    private const string Arabic = "Arab";
    private const string Devanagari = "Deva";

    // Ranges of letters, and the language that alone writes in them, or the script's name where several do.
    private static readonly (int From, int To, string Tag)[] Ranges =
    [
        (0x0041, 0x024F, Latin), (0x1E00, 0x1EFF, Latin), (0x0370, 0x03FF, "el"), (0x1F00, 0x1FFF, "el"), (0x0400, 0x052F, Cyrillic), (0x0530, 0x058F, "hy"),
        (0x0590, 0x05FF, "he"), (0x0600, 0x06FF, Arabic), (0x0750, 0x077F, Arabic), (0xFB50, 0xFEFF, Arabic), (0x0900, 0x097F, Devanagari), (0x0980, 0x09FF, "bn"),
        (0x0A00, 0x0A7F, "pa"), (0x0A80, 0x0AFF, "gu"), (0x0B00, 0x0B7F, "or"), (0x0B80, 0x0BFF, "ta"), (0x0C00, 0x0C7F, "te"), (0x0C80, 0x0CFF, "kn"),
        (0x0D00, 0x0D7F, "ml"), (0x0D80, 0x0DFF, "si"), (0x0E00, 0x0E7F, "th"), (0x0E80, 0x0EFF, "lo"), (0x0F00, 0x0FFF, "bo"), (0x1000, 0x109F, "my"),
        (0x10A0, 0x10FF, "ka"), (0x1100, 0x11FF, "ko"), (0x1200, 0x137F, "am"), (0x1780, 0x17FF, "km"), (0x3040, 0x30FF, Kana), (0x3130, 0x318F, "ko"),
        (0x31F0, 0x31FF, Kana), (0x3400, 0x4DBF, Han), (0x4E00, 0x9FFF, Han), (0xAC00, 0xD7AF, "ko"), (0xFF66, 0xFF9F, Kana), (0x20000, 0x323AF, Han),
    ];

    /// <summary>Every tag that letters alone can tell.</summary>
    public static IEnumerable<string> Answers =>
        Ranges.Select(range => range.Tag).Where(tag => tag.Length == 2).Concat(["ja", "uk", "be", "sr-Cyrl", "ru", "ur", "fa", "ar", "hi", "mr", "vi", "pl"]).Distinct(StringComparer.Ordinal);

    /// <summary>The language when the letters tell it, else the script whose statistics decide; null when there are no letters.</summary>
    public static string? Of(string text)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var rune in text.EnumerateRunes())
        {
            if (TagOf(rune) is { } tag)
            {
                counts[tag] = counts.GetValueOrDefault(tag) + 1;
            }
        }

        // A word of Han says more than a letter of an alphabet, and Japanese is Han with kana.
        var kana = counts.GetValueOrDefault(Kana);
        var han = counts.GetValueOrDefault(Han);
        if (kana > 0 && kana * 20 >= kana + han)
        {
            counts[Kana] = kana + han;
        }

        return counts.Count == 0 ? null : counts.MaxBy(entry => entry.Key is Han or Kana or "ko" ? entry.Value * 2 : entry.Value).Key switch
        {
            Kana => "ja",
            Cyrillic => OfCyrillic(text),
            Arabic => OfArabic(text),
            Devanagari => text.Contains('ळ', StringComparison.Ordinal) ? "mr" : "hi",
            Latin => OfLatin(text),
            var other => other,
        };
    }

    private static string? TagOf(Rune rune)
    {
        if (rune.Value < 0x80 ? !Rune.IsLetter(rune) : Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.LowercaseLetter or UnicodeCategory.UppercaseLetter
            or UnicodeCategory.OtherLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark))
        {
            return null;
        }

        foreach (var (from, to, tag) in Ranges)
        {
            if (rune.Value >= from && rune.Value <= to)
            {
                return tag;
            }
        }

        return null;
    }

    // Letters that no other language has; enough of them, since names travel.
    private static string OfLatin(string text) =>
        ShareOf(text, letter => letter is >= '\u1EA0' and <= '\u1EF9' or 'ơ' or 'ư' or 'Ơ' or 'Ư') > 0.03 ? "vi"
        : ShareOf(text, letter => letter is 'ł' or 'Ł' or 'ż' or 'Ż' or 'ś' or 'ź') > 0.02 ? "pl"
        : ShareOf(text, letter => letter is 'ě' or 'ř' or 'ů' or 'Ě' or 'Ř' or 'Ů') > 0.015 ? "cs"
        : Latin;

    private static string OfCyrillic(string text) =>
        HasAny(text, "ўЎ") ? "be"
        : HasAny(text, "їєґіЇЄҐІ") ? "uk"
        : HasAny(text, "ђћџЂЋЏ") ? "sr-Cyrl"
        : HasAny(text, "ыэёЫЭЁ") || HasSoftSign(text) ? "ru"
        : LanguageDetector.Undetermined;

    private static string OfArabic(string text) =>
        HasAny(text, "ٹڈڑںےہھ") ? "ur"
        : HasAny(text, "پچژگی") ? "fa"
        : "ar";

    // Bulgarian writes it before о only, Serbian and Macedonian never.
    private static bool HasSoftSign(string text) => text.Where((letter, at) => letter == 'ь' && (at + 1 == text.Length || text[at + 1] != 'о')).Any();

    private static bool HasAny(string text, string letters) => text.Any(letter => letters.Contains(letter, StringComparison.Ordinal));

    private static double ShareOf(string text, Func<char, bool> isMeant) => (double)text.Count(isMeant) / Math.Max(1, text.Count(char.IsLetter));
}
