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
        var quartz = parts.Length == CrontabParts ? FromCrontab(parts) : text;
        return quartz is not null && CronExpression.TryParse(quartz, out _) ? quartz : null;
    }

    private static string? FromCrontab(string[] parts) => (parts[2], parts[4]) switch
    {
        (var day, "*") => $"0 {parts[0]} {parts[1]} {day} {parts[3]} ?",
        ("*", var weekday) => $"0 {parts[0]} {parts[1]} ? {parts[3]} {ShiftDays(weekday)}",
        // A crontab runs on either of the two, Quartz on neither: better refused than guessed.
        _ => null,
    };

    // Sunday is 0 and 7 there, 1 here; what stands behind a slash is a step.
    private static string ShiftDays(string weekday) => Weekday().Replace(
        weekday, day => ((int.Parse(day.Value, CultureInfo.InvariantCulture) % 7) + 1).ToString(CultureInfo.InvariantCulture));

    [GeneratedRegex(@"(?<![/\d])\d(?!\d)")]
    private static partial Regex Weekday();
}
