using System.Globalization;

namespace CallTracking.Mapping.Values;

/// <summary>Takes from a number's text what is no digit of it.</summary>
internal static class NumberText
{
    private const string Blanks = " \u00A0\u2009\u202F";

    // Signs that nobody writes for a decimal: where one of them groups, all of them do.
    private const string Quiet = Blanks + "'\u2019\u02BC";

    /// <summary>Digits and signs of half width, the minus sign as a hyphen, blanks and apostrophes as the culture's group sign where that is one of them.</summary>
    public static ReadOnlySpan<char> Simplified(ReadOnlySpan<char> text, NumberFormatInfo format)
    {
        var letters = NativeDigits.Folded(TextWidth.NeedsFolding(text) ? TextWidth.Fold(text) : text).ToArray();
        var group = IsQuiet(format) ? format.NumberGroupSeparator[0] : '\0';
        for (var at = 0; at < letters.Length; at++)
        {
            letters[at] = group != '\0' && Quiet.Contains(letters[at], StringComparison.Ordinal) ? group : letters[at] == '\u2212' ? '-' : letters[at];
        }

        return letters.AsSpan().Trim(Quiet);
    }

    /// <summary>
    /// The sign that writers of such a culture's country also group with: the point, or the comma, where that is not the decimal sign and .NET knows
    /// only blanks or apostrophes. None where the culture's own sign is one of the two already.
    /// </summary>
    public static char? OtherGroup(NumberFormatInfo format) => (IsQuiet(format), format.NumberDecimalSeparator) switch
    {
        (true, ",") => '.',
        (true, ".") => ',',
        _ => null,
    };

    public static bool TakeParentheses(ref ReadOnlySpan<char> text)
    {
        if (text is not ['(', .. var inner, ')'])
        {
            return false;
        }

        text = inner.Trim(Blanks);
        return true;
    }

    /// <summary>Takes one of the signs from the begin or the end; behind a leading minus too.</summary>
    public static bool Take(ref ReadOnlySpan<char> text, IReadOnlyList<string> signs)
    {
        foreach (var sign in signs)
        {
            if (sign.Length > 0 && text.EndsWith(sign, StringComparison.OrdinalIgnoreCase))
            {
                text = text[..^sign.Length].TrimEnd(Blanks);
                return true;
            }

            if (sign.Length > 0 && text.StartsWith(sign, StringComparison.OrdinalIgnoreCase))
            {
                text = text[sign.Length..].TrimStart(Blanks);
                return true;
            }

            if (sign.Length > 0 && text.StartsWith("-") && text[1..].TrimStart(Blanks).StartsWith(sign, StringComparison.OrdinalIgnoreCase))
            {
                text = string.Concat("-", text[1..].TrimStart(Blanks)[sign.Length..].TrimStart(Blanks));
                return true;
            }
        }

        return false;
    }

    /// <summary>Takes the group signs out; false when they stand elsewhere than the culture's groups (of three; in India of two beyond the last three).</summary>
    /// <param name="text">A number without other signs.</param>
    /// <param name="format">The culture's.</param>
    /// <param name="isAmount">The sign that the culture groups amounts with is its own too.</param>
    public static bool TryUngroup(ref ReadOnlySpan<char> text, NumberFormatInfo format, bool isAmount)
    {
        var group = format.NumberGroupSeparator;
        if (OtherGroup(format) is { } foreign && IsDecimal(text, foreign, group, format))
        {
            text = text.ToString().Replace(foreign.ToString(), format.NumberDecimalSeparator, StringComparison.Ordinal);
        }

        var point = text.IndexOf(format.NumberDecimalSeparator, StringComparison.Ordinal);
        var whole = point >= 0 ? text[..point] : text;
        if (OtherGroup(format) is { } other && whole.Contains(other))
        {
            return TryUngroupOther(ref text, point, other, isAmount && format.CurrencyGroupSeparator == other.ToString());
        }

        if (group.Length == 0 || whole.IndexOf(group, StringComparison.Ordinal) < 0)
        {
            return true;
        }

        var parts = whole.ToString().Split(group);
        var sizes = format.NumberGroupSizes;
        for (var fromEnd = 0; fromEnd < parts.Length - 1; fromEnd++)
        {
            var size = sizes.Length == 0 ? 0 : sizes[Math.Min(fromEnd, sizes.Length - 1)];
            if (DigitsIn(parts[^(fromEnd + 1)]) != size)
            {
                return false;
            }
        }

        text = string.Concat(string.Concat(parts), point >= 0 ? text[point..] : []);
        return DigitsIn(parts[0]) > 0;
    }

    // Behind a quiet group the one sign that is there parts the decimals, whichever of the two it is: 1'286.50. In front of three digits it may group as well.
    private static bool IsDecimal(ReadOnlySpan<char> text, char sign, string group, NumberFormatInfo format)
    {
        var at = text.IndexOf(sign);
        var behind = at < 0 ? [] : text[(at + 1)..];
        return at > 0 && text[..at].Contains(group, StringComparison.Ordinal) && !text.Contains(format.NumberDecimalSeparator, StringComparison.Ordinal)
            && behind.Length is > 0 and not 3 && !behind.ContainsAnyExceptInRange('0', '9');
    }

    // 1.286 alone may be a program's decimal point: only a decimal sign behind it or a second group tells that it groups.
    private static bool TryUngroupOther(ref ReadOnlySpan<char> text, int point, char group, bool isOwn)
    {
        var parts = (point >= 0 ? text[..point] : text).ToString().Split(group);
        if (!isOwn && point < 0 && parts.Length < 3)
        {
            return false;
        }

        text = string.Concat(string.Concat(parts), point >= 0 ? text[point..] : []);
        return DigitsIn(parts[0]) is >= 1 and <= 3 && parts.Skip(1).All(part => part.Length == 3 && DigitsIn(part) == 3);
    }

    private static bool IsQuiet(NumberFormatInfo format) => format.NumberGroupSeparator is [var sign] && Quiet.Contains(sign, StringComparison.Ordinal);

    private static int DigitsIn(string text) => text.Count(char.IsAsciiDigit);
}

/// <summary>Signs that amounts of a currency carry. A sign may belong to several currencies; the mapping says which it is.</summary>
internal static class CurrencySigns
{
    private static readonly Dictionary<string, string[]> Signs = new(StringComparer.Ordinal)
    {
        ["EUR"] = ["€"],
        ["USD"] = ["US$", "$"],
        ["GBP"] = ["£"],
        ["JPY"] = ["¥", "￥", "円"],
        ["CNY"] = ["¥", "￥", "元", "RMB"],
        ["TWD"] = ["NT$", "$", "元"],
        ["HKD"] = ["HK$", "$"],
        ["SGD"] = ["S$", "$"],
        ["AUD"] = ["A$", "$"],
        ["NZD"] = ["NZ$", "$"],
        ["CAD"] = ["C$", "$"],
        ["MXN"] = ["$"],
        ["BRL"] = ["R$"],
        ["INR"] = ["₹", "Rs.", "Rs"],
        ["KRW"] = ["₩", "￦", "원"],
        ["THB"] = ["฿", "บาท"],
        ["VND"] = ["₫", "đ"],
        ["IDR"] = ["Rp"],
        ["PHP"] = ["₱"],
        ["MYR"] = ["RM"],
        ["TRY"] = ["₺", "TL"],
        ["ILS"] = ["₪"],
        ["UAH"] = ["₴"],
        ["RUB"] = ["₽", "руб."],
        ["PLN"] = ["zł"],
        ["CZK"] = ["Kč"],
        ["HUF"] = ["Ft"],
        ["RON"] = ["lei"],
        ["SEK"] = ["kr"],
        ["NOK"] = ["kr"],
        ["DKK"] = ["kr.", "kr"],
        ["CHF"] = ["Fr.", "SFr."],
        ["ZAR"] = ["R"],
        ["AED"] = ["د.إ"],
        ["SAR"] = ["ر.س"],
    };

    public static IReadOnlyList<string> Of(string code) => Signs.GetValueOrDefault(code, []);

    /// <summary>The currencies that have this sign, or this code.</summary>
    public static IReadOnlyList<string> CodesOf(string sign) => [.. Signs.Where(entry => entry.Key == sign || entry.Value.Contains(sign, StringComparer.Ordinal)).Select(entry => entry.Key)];
}
