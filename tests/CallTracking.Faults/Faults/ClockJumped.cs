namespace CallTracking.Faults.Faults;

/// <summary>The agent's clock is wrong for one sync, by minutes or days, ahead or behind; then somebody sets it right. Needs libfaketime.</summary>
internal sealed class ClockJumped : Fault
{
    private static readonly string? Library = Directory.Exists("/usr/lib")
        ? Directory.EnumerateDirectories("/usr/lib").Select(folder => Path.Combine(folder, "faketime", "libfaketime.so.1")).FirstOrDefault(File.Exists)
        : null;

    private static readonly int[] Minutes = [-60 * 24 * 5, -60 * 3, -11, 11, 60 * 3, 60 * 24 * 2];

    public override string Name => "clock-jumped";

    // Under libfaketime a process has been seen to spin for ever.
    public override bool IsOnRequest => true;

    public override string? WhyNot => Library is null ? "libfaketime is not there (Debian: apt install libfaketime)" : null;

    public override Task BeforeAsync(Strike strike)
    {
        var minutes = Minutes[strike.Random.Next(Minutes.Length)];
        strike.Tell($"the clock is {minutes} minutes off");
        strike.Region.Installation.Environment = new Dictionary<string, string?>
        {
            ["LD_PRELOAD"] = Library,
            ["FAKETIME"] = FormattableString.Invariant($"{minutes:+0;-0}m"),
            ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
        };
        return Task.CompletedTask;
    }

    public override Task AfterAsync(Strike strike)
    {
        strike.Region.Installation.Environment = null;
        return Task.CompletedTask;
    }
}
