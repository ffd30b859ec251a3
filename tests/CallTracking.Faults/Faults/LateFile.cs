using CallTracking.Faults.Sources;
using CallTracking.Testing;

namespace CallTracking.Faults.Faults;

/// <summary>An export of some rounds before comes late into the inbox, as the newest file there: before the sync, or in the middle of it.</summary>
internal sealed class LateFile : Fault
{
    public override string Name => "late-file";

    public override Task BeforeAsync(Strike strike)
    {
        if (strike.Random.Next(2) == 0)
        {
            Drop(strike);
        }

        return Task.CompletedTask;
    }

    public override async Task DuringAsync(Strike strike, ProgramRun run)
    {
        if (Directory.GetFiles(strike.Region.Installation.Inbox, $"late-{strike.Round:00000}-*").Length == 0)
        {
            await strike.MomentAsync(run);
            Drop(strike);
        }
    }

    private static void Drop(Strike strike)
    {
        var before = strike.Region.Before;
        var age = 1 + strike.Random.Next(before.Count);
        var share = strike.Random.NextDouble();
        strike.Tell($"cases as {age} rounds before");
        SourceExport.Write(
            Path.Combine(strike.Region.Installation.Inbox, $"late-{strike.Round:00000}-{strike.Random.Next(1000)}.csv"),
            before[^age].Where(_ => strike.Random.NextDouble() < share));
    }
}
