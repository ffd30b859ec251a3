using System.Globalization;

namespace CallTracking.Mapping.Reading.Excel;

/// <summary>Excel's numbers as text: the shortest that gives the same number again, without exponent wherever digits say it.</summary>
internal static class NumberText
{
    public const int MostChars = 64;

    // Beyond it the neighbour is no other double, and Excel itself knows fifteen digits only.
    private const double ExactWhole = 9_007_199_254_740_992;

    /// <summary>False for what is no finite number.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);

    public static int Format(double number, Span<char> into)
    {
        int written;
        if (Math.Abs(number) <= ExactWhole && Math.Truncate(number) == number)
        {
            ((long)number).TryFormat(into, out written, default, CultureInfo.InvariantCulture);
            return written;
        }

        number.TryFormat(into, out written, "R", CultureInfo.InvariantCulture);
        if (into[..written].Contains('E') && Math.Abs(number) is < 1e28 and > 1e-10
            && decimal.TryParse(into[..written], NumberStyles.Float, CultureInfo.InvariantCulture, out var exact))
        {
            exact.TryFormat(into, out written, default, CultureInfo.InvariantCulture);
        }

        return written;
    }
}
