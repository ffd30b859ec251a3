using System.CommandLine;
using System.Globalization;
using CallTracking.Agent.Configuration;
using CallTracking.Agent.Schedule;

namespace CallTracking.Agent.Commands;

/// <summary><c>pause</c> and <c>resume</c>: nightly runs wait for a person, or for a time. The service may be at work meanwhile.</summary>
internal static class PauseCommand
{
    public static Command BuildPause()
    {
        var config = AgentCommand.ConfigOption();
        var note = new Option<string>("--note") { Description = "Why, for this status and for headquarters: no names of persons.", HelpName = "TEXT", Required = true };
        var until = new Option<string?>("--until") { Description = "When it ends by itself: 2026-12-01, '2026-12-01 18:00' in the schedule's time zone, or 8h, 2d from now. Without: when somebody resumes.", HelpName = "TIME" };
        var command = new Command("pause", AgentCommand.Describe("Let nightly runs wait. One that is at work goes on; sync still syncs.", "pause --note \"export server is moved\" --until 2d"))
        {
            config, note, until,
        };
        command.Does(async (parsed, output, cancellationToken) =>
        {
            var settings = AgentWorkplace.LoadSettings(parsed.GetValue(config)!);
            var now = TimeProvider.System.GetUtcNow();
            var pause = new Pause(NoteOf(parsed.GetValue(note)!), now, parsed.GetValue(until) is { } text ? EndOf(text, settings.Schedule.TimeZone, now) : null);
            new PauseFile(settings.StateDirectory).Set(pause);
            output.Out.WriteLine($"paused {ScheduleText.Until(pause, settings.Schedule.TimeZone)}: {pause.Note}");
            await TellAsync(settings, output, cancellationToken);
            return ExitCode.Done;
        });
        return command;
    }

    public static Command BuildResume()
    {
        var config = AgentCommand.ConfigOption();
        var command = new Command("resume", AgentCommand.Describe("Let nightly runs go on. One that was missed and is not too old is made up for by the service at once.", "resume")) { config };
        command.Does(async (parsed, output, cancellationToken) =>
        {
            var settings = AgentWorkplace.LoadSettings(parsed.GetValue(config)!);
            var now = TimeProvider.System.GetUtcNow();
            var file = new PauseFile(settings.StateDirectory);
            var held = IsHeld(file, now);
            file.Set(null);
            output.Out.WriteLine($"{(held ? "resumed" : "nothing was paused")}; the next night begins {ScheduleText.At(NightlySchedule.Of(settings).After(now), settings.Schedule.TimeZone)}");
            await TellAsync(settings, output, cancellationToken);
            return ExitCode.Done;
        });
        return command;
    }

    private static bool IsHeld(PauseFile file, DateTimeOffset now)
    {
        try
        {
            return file.Find(now) is not null;
        }
        catch (AgentException)
        {
            // A file that nobody understands held everything back.
            return true;
        }
    }

    private static async Task TellAsync(AgentSettings settings, CommandOutput output, CancellationToken cancellationToken) =>
        output.Error.WriteLine(await new PauseTelling(settings).TryTellAsync(cancellationToken) is { } trouble
            ? $"Headquarters could not be told: {trouble.TrimEnd('.')}. The service ('calltracking-agent run') tells it as soon as it can; until then headquarters may miss the region."
            : "Headquarters knows.");

    private static string NoteOf(string text) =>
        text.Trim() is { Length: > 0 and <= Pause.LongestNote } note && !note.Any(char.IsControl)
            ? note
            : throw new AgentException(ExitCode.Configuration, $"--note: expected 1 to {Pause.LongestNote} characters on one line.");

    private static DateTimeOffset EndOf(string text, TimeZoneInfo zone, DateTimeOffset now)
    {
        DateTimeOffset? end = Amounts.TryParseDuration(text, out var length) && length > TimeSpan.Zero ? now + length
            : DateTime.TryParseExact(text, ["yyyy-MM-dd", "yyyy-MM-dd HH:mm", "yyyy-MM-dd'T'HH:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) ? Instant(local, zone)
            : null;
        return end > now
            ? end.Value.ToUniversalTime()
            : throw new AgentException(ExitCode.Configuration, $"--until: '{text}' is no time to come. Write 2026-12-01, '2026-12-01 18:00', 8h or 2d.");
    }

    // A time that clocks skip is meant as the end of the gap.
    private static DateTimeOffset Instant(DateTime local, TimeZoneInfo zone)
    {
        while (zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(1);
        }

        return new DateTimeOffset(local, zone.GetUtcOffset(local));
    }
}
