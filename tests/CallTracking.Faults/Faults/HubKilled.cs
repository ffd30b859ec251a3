using CallTracking.Testing;

namespace CallTracking.Faults.Faults;

/// <summary>The hub is killed (SIGKILL) in the middle of a push, and is there again some seconds later.</summary>
internal sealed class HubKilled : Fault
{
    public override string Name => "hub-killed";

    public override bool IsWide => true;

    public override async Task DuringAsync(Strike strike, ProgramRun run)
    {
        await strike.MomentAsync(run);
        strike.World.Hub.Kill();
        await strike.PauseAsync(2);
        await strike.World.StartHubAsync();
    }
}
