using CallTracking.Agent.Commands;
using CallTracking.Agent.Tests.Sync;
using CallTracking.Testing;
using Xunit;

namespace CallTracking.Agent.Tests.Identity;

/// <summary>The token comes from a file or from standard input too, where no list of processes shows it; who never enrolled is told that.</summary>
public sealed class EnrolCommandTests
{
    [Fact]
    public async Task Enrol_TokenInAFile_IsTaken()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        using var folder = new TempFolder();
        folder.Write("token.txt", hub.Token + "\n");

        var (code, output, _) = await AgentProgram.RunAsync("enrol", "--token-file", folder.File("token.txt"), "--config", agent.Config);

        Assert.Equal((ExitCode.Done, 2), (code, hub.Enrolments)); // The bench's own, and this.
        Assert.DoesNotContain(hub.Token, output, StringComparison.Ordinal);
    }

    [ToolFact("sh")]
    public async Task Enrol_TokenFromStandardInput_IsTaken()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        var command = string.Join(' ', AgentProgram.Command(["enrol", "--token-file", "-", "--config", agent.Config]).Select(word => $"'{word}'"));

        var run = await ProgramRun.RunAsync("sh", ["-c", $"printf '\\n%s\\n' \"$TOKEN\" | dotnet {command}"], TimeSpan.FromMinutes(2), new Dictionary<string, string?> { ["TOKEN"] = hub.Token });

        Assert.Equal((0, 2), (run.ExitCode, hub.Enrolments));
    }

    [Theory]
    [InlineData]
    [InlineData("--token", "ct1.DE.x.y", "--token-file", "token.txt")]
    [InlineData("--token-file", "")]
    public async Task Enrol_TokenNowhereOrTwice_SaysWhereItIsExpected(params string[] token)
    {
        var (code, _, error) = await AgentProgram.RunAsync(["enrol", .. token]);

        Assert.NotEqual(ExitCode.Done, code);
        Assert.Contains("Expected the token once: --token-file FILE", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Enrol_FileOfTheTokenIsNotThere_IsToldByItsName()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);

        var (code, _, error) = await AgentProgram.RunAsync("enrol", "--token-file", "nowhere.txt", "--config", agent.Config);

        Assert.Equal(ExitCode.Identity, code);
        Assert.Contains("nowhere.txt", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sync_BeforeAnyEnrolment_SaysThatAndNotThatASecretWasLost()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        Directory.Delete(agent.State, recursive: true);

        var (code, _, error) = await AgentProgram.RunAsync("sync", "--config", agent.Config);

        Assert.Equal(ExitCode.Identity, code);
        Assert.Contains("The region is not enrolled", error, StringComparison.Ordinal);
    }
}
