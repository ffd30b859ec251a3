using CallTracking.Faults.Wire;
using CallTracking.Testing;

namespace CallTracking.Faults.Faults;

/// <summary>Nothing passes between region and hub for some seconds, and nobody is told: a partition.</summary>
internal sealed class WireParted : Fault
{
    public override string Name => "wire-parted";

    public override async Task DuringAsync(Strike strike, ProgramRun run)
    {
        await strike.MomentAsync(run);
        strike.Region.Wire.Trouble = new WireTrouble { IsParted = true };
        await strike.PauseAsync(6);
        strike.Region.Wire.Trouble = WireTrouble.None;
    }
}
