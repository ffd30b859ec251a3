namespace CallTracking.Privacy;

/// <summary>
/// Single words that a tagger takes for names though their neighbours say what they are: units ("12 Nm"), headings before numbers
/// ("Kapitel 5", "SHA-256"), labels of numbers ("Steuer-ID"), a word with a capital only because a sentence begins.
/// </summary>
internal static class NameDoubts
{
    private const int LongestUnit = 3;
    private const int LongestNumber = 2;

    // From here on neighbours do not change a name's mind.
    private const float Sure = 0.85f;
    private const float Likely = 0.5f;

    public static bool Has(string text, in NameSpan span)
    {
        if (IsLabel(text.AsSpan(span.End)))
        {
            return true;
        }

        var name = text.AsSpan(span.Start, span.End - span.Start);
        if (span.Score >= Sure || name.ContainsAny(' ', '・', '.'))
        {
            return false;
        }

        var before = Before(text, span.Start);
        return (char.IsDigit(before) && name.Length <= LongestUnit)
            || IsNumbered(text.AsSpan(span.End))
            || (span.Score < Likely && char.IsUpper(name[0]) && BeginsSentence(before) && GoesOn(text.AsSpan(span.End)));
    }

    // "Steuer-ID", however sure: what is joined to such a word is what it numbers.
    private static bool IsLabel(ReadOnlySpan<char> rest)
    {
        foreach (var word in (ReadOnlySpan<string>)["-ID", "-Nr", "-No", "-Nummer", "-Number"])
        {
            if (rest.StartsWith(word, StringComparison.OrdinalIgnoreCase) && (rest.Length == word.Length || !char.IsLetter(rest[word.Length])))
            {
                return true;
            }
        }

        return false;
    }

    // The sign before a place, over one space; a line's end where there is none.
    private static char Before(string text, int at)
    {
        var last = at > 0 && text[at - 1] is ' ' or '\u00A0' ? at - 2 : at - 1;
        return last >= 0 ? text[last] : '\n';
    }

    // Behind names stand numbers, too, but of phones and houses with a space and more digits or a comma.
    private static bool IsNumbered(ReadOnlySpan<char> rest)
    {
        var isParted = rest is [' ' or '\u00A0', ..];
        var number = isParted || rest is ['-', ..] ? rest[1..] : rest;
        var digits = 0;
        while (digits < number.Length && char.IsDigit(number[digits]))
        {
            digits++;
        }

        return digits > 0 && (!isParted || digits <= LongestNumber);
    }

    private static bool BeginsSentence(char before) => before is '\n' or '\r' or '.' or '!' or '?' or ':' or ';' or '•' or '*' or '-';

    private static bool GoesOn(ReadOnlySpan<char> rest) => rest is [' ', var next, ..] && char.IsLower(next);
}
