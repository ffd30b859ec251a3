using System.Globalization;

namespace CallTracking.Agent.Configuration;

/// <summary>Reads what an entry of <c>sources</c> says of its files.</summary>
internal static class FileRulesSection
{
    public static readonly string[] Keys = ["settle", "entries", "max_expanded", "max_ratio"];

    /// <summary>How the files are taken.</summary>
    public static FileRules Rules(YamlSection section)
    {
        var rules = new FileRules { Entries = section.Maybe("entries", "\"*.csv\"") };
        if (section.Maybe("settle", "10s") is { } settle)
        {
            rules = Amounts.TryParseDuration(settle, out var time) ? rules with { Settle = time } : Wrong(rules, section, "settle", "a duration such as 0, 10s or 2m");
        }

        if (section.Maybe("max_expanded", "20GB") is { } most)
        {
            rules = Amounts.TryParseSize(most, out var bytes) && bytes > 0
                ? rules with { MaxExpanded = bytes }
                : Wrong(rules, section, "max_expanded", "a size such as 500MB or 20GB");
        }

        if (section.Maybe("max_ratio", "1000") is { } times)
        {
            rules = long.TryParse(times, NumberStyles.None, CultureInfo.InvariantCulture, out var ratio) && ratio is > 0 and <= int.MaxValue
                ? rules with { MaxRatio = ratio }
                : Wrong(rules, section, "max_ratio", "a number such as 1000");
        }

        return rules;
    }

    private static FileRules Wrong(FileRules rules, YamlSection section, string key, string expected)
    {
        section.Wrong(key, expected);
        return rules;
    }
}
