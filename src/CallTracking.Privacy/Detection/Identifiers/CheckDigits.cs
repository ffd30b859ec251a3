namespace CallTracking.Privacy;

/// <summary>
/// The check rules of published standards as pure functions. Values are ASCII: digits, upper-case letters, no separators, and as
/// long as the rule needs.
/// </summary>
internal static class CheckDigits
{
    private static ReadOnlySpan<byte> VerhoeffProduct =>
    [
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3, 4, 0, 6, 7, 8, 9, 5, 2, 3, 4, 0, 1, 7, 8, 9, 5, 6, 3, 4, 0, 1, 2, 8, 9, 5, 6, 7, 4, 0, 1, 2, 3, 9, 5, 6, 7, 8,
        5, 9, 8, 7, 6, 0, 4, 3, 2, 1, 6, 5, 9, 8, 7, 1, 0, 4, 3, 2, 7, 6, 5, 9, 8, 2, 1, 0, 4, 3, 8, 7, 6, 5, 9, 3, 2, 1, 0, 4, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0,
    ];

    private static ReadOnlySpan<byte> VerhoeffPermutation =>
    [
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 5, 7, 6, 2, 8, 3, 0, 9, 4, 5, 8, 0, 3, 7, 9, 6, 1, 4, 2, 8, 9, 1, 6, 0, 4, 3, 5, 2, 7,
        9, 4, 5, 3, 1, 2, 6, 8, 7, 0, 4, 2, 8, 6, 5, 7, 3, 9, 0, 1, 2, 7, 9, 3, 8, 0, 6, 4, 1, 5, 7, 0, 4, 6, 9, 1, 3, 2, 5, 8,
    ];

    public static int Digit(char letter) => letter - '0';

    /// <summary>A digit's value; a letter counts from A = 10.</summary>
    public static int Value(char letter) => letter <= '9' ? letter - '0' : letter - 'A' + 10;

    /// <summary>Sum of digits times weights, from the first on; the weights repeat.</summary>
    public static int Weigh(ReadOnlySpan<char> value, ReadOnlySpan<byte> weights)
    {
        var sum = 0;
        for (var i = 0; i < value.Length; i++)
        {
            sum += Value(value[i]) * weights[i % weights.Length];
        }

        return sum;
    }

    /// <summary>ISO/IEC 7812: every second digit from the right doubled; the last is the check digit.</summary>
    public static bool Luhn(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = Digit(digits[^(i + 1)]);
            var doubled = (i & 1) == 0 ? digit : digit * 2;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }

        return sum % 10 == 0;
    }

    /// <summary>Verhoeff's dihedral check; the last digit is the check digit.</summary>
    public static bool Verhoeff(ReadOnlySpan<char> digits)
    {
        var check = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            check = VerhoeffProduct[(check * 10) + VerhoeffPermutation[(i % 8 * 10) + Digit(digits[^(i + 1)])]];
        }

        return check == 0;
    }

    /// <summary>ISO/IEC 7064 MOD 11,10 over all digits, the last of which is the check digit.</summary>
    public static bool Mod11And10(ReadOnlySpan<char> digits)
    {
        var product = 10;
        foreach (var digit in digits[..^1])
        {
            var sum = (Digit(digit) + product) % 10;
            product = (sum == 0 ? 10 : sum) * 2 % 11;
        }

        return (11 - product) % 10 == Digit(digits[^1]);
    }

    /// <summary>ISO/IEC 7064 MOD 11-2; the last may be X for ten.</summary>
    public static bool Mod11And2(ReadOnlySpan<char> value)
    {
        var check = 0;
        foreach (var digit in value[..^1])
        {
            check = (check + Digit(digit)) * 2 % 11;
        }

        return (check + (value[^1] == 'X' ? 10 : Digit(value[^1]))) % 11 == 1;
    }

    /// <summary>ISO/IEC 7064 MOD 97-10 of letters and digits, as remainder; letters count as two digits.</summary>
    public static int Mod97(ReadOnlySpan<char> value, int before = 0)
    {
        var remainder = before;
        foreach (var letter in value)
        {
            var number = Value(letter);
            remainder = ((remainder * (number > 9 ? 100 : 10)) + number) % 97;
        }

        return remainder;
    }

    /// <summary>The number that digits are; at most 18 of them.</summary>
    public static long Number(ReadOnlySpan<char> digits)
    {
        var number = 0L;
        foreach (var digit in digits)
        {
            number = (number * 10) + Digit(digit);
        }

        return number;
    }

    /// <summary>ICAO 9303: weights 7 3 1, letters from A = 10; the last is the check digit.</summary>
    public static bool Icao(ReadOnlySpan<char> value) =>
        char.IsAsciiDigit(value[^1]) && Weigh(value[..^1], [7, 3, 1]) % 10 == Digit(value[^1]);

    /// <summary>True when all characters are one.</summary>
    public static bool IsOneDigit(ReadOnlySpan<char> value) => value.IndexOfAnyExcept(value[0]) < 0;

    /// <summary>A day of the calendar, in a year of the century that is unknown: 29 February is taken.</summary>
    public static bool IsDay(int day, int month) =>
        month is >= 1 and <= 12 && day >= 1 && day <= (month == 2 ? 29 : month is 4 or 6 or 9 or 11 ? 30 : 31);

    public static int Two(ReadOnlySpan<char> value, int at) => (Digit(value[at]) * 10) + Digit(value[at + 1]);

    /// <summary>YYMMDD at a place.</summary>
    public static bool IsYearMonthDay(ReadOnlySpan<char> value, int at = 0) => IsDay(Two(value, at + 4), Two(value, at + 2));

    /// <summary>DDMMYY at a place.</summary>
    public static bool IsDayMonthYear(ReadOnlySpan<char> value, int at = 0) => IsDay(Two(value, at), Two(value, at + 2));
}
