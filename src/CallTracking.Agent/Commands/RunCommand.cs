using System.CommandLine;
using CallTracking.Agent.Alarms;
using CallTracking.Agent.Ledger;
using CallTracking.Agent.Schedule;

namespace CallTracking.Agent.Commands;

/// <summary><c>run</c>: the daemon.</summary>
internal static class RunCommand
{
    public static Command Build()
    {
        var (config, least) = (AgentCommand.ConfigOption(), AgentLogging.LevelOption(LogLevel.Information));
        var command = new Command("run", AgentCommand.Describe("Stay and sync every night by the schedule in the configuration.", "run --config /etc/calltracking/agent.yaml"))
        {
            config, least,
        };
        command.Does(async (parsed, _, cancellationToken) =>
        {
            using var workplace = await AgentWorkplace.OpenAsync(parsed.GetValue(config)!, cancellationToken);
            using var loggers = AgentLogging.ToStandardError(parsed.GetValue(least));
            var logger = loggers.CreateLogger("run");
            var clock = TimeProvider.System;
            var schedule = NightlySchedule.Of(workplace.Settings);
            var pauses = new RegionPauses(new PauseFile(workplace.Settings.StateDirectory), new PauseTelling(workplace.Settings), logger);
            using var alarms = new RegionAlarms(
                new AlarmFile(workplace.Settings.StateDirectory), AlarmCommand.CallOf(workplace.Settings), schedule, workplace.Settings.Alarms.LateAfter,
                new WorkplaceFacts(workplace.Settings, pauses), clock, logger);
            var nights = new Nights(schedule, new NightWork(workplace, clock, logger), pauses, LaneOf(workplace, clock, logger), clock, logger) { Alarms = alarms };
            try
            {
                await nights.RunAsync(LastRunStart(workplace), cancellationToken);
            }
            catch (OperationCanceledException)
            {
                // Asked to stop is what a service's life ends with; what was read is committed.
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static FastLane? LaneOf(AgentWorkplace workplace, TimeProvider clock, ILogger logger) =>
        workplace.Settings.FastLane is { } lane ? new FastLane(workplace, lane.Every, new HazardLook(workplace.Settings, lane, clock, logger), clock, logger) : null;

    private static DateTimeOffset? LastRunStart(AgentWorkplace workplace)
    {
        try
        {
            return LedgerGlance.LastWholeNight(AgentWorkplace.LedgerPath(workplace.Settings));
        }
        catch (LedgerDamagedException)
        {
            // The night's sync moves it aside; until then nothing is known of earlier nights.
            return null;
        }
    }
}
