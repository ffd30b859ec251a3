using System.Globalization;

namespace CallTracking.Mapping.Reading.Detection;

/// <summary>What a language model sees of a text: letters without case, digits as one, all else as gaps.</summary>
internal static class ModelSymbols
{
    public const char Gap = ' ';
    public const char Digit = '0';

    private const double CommonSign = 6;
    private const double RareSign = 11;
    private const double NoSign = 18;

    // What people write in any language, beside letters.
    private const string CommonSigns = "\u00A0°§«»¿¡ªº·€£–—‘’‚“”„…•";

    public static char Of(char character) => char.IsAsciiDigit(character) ? Digit : IsLetter(character) ? char.ToLowerInvariant(character) : Gap;

    /// <summary>True for a sign that people write where it stands; within a word that is the apostrophe only.</summary>
    public static bool IsWritten(char before, char sign, char after) => IsCommonSign(sign) && (sign == '’' || !IsLetter(before) || !IsLetter(after));

    public static bool IsCommonSign(char character) => CommonSigns.Contains(character, StringComparison.Ordinal);

    public static bool IsLetter(char character) => char.IsLetter(character) || CharUnicodeInfo.GetUnicodeCategory(character) is
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    /// <summary>In nats, for a character above ASCII that is no letter.</summary>
    public static double CostOfSign(char character) => IsCommonSign(character) ? CommonSign
        : CharUnicodeInfo.GetUnicodeCategory(character) is UnicodeCategory.Control or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate
            ? NoSign
            : RareSign;
}
