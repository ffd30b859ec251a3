using System.Collections.Frozen;

namespace CallTracking.Contracts;

/// <summary>
/// Country codes as law is found by: ISO 3166-1 alpha-2 as assigned (<c>DE</c>), those that it leaves to its users (<c>XK</c>, <c>ZZ</c>), and ISO 3166-2
/// behind them (<c>US-CA</c>). What only looks like a code, such as <c>UK</c>, is none: the law of the United Kingdom would not be found by it.
/// </summary>
public static class Iso3166
{
    private const string Assigned =
        "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ "
        + "DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP "
        + "KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM "
        + "PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ "
        + "UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

    // Where law is by subdivision in some pack, the subdivisions are known too.
    private const string States =
        "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC AS GU MP PR UM VI";

    private const string Provinces = "AB BC MB NB NL NS NT NU ON PE QC SK YT";

    private static readonly FrozenSet<string> Known = Assigned.Split(' ').ToFrozenSet();
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Countries = Known.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> OfUnitedStates = States.Split(' ').ToFrozenSet().GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> OfCanada = Provinces.Split(' ').ToFrozenSet().GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Two letters of ISO 3166-1, in capitals.</summary>
    public static bool IsCountry(ReadOnlySpan<char> text) => text.Length == 2 && (Countries.Contains(text) || IsLeftToUsers(text[0], text[1]));

    /// <summary>A country, or a subdivision of one.</summary>
    public static bool IsCode(ReadOnlySpan<char> text) =>
        text.Length == 2 ? IsCountry(text)
        : text.Length is >= 4 and <= 6 && text[2] == '-' && IsCountry(text[..2]) && IsSubdivision(text[..2], text[3..]);

    /// <summary>
    /// As <see cref="IsCode"/>, without the codes that the standard leaves to its users: an export's own word for "elsewhere" or "unknown", for which somebody has to say what is
    /// meant. XK is one of them that everybody uses for Kosovo.
    /// </summary>
    public static bool IsAssigned(ReadOnlySpan<char> text) => IsCode(text) && (!IsLeftToUsers(text[0], text[1]) || text is ['X', 'K', ..]);

    /// <summary>What to write in the place of a text that is no code; <c>DE or US-CA</c> where that is not known.</summary>
    public static string Instead(string text) => text.ToUpperInvariant() switch
    {
        "UK" => "GB",
        "EL" => "GR",
        var capitals when IsCode(capitals) => capitals,
        _ => "DE or US-CA",
    };

    // AA, QM to QZ, XA to XZ, ZZ.
    private static bool IsLeftToUsers(char first, char second) => (first, second) switch
    {
        ('A', 'A') or ('Z', 'Z') => true,
        ('Q', >= 'M' and <= 'Z') or ('X', >= 'A' and <= 'Z') => true,
        _ => false,
    };

    private static bool IsSubdivision(ReadOnlySpan<char> country, ReadOnlySpan<char> rest) => country switch
    {
        "US" => OfUnitedStates.Contains(rest),
        "CA" => OfCanada.Contains(rest),
        _ => !rest.ContainsAnyExcept(Subdivision),
    };

    private static readonly System.Buffers.SearchValues<char> Subdivision = System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
}
