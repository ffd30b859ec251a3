using System.Globalization;

namespace CallTracking.Mapping.Values;

/// <summary>Numbers in the mapping's culture. Group signs are accepted only where groups stand: "4.5" is no German 45.</summary>
internal sealed class NumberRules(CultureInfo culture)
{
    private readonly NumberFormatInfo _local = NumberFormatInfo.ReadOnly(culture.NumberFormat);

    public RowFault? ToDouble(CellText cell, out double value)
    {
        var fault = ToDecimal(cell, out var exact);
        value = (double)exact;
        return fault;
    }

    public RowFault? ToInt32(CellText cell, out int value)
    {
        var fault = ToInt64(cell, out var wide);
        value = wide is >= int.MinValue and <= int.MaxValue ? (int)wide : 0;
        return fault ?? (value == wide ? null : NotANumber(cell, "a whole number of 32 bits"));
    }

    public RowFault? ToInt64(CellText cell, out long value)
    {
        value = 0;
        if (ToDecimal(cell, out var exact) is { } fault)
        {
            return fault;
        }

        if (exact != decimal.Truncate(exact) || exact is < long.MinValue or > long.MaxValue)
        {
            return NotANumber(cell, "a whole number");
        }

        value = (long)exact;
        return null;
    }

    public RowFault? ToDecimal(CellText cell, out decimal value)
    {
        var format = cell.IsInvariant ? NumberFormatInfo.InvariantInfo : _local;
        var styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowTrailingSign | NumberStyles.AllowDecimalPoint
            | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite | NumberStyles.AllowCurrencySymbol;
        if (cell.IsInvariant)
        {
            styles |= NumberStyles.AllowExponent;
        }
        else if (GroupsAreSound(cell.Span, format.NumberGroupSeparator, format.NumberDecimalSeparator))
        {
            styles |= NumberStyles.AllowThousands;
        }

        return decimal.TryParse(cell.Span, styles, format, out value) ? null : NotANumber(cell, "a number");
    }

    private static bool GroupsAreSound(ReadOnlySpan<char> text, string group, string point)
    {
        var whole = text.IndexOf(point, StringComparison.Ordinal) is >= 0 and var at ? text[..at] : text;
        var seen = 0;
        foreach (var range in whole.Split(group))
        {
            if (seen++ > 0 && CountDigits(whole[range]) != 3)
            {
                return false;
            }
        }

        return seen > 1;
    }

    private static int CountDigits(ReadOnlySpan<char> text)
    {
        var digits = 0;
        foreach (var letter in text)
        {
            digits += char.IsAsciiDigit(letter) ? 1 : 0;
        }

        return digits;
    }

    private static RowFault NotANumber(CellText cell, string expected) =>
        new(RejectReason.BadValue, $"Expected {expected}, got {cell.Span.Length} characters that are none.");
}
