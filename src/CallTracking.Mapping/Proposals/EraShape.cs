using System.Globalization;
using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Proposals;

/// <summary>Times whose years count within Japanese eras: 令和8年1月5日, R8.01.05, S59.10.12.</summary>
internal static class EraShape
{
    /// <summary>As a mapping names it.</summary>
    public const string Calendar = "japanese";

    private static readonly string[] Dates = ["ggy年M月d日", "gy.M.d", "gy/M/d", "gy-M-d"];

    private static readonly string[] Clocks = ["", " H:mm", " H:mm:ss", " H時m分", "H:mm", "H時m分"];

    private static readonly List<CalendarFormat> Formats =
        [.. Dates.SelectMany(_ => Clocks, (date, clock) => new CalendarFormat(date + clock, new JapaneseEras(), CultureInfo.InvariantCulture))];

    /// <summary>The format that reads the most of the values, and which share of them; null where none is such a time.</summary>
    public static (string Format, double Share)? Of(IReadOnlyList<string> values)
    {
        var best = Formats.Where(format => values.Take(5).Any(value => Reads(format, value)))
            .Select(format => (format.Text, Share: (double)values.Count(value => Reads(format, value)) / values.Count)).OrderByDescending(found => found.Share).FirstOrDefault();
        return best.Text is null ? null : best;
    }

    /// <summary>The year that a value of the format has after Christ.</summary>
    public static int? Year(string format, string value) =>
        Formats.First(known => known.Text == format).TryRead(value, CultureInfo.InvariantCulture, out var time) ? time.Local.Year : null;

    /// <summary>A time of Reiwa in the format.</summary>
    public static string Write(string format, DateTime time) =>
        time.ToString(format.Replace("gg", "令和", StringComparison.Ordinal).Replace("g", "'R'", StringComparison.Ordinal).Replace("y", $"'{time.Year - 2018}'", StringComparison.Ordinal), CultureInfo.InvariantCulture);

    private static bool Reads(CalendarFormat format, string value) => format.TryRead(value, CultureInfo.InvariantCulture, out _);
}
