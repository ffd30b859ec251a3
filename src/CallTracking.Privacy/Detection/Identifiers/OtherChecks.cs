using System.Buffers;
using static CallTracking.Privacy.CheckDigits;

namespace CallTracking.Privacy;

/// <summary>Check rules of identifiers of the Americas, Africa and the Middle East, and of devices and vehicles.</summary>
internal static class OtherChecks
{
    private static readonly SearchValues<char> NoBeneficiary = SearchValues.Create("SLOIBZ");

    private const string MexicanLetters = "0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ";

    /// <summary>Saudi Arabia: citizens 1, residents 2, Luhn.</summary>
    public static bool SaudiArabia(ReadOnlySpan<char> value) => value[0] is '1' or '2' && Luhn(value) && !IsOneDigit(value[1..]);

    /// <summary>Emirates: 784, year of birth, Luhn as reported.</summary>
    public static bool Emirates(ReadOnlySpan<char> value) => value[..3] is "784" && Two(value, 3) is 19 or 20 && Luhn(value);

    /// <summary>South Africa: birth date, status 0–2, 8 or 9, Luhn.</summary>
    public static bool SouthAfrica(ReadOnlySpan<char> value) =>
        IsYearMonthDay(value) && value[10] is >= '0' and <= '2' && value[11] is '8' or '9' && Luhn(value);

    public static bool Israel(ReadOnlySpan<char> value) => !IsOneDigit(value) && Luhn(value);

    /// <summary>Nigeria: Verhoeff.</summary>
    public static bool Nigeria(ReadOnlySpan<char> value) => !IsOneDigit(value) && Verhoeff(value);

    /// <summary>Brazil, persons: weights 10–2, then 11–2.</summary>
    public static bool BrazilPerson(ReadOnlySpan<char> value) =>
        !IsOneDigit(value) && Weigh(value[..9], [10, 9, 8, 7, 6, 5, 4, 3, 2]) * 10 % 11 % 10 == Digit(value[9])
        && Weigh(value[..10], [11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) * 10 % 11 % 10 == Digit(value[10]);

    /// <summary>Brazil, PIS and PASEP: weights 3 2 9 8 7 6 5 4 3 2, modulo 11.</summary>
    public static bool BrazilWorker(ReadOnlySpan<char> value) => !IsOneDigit(value) && Weigh(value[..10], [3, 2, 9, 8, 7, 6, 5, 4, 3, 2]) * 10 % 11 % 10 == Digit(value[10]);

    /// <summary>Brazil, companies: since July 2026 the first twelve may be letters, which count by their code less 48.</summary>
    public static bool BrazilCompany(ReadOnlySpan<char> value)
    {
        ReadOnlySpan<byte> weights = [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2];
        var (first, second) = (0, 0);
        for (var i = 0; i < 13; i++)
        {
            first += i < 12 ? (value[i] - '0') * weights[i + 1] : 0;
            second += (value[i] - '0') * weights[i];
        }

        return !IsOneDigit(value) && Last(first) == Digit(value[12]) && Last(second) == Digit(value[13]);

        static int Last(int sum) => sum % 11 < 2 ? 0 : 11 - (sum % 11);
    }

    /// <summary>Argentina, CUIL and CUIT: kind of holder, weights 5 4 3 2 7 6 5 4 3 2.</summary>
    public static bool Argentina(ReadOnlySpan<char> value) =>
        Two(value, 0) is 20 or 23 or 24 or 25 or 26 or 27 or 30 or 33 or 34 or 50 or 51 or 55
        && 11 - (Weigh(value[..10], [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11) is var check && (check == 11 ? 0 : check == 10 ? 9 : check) == Digit(value[10]);

    /// <summary>Chile: weights 2–7 from the right, K for ten.</summary>
    public static bool Chile(ReadOnlySpan<char> value)
    {
        var sum = 0;
        for (var i = 0; i < value.Length - 1; i++)
        {
            sum += Digit(value[^(i + 2)]) * (2 + (i % 6));
        }

        var check = 11 - (sum % 11);
        return value[^1] == (check == 11 ? '0' : check == 10 ? 'K' : (char)('0' + check)) && value[0] != '0';
    }

    /// <summary>Mexico, population register: birth date, sex, base 37 with weights 18–2.</summary>
    public static bool MexicoRegister(ReadOnlySpan<char> value)
    {
        var sum = 0;
        for (var i = 0; i < 17; i++)
        {
            sum += MexicanLetters.IndexOf(value[i], StringComparison.Ordinal) * (18 - i);
        }

        return IsYearMonthDay(value, 4) && value[10] is 'H' or 'M' or 'X' && (10 - (sum % 10)) % 10 == Digit(value[17]);
    }

    /// <summary>Mexico, taxpayers: a date only; the check digit fails on 1.5 % of numbers in use.</summary>
    public static bool MexicoTax(ReadOnlySpan<char> value) => IsYearMonthDay(value, value.Length - 9);

    /// <summary>Canada: Luhn; 0 and 8 do not come first.</summary>
    public static bool Canada(ReadOnlySpan<char> value) => value[0] is not ('0' or '8') && !IsOneDigit(value) && Luhn(value);

    /// <summary>USA, social security: areas, groups and serials that are never given out, and numbers known from advertisements.</summary>
    public static bool Ssn(ReadOnlySpan<char> value) =>
        value[..3] is not ("000" or "666") && value[0] != '9' && value[3..5] is not "00" && value[5..] is not "0000"
        && value is not ("078051120" or "219099999" or "123456789" or "987654321") && !IsOneDigit(value);

    /// <summary>USA, individual taxpayers: 9 first, fourth and fifth digit in the ranges in use.</summary>
    public static bool Itin(ReadOnlySpan<char> value) =>
        value[0] == '9' && Two(value, 3) is (>= 50 and <= 65) or (>= 70 and <= 88) or (>= 90 and <= 92) or (>= 94 and <= 99);

    /// <summary>USA, bank routing: district, weights 3 7 1.</summary>
    public static bool Routing(ReadOnlySpan<char> value) =>
        Two(value, 0) is (>= 1 and <= 12) or (>= 21 and <= 32) or (>= 61 and <= 72) or 80 && Weigh(value, [3, 7, 1]) % 10 == 0;

    /// <summary>USA, health-care providers: Luhn with 80840 before it, which adds 24.</summary>
    public static bool Provider(ReadOnlySpan<char> value) =>
        value[0] is '1' or '2' && !IsOneDigit(value[..9]) && Luhn([.. "80840", .. value]);

    /// <summary>USA, Medicare beneficiaries: letters without S, L, O, I, B, Z in their places.</summary>
    public static bool Beneficiary(ReadOnlySpan<char> value) =>
        value[0] is >= '1' and <= '9' && !value.ContainsAny(NoBeneficiary) && char.IsAsciiLetter(value[1]) && char.IsAsciiLetter(value[4]);

    /// <summary>USA, registration of prescribers: kind of registrant, sums of odd and twice even digits.</summary>
    public static bool Prescriber(ReadOnlySpan<char> value) =>
        "ABCDEFGHJKLMPRSTUX".Contains(value[0], StringComparison.Ordinal)
        && (Digit(value[2]) + Digit(value[4]) + Digit(value[6]) + (2 * (Digit(value[3]) + Digit(value[5]) + Digit(value[7])))) % 10 == Digit(value[8]);

    /// <summary>Vehicles: transliterated letters, weights, MOD 11; the ninth character checks. Enforced in North America and China only.</summary>
    public static bool Vin(ReadOnlySpan<char> value)
    {
        const string letters = "0123456789.ABCDEFGH..JKLMN.P.R..STUVWXYZ";
        ReadOnlySpan<byte> weights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
        var sum = 0;
        for (var i = 0; i < 17; i++)
        {
            var place = letters.IndexOf(value[i], StringComparison.Ordinal);
            if (place < 0)
            {
                return false;
            }

            sum += place % 10 * weights[i];
        }

        return value[8] == (sum % 11 == 10 ? 'X' : (char)('0' + (sum % 11))) && value.IndexOfAnyInRange('A', 'Z') >= 0;
    }

    /// <summary>Vehicles, where nobody checks the ninth character.</summary>
    public static bool VinForm(ReadOnlySpan<char> value) => value.IndexOfAny("IOQ") < 0 && value[13..].IndexOfAnyExceptInRange('0', '9') < 0 && value.IndexOfAnyInRange('A', 'Z') >= 0;

    public static bool Imei(ReadOnlySpan<char> value) => !IsOneDigit(value) && Luhn(value);

    /// <summary>Numbers with a digit at the least; used where letters may stand anywhere.</summary>
    public static bool HasDigits(ReadOnlySpan<char> value)
    {
        var digits = 0;
        foreach (var letter in value)
        {
            digits += char.IsAsciiDigit(letter) ? 1 : 0;
        }

        return digits >= 3;
    }
}
