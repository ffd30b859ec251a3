using CallTracking.Faults.World;
using CallTracking.Testing;
using CallTracking.Testing.Installations;

namespace CallTracking.Faults.Faults;

/// <summary>
/// A second agent is started for the region: on the same state folder, from a copy of it, or from a copy with last week's ledger, as when a machine was
/// cloned. It works beside the first, on the same sources, and is given up afterwards.
/// </summary>
internal sealed class TwoAgents : Fault
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    public override string Name => "two-agents";

    public override async Task BeforeAsync(Strike strike) => await MakeTwinAsync(strike);

    public override async Task DuringAsync(Strike strike, ProgramRun run)
    {
        await strike.MomentAsync(run);
        var isSameFolder = strike.Random.Next(4) == 0;
        var twin = isSameFolder ? strike.Region.Installation : new RegionInstallation(Twin(strike), strike.Region.Installation.Setup);
        string[] arguments = ["sync", "--config", twin.Configuration, "--timeout", "20s", "--progress", "none"];
        await using var second = ProgramRun.Start(PublishedProgram.Agent, arguments);
        if (strike.Random.Next(3) == 0)
        {
            await strike.MomentAsync(second);
            second.Kill();
        }

        var result = await second.WaitForExitAsync(Limit);
        strike.Tell($"the second, on {(isSameFolder ? "the same folder" : "a copy")}, ended with {result.ExitCode}");
        strike.Keep($"second agent, exit code {result.ExitCode}", result.All);
    }

    public override Task AfterAsync(Strike strike)
    {
        Directory.Delete(Twin(strike), recursive: true);
        return Task.CompletedTask;
    }

    // While no agent runs: the copy is a sound one.
    private static async Task MakeTwinAsync(Strike strike)
    {
        var (first, twin) = (strike.Region.Installation, new RegionInstallation(Twin(strike), strike.Region.Installation.Setup));
        Directory.CreateDirectory(twin.Folder);
        await Shell.RunAsync("cp", "-a", first.State, twin.State);
        File.Copy(Path.Combine(first.Folder, "desk.yaml"), Path.Combine(twin.Folder, "desk.yaml"));
        var settings = await File.ReadAllTextAsync(first.Configuration);
        await File.WriteAllTextAsync(twin.Configuration, settings.Replace("files: inbox/", $"files: {first.Inbox}/", StringComparison.Ordinal));
        if (strike.Random.Next(2) == 0)
        {
            new LedgerBackups(twin, kept: 1).Restore(strike.Region.Backups.Copies[strike.Random.Next(strike.Region.Backups.Copies.Count)]);
            strike.Tell("the second has an old ledger");
        }
    }

    private static string Twin(Strike strike) => strike.Region.Installation.Folder + "-twin";
}
