using System.Globalization;

namespace CallTracking.Mapping.Values;

/// <summary>What a percent sign means.</summary>
internal enum PercentRule
{
    /// <summary>It makes a text no number: 45 % may be 45 or 0.45.</summary>
    Refused,

    /// <summary>45 % is 45.</summary>
    Whole,

    /// <summary>45 % is 0.45.</summary>
    Fraction,
}

/// <summary>
/// Numbers in the mapping's culture. Group signs are accepted only where the culture's groups stand: "4.5" is no German 45. Digits of
/// any script; blanks and apostrophes of every width, and the point or comma that is no decimal sign, where the culture groups with one of the
/// first two; parentheses are a minus.
/// </summary>
internal sealed class NumberRules(CultureInfo culture, PercentRule percent = PercentRule.Refused)
{
    private const NumberStyles Plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowTrailingSign | NumberStyles.AllowDecimalPoint
        | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite;

    // As many as 64 bits hold whatever they are.
    private const int MostPlainDigits = 18;

    private readonly NumberFormatInfo _local = NumberFormatInfo.ReadOnly(culture.NumberFormat);
    private readonly string _currency = culture.NumberFormat.CurrencySymbol;
    private readonly string _currencyCode = culture.IsNeutralCulture || culture.Name.Length == 0 ? string.Empty : new RegionInfo(culture.Name).ISOCurrencySymbol;

    // What a reader of the message compares the file with.
    private string Example => 1286.5m.ToString(NumberText.OtherGroup(_local) is null ? "N2" : "F2", _local);

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

    /// <summary>A number, with the culture's own currency sign or without.</summary>
    public RowFault? ToDecimal(CellText cell, out decimal value) =>
        TryDecimal(cell, _currency.Length > 0 ? [_currency] : [], isAmount: false, out value) ? null : NotANumber(cell, "a number");

    /// <summary>An amount of this currency: with its signs, its code, or neither; the sign of another currency is no amount of it.</summary>
    public RowFault? ToAmount(CellText cell, string currencyCode, out decimal value)
    {
        var signs = CurrencySigns.Of(currencyCode).Append(currencyCode);
        return TryDecimal(cell, currencyCode == _currencyCode ? [.. signs, _currency] : [.. signs], isAmount: true, out value)
            ? null
            : NotANumber(cell, $"an amount in {currencyCode}");
    }

    private bool TryDecimal(CellText cell, IReadOnlyList<string> signs, bool isAmount, out decimal value)
    {
        if (TryDigits(cell.Span, out value))
        {
            return true;
        }

        if (cell.IsInvariant)
        {
            return decimal.TryParse(cell.Span, Plain | NumberStyles.AllowExponent, NumberFormatInfo.InvariantInfo, out value);
        }

        if (decimal.TryParse(cell.Span, Plain, _local, out value))
        {
            return true;
        }

        var text = NumberText.Simplified(cell.Span, _local);
        var isMinus = NumberText.TakeParentheses(ref text);
        var isPercent = NumberText.Take(ref text, [_local.PercentSymbol, "%"]);
        NumberText.Take(ref text, signs);
        if ((isPercent && percent == PercentRule.Refused) || !NumberText.TryUngroup(ref text, _local, isAmount) || !decimal.TryParse(text, Plain, _local, out value))
        {
            return false;
        }

        value = isPercent && percent == PercentRule.Fraction ? value / 100 : value;
        value = isMinus ? -value : value;
        return !isMinus || value <= 0;
    }

    // Digits alone are the same number in every culture, and most numbers are no more than that.
    private static bool TryDigits(ReadOnlySpan<char> text, out decimal value)
    {
        var isPlain = text.Length is > 0 and <= MostPlainDigits && !text.ContainsAnyExceptInRange('0', '9');
        var whole = 0L;
        foreach (var digit in isPlain ? text : [])
        {
            whole = (whole * 10) + digit - '0';
        }

        value = whole;
        return isPlain;
    }

    private RowFault NotANumber(CellText cell, string expected) => new(
        RejectReason.BadValue,
        cell.IsInvariant
            ? $"Expected {expected}, got {cell.Span.Length} characters that are none."
            : $"Expected {expected} such as {Example} ({(culture.Name.Length == 0 ? "no culture is named" : culture.Name)}), got {cell.Span.Length} characters that are none. "
                + "Cure: name the culture that writes them so, beside this field or for the whole file (culture: de-DE reads 1.286,50; en-US 1,286.50), or map words under values.");
}
