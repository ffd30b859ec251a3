using System.CommandLine;
using System.Globalization;
using CallTracking.Agent.Schedule;

namespace CallTracking.Agent.Commands;

/// <summary><c>schedule</c>: when the next nights begin.</summary>
internal static class ScheduleCommand
{
    public static Command Build()
    {
        var config = AgentCommand.ConfigOption();
        var next = AgentCommand.CountOption("--next", "-n", "How many nights.", 5);
        var command = new Command("schedule", AgentCommand.Describe("Show when the next nights begin, the region's own delay included.", "schedule --next 14")) { config, next };
        command.Does((parsed, output, _) =>
        {
            var settings = AgentWorkplace.LoadSettings(parsed.GetValue(config)!);
            var (schedule, zone, now) = (NightlySchedule.Of(settings), settings.Schedule.TimeZone, TimeProvider.System.GetUtcNow());
            if (new PauseFile(settings.StateDirectory).Find(now) is { } pause)
            {
                output.Out.WriteLine($"paused {ScheduleText.Until(pause, zone)}: {pause.Note}");
            }

            var night = now;
            for (var shown = 0; shown < parsed.GetValue(next) && (night = schedule.After(night)) != DateTimeOffset.MaxValue; shown++)
            {
                output.Out.WriteLine(ScheduleText.At(night, zone));
            }

            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }
}

/// <summary>Times of the schedule for people: as clocks in its zone show them, and in UTC.</summary>
internal static class ScheduleText
{
    public static string At(DateTimeOffset instant, TimeZoneInfo zone) => instant == DateTimeOffset.MaxValue
        ? "never"
        : string.Create(CultureInfo.InvariantCulture, $"{TimeZoneInfo.ConvertTime(instant, zone):ddd yyyy-MM-dd HH:mm:ss} {zone.Id} ({instant.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z)");

    public static string Until(Pause pause, TimeZoneInfo zone) => pause.Until is { } end ? $"until {At(end, zone)}" : "until somebody resumes";
}
