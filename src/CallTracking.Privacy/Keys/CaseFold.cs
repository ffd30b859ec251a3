using System.Globalization;
using System.Text;

namespace CallTracking.Privacy;

/// <summary>
/// Texts without their case and without characters that nobody sees, as Unicode's NFKC_Casefold has them but for letters of ancient Greek with
/// an iota below: ß is ss, a final sigma a sigma, a capital I of Turkish with its dot an i with a dot.
/// </summary>
internal static class CaseFold
{
    /// <summary>The folded text, in form KC.</summary>
    public static string Of(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text.ToLowerInvariant();
        }

        var folded = new StringBuilder(text.Length);
        foreach (var rune in text.Normalize(NormalizationForm.FormKC).EnumerateRunes())
        {
            if (!IsInvisible(rune))
            {
                Append(folded, rune);
            }
        }

        return folded.ToString().Normalize(NormalizationForm.FormKC);
    }

    // Up before down: letters with two small forms (σ and ς, ſ) have one capital.
    private static void Append(StringBuilder folded, Rune rune)
    {
        switch (rune.Value)
        {
            case 'ß' or 'ẞ':
                folded.Append("ss");
                break;
            case 'İ':
                folded.Append("i\u0307");
                break;
            case 'ı':
                folded.Append('ı');
                break;
            default:
                folded.Append(Rune.ToLowerInvariant(Rune.ToUpperInvariant(rune)).ToString());
                break;
        }
    }

    // Default_Ignorable_Code_Point: joiners, marks of direction, soft hyphens, selectors of variants, fillers.
    private static bool IsInvisible(Rune rune) =>
        Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format
        || rune.Value is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F) or 0x2065 or 0x3164 or (>= 0xFE00 and <= 0xFE0F) or 0xFFA0
            or (>= 0xE0000 and <= 0xE0FFF);
}
