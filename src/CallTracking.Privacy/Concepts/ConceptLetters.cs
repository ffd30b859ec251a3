using System.Globalization;

namespace CallTracking.Privacy;

/// <summary>What a character of a text is to concepts.</summary>
internal enum ConceptLetterKind
{
    /// <summary>A letter or digit.</summary>
    Letter,

    /// <summary>Folds to several letters.</summary>
    Several,

    /// <summary>Belongs to the letter before.</summary>
    Mark,

    /// <summary>Stands between words of one phrase: blanks, quotes, apostrophes, slashes.</summary>
    Soft,

    /// <summary>A line's end: soft, and two of them end a sentence.</summary>
    Line,

    /// <summary>Soft within a word, else the end of a phrase.</summary>
    Hyphen,

    /// <summary>Soft within a number or name ("1.2"), else the end of a phrase.</summary>
    Comma,

    /// <summary>As <see cref="Comma"/>, but the end of a sentence.</summary>
    Stop,

    /// <summary>The end of a phrase.</summary>
    Clause,

    /// <summary>The end of a sentence.</summary>
    Sentence,

    /// <summary>Half of a character beyond the first plane.</summary>
    Surrogate,
}

/// <summary>
/// How concepts see characters: folded as everywhere in this library (case, width, accents, kana), but for Hangul, whose syllables
/// stay whole, so that no pattern ends inside one.
/// </summary>
internal static class ConceptLetters
{
    /// <summary>Stands for the edge of a word in a script that writes words apart.</summary>
    public const char Border = ' ';

    /// <summary>The folded letter; of no meaning for another kind.</summary>
    public static char Of(char letter) => IsSyllable(letter) ? letter : Folding.Of(letter);

    /// <summary>Scripts without spaces between words, and Korean, whose words grow endings: found anywhere.</summary>
    public static bool IsUnspaced(char folded) => Folding.IsUnspaced(folded);

    public static ConceptLetterKind KindOf(char letter)
    {
        if (IsSyllable(letter))
        {
            return ConceptLetterKind.Letter;
        }

        return Folding.Of(letter) switch
        {
            Folding.Mark => ConceptLetterKind.Mark,
            Folding.Several => ConceptLetterKind.Several,
            Folding.Separator => SeparatorOf(letter),
            _ => ConceptLetterKind.Letter,
        };
    }

    private static bool IsSyllable(char letter) => letter is >= '\uAC00' and <= '\uD7A3';

    private static ConceptLetterKind SeparatorOf(char letter) => letter switch
    {
        '\n' or '\u2028' or '\u2029' => ConceptLetterKind.Line,
        '.' => ConceptLetterKind.Stop,
        ',' or ':' => ConceptLetterKind.Comma,
        '-' or '\u2010' or '\u2011' => ConceptLetterKind.Hyphen,
        '!' or '?' or '\u2026' or '\u3002' or '\uFF01' or '\uFF1F' or '\uFF0E' or '\uFF61' => ConceptLetterKind.Sentence,
        '\'' or '\u2018' or '\u2019' or '"' or '\u201C' or '\u201D' or '\u201E' or '\u00AB' or '\u00BB' or '\u300C' or '\u300D' or '/' or '_' or '#' => ConceptLetterKind.Soft,
        _ when char.IsSurrogate(letter) => ConceptLetterKind.Surrogate,
        _ when char.IsPunctuation(letter) => ConceptLetterKind.Clause,
        _ when char.IsWhiteSpace(letter) || char.IsControl(letter) => ConceptLetterKind.Soft,
        _ => CharUnicodeInfo.GetUnicodeCategory(letter) is UnicodeCategory.MathSymbol ? ConceptLetterKind.Clause : ConceptLetterKind.Soft,
    };
}
