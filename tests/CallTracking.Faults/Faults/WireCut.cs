using CallTracking.Faults.Wire;
using CallTracking.Testing;

namespace CallTracking.Faults.Faults;

/// <summary>The connection is reset after so many bytes, in the middle of a message or of its answer; once, or again and again.</summary>
internal sealed class WireCut : Fault
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);

    public override string Name => "wire-cut";

    public override async Task DuringAsync(Strike strike, ProgramRun run)
    {
        var wire = strike.Region.Wire;
        for (var cuts = 1 + strike.Random.Next(3); cuts > 0 && !run.HasExited; cuts--)
        {
            var bytes = strike.RandomBytes();
            var before = wire.Cuts;
            wire.Trouble = new WireTrouble { CutAfter = bytes };
            while (!run.HasExited && wire.Cuts == before)
            {
                await Task.Delay(Look);
            }

            strike.Tell(wire.Cuts > before ? $"cut after {bytes} bytes" : "the sync had ended");
        }

        wire.Trouble = WireTrouble.None;
    }
}
