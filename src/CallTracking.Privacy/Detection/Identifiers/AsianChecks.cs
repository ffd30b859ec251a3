using static CallTracking.Privacy.CheckDigits;

namespace CallTracking.Privacy;

/// <summary>Check rules of identifiers of Asia and Oceania.</summary>
internal static class AsianChecks
{
    private const string TaiwanLetters = "ABCDEFGHJKLMNPQRSTUVXYWZIO";
    private const string GoodsAlphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private const string SingaporeUnits = "ABCDEFGHJKLMNPQRSTUVWX0123456789";

    /// <summary>Japan, individual number: weights from the right 2–7, then 2–6.</summary>
    public static bool MyNumber(ReadOnlySpan<char> value)
    {
        var remainder = Weigh(value[..11], [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11;
        return Digit(value[11]) == (remainder <= 1 ? 0 : 11 - remainder) && !IsOneDigit(value);
    }

    /// <summary>China, resident identity: region, birth date, MOD 11-2.</summary>
    public static bool ChinaResident(ReadOnlySpan<char> value) =>
        Two(value, 0) is >= 11 and <= 82 && Two(value, 6) is 18 or 19 or 20 && IsYearMonthDay(value, 8) && (char.IsAsciiDigit(value[17]) || value[17] == 'X') && Mod11And2(value);

    /// <summary>Hong Kong: one or two letters, six digits, check 0–9 or A.</summary>
    public static bool HongKong(ReadOnlySpan<char> value)
    {
        var letters = value.Length - 7;
        if (!char.IsAsciiLetter(value[letters - 1]) || value[letters..^1].IndexOfAnyExceptInRange('0', '9') >= 0 || value[^1] > 'A')
        {
            return false;
        }

        var sum = letters == 2 ? Value(value[0]) * 9 : 36 * 9;
        sum += Weigh(value[(letters - 1)..^1], [8, 7, 6, 5, 4, 3, 2]);
        return (sum + Value(value[^1])) % 11 == 0;
    }

    /// <summary>Taiwan, national and resident: the letter as two digits, weights 1 9 8 7 6 5 4 3 2 1 1.</summary>
    public static bool Taiwan(ReadOnlySpan<char> value)
    {
        var letter = TaiwanLetters.IndexOf(value[0], StringComparison.Ordinal) + 10;
        return value[1] is '1' or '2' or '8' or '9'
            && ((letter / 10) + (letter % 10 * 9) + Weigh(value[1..9], [8, 7, 6, 5, 4, 3, 2, 1]) + Digit(value[9])) % 10 == 0;
    }

    /// <summary>Korea, resident number by its form: birth date and century. Since October 2020 the rest is random.</summary>
    public static bool KoreaResidentForm(ReadOnlySpan<char> value) => IsYearMonthDay(value) && value[6] is >= '1' and <= '4';

    /// <summary>Korea, resident number given out before October 2020.</summary>
    public static bool KoreaResident(ReadOnlySpan<char> value) => KoreaResidentForm(value) && KoreaDigit(value, 11);

    /// <summary>Korea, registration number of foreigners: their digit counts from 13.</summary>
    public static bool KoreaForeigner(ReadOnlySpan<char> value) => IsYearMonthDay(value) && value[6] is >= '5' and <= '8' && KoreaDigit(value, 13);

    public static bool KoreaForeignerForm(ReadOnlySpan<char> value) => IsYearMonthDay(value) && value[6] is >= '5' and <= '8';

    private static bool KoreaDigit(ReadOnlySpan<char> value, int from) =>
        (from - (Weigh(value[..12], [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]) % 11)) % 10 == Digit(value[12]);

    /// <summary>Korea, business number.</summary>
    public static bool KoreaBusiness(ReadOnlySpan<char> value)
    {
        var sum = Weigh(value[..9], [1, 3, 7, 1, 3, 7, 1, 3, 5]) + (Digit(value[8]) * 5 / 10);
        return (10 - (sum % 10)) % 10 == Digit(value[9]) && value[0] != '0';
    }

    /// <summary>Korea, driving licence: the first two digits are a region.</summary>
    public static bool KoreaDriver(ReadOnlySpan<char> value) => Two(value, 0) is >= 11 and <= 28;

    /// <summary>Singapore, NRIC and FIN (unofficial; series M is not sure).</summary>
    public static bool Singapore(ReadOnlySpan<char> value)
    {
        var add = value[0] switch { 'T' or 'G' => 4, 'M' => 3, _ => 0 };
        var table = value[0] switch { 'S' or 'T' => "JZIHGFEDCBA", 'F' or 'G' => "XWUTRQPNMLK", 'M' => "XWUTRQPNJLK", _ => "" };
        return table.Length > 0 && table[(Weigh(value[1..8], [2, 7, 6, 5, 4, 3, 2]) + add) % 11] == value[8];
    }

    /// <summary>Singapore, entities: 9 or 10 characters in three series.</summary>
    public static bool SingaporeEntity(ReadOnlySpan<char> value)
    {
        if (value.Length == 9)
        {
            return "XMKECAWLJDB"[Weigh(value[..8], [10, 4, 9, 3, 8, 2, 7, 1]) % 11] == value[8];
        }

        if (char.IsAsciiDigit(value[0]))
        {
            return Two(value, 0) is 18 or 19 or 20 && "ZKCMDNERGWH"[Weigh(value[..9], [10, 8, 6, 4, 9, 7, 5, 3, 1]) % 11] == value[9];
        }

        var sum = -5;
        ReadOnlySpan<byte> weights = [4, 3, 5, 3, 10, 2, 2, 5, 7];
        for (var i = 0; i < 9; i++)
        {
            sum += weights[i] * SingaporeUnits.IndexOf(value[i], StringComparison.Ordinal);
        }

        return value[0] is 'R' or 'S' or 'T' && sum >= 0 && SingaporeUnits[sum % 11] == value[9];
    }

    /// <summary>Thailand: weights 13–2; the second and third digit are a province.</summary>
    public static bool Thailand(ReadOnlySpan<char> value) =>
        value[0] is >= '1' and <= '8'
        && Two(value, 1) is (>= 10 and <= 27) or (>= 30 and <= 58) or (>= 60 and <= 67) or (>= 70 and <= 77) or (>= 80 and <= 86) or (>= 90 and <= 96)
        && (11 - (Weigh(value[..12], [13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 10 == Digit(value[12]);

    /// <summary>Indonesia: region, birth date with 40 more on a woman's day.</summary>
    public static bool Indonesia(ReadOnlySpan<char> value) =>
        Two(value, 0) is (>= 11 and <= 21) or (>= 31 and <= 36) or (>= 51 and <= 53) or (>= 61 and <= 65) or (>= 71 and <= 76) or 81 or 82 or (>= 91 and <= 97)
        && Two(value, 2) is >= 1 and <= 79 && Two(value, 6) is var day && IsDay(day > 40 ? day - 40 : day, Two(value, 8)) && CheckDigits.Number(value[12..]) > 0;

    /// <summary>Malaysia: birth date and place.</summary>
    public static bool Malaysia(ReadOnlySpan<char> value) => IsYearMonthDay(value) && Two(value, 6) is not (0 or 17 or 18 or 19 or 20 or 69 or 70 or 73 or 80 or 81 or 94 or 95 or 96 or 97);

    /// <summary>Vietnam: province, century and sex.</summary>
    public static bool Vietnam(ReadOnlySpan<char> value) => CheckDigits.Number(value[..3]) is >= 1 and <= 96;

    /// <summary>India, Aadhaar: Verhoeff, first digit 2–9, no palindrome.</summary>
    public static bool Aadhaar(ReadOnlySpan<char> value)
    {
        var same = 0;
        for (var i = 0; i < 6; i++)
        {
            same += value[i] == value[11 - i] ? 1 : 0;
        }

        return value[0] >= '2' && same < 6 && Verhoeff(value);
    }

    /// <summary>India, PAN: the fourth letter is the kind of holder.</summary>
    public static bool IndiaPan(ReadOnlySpan<char> value) => "ABCFGHJLPT".Contains(value[3], StringComparison.Ordinal);

    /// <summary>India, GSTIN: state, PAN, entity, Z, and a digit in base 36.</summary>
    public static bool IndiaGoods(ReadOnlySpan<char> value)
    {
        var sum = 0;
        for (var i = 0; i < 14; i++)
        {
            var product = GoodsAlphabet.IndexOf(value[i], StringComparison.Ordinal) * (i % 2 == 0 ? 1 : 2);
            sum += (product / 36) + (product % 36);
        }

        return Two(value, 0) is >= 1 and <= 38 or 97 or 99 && GoodsAlphabet[(36 - (sum % 36)) % 36] == value[14];
    }

    /// <summary>India, plates: a state's letters.</summary>
    public static bool IndiaPlate(ReadOnlySpan<char> value) =>
        "AN AP AR AS BH BR CG CH DD DL DN GA GJ HP HR JH JK KA KL LA LD MH ML MN MP MZ NL OD OR PB PY RJ SK TG TN TR TS UK UP WB".AsSpan().IndexOf(value[..2], StringComparison.Ordinal) % 3 == 0;

    /// <summary>Australia, tax file number: weights 1 4 3 7 5 8 6 9 10.</summary>
    public static bool AustraliaTax(ReadOnlySpan<char> value) =>
        !IsOneDigit(value) && (value.Length == 9 ? Weigh(value, [1, 4, 3, 7, 5, 8, 6, 9, 10]) : Weigh(value, [10, 7, 8, 4, 6, 3, 5, 1])) % 11 == 0;

    /// <summary>Australia, Medicare: the ninth digit checks the first eight.</summary>
    public static bool AustraliaMedicare(ReadOnlySpan<char> value) =>
        value[0] is >= '2' and <= '6' && Weigh(value[..8], [1, 3, 7, 9, 1, 3, 7, 9]) % 10 == Digit(value[8]);

    /// <summary>Australia, business number: MOD 89.</summary>
    public static bool AustraliaBusiness(ReadOnlySpan<char> value) =>
        value[0] != '0' && (Weigh(value, [10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]) - 10) % 89 == 0;

    /// <summary>Australia, company number.</summary>
    public static bool AustraliaCompany(ReadOnlySpan<char> value) =>
        !IsOneDigit(value) && (10 - (Weigh(value[..8], [8, 7, 6, 5, 4, 3, 2, 1]) % 10)) % 10 == Digit(value[8]);

    /// <summary>New Zealand, IRD: a second row of weights where the first gives ten.</summary>
    public static bool NewZealandTax(ReadOnlySpan<char> value)
    {
        Span<char> eight = ['0', .. value[..^1]];
        var body = value.Length == 9 ? value[..8] : eight;
        var number = CheckDigits.Number(value);
        if (number is < 10_000_000 or > 150_000_000)
        {
            return false;
        }

        var check = (11 - (Weigh(body, [3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 11;
        check = check == 10 ? (11 - (Weigh(body, [7, 4, 3, 2, 5, 2, 7, 6]) % 11)) % 11 : check;
        return check == Digit(value[^1]);
    }

    /// <summary>New Zealand, NHI: letters without I and O count from A = 1; since 2026 also AAANNAX with a letter at the end.</summary>
    public static bool NewZealandHealth(ReadOnlySpan<char> value)
    {
        const string letters = "ABCDEFGHJKLMNPQRSTUVWXYZ";
        var sum = 0;
        for (var i = 0; i < 6; i++)
        {
            var number = char.IsAsciiDigit(value[i]) ? Digit(value[i]) : letters.IndexOf(value[i], StringComparison.Ordinal) + 1;
            if (number == 0 && !char.IsAsciiDigit(value[i]))
            {
                return false;
            }

            sum += number * (7 - i);
        }

        return char.IsAsciiDigit(value[6])
            ? sum % 11 != 0 && (11 - (sum % 11)) % 10 == Digit(value[6])
            : letters[23 - (sum % 24)] == value[6] || letters[(24 - (sum % 24)) % 24] == value[6];
    }
}
