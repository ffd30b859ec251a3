namespace CallTracking.Privacy;

/// <summary>Payment card numbers: the schemes' prefixes and lengths (ISO/IEC 7812), the Luhn check, and the ways they are grouped.</summary>
internal static class CardNumbers
{
    public const int FewestDigits = 12;
    public const int MostDigits = 19;

    /// <summary>Beside a word such as "card" any scheme's number will do; elsewhere it must be one of the great schemes'.</summary>
    public static bool Fits(TextScan scan, DigitGroups groups, int first, int last, ReadOnlySpan<char> digits)
    {
        var (start, end) = (groups.Groups[first].Start, groups.Groups[last].End);
        return CheckDigits.Luhn(digits)
            && !CheckDigits.IsOneDigit(digits)
            && !TextEdges.IsPartOfWord(scan.Text, start, end)
            && (scan.Nearby.Distance(start, end, ContextWords.Card) <= Reach.Width || (IsScheme(digits) && !IsOfOrder(scan, start, isGrouped: last > first, digits.Length)));
    }

    // In a card's groups it is one whatever stands before it. One of ten numbers without groups passes the check: right behind "order" it is
    // that order's, and the lengths that are also those of articles and parcels stay so further off.
    private static bool IsOfOrder(TextScan scan, int start, bool isGrouped, int length) =>
        !isGrouped && scan.Nearby.Before(start, ContextWords.Other) <= Reach.OtherWidth
        && !IsCharged(scan, start)
        && (length is not (15 or 16) || OrderWords.StandRightBefore(scan, start) || (OrderWords.HaveNumberBetween(scan, start) && !OrderWords.AreUsedUp(scan, start)));

    /// <summary>The groups are those of a card: all in one, or by four but for two schemes.</summary>
    public static bool IsGrouped(ReadOnlySpan<DigitGroup> groups, int first, int last)
    {
        if (first == last)
        {
            return groups[first].Length is >= FewestDigits and <= MostDigits;
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
            12 => false,
            15 => two is 34 or 37 || four is 1800 or 2131,
            16 => two / 10 == 4 || two is (>= 51 and <= 55) or 62 or 65 || four is (>= 2221 and <= 2720) or (>= 3528 and <= 3589) or 6011 or (>= 6440 and <= 6499) || IsMaestro(two),
            19 => two / 10 == 4 || two is 62 or 65 || four is (>= 3528 and <= 3589) or 6011 || IsMaestro(two),
            _ => two == 62 || IsMaestro(two),
        };
    }

    private static bool IsMaestro(int two) => two is 50 or (>= 56 and <= 58) or 63 or 67;

    // The German word for a lot begins with a capital: "Charged on 4917…" and "please charge 4917…" speak of money.
    private static bool IsCharged(TextScan scan, int start) =>
        scan.Nearby.LastBefore(start, ContextWords.Other) is { } word
        && scan.Text.AsSpan(word.Start, word.End - word.Start).Equals("charge", StringComparison.OrdinalIgnoreCase)
        && (scan.Text[word.Start] == 'c' || (word.End < scan.Text.Length && scan.Text[word.End] is 'd' or 'D'));
}
