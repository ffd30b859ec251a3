using System.Buffers;
using static CallTracking.Privacy.CheckDigits;

namespace CallTracking.Privacy;

/// <summary>Check rules of identity cards and passports. On paper a number stands with its check digit or without.</summary>
internal static class DocumentChecks
{
    // Of a number without check digit; one more is that (ICAO 9303), and behind it cards have their country's letter.
    private const int GermanLength = 9;

    private static readonly SearchValues<char> NoGermanLetters = SearchValues.Create("ABDEIOQSU");

    /// <summary>Germany, identity card: an authority's letter and such letters as are in use.</summary>
    public static bool GermanCard(ReadOnlySpan<char> value) => value[0] is >= 'L' and <= 'Z' && German(value);

    /// <summary>Germany, passport: the same with the letters of the foreign office and of passports.</summary>
    public static bool GermanPassport(ReadOnlySpan<char> value) => value[0] is 'C' or (>= 'F' and <= 'H') or 'J' or 'K' && German(value);

    /// <summary>Germany, identity card and passport: nine signs of which the last is taken for the check digit of the others, as test data and forms have them.</summary>
    public static bool GermanOfNine(ReadOnlySpan<char> value) => char.IsAsciiLetter(value[0]) && !value.ContainsAny(NoGermanLetters) && Icao(value);

    /// <summary>The same with a letter of passports first.</summary>
    public static bool GermanPassportOfNine(ReadOnlySpan<char> value) => value[0] is 'C' or (>= 'F' and <= 'H') or 'J' or 'K' && GermanOfNine(value);

    /// <summary>Poland, identity card: the digit behind three letters checks the others.</summary>
    public static bool PolishCard(ReadOnlySpan<char> value) => Weigh(value, [7, 3, 1, 9, 7, 3, 1, 7, 3]) % 10 == 0;

    /// <summary>Netherlands, both: no letter O, which looks like a zero.</summary>
    public static bool Dutch(ReadOnlySpan<char> value) => !value.Contains('O');

    private static bool German(ReadOnlySpan<char> value) =>
        char.IsAsciiLetter(value[0]) && !value[..GermanLength].ContainsAny(NoGermanLetters) && (value.Length == GermanLength || Icao(value[..(GermanLength + 1)]));
}
