using System.CommandLine;
using CallTracking.Agent.Reconciliation;
using CallTracking.Agent.Sources;

namespace CallTracking.Agent.Commands;

/// <summary><c>reconcile</c>: whether the hub has what it acknowledged, and sending again what it has not.</summary>
internal static class ReconcileCommand
{
    public static Command Build()
    {
        var (config, timeout, least) = (AgentCommand.ConfigOption(), SyncCommand.TimeoutOption(), AgentLogging.LevelOption(LogLevel.Warning));
        var command = new Command(
            "reconcile",
            AgentCommand.Describe(
                "Compare this region's ledger with what the hub has, seals included, and send again what was deleted or changed there by hand. "
                    + "What was erased, has expired or is held counts as equal and does not come back; what only the hub has is told and stays. "
                    + "Without a difference nothing is read and nothing sent. 'sync' compares too (agent.yaml: reconcile), but looks at a sixteenth of the seals each time.",
                "reconcile --timeout 2m"))
        {
            config, timeout, least,
        };
        command.Does(
            (parsed, output, cancellationToken) => SyncCommand.SyncAsync(
                parsed.GetValue(config)!, new ReadingWish { Comparing = Comparing.Alone }, parsed.GetValue(timeout)!, "none", null, parsed.GetValue(least), output, cancellationToken),
            "Stopped. What was found so far is noted; the next sync sends it, and the next comparison begins anew.");
        return command;
    }
}
