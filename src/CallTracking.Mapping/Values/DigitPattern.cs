namespace CallTracking.Mapping.Values;

/// <summary>
/// A pattern of nothing but two- and four-digit parts with signs between, such as <c>dd.MM.yyyy HH:mm</c>, read in one pass: most
/// help desks write such times, several a row, and .NET's reading of a pattern takes more than half a microsecond.
/// </summary>
internal sealed class DigitPattern
{
    private readonly string _pattern;

    private DigitPattern(string pattern) => _pattern = pattern;

    /// <summary>Null for every other pattern.</summary>
    public static DigitPattern? Of(string pattern)
    {
        var seen = string.Empty;
        for (var at = 0; at < pattern.Length;)
        {
            var letter = pattern[at];
            var length = 1;
            while (at + length < pattern.Length && pattern[at + length] == letter)
            {
                length++;
            }

            var isPart = (letter, length) is ('y', 4) or ('M' or 'd' or 'H' or 'm' or 's', 2);
            if (isPart ? seen.Contains(letter, StringComparison.Ordinal) : letter is not ('/' or ':' or '-' or '.' or ' '))
            {
                return null;
            }

            seen += isPart ? letter : string.Empty;
            at += length;
        }

        return seen.Contains('y', StringComparison.Ordinal) && seen.Contains('M', StringComparison.Ordinal) && seen.Contains('d', StringComparison.Ordinal)
            ? new DigitPattern(pattern)
            : null;
    }

    /// <summary>False when the text is not just so: then .NET has the last word.</summary>
    public bool TryRead(ReadOnlySpan<char> text, out DateTime time)
    {
        time = default;
        if (text.Length != _pattern.Length)
        {
            return false;
        }

        Span<int> parts = stackalloc int['y' + 1];
        parts.Clear();
        for (var at = 0; at < text.Length; at++)
        {
            var letter = _pattern[at];
            if (!char.IsAsciiLetter(letter))
            {
                if (text[at] != letter)
                {
                    return false;
                }

                continue;
            }

            if (!char.IsAsciiDigit(text[at]))
            {
                return false;
            }

            parts[letter] = (parts[letter] * 10) + text[at] - '0';
        }

        time = IsTime(parts) ? new DateTime(parts['y'], parts['M'], parts['d'], parts['H'], parts['m'], parts['s']) : default;
        return time != default;
    }

    private static bool IsTime(ReadOnlySpan<int> parts) =>
        parts['y'] > 0
        && parts['M'] is > 0 and <= 12
        && parts['d'] > 0 && parts['d'] <= DateTime.DaysInMonth(parts['y'], parts['M'])
        && parts['H'] < 24 && parts['m'] < 60 && parts['s'] < 60;
}
