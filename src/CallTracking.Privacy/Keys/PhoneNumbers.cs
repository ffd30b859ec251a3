using System.Collections.Frozen;
using System.Globalization;

namespace CallTracking.Privacy;

/// <summary>Calling codes (ITU-T E.164) and the international form of numbers.</summary>
internal static class PhoneNumbers
{
    private const string Table = """
        AD376 AE971 AF93 AG1 AI1 AL355 AM374 AO244 AR54 AS1 AT43 AU61 AW297 AX358 AZ994 BA387 BB1 BD880 BE32 BF226 BG359 BH973
        BI257 BJ229 BL590 BM1 BN673 BO591 BQ599 BR55 BS1 BT975 BW267 BY375 BZ501 CA1 CC61 CD243 CF236 CG242 CH41 CI225 CK682 CL56
        CM237 CN86 CO57 CR506 CU53 CV238 CW599 CX61 CY357 CZ420 DE49 DJ253 DK45 DM1 DO1 DZ213 EC593 EE372 EG20 EH212 ER291 ES34
        ET251 FI358 FJ679 FK500 FM691 FO298 FR33 GA241 GB44 GD1 GE995 GF594 GG44 GH233 GI350 GL299 GM220 GN224 GP590 GQ240 GR30
        GT502 GU1 GW245 GY592 HK852 HN504 HR385 HT509 HU36 ID62 IE353 IL972 IM44 IN91 IO246 IQ964 IR98 IS354 IT39 JE44 JM1 JO962
        JP81 KE254 KG996 KH855 KI686 KM269 KN1 KP850 KR82 KW965 KY1 KZ7 LA856 LB961 LC1 LI423 LK94 LR231 LS266 LT370 LU352 LV371
        LY218 MA212 MC377 MD373 ME382 MF590 MG261 MH692 MK389 ML223 MM95 MN976 MO853 MP1 MQ596 MR222 MS1 MT356 MU230 MV960 MW265
        MX52 MY60 MZ258 NA264 NC687 NE227 NF672 NG234 NI505 NL31 NO47 NP977 NR674 NU683 NZ64 OM968 PA507 PE51 PF689 PG675 PH63
        PK92 PL48 PM508 PR1 PS970 PT351 PW680 PY595 QA974 RE262 RO40 RS381 RU7 RW250 SA966 SB677 SC248 SD249 SE46 SG65 SH290 SI386
        SJ47 SK421 SL232 SM378 SN221 SO252 SR597 SS211 ST239 SV503 SX1 SY963 SZ268 TC1 TD235 TG228 TH66 TJ992 TK690 TL670 TM993
        TN216 TO676 TR90 TT1 TV688 TW886 TZ255 UA380 UG256 US1 UY598 UZ998 VA39 VC1 VE58 VG1 VI1 VN84 VU678 WF681 WS685 XK383
        YE967 YT262 ZA27 ZM260 ZW263
        """;

    private static readonly FrozenDictionary<string, string> ByCountry = Table
        .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        .ToFrozenDictionary(entry => entry[..2], entry => entry[2..]);

    private static readonly bool[] IsCode = Codes();

    /// <summary>The calling code of a country or subdivision, or empty.</summary>
    public static string CallingCode(string country) =>
        ByCountry.GetValueOrDefault(Countries.CountryOf(country), "");

    /// <summary>How many of the first digits are a calling code; 0 when none is.</summary>
    public static int CallingCodeLength(ReadOnlySpan<char> digits)
    {
        for (var length = 1; length <= 3 && length <= digits.Length; length++)
        {
            if (IsCode[(length * 1000) + int.Parse(digits[..length], NumberStyles.None, CultureInfo.InvariantCulture)])
            {
                return length;
            }
        }

        return 0;
    }

    /// <summary>
    /// Digits of the number: <c>+</c> and the whole international number when the text has a + or 00 or the country is known,
    /// else the digits as they stand. Empty when there is none.
    /// </summary>
    public static string Canonical(string text, string country)
    {
        var international = text.AsSpan().TrimStart(" (（").StartsWith("+") || text.AsSpan().TrimStart().StartsWith("＋");
        var digits = Digits(text);
        if (international)
        {
            return digits.Length == 0 ? "" : $"+{Behind(digits)}";
        }

        if (digits.StartsWith("00", StringComparison.Ordinal) && digits.Length > 8)
        {
            return $"+{Behind(digits[2..])}";
        }

        var code = CallingCode(country);
        if (code.Length == 0 || digits.Length == 0)
        {
            return digits;
        }

        return Dialled(digits, code) is { } abroad ? $"+{Behind(abroad)}" : $"+{code}{National(digits, code, country)}";
    }

    // What people of a country dial before a number abroad, where it is not 00: 011 49 30 …, 010 49 30 …
    private static string? Dialled(string digits, string code)
    {
        var prefix = code switch
        {
            "1" => "011",
            "61" => "0011",
            "81" => "010",
            "7" => "810",
            "852" or "65" or "66" or "82" => "001",
            _ => "",
        };
        return prefix.Length > 0 && digits.StartsWith(prefix, StringComparison.Ordinal) && PhonePlans.IsPossible(digits.AsSpan(prefix.Length)) ? digits[prefix.Length..] : null;
    }

    /// <summary>The number without trunk prefix, as it follows the calling code; by the country's plan where the number fits it.</summary>
    private static string National(string digits, string code, string country)
    {
        if (PhonePlans.Of(Countries.CountryOf(country)) is not { } plan)
        {
            return WithoutTrunk(digits, code);
        }

        return plan.Fit(digits) is { } national ? national
            : digits.StartsWith(code, StringComparison.Ordinal) && plan.Fit(digits[code.Length..]) is { } written ? written
            : WithoutTrunk(digits, code);
    }

    // For numbers that fit no plan: old ones, and mistyped.
    private static string WithoutTrunk(string digits, string code) => code switch
    {
        "1" => digits.Length == 11 && digits[0] == '1' ? digits[1..] : digits,
        "39" => digits,
        "7" => digits.Length == 11 && digits[0] == '8' ? digits[1..] : digits,
        _ => digits.Length > 1 && digits[0] == '0' ? digits[1..] : digits,
    };

    /// <summary>The decimal digits of a text, whatever their script, as 0 to 9.</summary>
    public static string Digits(string text)
    {
        Span<char> digits = text.Length <= 128 ? stackalloc char[text.Length] : new char[text.Length];
        var count = 0;
        foreach (var letter in text)
        {
            if (char.IsDigit(letter))
            {
                digits[count++] = (char)('0' + CharUnicodeInfo.GetDecimalDigitValue(letter));
            }
        }

        return digits[..count].ToString();
    }

    // An international number as it should be: people write the trunk prefix after the code, +49 (0)89.
    private static string Behind(string digits)
    {
        var length = CallingCodeLength(digits);
        if (length == 0)
        {
            return digits;
        }

        var (code, number) = (digits[..length], digits[length..]);
        return code + (PhonePlans.Fit(code, number) ?? (number.Length > 0 && number[0] == '0' && code != "39" ? number[1..] : number));
    }

    private static bool[] Codes()
    {
        var codes = new bool[4000];
        foreach (var code in ByCountry.Values.Concat(["800", "808", "870", "878", "881", "882", "883", "888", "979"]))
        {
            codes[(code.Length * 1000) + int.Parse(code, CultureInfo.InvariantCulture)] = true;
        }

        return codes;
    }
}
