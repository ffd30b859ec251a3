using System.Globalization;

namespace CallTracking.Mapping.Values;

/// <summary>
/// One spelling for whole numbers that name something: <c>9001.0</c>, <c>9001.00</c> and <c>9.001E3</c> are <c>9001</c>, for programs that hold a column as
/// floating point write its whole numbers so from the day that one cell of it is empty. By the digits, so that nothing is rounded.
/// </summary>
internal static class WholeNumber
{
    // What floating point holds exactly. A longer number that such a program wrote may have lost digits, and be another one's now: it stays as it is written.
    private const long MostExact = (1L << 53) - 1;
    private const int MostDigits = 16;
    private const int MostExponent = 10_000;

    /// <summary>The number without point and exponent; null where the text is no such number, is not whole, is too long, or is spelled so already.</summary>
    /// <param name="number">As JSON writes numbers; anything else has no other spelling.</param>
    public static string? Respelled(ReadOnlySpan<char> number)
    {
        var isNegative = number.StartsWith('-');
        var rest = isNegative ? number[1..] : number;
        var whole = rest[..Digits(rest)];
        if (whole.Length == 0 || (whole[0] == '0' && whole.Length > 1) || !TryParts(rest[whole.Length..], out var decimals, out var exponent))
        {
            return null;
        }

        if (whole.Length == rest.Length)
        {
            return isNegative && whole is "0" ? "0" : null;
        }

        var digits = string.Concat(whole, decimals).TrimStart('0');
        var shown = digits.TrimEnd('0');
        var behind = (digits.Length - shown.Length) + exponent - decimals.Length;
        if (shown.Length == 0)
        {
            return "0";
        }

        if (behind < 0 || shown.Length + behind > MostDigits)
        {
            return null;
        }

        var value = long.Parse(shown + new string('0', behind), CultureInfo.InvariantCulture);
        return value > MostExact ? null : (isNegative ? -value : value).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Digits alone, as few as floating point holds exactly, and no zero before others.</summary>
    public static bool IsWhole(ReadOnlySpan<char> number) => number.Length is > 0 and < MostDigits && Digits(number) == number.Length && (number[0] != '0' || number.Length == 1);

    private static bool TryParts(ReadOnlySpan<char> text, out ReadOnlySpan<char> decimals, out int exponent)
    {
        decimals = [];
        exponent = 0;
        if (text.StartsWith('.'))
        {
            decimals = text.Slice(1, Digits(text[1..]));
            text = text[(1 + decimals.Length)..];
            if (decimals.Length == 0)
            {
                return false;
            }
        }

        return text.Length == 0
            || (text[0] is 'e' or 'E' && int.TryParse(text[1..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent) && exponent is >= -MostExponent and <= MostExponent);
    }

    private static int Digits(ReadOnlySpan<char> text) => text.IndexOfAnyExceptInRange('0', '9') is >= 0 and var end ? end : text.Length;
}
