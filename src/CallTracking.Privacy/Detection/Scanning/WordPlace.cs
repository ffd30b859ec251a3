namespace CallTracking.Privacy;

/// <summary>A word of a text: letters and digits of any script, with marks and apostrophes inside.</summary>
internal readonly record struct WordPlace(int Start, int End)
{
    private const int Longest = 40;

    public static readonly WordPlace None = new(-1, -1);

    public int Length => End - Start;

    public bool IsNone => Start < 0;

    /// <summary>The next word behind a place, with at most a few signs between, none of which ends a line when that is not allowed.</summary>
    public static WordPlace After(string text, int at, int widestGap, bool overLines)
    {
        var start = at;
        while (start < text.Length && start - at <= widestGap && !IsLetter(text[start]))
        {
            if (!overLines && TextSigns.Of(text[start]) == TextSigns.Line)
            {
                return None;
            }

            start++;
        }

        if (start >= text.Length || !IsLetter(text[start]))
        {
            return None;
        }

        var end = start + 1;
        while (end < text.Length && end - start <= Longest && (IsLetter(text[end]) || IsInside(text, end)))
        {
            end++;
        }

        return new WordPlace(start, end);
    }

    /// <summary>The word before a place.</summary>
    public static WordPlace Before(string text, int at, int widestGap, bool overLines)
    {
        var end = at;
        while (end > 0 && at - end <= widestGap && !IsLetter(text[end - 1]))
        {
            if (!overLines && TextSigns.Of(text[end - 1]) == TextSigns.Line)
            {
                return None;
            }

            end--;
        }

        if (end == 0 || !IsLetter(text[end - 1]))
        {
            return None;
        }

        var start = end - 1;
        while (start > 0 && end - start <= Longest && (IsLetter(text[start - 1]) || IsInside(text, start - 1)))
        {
            start--;
        }

        return new WordPlace(start, end);
    }

    public ReadOnlySpan<char> Of(string text) => text.AsSpan(Start, Length);

    public bool IsNumber(string text) => TextSigns.IsDigit(text[Start]);

    /// <summary>Begins with a capital, or is of a script that has none.</summary>
    public bool IsName(string text) => !char.IsLower(text[Start]) && !IsNumber(text);

    /// <summary>The word in folded letters, as the lists have it; cut where the target ends.</summary>
    public ReadOnlySpan<char> Fold(string text, Span<char> target)
    {
        var count = 0;
        for (var i = Start; i < End && count < target.Length; i++)
        {
            var letter = Folding.Of(text[i]);
            if (letter is Folding.Several && text[i] is 'ß' && count + 1 < target.Length)
            {
                target[count++] = 's';
                target[count++] = 's';
            }
            else if (letter is not (Folding.Separator or Folding.Mark))
            {
                target[count++] = letter is Folding.Several ? char.ToLowerInvariant(text[i]) : letter;
            }
        }

        return target[..count];
    }

    private static bool IsLetter(char sign) => TextSigns.IsWord(sign) || TextSigns.Of(sign) == TextSigns.Unspaced || (sign > '\x7F' && Folding.Of(sign) == Folding.Mark) || sign == 'º' || sign == 'ª';

    private static bool IsInside(string text, int at) =>
        text[at] is '\'' or '’' or '-' && at > 0 && at + 1 < text.Length && IsLetter(text[at - 1]) && IsLetter(text[at + 1]) && !TextSigns.IsDigit(text[at - 1]) && !TextSigns.IsDigit(text[at + 1]);
}
