using CallTracking.Hub.Retention;
using Quartz;
using YamlDotNet.RepresentationModel;

namespace CallTracking.Hub.Configuration;

/// <summary>The section <c>retention</c>.</summary>
internal sealed partial class HubYaml
{
    private RetentionSchedule Retention(YamlMappingNode root)
    {
        var schedule = new RetentionSchedule();
        if (Section(root, "retention", "cron", "time_zone", "mode") is not { } section)
        {
            return schedule;
        }

        if (Optional(section, "time_zone") is { } zone)
        {
            if (TimeZoneInfo.TryFindSystemTimeZoneById(zone.Value ?? "", out var found))
            {
                schedule = schedule with { TimeZone = found };
            }
            else
            {
                Fault(zone, $"retention.time_zone: there is no time zone '{zone.Value}'.", "Write an IANA name, for example Asia/Tokyo.");
            }
        }

        if (Optional(section, "cron") is { } cron)
        {
            if (IsCron(cron.Value ?? ""))
            {
                schedule = schedule with { Cron = cron.Value! };
            }
            else
            {
                Fault(cron, $"retention.cron: '{cron.Value}' is not a schedule.", "Write seconds, minutes, hours, day of month, month, day of week: 0 0 3 * * ? is every day at 03:00.");
            }
        }

        if (Optional(section, "mode") is { } mode)
        {
            if (mode.Value is "preview" or "run")
            {
                schedule = schedule with { Mode = mode.Value == "run" ? RetentionMode.Run : RetentionMode.Preview };
            }
            else
            {
                Fault(mode, $"retention.mode: expected preview or run, found '{mode.Value}'.", "preview waits for a person every night; run removes by itself.");
            }
        }

        return schedule;
    }

    private static bool IsCron(string text)
    {
        try
        {
            _ = new CronExpression(text, TimeZoneInfo.Utc);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
