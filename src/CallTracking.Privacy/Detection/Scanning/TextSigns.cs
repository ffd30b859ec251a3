using System.Globalization;
using System.Text;

namespace CallTracking.Privacy;

/// <summary>
/// What a character is to a detector, whatever its script or width: a digit (as 0 to 9), a Latin letter (as A to Z), or a sort of
/// separator. One table for the first plane, built once.
/// </summary>
internal static class TextSigns
{
    public const byte None = 0;

    /// <summary>Spaces of any width, also those that do not break.</summary>
    public const byte Space = 1;

    public const byte Line = 2;
    public const byte Dash = 3;
    public const byte Dot = 4;
    public const byte Slash = 5;
    public const byte Colon = 6;

    /// <summary>Opens a bracket: A123456(3).</summary>
    public const byte Bracket = 7;
    public const byte At = 8;
    public const byte Equal = 9;

    /// <summary>A letter of another script or with an accent, or a digit without value.</summary>
    public const byte Letter = 10;

    /// <summary>A letter of a script without spaces between words.</summary>
    public const byte Unspaced = 11;

    private static readonly byte[] Table = Build();

    public static byte Of(char sign) => Table[sign];

    /// <summary>As 0 to 9 or A to Z; '\0' when it is neither.</summary>
    public static char Plain(char sign) => Table[sign] is >= (byte)'0' and var plain ? (char)plain : '\0';

    public static bool IsDigit(char sign) => Table[sign] is >= (byte)'0' and <= (byte)'9';

    public static bool IsPlain(char sign) => Table[sign] >= '0';

    /// <summary>Continues a word of a script with spaces.</summary>
    public static bool IsWord(char sign) => Table[sign] is Letter or >= (byte)'0';

    public static bool IsSeparator(char sign) => Table[sign] is >= Space and <= Bracket;

    private static byte[] Build()
    {
        var table = new byte[char.MaxValue + 1];
        for (var code = 0; code <= char.MaxValue; code++)
        {
            table[code] = Sort((char)code);
        }

        return table;
    }

    private static byte Sort(char sign)
    {
        if (sign is '\n' or '\r' or '\u2028' or '\u2029' or '\v')
        {
            return Line;
        }

        if (sign is '-' or (>= '\u2010' and <= '\u2015') or '\u2212' or '\uFF0D' or '\uFE63' or '\u00AD' or 'ー')
        {
            return Dash;
        }

        var punctuation = sign switch { '.' or '．' or '·' => Dot, '/' or '／' => Slash, ':' or '：' => Colon, '@' or '＠' or '﹫' => At, '=' => Equal, '(' or '（' => Bracket, _ => None };
        if (punctuation != None)
        {
            return punctuation;
        }

        return char.GetUnicodeCategory(sign) switch
        {
            UnicodeCategory.SpaceSeparator => Space,
            UnicodeCategory.Control => sign == '\t' ? Space : None,
            UnicodeCategory.DecimalDigitNumber => (byte)('0' + CharUnicodeInfo.GetDecimalDigitValue(sign)),
            _ when char.IsLetter(sign) => LetterSort(sign),
            _ => None,
        };
    }

    private static byte LetterSort(char letter)
    {
        var plain = letter is >= '\uFF21' and <= '\uFF5A' ? letter.ToString().Normalize(NormalizationForm.FormKC)[0] : letter;
        return char.IsAsciiLetter(plain) ? (byte)char.ToUpperInvariant(plain) : Folding.IsUnspaced(letter) ? Unspaced : Letter;
    }
}
