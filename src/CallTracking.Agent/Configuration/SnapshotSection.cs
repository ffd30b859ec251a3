using System.Globalization;

namespace CallTracking.Agent.Configuration;

/// <summary>Reads whether what an entry of <c>sources</c> gives is complete, so that a case which it no longer holds was deleted.</summary>
internal static class SnapshotSection
{
    public const string Key = "snapshot";

    /// <summary>Null unless what a run reads holds every case of the source.</summary>
    public static SnapshotRule? Read(YamlSection section)
    {
        if (!section.HasSection(Key))
        {
            return Complete(section, Key, "false", new SnapshotRule(SnapshotRule.DefaultMaxVanished));
        }

        var rule = section.Section(Key)!;
        rule.RequireKnownKeys("complete", "max_vanished");
        var share = SnapshotRule.DefaultMaxVanished;
        if (rule.Maybe("max_vanished", "2%") is { } text && !TryParsePercent(text, out share))
        {
            rule.Wrong("max_vanished", "a percentage from 0% to 100% such as 2%");
        }

        return Complete(rule, "complete", "true", new SnapshotRule(share));
    }

    /// <summary>Refuses it for what a run reads in part only, or piece by piece while it changes.</summary>
    public static void RequireWhole(YamlSection section, SourceSettings settings)
    {
        if (settings.Http is not null)
        {
            section.Reject(Key, "'snapshot' wants files or a query: the pages of an interface shift while they are read, and a case that was passed over by chance would be deleted.", "leave it out; what was deleted in the help desk is told by 'gone' in the mapping");
        }
        else if (settings.Sql is { Cursor: not null })
        {
            section.Reject(Key, "'snapshot' wants a query that gives every case each time; with a cursor it gives what changed.", "leave out 'cursor' under 'sql', or 'snapshot'");
        }
    }

    private static SnapshotRule? Complete(YamlSection section, string key, string fallback, SnapshotRule rule)
    {
        switch (section.Optional(key, fallback))
        {
            case "true":
                return rule;
            case "false":
                return null;
            default:
                section.Wrong(key, "true or false");
                return null;
        }
    }

    private static bool TryParsePercent(string text, out double share)
    {
        var isNumber = double.TryParse(text.TrimEnd('%', ' '), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent);
        share = percent / 100;
        return isNumber && text.EndsWith('%') && percent <= 100;
    }
}
