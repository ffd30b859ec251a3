using System.Globalization;

namespace CallTracking.SampleData.Stories;

/// <summary>Check digits of the identifiers that samples plant. Each takes the digits before it.</summary>
internal static class CheckDigits
{
    /// <summary>Japan's Individual Number: weights 2-7 then 2-6 from the right over eleven digits.</summary>
    public static int MyNumber(ReadOnlySpan<char> eleven)
    {
        var sum = 0;
        for (var n = 1; n <= 11; n++)
        {
            sum += (eleven[11 - n] - '0') * (n <= 6 ? n + 1 : n - 5);
        }

        var rest = sum % 11;
        return rest <= 1 ? 0 : 11 - rest;
    }

    /// <summary>Germany's tax identification number: ISO 7064 MOD 11,10 over ten digits.</summary>
    public static int TaxId(ReadOnlySpan<char> ten)
    {
        var product = 10;
        foreach (var digit in ten)
        {
            var sum = (digit - '0' + product) % 10;
            product = (sum == 0 ? 10 : sum) * 2 % 11;
        }

        return (11 - product) % 10;
    }

    /// <summary>True when the digits, the last included, satisfy the rule of payment cards.</summary>
    public static bool IsLuhn(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var value = digits[digits.Length - 1 - i] - '0';
            var doubled = i % 2 == 1 ? value * 2 : value;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }

        return sum % 10 == 0;
    }

    /// <summary>The two check digits of a German account number: 98 less the remainder by 97.</summary>
    public static string GermanIban(string bban)
    {
        // D = 13, E = 14; the country and two zeroes go to the end.
        var number = UInt128.Parse(bban + "131400", CultureInfo.InvariantCulture);
        return (98 - (int)(number % 97)).ToString("00", CultureInfo.InvariantCulture);
    }
}
