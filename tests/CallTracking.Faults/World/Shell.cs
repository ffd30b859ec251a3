using CallTracking.Testing;

namespace CallTracking.Faults.World;

/// <summary>Small programs of the system.</summary>
internal static class Shell
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <exception cref="InvalidOperationException">It failed; the message holds its last line.</exception>
    public static async Task RunAsync(string program, params string[] arguments)
    {
        var result = await ProgramRun.RunAsync(program, arguments, Limit);
        if (result.ExitCode != 0)
        {
            throw new InvalidOperationException($"'{program} {string.Join(' ', arguments)}' answered {result.ExitCode}: {result.LastErrorLine}");
        }
    }
}
