using CallTracking.Agent.Commands;
using CallTracking.Testing;
using CallTracking.Testing.Limits;
using Xunit;

namespace CallTracking.Agent.Tests.Sources;

/// <summary>
/// The agent as a process whose heap may have 96 MiB and not a byte more, on files that are larger or made to fill it: it ends in its own
/// words, never for want of memory.
/// </summary>
public sealed class MemoryLimitTests
{
    // DOTNET_GCHeapHardLimit is read as a hexadecimal number.
    private const string HeapLimit = "6000000";
    private static readonly double Share = TestTier.IsLong ? 1 : 0.1;

    public static TheoryData<string> Files => [.. LimitCases.All(Share).Select(one => one.File)];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Agent_UnderAHardLimit_ReadsOrRefusesWhateverComes(string name)
    {
        var one = LimitCases.All(Share).Single(other => other.File == name);
        using var folder = new TempFolder();
        one.Configure(folder.Path);
        await one.PutAsync(folder.Path);

        await using var run = AgentProgram.Start(new Dictionary<string, string?> { ["DOTNET_GCHeapHardLimit"] = HeapLimit }, [.. one.Arguments(folder.Path)]);
        var result = await run.WaitForExitAsync(TimeSpan.FromMinutes(5));

        Assert.True(result.All.Contains(one.Says, StringComparison.Ordinal), result.All.Length > 1500 ? result.All[^1500..] : result.All);
        Assert.Contains((ExitCode)result.ExitCode, (ExitCode[])[ExitCode.Done, ExitCode.Source, ExitCode.Drift]);
    }
}
