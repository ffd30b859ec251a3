using CallTracking.Testing;

namespace CallTracking.Agent.Tests;

/// <summary>
/// The real program, from the tests' own folder. It is started with the tests' list of dependencies: its own expects SQLite's library
/// where only a published program has it.
/// </summary>
internal static class AgentProgram
{
    public static ProgramRun Start(params string[] arguments) => ProgramRun.Start(
        "dotnet",
        [
            "exec",
            "--depsfile",
            At("CallTracking.Agent.Tests.deps.json"),
            "--runtimeconfig",
            At("calltracking-agent.runtimeconfig.json"),
            At("calltracking-agent.dll"),
            .. arguments,
        ]);

    private static string At(string file) => Path.Combine(AppContext.BaseDirectory, file);
}
