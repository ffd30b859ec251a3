using System.Globalization;
using System.Text.RegularExpressions;
using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Proposals;

/// <summary>Amounts that carry the sign or code of their currency: "R$ 45,00", "12.50 €".</summary>
internal static partial class AmountShape
{
    private const double Most = 0.9;

    public static bool HasSign(ColumnSample column) => column.Share(value => SignOf(value) is { } sign && CurrencySigns.CodesOf(sign).Count > 0) > Most;

    /// <summary>What all signs of the column stand for; where that may be several currencies, the usual one of the region, if it is among them.</summary>
    public static string? CurrencyOf(ColumnSample column, string? usual)
    {
        List<string>? codes = null;
        foreach (var sign in column.All(SignOf).Distinct())
        {
            codes = codes is null ? [.. CurrencySigns.CodesOf(sign)] : [.. codes.Intersect(CurrencySigns.CodesOf(sign))];
        }

        return codes is null ? null : usual is not null && codes.Contains(usual) ? usual : codes is [var only] ? only : null;
    }

    /// <summary>The culture that an amount needs where the region's has another decimal sign; null where that reads it.</summary>
    public static string? CultureOf(ColumnSample column, string? usual)
    {
        var decimalSign = usual is null ? "." : CultureInfo.GetCultureInfo(usual).NumberFormat.CurrencyDecimalSeparator;
        return decimalSign != "," && column.Share(value => ColumnSample.IsCommaNumber(Number(value))) > Most ? "de-DE"
            : decimalSign != "." && column.Share(value => PointEnd().IsMatch(Number(value))) > Most ? "en-US"
            : null;
    }

    private static string Number(string value) => Signed().Match(value) is { Success: true } match ? match.Groups["number"].Value : value;

    private static string? SignOf(string value) => Signed().Match(value) is { Success: true } match
        ? match.Groups["before"] is { Length: > 0 } before ? before.Value : match.Groups["behind"].Value
        : null;

    [GeneratedRegex(@"^(-?\s*(?<before>[^\d\s.,+-][^\d\s,+-]{0,3})\s*(?<number>-?\d[\d.,'’\s]*)|(?<number>-?\d[\d.,'’\s]*?)\s*(?<behind>[^\d\s.,+-][^\d\s,+-]{0,3}))$", RegexOptions.CultureInvariant)]
    private static partial Regex Signed();

    [GeneratedRegex(@"^-?\d{1,3}(,?\d{3})*\.\d{1,2}$", RegexOptions.CultureInvariant)]
    private static partial Regex PointEnd();
}
