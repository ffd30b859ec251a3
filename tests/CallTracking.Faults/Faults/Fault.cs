using CallTracking.Faults.World;
using CallTracking.Testing;

namespace CallTracking.Faults.Faults;

/// <summary>One kind of thing that goes wrong while regions push. It undoes what it did; what it broke stays for the programs to mend.</summary>
internal abstract class Fault
{
    /// <summary>As the log names it.</summary>
    public abstract string Name { get; }

    /// <summary>What this machine lacks for it; null when nothing.</summary>
    public virtual string? WhyNot => null;

    /// <summary>Sources have changed, no agent runs yet.</summary>
    public virtual Task BeforeAsync(Strike strike) => Task.CompletedTask;

    /// <summary>All agents are at work.</summary>
    /// <param name="strike">Where and how.</param>
    /// <param name="run">The sync of the region that was hit.</param>
    public virtual Task DuringAsync(Strike strike, ProgramRun run) => Task.CompletedTask;

    /// <summary>All agents have ended.</summary>
    public virtual Task AfterAsync(Strike strike) => Task.CompletedTask;
}

/// <summary>Where a fault hits in a round, and the dice for how.</summary>
/// <param name="World">Everything that runs.</param>
/// <param name="Region">The region that is hit.</param>
/// <param name="Random">Of this round and nothing else, so that it can be replayed.</param>
/// <param name="Round">Its number.</param>
/// <param name="Tell">Writes into the log what was done.</param>
internal sealed record Strike(FaultWorld World, FaultRegion Region, Random Random, int Round, Action<string> Tell)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5);

    /// <summary>
    /// Waits for a random instant of a sync: after some time, which may be before it has connected, or after some bytes of its talk, which is in the
    /// middle of a push. Returns early when it ends.
    /// </summary>
    public async Task MomentAsync(ProgramRun run)
    {
        var byTime = Random.Next(2) == 0;
        var (milliseconds, bytes) = (Random.NextDouble() * 1.5 * World.UsualSync.TotalMilliseconds, (long)Math.Pow(10, 3 + (Random.NextDouble() * 2.5)));
        var (watch, before) = (System.Diagnostics.Stopwatch.StartNew(), Region.Wire.Carried);
        while (!run.HasExited && (byTime ? watch.ElapsedMilliseconds < milliseconds : Region.Wire.Carried - before < bytes))
        {
            await Task.Delay(Look);
        }

        Tell(run.HasExited ? "the sync had ended" : FormattableString.Invariant($"{watch.ElapsedMilliseconds} ms into the sync, {Region.Wire.Carried - before} bytes on the wire"));
    }
}
