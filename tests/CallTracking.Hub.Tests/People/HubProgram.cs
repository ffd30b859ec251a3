using CallTracking.Testing;

namespace CallTracking.Hub.Tests.People;

/// <summary>The real program, with a configuration that says no more than it must.</summary>
internal static class HubProgram
{
    public static async Task<ProgramResult> RunAsync(string folder, string connectionString, params string[] arguments)
    {
        var yaml = Path.Combine(folder, "hub.yaml");
        await File.WriteAllTextAsync(yaml, "country: JP\nentity: Example Holdings\nweb: {sign_in: required}\n");
        await using var run = ProgramRun.Start(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "calltracking-hub.dll"), .. arguments, "--config", yaml],
            new Dictionary<string, string?> { ["CALLTRACKING_HUB_DATABASE"] = connectionString });
        return await run.WaitForExitAsync(TimeSpan.FromMinutes(2));
    }
}
