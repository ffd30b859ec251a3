using System.Globalization;
using System.Numerics;
using CallTracking.SampleData.Stories;

namespace CallTracking.EndToEnd.Canaries;

/// <summary>Invented numbers that satisfy the check rules of real ones.</summary>
internal static class CanaryNumbers
{
    /// <summary>The identifier that the country gives its people.</summary>
    public static string NationalId(string country, Dice dice)
    {
        switch (country)
        {
            case "DE":
                return GermanTaxId(dice);
            case "FR":
                var thirteen = $"2{dice.Between(50, 99)}{dice.Between(1, 12):00}75{dice.Between(1, 990):000}{dice.Between(1, 990):000}";
                return thirteen + CheckDigits.FrenchKey(thirteen);
            case "BR":
                var nine = dice.Digits(9);
                return $"{nine[..3]}.{nine[3..6]}.{nine[6..]}-{CheckDigits.Cpf(nine)}";
            case "PL":
                var ten = $"{dice.Between(50, 99)}{dice.Between(1, 12):00}{dice.Between(1, 28):00}{dice.Digits(4)}";
                return ten + CheckDigits.Pesel(ten).ToString(CultureInfo.InvariantCulture);
            case "RU":
                return RussianTaxId(dice);
            case "JP":
                var eleven = dice.Digits(11);
                return eleven + CheckDigits.MyNumber(eleven).ToString(CultureInfo.InvariantCulture);
            case "CN":
                var seventeen = $"11010519{dice.Between(50, 99)}{dice.Between(1, 12):00}{dice.Between(1, 28):00}{dice.Digits(3)}";
                return seventeen + CheckDigits.ResidentNumber(seventeen);
            case "TW":
                return TaiwaneseId(dice);
            case "KR":
                var twelve = $"{dice.Between(50, 99)}{dice.Between(1, 12):00}{dice.Between(1, 28):00}2{dice.Digits(5)}";
                return $"{twelve[..6]}-{twelve[6..]}{CheckDigits.KoreanResident(twelve)}";
            case "TH":
                var first = $"{dice.Between(1, 8)}{dice.Between(30, 58)}{dice.Digits(9)}"; // The second and third digit are a province.
                return first + CheckDigits.ThaiCitizen(first).ToString(CultureInfo.InvariantCulture);
            default:
                return $"{dice.Between(101, 665)}-{dice.Between(11, 99)}-{dice.Between(1000, 9999)}";
        }
    }

    /// <summary>A German account number with the digits of the mod 97 rule.</summary>
    public static string Iban(Dice dice)
    {
        var bban = "9" + dice.Digits(17);
        var rest = BigInteger.Parse(bban + "131400", CultureInfo.InvariantCulture) % 97;
        return $"DE{98 - (int)rest:00}{bban}";
    }

    /// <summary>Sixteen digits of a scheme, by the rule of Luhn.</summary>
    public static string Card(Dice dice) => Luhn("4539" + dice.Digits(11));

    /// <summary>Fifteen digits of a handset.</summary>
    public static string Imei(Dice dice) => Luhn("35" + dice.Digits(12));

    private static string Luhn(string digits)
    {
        for (var check = '0'; ; check++)
        {
            if (CheckDigits.IsLuhn(digits + check))
            {
                return digits + check;
            }
        }
    }

    // Ten digits of which exactly one occurs twice, and the check digit.
    private static string GermanTaxId(Dice dice)
    {
        var digits = "1234567890".ToCharArray();
        for (var index = 9; index > 1; index--)
        {
            var other = dice.Between(1, index);
            (digits[index], digits[other]) = (digits[other], digits[index]);
        }

        digits[9] = digits[dice.Between(1, 7)];
        return new string(digits) + CheckDigits.TaxId(digits).ToString(CultureInfo.InvariantCulture);
    }

    private static string RussianTaxId(Dice dice)
    {
        var ten = "77" + dice.Digits(8);
        var eleven = ten + Check(ten, [7, 2, 4, 10, 3, 5, 9, 4, 6, 8]);
        return eleven + Check(eleven, [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]);

        static int Check(string digits, int[] weights) => digits.Select((digit, index) => (digit - '0') * weights[index]).Sum() % 11 % 10;
    }

    // A is 10: one and zero times nine.
    private static string TaiwaneseId(Dice dice)
    {
        var eight = "2" + dice.Digits(7);
        var sum = 1 + eight.Select((digit, index) => (digit - '0') * (8 - index)).Sum();
        return $"A{eight}{(10 - (sum % 10)) % 10}";
    }
}
