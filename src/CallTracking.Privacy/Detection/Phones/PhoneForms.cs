namespace CallTracking.Privacy;

/// <summary>Shapes that only telephone numbers have, whatever words stand around: those of North America, with trunk zero, with Russia's 8, and mobiles in two groups.</summary>
internal static class PhoneForms
{
    // Where a text of Russia's script is looked for around a number, on each side.
    private const int ScriptWidth = 40;

    public static bool Fit(TextScan scan, ReadOnlySpan<DigitGroup> all, int first, int last, ReadOnlySpan<char> digits) =>
        IsNorthAmerican(all, first, last, digits)
        || IsTrunkZero(all, first, last, digits, scan.Country)
        || IsTrunkEight(scan, all, first, last, digits)
        || IsMobileInTwo(all, first, last, digits, scan.Country);

    /// <summary>8-916-123-45-67, 8 (495) 123-45-67: where 8 is dialled first, or the text is in Russia's script; without groups a mobile at home.</summary>
    public static bool IsTrunkEight(TextScan scan, ReadOnlySpan<DigitGroup> all, int first, int last, ReadOnlySpan<char> digits)
    {
        if (digits.Length != 11 || digits[0] != '8')
        {
            return false;
        }

        var plan = PhonePlans.Of(scan.Country);
        if (last == first)
        {
            return plan is { Trunk: "8" } && plan.IsMobile(digits[1..]);
        }

        return all[first].Length is 1 or 4
            && (plan is { Trunk: "8" } ? IsBehindEight(plan, digits[1..]) : IsInCyrillic(scan.Text, all[first].Start, all[last].End) && PhonePlans.Of("RU")!.IsAssigned(digits[1..]));
    }

    // 212-555-0134, (212) 555 0134, 1.212.555.0134
    private static bool IsNorthAmerican(ReadOnlySpan<DigitGroup> all, int first, int last, ReadOnlySpan<char> digits)
    {
        if (digits.Length == 11 && digits[0] == '1' && all[first].Length == 1)
        {
            digits = digits[1..];
            first++;
        }

        return digits.Length == 10 && digits[0] >= '2' && digits[3] >= '2'
            && last == first + 2 && all[first].Length == 3 && all[first + 1].Length == 3;
    }

    private static bool IsTrunkZero(ReadOnlySpan<DigitGroup> all, int first, int last, ReadOnlySpan<char> digits, string country)
    {
        if (digits[0] != '0')
        {
            return false;
        }

        if (digits[1] == '0')
        {
            return last > first && digits.Length is >= 11 and <= 16 && PhoneNumbers.CallingCodeLength(digits[2..]) > 0;
        }

        if (PhonePlans.Of(country) is { Trunk: "0" } plan && !plan.IsPossible(digits[1..]))
        {
            return false;
        }

        if (last > first)
        {
            return digits.Length is >= 9 and <= 12 && all[last].Length >= 2 && all[first].Length <= 6;
        }

        // Written without separators: Japanese mobile numbers on sight, others where the country is known to dial a 0 first.
        var japaneseMobile = digits.Length == 11 && digits[1] is '5' or '7' or '8' or '9' && digits[2] == '0';
        return japaneseMobile || (digits.Length is 10 or 11 or 12 && PhoneNumbers.CallingCode(country) is not ("" or "1" or "7"));
    }

    // Within Russia and Kazakhstan, and between them; Belarus has 8 029 for the 29 behind its code.
    private static bool IsBehindEight(PhonePlan plan, ReadOnlySpan<char> number) =>
        plan.IsAssigned(number)
        || (plan.Code == "7" && (PhonePlans.Of("RU")!.IsAssigned(number) || PhonePlans.Of("KZ")!.IsAssigned(number)))
        || (number[0] == '0' && plan.IsAssigned(number[1..]));

    // 347 1234567: where nothing is dialled first.
    private static bool IsMobileInTwo(ReadOnlySpan<DigitGroup> all, int first, int last, ReadOnlySpan<char> digits, string country) =>
        last == first + 1 && all[first].Length == 3 && all[last].Length is 6 or 7
        && PhonePlans.Of(country) is { Trunk: "" } plan && plan.IsMobile(digits);

    private static bool IsInCyrillic(string text, int start, int end) =>
        text.AsSpan(Math.Max(0, start - ScriptWidth), Math.Min(start, ScriptWidth)).ContainsAnyInRange('\u0400', '\u04FF')
        || text.AsSpan(end, Math.Min(ScriptWidth, text.Length - end)).ContainsAnyInRange('\u0400', '\u04FF');
}
