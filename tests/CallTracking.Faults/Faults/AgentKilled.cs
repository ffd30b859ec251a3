using CallTracking.Testing;

namespace CallTracking.Faults.Faults;

/// <summary>The agent is killed (SIGKILL) at any instant of its sync.</summary>
internal sealed class AgentKilled : Fault
{
    public override string Name => "agent-killed";

    public override async Task DuringAsync(Strike strike, ProgramRun run)
    {
        await strike.MomentAsync(run);
        run.Kill();
    }
}
