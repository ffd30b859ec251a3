using System.Globalization;

namespace CallTracking.Hub.Web;

/// <summary>How pages write numbers and times, the same everywhere.</summary>
internal static class Text
{
    public static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    public static string Number(ulong value) => value.ToString("N0", CultureInfo.InvariantCulture);

    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    public static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>"pending customer" for <c>pending_customer</c>; "none" for an absent value.</summary>
    public static string Word(string coded) => coded.Length == 0 ? "none" : coded.Replace('_', ' ');

    public static string Ago(DateTimeOffset at, DateTimeOffset now) => (now - at) switch
    {
        { TotalMinutes: < 2 } => "just now",
        { TotalHours: < 2 } span => FormattableString.Invariant($"{span.TotalMinutes:0} minutes ago"),
        { TotalDays: < 2 } span => FormattableString.Invariant($"{span.TotalHours:0} hours ago"),
        var span => FormattableString.Invariant($"{span.TotalDays:0} days ago"),
    };

    /// <summary>The country's English name behind its code, where it is known.</summary>
    public static string Country(string code)
    {
        try
        {
            return code.Length == 2 && new RegionInfo(code) is var country && country.EnglishName != code ? country.EnglishName : string.Empty;
        }
        catch (ArgumentException)
        {
            return string.Empty;
        }
    }
}
