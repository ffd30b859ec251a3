using CallTracking.Agent.Commands;
using CallTracking.Agent.Tests.Sync;
using Xunit;

namespace CallTracking.Agent.Tests.Commands;

/// <summary>A state folder that cannot be written is told from one that another agent holds.</summary>
public sealed class StateFolderTests
{
    [Theory]
    [InlineData(30, "read-only file system")]
    [InlineData(28, "disk is full or failing at /state")]
    [InlineData(5, "cannot be used: no luck")]
    public void WhyNot_CodeOfTheSystem_IsSaidWithPathAndCure(int code, string said)
    {
        var text = StateFolder.WhyNot("/state", new IOException("no luck", code));

        Assert.Contains(said, text, StringComparison.Ordinal);
        Assert.Contains("/state", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sync_LockCannotBeWritten_DoesNotBlameAnotherAgent()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);

        // Refused to everybody, also to the superuser that some machines run tests as.
        Directory.CreateDirectory(Path.Combine(agent.State, "agent.lock"));

        var (code, _, error) = await AgentProgram.RunAsync("sync", "--config", agent.Config);

        Assert.Equal(ExitCode.Configuration, code);
        Assert.Contains($"The state folder {agent.State} cannot be written", error, StringComparison.Ordinal);
        Assert.DoesNotContain("Another calltracking-agent", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_StateFolderCannotBeWritten_IsAFault()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write(AgentBench.Rows(1));
        Directory.CreateDirectory(Path.Combine(agent.State, $"write-probe-{Environment.ProcessId}"));

        var (code, _, error) = await AgentProgram.RunAsync("check", "--offline", "--config", agent.Config);

        Assert.Equal(ExitCode.Configuration, code);
        Assert.Contains($"FAULT  state: The state folder {agent.State} cannot be", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_Done_LeavesNoProbeBehind()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write(AgentBench.Rows(1));

        await AgentProgram.RunAsync("check", "--offline", "--config", agent.Config);

        Assert.Empty(Directory.GetFiles(agent.State, "write-probe-*"));
    }

    [Fact]
    public async Task Status_NothingCanBeWrittenBesideTheLedger_SaysWhereAndWhatToDo()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write(AgentBench.Rows(1));
        await agent.NightAsync();
        agent.Workplace?.Dispose();
        File.Delete(agent.LedgerFile + "-wal");
        Directory.CreateDirectory(agent.LedgerFile + "-wal");

        var (code, _, error) = await AgentProgram.RunAsync("status", "--config", agent.Config);

        Assert.Equal(ExitCode.RunFailed, code);
        Assert.Contains($"{agent.LedgerFile} cannot be opened for writing", error, StringComparison.Ordinal);
        Assert.Contains("give this user the right", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("0")]
    [InlineData("lots")]
    public async Task Preview_LimitIsNoCount_IsRefusedInPlainWords(string limit)
    {
        var (_, output, error) = await AgentProgram.RunAsync("preview", "--limit", limit);

        Assert.Contains($"--limit: expected a whole number from 1, found '{limit}'.", output + error, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", output + error, StringComparison.Ordinal);
    }
}
