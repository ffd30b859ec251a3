using System.CommandLine;
using System.Diagnostics;
using CallTracking.Agent.Commands;
using CallTracking.Testing;

namespace CallTracking.Agent.Tests;

/// <summary>The agent as a process of its own, or as commands within the test.</summary>
internal static class AgentProgram
{
    private static readonly TestedProgram Program = new("calltracking-agent", "agent");

    /// <summary>What <c>dotnet</c> is to be started with, for who starts it otherwise.</summary>
    public static IReadOnlyList<string> Command(IEnumerable<string> arguments) => Program.Command(arguments);

    /// <summary>Starts it.</summary>
    public static ProgramRun Start(params string[] arguments) => Start(new Dictionary<string, string?>(), arguments);

    /// <summary>Starts it with these variables too.</summary>
    public static ProgramRun Start(IReadOnlyDictionary<string, string?> environment, params string[] arguments) => ProgramRun.Start("dotnet", Command(arguments), environment);

    /// <summary>Starts it as another user of Linux, which only root may.</summary>
    public static ProgramRun StartAs(int user, params string[] arguments) =>
        ProgramRun.Start("setpriv", [$"--reuid={user}", $"--regid={user}", "--clear-groups", "dotnet", .. Command(arguments)]);

    /// <summary>Kills it without warning once something holds. It must not have ended before.</summary>
    public static async Task KillAsync(this ProgramRun run, Func<bool> enough, TimeSpan then)
    {
        await Eventually.TrueAsync(() => enough() || run.HasExited);
        await Task.Delay(then);
        Xunit.Assert.False(run.HasExited && !enough(), $"The agent ended before it could be killed: {run.Output} {run.Error}");
        if (!run.HasExited)
        {
            using var process = Process.GetProcessById(run.Id);
            process.Kill(entireProcessTree: false);
            await process.WaitForExitAsync();
        }
    }

    /// <summary>Runs a command line within the test.</summary>
    public static async Task<(ExitCode Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await AgentCommand.Build().Parse(arguments).InvokeAsync(new InvocationConfiguration { Output = output, Error = error });
        return ((ExitCode)code, output.ToString(), error.ToString());
    }
}
