using System.Diagnostics;
using CallTracking.Faults.World;
using CallTracking.Testing;

namespace CallTracking.Faults.Faults;

/// <summary>Where a fault hits in a round, and the dice for how.</summary>
/// <param name="World">Everything that runs.</param>
/// <param name="Region">The region that is hit.</param>
/// <param name="Random">Of this strike and nothing else, so that it can be replayed.</param>
/// <param name="Round">Its number.</param>
/// <param name="Tell">Writes into the log what was done.</param>
/// <param name="Keep">Keeps what a program of the region wrote, under a title.</param>
internal sealed record Strike(FaultWorld World, FaultRegion Region, Random Random, int Round, Action<string> Tell, Action<string, string> Keep)
{
    // About what a connection with its Hello and Welcome takes, and a case with its answer.
    private const int Greeting = 6_000;
    private const int BytesOfACase = 550;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5);

    /// <summary>
    /// Waits for a random instant of a sync: after some time, which may be before it has connected, or after some bytes of its talk, which is in the
    /// middle of a push. Returns early when it ends.
    /// </summary>
    public async Task MomentAsync(ProgramRun run)
    {
        var byTime = Random.Next(3) == 0;
        var (milliseconds, bytes) = (Random.NextDouble() * 1.5 * World.UsualSync.TotalMilliseconds, RandomBytes());
        var (watch, before) = (Stopwatch.StartNew(), Region.Wire.Carried);
        while (!run.HasExited && (byTime ? watch.ElapsedMilliseconds < milliseconds : Region.Wire.Carried - before < bytes))
        {
            await Task.Delay(Look);
        }

        Tell(run.HasExited ? "the sync had ended" : FormattableString.Invariant($"{watch.ElapsedMilliseconds} ms into the sync, {Region.Wire.Carried - before} bytes on the wire"));
    }

    /// <summary>Some bytes of what the region's push will say and hear, at most all.</summary>
    public long RandomBytes() => (long)(Random.NextDouble() * (Greeting + ((double)BytesOfACase * Region.Changed)));

    /// <summary>Waits for a random time up to so many seconds.</summary>
    public Task PauseAsync(double seconds) => Task.Delay(TimeSpan.FromSeconds(Random.NextDouble() * seconds));
}
