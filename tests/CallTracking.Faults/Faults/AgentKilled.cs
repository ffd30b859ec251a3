using CallTracking.Testing;

namespace CallTracking.Faults.Faults;

/// <summary>The agent is killed (SIGKILL) at any instant of its sync; now and then a service manager starts it again, and it is killed again.</summary>
internal sealed class AgentKilled : Fault
{
    public override string Name => "agent-killed";

    public override async Task DuringAsync(Strike strike, ProgramRun run)
    {
        await strike.MomentAsync(run);
        run.Kill();
        for (var again = strike.Random.Next(3); again > 0; again--)
        {
            await using var next = strike.Region.StartSync();
            await strike.MomentAsync(next);
            next.Kill();
            strike.Keep("agent killed again", next.Output + next.Error);
        }
    }
}
