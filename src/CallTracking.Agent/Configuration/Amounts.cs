using System.Globalization;

namespace CallTracking.Agent.Configuration;

/// <summary>Reads and writes sizes and durations as people write them: <c>256MB</c>, <c>5m</c>, <c>12h</c>.</summary>
internal static class Amounts
{
    private static readonly (string Unit, long Bytes)[] Sizes =
        [("GB", 1L << 30), ("MB", 1L << 20), ("KB", 1L << 10), ("B", 1)];

    private static readonly (string Unit, TimeSpan Length)[] Durations =
        [("d", TimeSpan.FromDays(1)), ("h", TimeSpan.FromHours(1)), ("m", TimeSpan.FromMinutes(1)), ("s", TimeSpan.FromSeconds(1))];

    /// <summary>Units B, KB, MB, GB, each 1024 of the one before.</summary>
    public static bool TryParseSize(string text, out long bytes)
    {
        bytes = 0;
        foreach (var (unit, size) in Sizes)
        {
            if (text.EndsWith(unit, StringComparison.OrdinalIgnoreCase))
            {
                var fits = long.TryParse(text.AsSpan(0, text.Length - unit.Length).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
                    && count <= long.MaxValue / size;
                bytes = fits ? count * size : 0;
                return fits;
            }
        }

        return false;
    }

    /// <summary>Units s, m, h, d; <c>0</c> needs none.</summary>
    public static bool TryParseDuration(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        if (text == "0")
        {
            return true;
        }

        foreach (var (unit, length) in Durations)
        {
            if (text.EndsWith(unit, StringComparison.Ordinal)
                && int.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
                && count <= 36_500)
            {
                duration = length * count;
                return true;
            }
        }

        return false;
    }

    /// <summary>One decimal above the unit: <c>1.4 MB</c>.</summary>
    public static string Size(long bytes)
    {
        var (unit, size) = Sizes.FirstOrDefault(known => bytes >= known.Bytes, ("B", 1));
        return size == 1
            ? string.Create(CultureInfo.InvariantCulture, $"{bytes} B")
            : string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)size:0.0} {unit}");
    }

    /// <summary>So many things, by their word: <c>1 row</c>, <c>2,040 rows</c>.</summary>
    public static string Of(long count, string one) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {one}{(count == 1 ? "" : "s")}");
}
