using System.CommandLine;
using CallTracking.Agent.Commands;

namespace CallTracking.Agent.Tests;

/// <summary>The program's command line within the test.</summary>
internal static class AgentProgram
{
    public static async Task<(ExitCode Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await AgentCommand.Build().Parse(arguments).InvokeAsync(new InvocationConfiguration { Output = output, Error = error });
        return ((ExitCode)code, output.ToString(), error.ToString());
    }
}
