using System.Globalization;

namespace CallTracking.Privacy;

/// <summary>What a UTF-16 code unit is to the name tagger.</summary>
internal enum LetterKind : byte
{
    Other,
    Space,
    Break,
    Digit,
    Upper,
    Lower,

    /// <summary>A letter without case in a script with spaces between words: Arabic, Hebrew, Devanagari …</summary>
    Caseless,

    /// <summary>Belongs to the letter before: combining marks, joiners.</summary>
    Mark,
    Han,
    Hiragana,
    Katakana,

    /// <summary>Scripts of letters without spaces between words: Thai, Lao, Khmer, Burmese.</summary>
    Thai,
    Hangul,
}

/// <summary>The kinds of all code units of the first plane, in a table.</summary>
internal static class LetterKinds
{
    private static readonly LetterKind[] Table = Build();

    public static LetterKind Of(char letter) => Table[letter];

    /// <summary>A high surrogate of the planes of Han characters.</summary>
    public static bool IsHighHan(char letter) => letter is >= '\uD840' and <= '\uD88F';

    private static LetterKind[] Build()
    {
        var table = new LetterKind[char.MaxValue + 1];
        for (var code = 0; code <= char.MaxValue; code++)
        {
            table[code] = KindOf((char)code);
        }

        return table;
    }

    private static LetterKind KindOf(char letter) => letter switch
    {
        '\n' or '\r' or '\u2028' or '\u2029' or '\u0085' => LetterKind.Break,
        (>= '\u3400' and <= '\u9FFF') or (>= '\uF900' and <= '\uFAFF') or '々' or '〆' => LetterKind.Han,
        >= '\uAC00' and <= '\uD7A3' => LetterKind.Hangul,
        >= '\u3041' and <= '\u309F' => LetterKind.Hiragana,
        (>= '\u30A1' and <= '\u30FA') or (>= '\u30FC' and <= '\u30FF') or (>= '\uFF66' and <= '\uFF9F') or (>= '\u31F0' and <= '\u31FF') => LetterKind.Katakana,
        (>= '\u1100' and <= '\u11FF') or (>= '\u3131' and <= '\u318E') or (>= '\uA960' and <= '\uA97F') or (>= '\uD7B0' and <= '\uD7FF') => LetterKind.Other,
        _ => ByCategory(letter, CharUnicodeInfo.GetUnicodeCategory(letter)),
    };

    private static LetterKind ByCategory(char letter, UnicodeCategory category) => category switch
    {
        UnicodeCategory.UppercaseLetter or UnicodeCategory.TitlecaseLetter => LetterKind.Upper,
        UnicodeCategory.LowercaseLetter => LetterKind.Lower,
        UnicodeCategory.OtherLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.SpacingCombiningMark when IsUnspaced(letter) => LetterKind.Thai,
        UnicodeCategory.OtherLetter or UnicodeCategory.ModifierLetter => LetterKind.Caseless,
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format => LetterKind.Mark,
        UnicodeCategory.DecimalDigitNumber => LetterKind.Digit,
        UnicodeCategory.SpaceSeparator => LetterKind.Space,
        UnicodeCategory.Control => letter == '\t' ? LetterKind.Space : LetterKind.Other,
        _ => LetterKind.Other,
    };

    private static bool IsUnspaced(char letter) => letter is (>= '\u0E00' and <= '\u0FFF') or (>= '\u1000' and <= '\u109F') or (>= '\u1780' and <= '\u17FF');
}
