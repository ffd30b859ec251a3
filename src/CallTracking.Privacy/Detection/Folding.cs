using System.Globalization;
using System.Text;

namespace CallTracking.Privacy;

/// <summary>
/// How a character looks once differences of spelling are gone: compatibility forms (full width, ligatures), case, accents and
/// the script of digits. Tables for all of the first plane are built once.
/// </summary>
internal static class Folding
{
    /// <summary>Not a letter or digit: separates.</summary>
    public const char Separator = '\0';

    /// <summary>Combining marks and invisible characters: belong to the character before.</summary>
    public const char Mark = '\uFFFD';

    /// <summary>Folds to several characters; see <see cref="Expand"/>.</summary>
    public const char Several = '\uFFFE';

    private const int HangulFirst = 0xAC00;
    private const int HangulLast = 0xD7A3;

    private static readonly Dictionary<char, string> Expansions = [];
    private static readonly char[] Table = Build();

    public static char Of(char letter) => Table[letter];

    /// <summary>The characters that a character with <see cref="Several"/> folds to.</summary>
    public static string Expand(char letter) =>
        letter is >= (char)HangulFirst and <= (char)HangulLast ? Jamo(letter) : Expansions[letter];

    /// <summary>A character beyond the first plane, folded; empty when it separates.</summary>
    public static string Fold(Rune rune) => Rune.IsLetterOrDigit(rune) ? FoldSlowly(rune.ToString()) : "";

    /// <summary>Scripts written without spaces between words: a neighbour letter says nothing about a word's end.</summary>
    public static bool IsUnspaced(char folded) => folded is
        (>= '\u0E00' and <= '\u0FFF') or (>= '\u1000' and <= '\u109F') or (>= '\u1100' and <= '\u11FF') or (>= '\u1780' and <= '\u17FF')
        or (>= '\u2E80' and <= '\uD7FF') or (>= '\uD800' and <= '\uDFFF') or (>= '\uF900' and <= '\uFAFF');

    public static bool IsHan(char folded) => folded is (>= '\u3400' and <= '\u9FFF') or '々' or (>= '\uD840' and <= '\uDFFF');

    public static bool IsJamo(char folded) => folded is >= '\u1100' and <= '\u11FF';

    private static char[] Build()
    {
        var table = new char[char.MaxValue + 1];
        for (var code = 0; code <= char.MaxValue; code++)
        {
            var letter = (char)code;
            table[code] = letter switch
            {
                >= '\u3400' and <= '\u9FFF' => letter,
                >= (char)HangulFirst and <= (char)HangulLast => Several,
                _ when char.IsSurrogate(letter) => Separator,
                _ => FoldOne(letter),
            };
        }

        return table;
    }

    private static char FoldOne(char letter)
    {
        var category = CharUnicodeInfo.GetUnicodeCategory(letter);
        if (category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format)
        {
            return Mark;
        }

        if (category == UnicodeCategory.OtherNotAssigned)
        {
            return Separator;
        }

        var folded = FoldSlowly(letter.ToString());
        if (folded.Length <= 1)
        {
            // Half-width voicing marks decompose to combining ones and vanish like these.
            return folded.Length == 1 ? folded[0] : char.IsLetter(letter) ? Mark : Separator;
        }

        Expansions[letter] = folded;
        return Several;
    }

    private static string FoldSlowly(string letter)
    {
        var folded = new StringBuilder(letter.Length);
        foreach (var rune in letter.Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber)
            {
                folded.Append((char)('0' + (int)Rune.GetNumericValue(rune)));
            }
            else if (Rune.IsLetterOrDigit(rune))
            {
                folded.Append(Special(Rune.ToLowerInvariant(rune)));
            }
        }

        return folded.ToString();
    }

    // Letters that have no decomposition and are still written in two ways.
    private static string Special(Rune rune) => rune.Value switch
    {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'đ' or 'ð' => "d",
        'ł' => "l",
        'ı' => "i",
        'þ' => "th",
        'ς' => "σ",
        _ => rune.ToString(),
    };

    private static string Jamo(char syllable)
    {
        var index = syllable - HangulFirst;
        var lead = (char)(0x1100 + (index / 588));
        var vowel = (char)(0x1161 + (index % 588 / 28));
        var tail = index % 28;
        return tail == 0 ? string.Create(null, $"{lead}{vowel}") : string.Create(null, $"{lead}{vowel}{(char)(0x11A7 + tail)}");
    }
}
