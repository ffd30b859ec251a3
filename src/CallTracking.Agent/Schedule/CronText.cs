using System.Globalization;
using System.Text.RegularExpressions;
using Quartz;

namespace CallTracking.Agent.Schedule;

/// <summary>
/// Cron as people write it: five parts as in a crontab (minutes hours day month weekday, Sunday is 0), or six and seven as Quartz has them (seconds
/// first, Sunday is 1). All that follows knows Quartz's form only.
/// </summary>
internal static partial class CronText
{
    private const int CrontabParts = 5;

    /// <summary>Quartz's form; null when the text is neither, or names both a day of the month and a weekday.</summary>
    public static string? ToQuartz(string text)
    {
        var parts = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var quartz = parts.Length == CrontabParts ? FromCrontab(parts) : NamesBothDays(parts) ? null : text;
        return quartz is not null && CronExpression.TryParse(quartz, out _) ? quartz : null;
    }

    private static string? FromCrontab(string[] parts) => (parts[2], parts[4]) switch
    {
        // Quartz's own signs (third Friday, last day): whoever writes them counts weekdays as Quartz does, or as a crontab does. Nobody knows.
        var (day, weekday) when day.AsSpan().ContainsAny("#LlWw") || weekday.AsSpan().ContainsAny("#Ll") => null,
        (var day, "*") => $"0 {parts[0]} {parts[1]} {day} {parts[3]} ?",
        ("*", var weekday) => $"0 {parts[0]} {parts[1]} ? {parts[3]} {ShiftDays(weekday)}",
        // A crontab runs on either of the two, Quartz on neither: better refused than guessed.
        _ => null,
    };

    // Of seconds, minutes, hours, day, month, weekday and perhaps a year.
    private static bool NamesBothDays(string[] parts) => parts.Length > CrontabParts && parts[3] is not ("?" or "*") && parts[5] is not ("?" or "*");

    // Sunday is 0 and 7 there, 1 here; what stands behind a slash is a step. From one Sunday to the next is the whole week, and not one day.
    private static string ShiftDays(string weekday) => Weekday().Replace(
        WholeWeek().Replace(weekday, "0-6"), day => ((int.Parse(day.Value, CultureInfo.InvariantCulture) % 7) + 1).ToString(CultureInfo.InvariantCulture));

    [GeneratedRegex(@"(?<![/\d])\d(?!\d)")]
    private static partial Regex Weekday();

    [GeneratedRegex(@"(?<!\d)0-7(?!\d)")]
    private static partial Regex WholeWeek();
}
