using System.CommandLine;
using CallTracking.Agent.Alarms;
using CallTracking.Agent.Configuration;

namespace CallTracking.Agent.Commands;

/// <summary><c>alarm</c>: what the service has found wrong here, and a try of the command that tells it.</summary>
internal static class AlarmCommand
{
    public static Command Build() => new("alarm", "What is wrong at this region, as the service tells it.") { List(), Test() };

    private static Command List()
    {
        var config = AgentCommand.ConfigOption();
        var command = new Command("list", AgentCommand.Describe("Show the open alarms, the oldest first.", "alarm list")) { config };
        command.Does((parsed, output, _) =>
        {
            var settings = AgentWorkplace.LoadSettings(parsed.GetValue(config)!);
            var open = new AlarmFile(settings.StateDirectory).Load()?.Alarms.Where(alarm => alarm.IsOpen).OrderBy(alarm => alarm.RaisedAt).ToList() ?? [];
            foreach (var alarm in open)
            {
                output.Out.WriteLine(FormattableString.Invariant($"{alarm.RaisedAt:u}  {alarm.Code,-22} {alarm.Text}{(alarm.ToldAt is null && settings.Alarms.Command.Count > 0 ? " (the command was not told yet)" : "")}"));
                output.Out.WriteLine($"                      {alarm.Cure}");
            }

            output.Error.WriteLine(open.Count == 0 ? "No alarm is open." : FormattableString.Invariant($"{open.Count} open."));
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static Command Test()
    {
        var config = AgentCommand.ConfigOption();
        var command = new Command("test", AgentCommand.Describe("Call the command of 'alarms' once with an alarm that says it is a test.", "alarm test")) { config };
        command.Does(async (parsed, output, cancellationToken) =>
        {
            var settings = AgentWorkplace.LoadSettings(parsed.GetValue(config)!);
            if (CallOf(settings) is not { } call)
            {
                throw new AgentException(ExitCode.Configuration, $"{settings.File} names no command: alarms stand in the service's log only. Write 'alarms: {{command: [/usr/local/bin/on-alarm]}}'.");
            }

            var now = TimeProvider.System.GetUtcNow();
            if (await call.TryTellAsync("test", new RegionAlarm("test", "this is a test of the region's alarms", "nothing is to be done", now, null, null), cancellationToken) is { } trouble)
            {
                throw new AgentException(ExitCode.Configuration, $"{trouble}. It is called with a line of JSON on its standard input and has to end with 0 within a minute.");
            }

            output.Out.WriteLine($"{settings.Alarms.Command[0]} took it.");
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>The way to the command that the settings name; null where they name none.</summary>
    public static AlarmCall? CallOf(AgentSettings settings) => settings.Alarms.Command.Count == 0
        ? null
        : new AlarmCall(settings.Alarms.Command, Path.GetDirectoryName(settings.File)!, settings.Region, settings.Centre, AlarmCall.UsualPatience);
}
