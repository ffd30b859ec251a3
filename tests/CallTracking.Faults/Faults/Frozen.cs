using System.Diagnostics;
using System.Globalization;
using CallTracking.Testing;

namespace CallTracking.Faults.Faults;

/// <summary>The agent or the hub stands still for some seconds (SIGSTOP, SIGCONT), as in a machine that swaps or is moved; connections stay open meanwhile.</summary>
internal sealed class Frozen(bool isHub) : Fault
{
    public override string Name => isHub ? "hub-frozen" : "agent-frozen";

    public override bool IsWide => isHub;

    public override async Task DuringAsync(Strike strike, ProgramRun run)
    {
        await strike.MomentAsync(run);
        var process = isHub ? strike.World.Hub.ProcessId : run.Id;
        await SignalAsync("-STOP", process);
        await strike.PauseAsync(4);
        await SignalAsync("-CONT", process);
    }

    // A process that has ended meanwhile is no fault: then 'kill' says so and nothing follows.
    private static async Task SignalAsync(string signal, int process)
    {
        using var kill = Process.Start(new ProcessStartInfo("kill", [signal, process.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardError = true })!;
        await kill.WaitForExitAsync();
    }
}
