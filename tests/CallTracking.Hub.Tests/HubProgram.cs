using CallTracking.Testing;

namespace CallTracking.Hub.Tests;

/// <summary>The hub as a process of its own.</summary>
internal static class HubProgram
{
    private static readonly TestedProgram Program = new("calltracking-hub", "hub");

    /// <summary>Starts a command.</summary>
    /// <param name="config">The configuration file.</param>
    /// <param name="connectionString">Of the database; null where the configuration has it.</param>
    /// <param name="arguments">The command and its own arguments.</param>
    public static ProgramRun Start(string config, string? connectionString, params IEnumerable<string> arguments) => ProgramRun.Start(
        "dotnet",
        Program.Command([.. arguments, "--config", config]),
        connectionString is null ? null : new Dictionary<string, string?> { ["CALLTRACKING_HUB_DATABASE"] = connectionString });

    /// <summary>Runs a command to its end, with a configuration that says no more than it must.</summary>
    public static async Task<ProgramResult> RunAsync(string folder, string connectionString, params string[] arguments)
    {
        var yaml = Path.Combine(folder, "hub.yaml");
        await File.WriteAllTextAsync(yaml, "country: JP\nentity: Example Holdings\nweb: {sign_in: required}\n");
        await using var run = Start(yaml, connectionString, arguments);
        return await run.WaitForExitAsync(TimeSpan.FromMinutes(2));
    }
}
