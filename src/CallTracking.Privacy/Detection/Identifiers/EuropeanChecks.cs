using System.Buffers;
using static CallTracking.Privacy.CheckDigits;

namespace CallTracking.Privacy;

/// <summary>Check rules of identifiers of Europe.</summary>
internal static class EuropeanChecks
{
    private static readonly SearchValues<char> NoBritishInward = SearchValues.Create("CIKMOV");
    private static readonly SearchValues<char> EircodeSigns = SearchValues.Create("0123456789ACDEFHKNPRTVWXY");

    private const string SpanishLetters = "TRWAGMYFPDXBNJZSQVHLCKE";
    private const string FinnishMarks = "0123456789ABCDEFHJKLMNPRSTUVWXY";
    private const string IrishLetters = "WABCDEFGHIJKLMNOPQRSTUV";

    private static ReadOnlySpan<byte> ItalianOdd => [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];

    /// <summary>United Kingdom, NHS: weights 10–2.</summary>
    public static bool Nhs(ReadOnlySpan<char> value) =>
        !IsOneDigit(value) && (11 - (Weigh(value[..9], [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 11 == Digit(value[9]);

    /// <summary>United Kingdom, taxpayer reference: the check digit stands first.</summary>
    public static bool Utr(ReadOnlySpan<char> value) =>
        "21987654321"[Weigh(value[1..], [6, 7, 8, 9, 10, 5, 4, 3, 2]) % 11] == value[0];

    /// <summary>United Kingdom, national insurance: prefixes that are given out.</summary>
    public static bool Nino(ReadOnlySpan<char> value) =>
        !"DFIQUV".Contains(value[0], StringComparison.Ordinal) && !"DFIOQUV".Contains(value[1], StringComparison.Ordinal)
        && value[..2] is not ("BG" or "GB" or "NK" or "KN" or "NT" or "TN" or "ZZ") && value[8] is >= 'A' and <= 'D';

    /// <summary>United Kingdom, driving licence: surname, decade, month (50 more for women), day, year, initials.</summary>
    public static bool BritishLicence(ReadOnlySpan<char> value) =>
        value[..5].TrimEnd('9').IndexOfAnyExceptInRange('A', 'Z') < 0 && value[0] != '9'
        && Two(value, 6) is var month && IsDay(Two(value, 8), month > 50 ? month - 50 : month)
        && char.IsAsciiLetter(value[11]) && (char.IsAsciiLetter(value[12]) || value[12] == '9');

    /// <summary>United Kingdom, plates since 2001: letters in use, age mark.</summary>
    public static bool BritishPlate(ReadOnlySpan<char> value) =>
        value[..2].IndexOfAny('I', 'Q', 'Z') < 0 && value[4..].IndexOfAny('I', 'Q') < 0 && Two(value, 2) is (>= 2 and <= 29) or (>= 51 and <= 79);

    /// <summary>United Kingdom, postcodes: letters that stand in each place.</summary>
    public static bool BritishPostcode(ReadOnlySpan<char> value) =>
        !"QVX".Contains(value[0], StringComparison.Ordinal) && !(char.IsAsciiLetter(value[1]) && "IJZ".Contains(value[1], StringComparison.Ordinal))
        && !value[^2..].ContainsAny(NoBritishInward);

    /// <summary>Netherlands, postcodes: no zero first, no SA, SD or SS behind (PostNL), and no unit behind a number.</summary>
    public static bool DutchPostcode(ReadOnlySpan<char> value) =>
        value[0] != '0' && value[4..] is not ("SA" or "SD" or "SS" or "MB" or "KB" or "GB" or "TB" or "KW" or "KM" or "KG" or "MM" or "CM" or "ML" or "HZ" or "PK" or "EU" or "NL" or "VA" or "MA" or "AH");

    /// <summary>Ireland, Eircodes: the routing keys' first letters, and the letters that the second part has (Eircode, product guide).</summary>
    public static bool Eircode(ReadOnlySpan<char> value) =>
        "ACDEFHKNPRTVWXY".Contains(value[0], StringComparison.Ordinal) && value[3..].IndexOfAnyExcept(EircodeSigns) < 0 && value[3..].IndexOfAnyInRange('A', 'Z') >= 0;

    /// <summary>Germany, tax number of persons: one digit of the first ten stands twice or three times.</summary>
    public static bool GermanTax(ReadOnlySpan<char> value)
    {
        Span<int> counts = stackalloc int[10];
        foreach (var digit in value[..10])
        {
            counts[Digit(digit)]++;
        }

        counts.Sort();
        return counts[9] is 2 or 3 && counts[8] == 1 && GermanTaxForm(value);
    }

    /// <summary>Germany, the same but for the rule that one digit must be repeated, which made-up and test numbers break.</summary>
    public static bool GermanTaxForm(ReadOnlySpan<char> value) => value[0] != '0' && value[..4].IndexOfAnyExcept(value[0]) >= 0 && Mod11And10(value);

    /// <summary>Germany, pension insurance: office, birth date (50 more on a day in use), letter, serial.</summary>
    public static bool GermanPension(ReadOnlySpan<char> value)
    {
        var day = Two(value, 2);
        if (!IsDay(day > 50 ? day - 50 : day, Two(value, 4)))
        {
            return false;
        }

        var letter = value[8] - 'A' + 1;
        Span<char> digits = [.. value[..8], (char)('0' + (letter / 10)), (char)('0' + (letter % 10)), .. value[9..11]];
        ReadOnlySpan<byte> weights = [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1];
        var sum = 0;
        for (var i = 0; i < 12; i++)
        {
            var product = Digit(digits[i]) * weights[i];
            sum += (product / 10) + (product % 10);
        }

        return sum % 10 == Digit(value[11]);
    }

    /// <summary>Germany, health insurance: letter as two digits, weights 1 2, sums of digits.</summary>
    public static bool GermanHealth(ReadOnlySpan<char> value)
    {
        var letter = value[0] - 'A' + 1;
        Span<char> digits = [(char)('0' + (letter / 10)), (char)('0' + (letter % 10)), .. value[1..9]];
        var sum = 0;
        for (var i = 0; i < 10; i++)
        {
            var product = Digit(digits[i]) * (1 + (i % 2));
            sum += (product / 10) + (product % 10);
        }

        return sum % 10 == Digit(value[9]);
    }

    /// <summary>Germany, physicians: the seventh digit checks six, weights 4 and 9.</summary>
    public static bool GermanPhysician(ReadOnlySpan<char> value) =>
        !IsOneDigit(value) && (10 - (Weigh(value[..6], [4, 9]) % 10)) % 10 == Digit(value[6]) && Two(value, 7) > 0;

    /// <summary>Germany, practices: the region of the association.</summary>
    public static bool GermanPractice(ReadOnlySpan<char> value) =>
        Two(value, 0) is 1 or 2 or 3 or 17 or 20 or 38 or 46 or 51 or 52 or 71 or 72 or 73 or 78 or 83 or 88 or 93 or 98;

    public static bool GermanVat(ReadOnlySpan<char> value) => value[2] != '0' && Mod11And10(value[2..]);

    public static bool GermanPostcode(ReadOnlySpan<char> value) => CheckDigits.Number(value) is >= 1001 and <= 99998;

    /// <summary>Germany, tax number of an office, in the form for the whole country.</summary>
    public static bool GermanTaxOffice(ReadOnlySpan<char> value) => value.Length != 13 || (value[..2] is not "00" && value[4] == '0') || (value[0] == '0' && value[1] != '0');

    /// <summary>France: MOD 97, departments of Corsica as 19 and 18.</summary>
    public static bool France(ReadOnlySpan<char> value)
    {
        if (value[0] is not ('1' or '2' or '3' or '4' or '7' or '8') || !char.IsAsciiDigit(value[5]) || value[7..].IndexOfAnyExceptInRange('0', '9') >= 0
            || Two(value, 3) is not ((>= 1 and <= 12) or (>= 20 and <= 42) or (>= 50 and <= 99)))
        {
            return false;
        }

        var corsica = value[6] switch { 'A' => 19, 'B' => 18, _ => -1 };
        if ((corsica > 0 && value[5] != '2') || (corsica < 0 && !char.IsAsciiDigit(value[6])))
        {
            return false;
        }

        var number = (CheckDigits.Number(value[..5]) * 100) + (corsica > 0 ? corsica : Two(value, 5));
        return 97 - (((number * 1_000_000) + CheckDigits.Number(value[7..13])) % 97) == Two(value, 13);
    }

    /// <summary>Spain, DNI: letter of the number MOD 23.</summary>
    public static bool SpainDni(ReadOnlySpan<char> value) => SpanishLetters[(int)(CheckDigits.Number(value[..^1]) % 23)] == value[^1];

    /// <summary>Spain, foreigners: X, Y, Z as 0, 1, 2.</summary>
    public static bool SpainNie(ReadOnlySpan<char> value) =>
        value[0] is >= 'X' and <= 'Z' && SpanishLetters[(int)((((value[0] - 'X') * 10_000_000L) + CheckDigits.Number(value[1..8])) % 23)] == value[8];

    /// <summary>Spain, social security: number MOD 97.</summary>
    public static bool SpainSecurity(ReadOnlySpan<char> value)
    {
        var number = CheckDigits.Number(value[2..^2]);
        var whole = number < 10_000_000 ? number + (Two(value, 0) * 10_000_000L) : CheckDigits.Number(value[..^2]);
        return whole % 97 == Two(value, value.Length - 2);
    }

    /// <summary>Italy, fiscal code by its form: letter of the month, day with 40 more for women. Digits may be replaced by letters.</summary>
    public static bool ItalyForm(ReadOnlySpan<char> value) => "ABCDEHLMPRST".Contains(value[8], StringComparison.Ordinal);

    /// <summary>Italy, fiscal code: tables for odd and even places, MOD 26.</summary>
    public static bool Italy(ReadOnlySpan<char> value)
    {
        var sum = 0;
        for (var i = 0; i < 15; i++)
        {
            var number = char.IsAsciiDigit(value[i]) ? Digit(value[i]) : value[i] - 'A';
            sum += i % 2 == 0 ? ItalianOdd[number] : number;
        }

        return ItalyForm(value) && value[15] == 'A' + (sum % 26);
    }

    public static bool ItalyVat(ReadOnlySpan<char> value) => !IsOneDigit(value) && Luhn(value);

    /// <summary>Italy, driving licences since 2013: U1 and letters that are no vowels.</summary>
    public static bool ItalyDriver(ReadOnlySpan<char> value) => value[2..].IndexOfAny("AEIOU") < 0 && value[2..].IndexOfAnyInRange('0', '9') >= 0;

    /// <summary>Netherlands: weights 9–2 and -1.</summary>
    public static bool Netherlands(ReadOnlySpan<char> value)
    {
        var weighted = value.Length == 9 ? Weigh(value[..8], [9, 8, 7, 6, 5, 4, 3, 2]) : Weigh(value[..7], [8, 7, 6, 5, 4, 3, 2]);
        return !IsOneDigit(value) && (weighted - Digit(value[^1])) % 11 == 0;
    }

    /// <summary>Belgium: birth date, 97 less the number MOD 97; a 2 before it for those born since 2000.</summary>
    public static bool Belgium(ReadOnlySpan<char> value)
    {
        var number = CheckDigits.Number(value[..9]);
        var check = Two(value, 9);
        var month = Two(value, 2);
        month -= month > 40 ? 40 : month > 20 ? 20 : 0;
        return (IsDay(Two(value, 4), month) || (month <= 12 && Two(value, 4) <= 31))
            && (97 - (number % 97) == check || 97 - ((number + 2_000_000_000) % 97) == check);
    }

    /// <summary>Poland: month with 20 to 80 more by century, weights 1 3 7 9.</summary>
    public static bool Poland(ReadOnlySpan<char> value) =>
        IsDay(Two(value, 4), Two(value, 2) % 20) && (10 - (Weigh(value[..10], [1, 3, 7, 9]) % 10)) % 10 == Digit(value[10]);

    /// <summary>Sweden: date (60 more on the day of a coordination number), Luhn of the last ten.</summary>
    public static bool Sweden(ReadOnlySpan<char> value)
    {
        var ten = value[^10..];
        var day = Two(ten, 4);
        return (value.Length == 10 || Two(value, 0) is 18 or 19 or 20) && IsDay(day > 60 ? day - 60 : day, Two(ten, 2)) && Luhn(ten);
    }

    public static bool SwedenCompany(ReadOnlySpan<char> value) => value[2] >= '2' && value[0] is '1' or '2' or '3' or '5' or '6' or '7' or '8' or '9' && Luhn(value);

    /// <summary>Norway: date (40 more on day or month of synthetic and help numbers), two check digits.</summary>
    public static bool Norway(ReadOnlySpan<char> value)
    {
        var (day, month) = (Two(value, 0), Two(value, 2));
        return IsDay(day > 40 ? day - 40 : day, month > 80 ? month - 80 : month > 40 ? month - 40 : month)
            && (Weigh(value[..9], [3, 7, 6, 1, 8, 9, 4, 5, 2]) + Digit(value[9])) % 11 == 0
            && (Weigh(value[..10], [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) + Digit(value[10])) % 11 == 0;
    }

    /// <summary>Finland, with the sign of the century as the seventh character: A–F since 2000, U–Y and - before.</summary>
    public static bool Finland(ReadOnlySpan<char> value) =>
        IsDayMonthYear(value) && "ABCDEFUVWXY".Contains(value[6], StringComparison.Ordinal) && FinnishMark(value[..6], value[7..]);

    /// <summary>Finland, with a dash as sign, which is no part of the value.</summary>
    public static bool FinlandDash(ReadOnlySpan<char> value) => IsDayMonthYear(value) && FinnishMark(value[..6], value[6..]);

    private static bool FinnishMark(ReadOnlySpan<char> date, ReadOnlySpan<char> rest) =>
        CheckDigits.Number(rest[..3]) >= 2 && FinnishMarks[(int)(((CheckDigits.Number(date) * 1000) + CheckDigits.Number(rest[..3])) % 31)] == rest[3];

    /// <summary>Denmark: a date only. MOD 11 was given up in 2007.</summary>
    public static bool Denmark(ReadOnlySpan<char> value) => IsDayMonthYear(value);

    /// <summary>Ireland: weights 8–2, nine times a second letter, MOD 23.</summary>
    public static bool Ireland(ReadOnlySpan<char> value)
    {
        var second = value.Length == 9 ? value[8] == 'W' ? 0 : value[8] - 'A' + 1 : 0;
        return second is 0 or 1 or 2 or 8 && IrishLetters[(Weigh(value[..7], [8, 7, 6, 5, 4, 3, 2]) + (9 * second)) % 23] == value[7];
    }

    /// <summary>Portugal: weights 9–2.</summary>
    public static bool Portugal(ReadOnlySpan<char> value) =>
        value[0] is not ('0' or '4') && (11 - (Weigh(value[..8], [9, 8, 7, 6, 5, 4, 3, 2]) % 11)) is var check && (check >= 10 ? 0 : check) == Digit(value[8]);

    /// <summary>Romania: sex and century, date, county, weights 2 7 9 1 4 6 3 5 8 2 7 9.</summary>
    public static bool Romania(ReadOnlySpan<char> value) =>
        value[0] != '0' && IsYearMonthDay(value, 1) && Two(value, 7) is (>= 1 and <= 52) or 70 or (>= 80 and <= 83)
        && Weigh(value[..12], [2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11 is var check && (check == 10 ? 1 : check) == Digit(value[12]);

    /// <summary>Czechia and Slovakia: birth date (50 more on a woman's month, 20 more where serials ran out), divisible by 11.</summary>
    public static bool Czechia(ReadOnlySpan<char> value)
    {
        var month = Two(value, 2) % 50;
        return IsDay(Two(value, 4), month > 20 ? month - 20 : month)
            && (value.Length == 9 ? Two(value, 0) <= 53 : CheckDigits.Number(value) % 11 == 0 || (CheckDigits.Number(value[..9]) % 11 == 10 && value[9] == '0'));
    }

    /// <summary>Bulgaria: birth date (20 or 40 more on the month), weights 2 4 8 5 10 9 7 3 6.</summary>
    public static bool Bulgaria(ReadOnlySpan<char> value) =>
        IsDay(Two(value, 4), Two(value, 2) is var month && month > 40 ? month - 40 : month > 20 ? month - 20 : month)
        && Weigh(value[..9], [2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11 % 10 == Digit(value[9]);

    public static bool Croatia(ReadOnlySpan<char> value) => !IsOneDigit(value) && Mod11And10(value);

    /// <summary>Estonia and Lithuania: sex and century, date, two rows of weights.</summary>
    public static bool Baltic(ReadOnlySpan<char> value)
    {
        var check = Weigh(value[..10], [1, 2, 3, 4, 5, 6, 7, 8, 9, 1]) % 11;
        check = check == 10 ? Weigh(value[..10], [3, 4, 5, 6, 7, 8, 9, 1, 2, 3]) % 11 % 10 : check;
        return value[0] is >= '1' and <= '8' && IsYearMonthDay(value, 1) && check == Digit(value[10]);
    }

    /// <summary>Greece, AMKA: birth date and Luhn.</summary>
    public static bool Greece(ReadOnlySpan<char> value) => IsDayMonthYear(value) && Luhn(value);

    /// <summary>Switzerland: 756 and the check digit of an EAN-13.</summary>
    public static bool Switzerland(ReadOnlySpan<char> value) =>
        value[..3] is "756" && (10 - (Weigh(value[..12], [1, 3]) % 10)) % 10 == Digit(value[12]);

    /// <summary>Russia, tax number of persons: two check digits.</summary>
    public static bool RussiaTax(ReadOnlySpan<char> value) =>
        !IsOneDigit(value) && Weigh(value[..10], [7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11 % 10 == Digit(value[10])
        && Weigh(value[..11], [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11 % 10 == Digit(value[11]);

    /// <summary>Russia, insurance account: weights 9–1, MOD 101, 100 as 00.</summary>
    public static bool RussiaInsurance(ReadOnlySpan<char> value) =>
        !IsOneDigit(value[..9]) && Weigh(value[..9], [9, 8, 7, 6, 5, 4, 3, 2, 1]) % 101 % 100 == Two(value, 9);

    /// <summary>Türkiye: the tenth digit of odd and even sums, the eleventh of the sum of ten.</summary>
    public static bool Turkey(ReadOnlySpan<char> value)
    {
        var odd = Digit(value[0]) + Digit(value[2]) + Digit(value[4]) + Digit(value[6]) + Digit(value[8]);
        var even = Digit(value[1]) + Digit(value[3]) + Digit(value[5]) + Digit(value[7]);
        return value[0] != '0' && ((7 * odd) - even + 100) % 10 == Digit(value[9]) && (odd + even + Digit(value[9])) % 10 == Digit(value[10]);
    }

    public static bool TurkishPlate(ReadOnlySpan<char> value) =>
        Two(value, 0) is >= 1 and <= 81 && value[2..].IndexOfAny("QWX") < 0;
}
