using System.Globalization;

namespace CallTracking.Agent.Dictionaries;

/// <summary>What people read about code tables.</summary>
internal static class CodeTableText
{
    /// <summary>A line for a run's watcher; null when there is nothing to say.</summary>
    public static string? Of(CodeTableNews news, KeptTable? kept, DateTimeOffset now) => (news.Trouble, kept) switch
    {
        (null, { } fresh) => news.IsChanged ? string.Create(CultureInfo.InvariantCulture, $"code table {news.Name}: version {fresh.Version} fetched, {fresh.Entries:N0} codes") : null,
        ({ } trouble, { } old) => $"code table {news.Name}: not asked for anew ({trouble.TrimEnd('.')}); {State(old, now)} is used",
        _ => $"code table {news.Name}: {news.Trouble ?? "not here"}",
    };

    /// <summary>Such as "version 3, 1,204 codes, confirmed 2 h ago".</summary>
    public static string State(KeptTable table, DateTimeOffset now) =>
        string.Create(CultureInfo.InvariantCulture, $"version {table.Version}, {table.Entries:N0} codes, confirmed {Age(now - table.ConfirmedAt)} ago");

    private static string Age(TimeSpan age) => age switch
    {
        { TotalDays: >= 2 } => string.Create(CultureInfo.InvariantCulture, $"{age.TotalDays:0} days"),
        { TotalHours: >= 2 } => string.Create(CultureInfo.InvariantCulture, $"{age.TotalHours:0} h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(age.TotalMinutes, 0):0} min"),
    };
}
