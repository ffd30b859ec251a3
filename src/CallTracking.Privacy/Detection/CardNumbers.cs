namespace CallTracking.Privacy;

/// <summary>Payment card numbers: the schemes' prefixes and lengths (ISO/IEC 7812), the Luhn check, and the ways they are grouped.</summary>
internal static class CardNumbers
{
    public const int FewestDigits = 13;

    public static bool Fits(string text, DigitGroups groups, int first, int last, ReadOnlySpan<char> digits) =>
        digits.Length is >= FewestDigits and <= 19
        && IsGrouped(groups.Groups, first, last)
        && IsScheme(digits)
        && PassesLuhn(digits)
        && !TextEdges.IsPartOfWord(text, groups.Groups[first].Start, groups.Groups[last].End);

    private static bool IsGrouped(ReadOnlySpan<DigitGroup> groups, int first, int last)
    {
        if (first == last)
        {
            return true;
        }

        // 4-4-4-4(-3), 4-6-5 (American Express), 4-6-4 (Diners).
        if (groups[first].Length != 4)
        {
            return false;
        }

        if (last == first + 2)
        {
            return groups[first + 1].Length == 6 && groups[last].Length is 4 or 5;
        }

        for (var i = first + 1; i < last; i++)
        {
            if (groups[i].Length != 4)
            {
                return false;
            }
        }

        return groups[last].Length <= 4;
    }

    private static bool IsScheme(ReadOnlySpan<char> digits)
    {
        var four = ((digits[0] - '0') * 1000) + ((digits[1] - '0') * 100) + ((digits[2] - '0') * 10) + (digits[3] - '0');
        var two = four / 100;
        return digits.Length switch
        {
            13 => two / 10 == 4,
            14 => two is 36 or 38 or 39 || four is >= 3000 and <= 3059,
            15 => two is 34 or 37,
            16 => two / 10 == 4 || two is (>= 51 and <= 55) or 62 or 65 || four is (>= 2221 and <= 2720) or (>= 3528 and <= 3589) or 6011 or (>= 6440 and <= 6499) || IsMaestro(two),
            19 => two / 10 == 4 || two is 62 or 65 || four is (>= 3528 and <= 3589) or 6011 || IsMaestro(two),
            _ => two == 62 || IsMaestro(two),
        };
    }

    private static bool IsMaestro(int two) => two is 50 or (>= 56 and <= 58) or 63 or 67;

    private static bool PassesLuhn(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            var doubled = (i & 1) == 0 ? digit : digit * 2;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }

        return sum % 10 == 0;
    }
}
