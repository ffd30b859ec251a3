using CallTracking.Testing;

namespace CallTracking.Faults.Faults;

/// <summary>Every process of PostgreSQL is killed at once and it starts again: what was not in its log on disk is gone.</summary>
internal sealed class ServerKilled : Fault
{
    public override string Name => "server-killed";

    public override bool IsWide => true;

    public override async Task DuringAsync(Strike strike, ProgramRun run)
    {
        await strike.MomentAsync(run);
        await strike.World.Server.KillAsync();
        await strike.PauseAsync(1);
        await strike.World.Server.StartAsync();
    }
}
