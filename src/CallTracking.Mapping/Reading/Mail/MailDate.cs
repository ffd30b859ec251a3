using System.Globalization;
using System.Text.RegularExpressions;

namespace CallTracking.Mapping.Reading.Mail;

/// <summary>
/// Turns the date of a message into ISO 8601 with its offset. A date that it does not know for certain, such as one with a zone
/// like "IST" that stands for several, stays as it is, so that no time is guessed.
/// </summary>
internal static partial class MailDate
{
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    // Those of RFC 5322; the military letters are not among them, since they were once defined the wrong way round.
    private static readonly Dictionary<string, string> Zones = new(StringComparer.OrdinalIgnoreCase)
    {
        ["UT"] = "+00:00",
        ["UTC"] = "+00:00",
        ["GMT"] = "+00:00",
        ["Z"] = "+00:00",
        ["EST"] = "-05:00",
        ["EDT"] = "-04:00",
        ["CST"] = "-06:00",
        ["CDT"] = "-05:00",
        ["MST"] = "-07:00",
        ["MDT"] = "-06:00",
        ["PST"] = "-08:00",
        ["PDT"] = "-07:00",
    };

    public static string ToIso(string header)
    {
        var found = Shape().Match(header);
        if (!found.Success)
        {
            return header;
        }

        var month = Array.IndexOf(Months, found.Groups["month"].Value.ToLowerInvariant()) + 1;
        var zone = found.Groups["zone"].Value;
        var offset = zone.Length == 5 && zone[0] is '+' or '-' ? $"{zone.AsSpan(0, 3)}:{zone.AsSpan(3)}" : Zones.GetValueOrDefault(zone);
        if (month == 0 || offset is null)
        {
            return header;
        }

        var second = found.Groups["second"].Success ? Number(found, "second") : 0;
        var iso = string.Create(
            CultureInfo.InvariantCulture,
            $"{Year(found):D4}-{month:D2}-{Number(found, "day"):D2}T{Number(found, "hour"):D2}:{Number(found, "minute"):D2}:{second:D2}{offset}");
        return DateTimeOffset.TryParse(iso, CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? iso : header;
    }

    private static int Number(Match found, string group) => int.Parse(found.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    // Years of two and three digits, as RFC 5322 reads them.
    private static int Year(Match found)
    {
        var year = Number(found, "year");
        return found.Groups["year"].Length switch
        {
            2 => year + (year < 50 ? 2000 : 1900),
            3 => year + 1900,
            _ => year,
        };
    }

    [GeneratedRegex(
        """^\s*(?:[A-Za-z]{2,9}\s*,\s*)?(?<day>\d{1,2})[\s-]+(?<month>[A-Za-z]{3})[a-z]*[\s-]+(?<year>\d{2,4})\s+(?<hour>\d{1,2})\s*:\s*(?<minute>\d{2})(?:\s*:\s*(?<second>\d{2}))?\s*(?<zone>[+-]\d{4}|[A-Za-z]{1,5})\s*(?:\([^)]*\)\s*)?$""",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Shape();
}
