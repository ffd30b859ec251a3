using System.Globalization;
using System.Text;

namespace CallTracking.Privacy;

/// <summary>
/// Reads patterns of concept dictionaries: words (<c>smoke</c>), beginnings (<c>smok*</c>), ends (<c>*brand</c>), words in a row (<c>gas leak</c>),
/// words apart (<c>battery ~3 swollen</c>: at most three words between), and a value at the end (<c>lot ~1 /[A-Z]{2}\d{6}/</c>).
/// </summary>
internal static class PatternParser
{
    /// <summary>Words between two parts, and the reach of a negation.</summary>
    public const int WidestGap = 20;

    /// <summary>Words of one part.</summary>
    public const int MostTokens = 16;

    private const int MostParts = 4;
    private const int LongestLiteral = 64;
    private const int LongestPattern = 160;
    private const int FewestOpenLetters = 3;
    private const int FewestLetters = 2;

    /// <summary>The pattern; null with what is wrong.</summary>
    /// <param name="text">As people wrote it.</param>
    /// <param name="trouble">What is wrong.</param>
    /// <param name="isGuard">A word that voids or stops may have one letter: "y", "и".</param>
    public static ConceptPattern? Parse(string text, out PatternTrouble? trouble, bool isGuard = false)
    {
        var fewest = isGuard ? 1 : FewestLetters;
        if (text.Length > LongestPattern)
        {
            trouble = new PatternTrouble($"A pattern has over {LongestPattern} characters.", "Look for fewer words.");
            return null;
        }

        var (words, parts, gap) = (new List<string>(), new List<PatternPart>(), 0);
        trouble = null;
        var tokens = text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        ValuePattern? value = null;
        for (var i = 0; i < tokens.Length && trouble is null; i++)
        {
            var token = tokens[i];
            if (token[0] == '~')
            {
                trouble = Close(words, parts, gap, fewest) ?? Gap(token, i > 0 && i < tokens.Length - 1, out gap);
            }
            else if (token.Length > 2 && token[0] == '/' && token[^1] == '/')
            {
                trouble = Close(words, parts, gap, fewest);
                gap = i > 0 && tokens[i - 1][0] == '~' ? gap : 0;
                value = trouble is null ? ValuePattern.Parse(token[1..^1], out trouble) : null;
                trouble ??= i < tokens.Length - 1 || parts.Count == 0 ? new PatternTrouble("A value stands alone or is not the last.", "Write words before it, and nothing behind it: lot ~1 /[A-Z]{2}\\d{6}/.") : null;
            }
            else
            {
                // A word's open side ends a part: what stands there is not known.
                var opens = words.Count > 0 && (words[^1].EndsWith('*') || token.StartsWith('*'));
                trouble = opens ? Close(words, parts, gap, fewest) : null;
                gap = opens ? 0 : gap;
                words.Add(token);
            }
        }

        trouble ??= Close(words, parts, value is null ? gap : 0, fewest);
        trouble ??= parts.Count is 0 or > MostParts ? new PatternTrouble($"A pattern has no word, or over {MostParts} parts.", "Write smoke, smok*, gas leak, battery ~3 swollen.") : null;
        return trouble is null ? new ConceptPattern(text, parts, value, value is null ? 0 : gap) : null;
    }

    private static PatternTrouble? Gap(string token, bool isBetween, out int gap) =>
        int.TryParse(token.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out gap) && gap is >= 0 and <= WidestGap && isBetween
            ? null
            : new PatternTrouble($"'{token}' is no gap.", $"Write ~0 to ~{WidestGap} between two words.");

    private static PatternTrouble? Close(List<string> words, List<PatternPart> parts, int gap, int fewest)
    {
        if (words.Count == 0)
        {
            return null;
        }

        var written = string.Join(' ', words);
        var (opensStart, opensEnd) = (written.StartsWith('*'), written.EndsWith('*'));
        var plain = written[(opensStart ? 1 : 0)..^(opensEnd ? 1 : 0)];
        words.Clear();
        if (plain.Contains('*', StringComparison.Ordinal))
        {
            return new PatternTrouble($"'{written}' has a star inside a word.", "Put stars at a word's start or end only.");
        }

        if (Fold(plain) is not var (literal, tokens))
        {
            return new PatternTrouble($"'{written}' has something other than letters, digits, hyphens and apostrophes.", "Take it out: marks between words are passed over anyway.");
        }

        var isSpaced = literal.Length > 0 && !literal.Any(ConceptLetters.IsUnspaced);
        if (literal.Length == 0 || (isSpaced && literal.Length < (opensStart || opensEnd ? FewestOpenLetters : fewest)))
        {
            return new PatternTrouble($"'{written}' is too short: it would stand everywhere.", $"Write {FewestOpenLetters} letters before or after a star, and words of two letters.");
        }

        if (literal.Length > LongestLiteral || tokens > MostTokens)
        {
            return new PatternTrouble($"'{written}' has over {LongestLiteral} letters or {MostTokens} words in a row.", "Look for fewer words, or put gaps between them.");
        }

        parts.Add(new PatternPart(
            (opensStart || ConceptLetters.IsUnspaced(literal[0]) ? "" : " ") + literal + (opensEnd || ConceptLetters.IsUnspaced(literal[^1]) ? "" : " "), tokens, parts.Count == 0 ? 0 : gap));
        return null;
    }

    /// <summary>Words as a text's letters come in; null when a character has no place in a pattern.</summary>
    private static (string Literal, int Tokens)? Fold(string words)
    {
        var (literal, tokens, isApart) = (new StringBuilder(), 0, true);
        foreach (var written in words)
        {
            switch (ConceptLetters.KindOf(written))
            {
                case ConceptLetterKind.Mark:
                    break;
                case ConceptLetterKind.Letter:
                    Add(ConceptLetters.Of(written));
                    break;
                case ConceptLetterKind.Several:
                    Folding.Expand(written).ToList().ForEach(Add);
                    break;
                case ConceptLetterKind.Soft or ConceptLetterKind.Hyphen:
                    isApart = true;
                    break;
                default:
                    return null;
            }
        }

        return (literal.ToString(), tokens);

        void Add(char letter)
        {
            var isUnspaced = ConceptLetters.IsUnspaced(letter);
            var before = literal.Length > 0 ? literal[^1] : (char?)null;
            var follows = before is { } last && (ConceptLetters.IsUnspaced(last) ? isUnspaced : !isUnspaced && !isApart);
            if (before is not null && !follows)
            {
                literal.Append(ConceptLetters.Border);
            }

            tokens += isUnspaced || !follows ? 1 : 0;
            literal.Append(letter);
            isApart = false;
        }
    }
}
