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

    /// <summary>China's resident number: weights 2^(18-i) modulo 11 over seventeen digits; ten is an X.</summary>
    public static char ResidentNumber(ReadOnlySpan<char> seventeen)
    {
        var sum = 0;
        for (var i = 0; i < seventeen.Length; i++)
        {
            sum = ((sum * 2) + seventeen[i] - '0') % 11;
        }

        // The sum is doubled once more for the last place; with its digit it is 1 modulo 11.
        return "10X98765432"[sum * 2 % 11];
    }

    /// <summary>Korea's resident number as it was given until 2020: weights 2 to 9 and 2 to 5 over twelve digits.</summary>
    public static int KoreanResident(ReadOnlySpan<char> twelve) => (11 - (Weighted(twelve, "234567892345") % 11)) % 10;

    /// <summary>Brazil's CPF: two digits, each 11 less the weighted sum modulo 11, ten and eleven being zero.</summary>
    public static string Cpf(string nine)
    {
        var first = CpfDigit(nine);
        return $"{first}{CpfDigit(nine + first)}";
    }

    /// <summary>Poland's PESEL: weights 1, 3, 7, 9 over ten digits.</summary>
    public static int Pesel(ReadOnlySpan<char> ten) => (10 - (Weighted(ten, "1379137913") % 10)) % 10;

    /// <summary>Ukraine's taxpayer number: weights -1, 5, 7, 9, 4, 6, 10, 5, 7 over nine digits, modulo 11, then modulo 10.</summary>
    public static int UkrainianTaxpayer(ReadOnlySpan<char> nine)
    {
        ReadOnlySpan<int> weights = [-1, 5, 7, 9, 4, 6, 10, 5, 7];
        var sum = 0;
        for (var i = 0; i < nine.Length; i++)
        {
            sum += (nine[i] - '0') * weights[i];
        }

        return ((sum % 11) + 11) % 11 % 10;
    }

    /// <summary>Thailand's citizen number: weights 13 to 2 over twelve digits.</summary>
    public static int ThaiCitizen(ReadOnlySpan<char> twelve)
    {
        var sum = 0;
        for (var i = 0; i < twelve.Length; i++)
        {
            sum += (twelve[i] - '0') * (13 - i);
        }

        return (11 - (sum % 11)) % 10;
    }

    /// <summary>The key of a French social security number: 97 less the remainder of thirteen digits by 97.</summary>
    public static string FrenchKey(string thirteen) =>
        (97 - (int)(long.Parse(thirteen, CultureInfo.InvariantCulture) % 97)).ToString("00", CultureInfo.InvariantCulture);

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

    private static int Weighted(ReadOnlySpan<char> digits, string weights)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            sum += (digits[i] - '0') * (weights[i] - '0');
        }

        return sum;
    }

    private static int CpfDigit(string digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            sum += (digits[i] - '0') * (digits.Length + 1 - i);
        }

        return sum % 11 < 2 ? 0 : 11 - (sum % 11);
    }
}
