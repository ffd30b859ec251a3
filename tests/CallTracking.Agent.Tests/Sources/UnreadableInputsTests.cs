using CallTracking.Agent.Commands;
using CallTracking.Agent.Tests.Sync;
using CallTracking.Testing;
using Xunit;

namespace CallTracking.Agent.Tests.Sources;

/// <summary>What a pattern means and nobody can read: folders that are closed, pipes and devices. It is a fault of its source, told in time; all else is read.</summary>
public sealed class UnreadableInputsTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("inbox/**/*.csv", "inbox/closed", "none")]
    [InlineData("inbox/*/*.csv", "inbox/closed", "none")]
    [InlineData("inbox/**/*.csv", "inbox/closed", "list only")]
    [InlineData("inbox/closed/*.csv", "inbox/closed", "none")]
    [InlineData("inbox/closed/deep/*.csv", "inbox/closed", "none")]
    [InlineData("inbox/closed/cases.csv", "inbox/closed", "none")]
    public async Task Sync_FolderThatMayNotBeRead_IsAFaultOfItsSourceAndAllElseIsRead(string files, string closed, string rights)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await using var hub = await TestHub.StartAsync();
        using var agent = await TwoSourcesAsync(hub, files);
        agent.Write([new DeskRow("B1")], "closed/cases.csv");
        var path = Path.Combine(agent.Folder, closed);
        File.SetUnixFileMode(path, rights == "none" ? UnixFileMode.None : UnixFileMode.UserRead);
        try
        {
            if (Environment.IsPrivilegedProcess)
            {
                // No right is missing to whom everything is permitted: the agent runs as nobody, who has the folder.
                await ProgramRun.RunAsync("chown", ["-R", "65534:65534", agent.Folder], Limit);
            }

            var sync = await AsNobodyAsync(agent, "sync");
            var drift = await AsNobodyAsync(agent, "drift");
            var check = await AsNobodyAsync(agent, "check");
            var status = await AsNobodyAsync(agent, "status");

            foreach (var result in new[] { sync, drift, check })
            {
                Assert.Equal(ExitCode.Source, (ExitCode)result.ExitCode);
                Assert.Contains($"{closed}: The folder may not be looked into", result.All, StringComparison.Ordinal);
                Assert.Contains("Cure: give the agent's user the right to read and enter it", result.All, StringComparison.Ordinal);
            }

            Assert.Equal(files.Contains("closed", StringComparison.Ordinal) ? 1 : 2, hub.Stored.Count);
            Assert.Contains("failed", status.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("running", status.Output, StringComparison.Ordinal);
        }
        finally
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Theory]
    [InlineData("pipe", "a pipe")]
    [InlineData("/dev/zero", "a device")]
    [InlineData("linked pipe", "a pipe")]
    public async Task SyncCheckAndDrift_PipeOrDeviceInPlaceOfAFile_SayItAndReadTheOthers(string kind, string named)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        await using var hub = await TestHub.StartAsync();
        using var agent = await TwoSourcesAsync(hub, "inbox/**/*.csv");
        await MakeAsync(agent, "inbox/b.csv", kind);

        var sync = await RunAsync(agent, "sync");
        var drift = await RunAsync(agent, "drift");
        var check = await RunAsync(agent, "check");
        var doctor = await RunAsync(agent, "doctor");

        foreach (var result in new[] { sync, drift, check, doctor })
        {
            Assert.Contains($"'b.csv' is {named}, no regular file", result.All, StringComparison.Ordinal);
        }

        Assert.Equal((ExitCode.Source, ExitCode.Source, ExitCode.Source), ((ExitCode)sync.ExitCode, (ExitCode)drift.ExitCode, (ExitCode)check.ExitCode));
        Assert.Equal(2, hub.Stored.Count);
    }

    [Fact]
    public async Task SyncCheckAndDrift_LinkToNowhere_SayItAndReadTheOthers()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await TwoSourcesAsync(hub, "inbox/**/*.csv");
        File.CreateSymbolicLink(agent.Inbox("b.csv"), "/nowhere/b.csv");

        var sync = await RunAsync(agent, "sync");
        var drift = await RunAsync(agent, "drift");
        var check = await RunAsync(agent, "check");

        foreach (var result in new[] { sync, drift, check })
        {
            Assert.Equal(ExitCode.Source, (ExitCode)result.ExitCode);
            Assert.Contains("inbox/b.csv: It is a link to a file that is not there. Cure: have the export written there, or remove the link", result.All, StringComparison.Ordinal);
        }

        Assert.Equal(2, hub.Stored.Count);
    }

    [Fact]
    public async Task Sync_JoinsFileIsAPipe_SaysItAndIsNotWaitedFor()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        await using var hub = await TestHub.StartAsync();
        using var agent = await TwoSourcesAsync(hub, "inbox/**/*.csv");
        agent.WriteMapping(text => text.Replace("duplicates: reject", "join: [{as: person, files: persons.csv, format: {type: delimited}, key: id, on: id}]\nduplicates: reject", StringComparison.Ordinal));
        await MakeAsync(agent, "inbox/persons.csv", "pipe");

        var sync = await RunAsync(agent, "sync");

        Assert.Equal(ExitCode.Source, (ExitCode)sync.ExitCode);
        Assert.Contains("'persons.csv' is a pipe, no regular file", sync.All, StringComparison.Ordinal);
        Assert.Single(hub.Stored);
    }

    [Fact]
    public async Task Check_FolderWithANameThatThePatternMeans_IsNamed()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await TwoSourcesAsync(hub, "inbox/*.csv");
        agent.Write([new DeskRow("C1")], "night.csv/cases.csv");

        var among = await AgentProgram.RunAsync("check", "--offline", "--config", agent.Config);
        agent.PointTo(hub, files: "inbox/night.csv");
        var alone = await AgentProgram.RunAsync("check", "--offline", "--config", agent.Config);
        agent.PointTo(hub, files: "inbox/*");
        var any = await AgentProgram.RunAsync("check", "--offline", "--config", agent.Config);

        Assert.Contains("WARNING  desk: inbox/night.csv is a folder", among.Output + among.Error, StringComparison.Ordinal);
        Assert.Equal((ExitCode.Done, ExitCode.Source), (among.Code, alone.Code));
        Assert.Contains("inbox/night.csv is a folder. Cure: write 'inbox/night.csv/*'", alone.Output + alone.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("is a folder", any.Output + any.Error, StringComparison.Ordinal);
    }

    private static async Task<AgentBench> TwoSourcesAsync(TestHub hub, string files)
    {
        var agent = await AgentBench.AtAsync(hub);
        agent.PointTo(hub, files: files, more: "  - {mapping: other.yaml, files: other/*.csv, settle: 0}");
        var mapping = await File.ReadAllTextAsync(Path.Combine(agent.Folder, "mapping.yaml"));
        await File.WriteAllTextAsync(Path.Combine(agent.Folder, "other.yaml"), mapping.Replace("source: desk", "source: other", StringComparison.Ordinal));
        agent.Write([new DeskRow("A1")], "open/a.csv");
        agent.Write([new DeskRow("A1")], "a.csv");
        agent.Write([new DeskRow("O1")], "../other/o.csv");
        return agent;
    }

    private static async Task MakeAsync(AgentBench agent, string name, string kind)
    {
        var path = Path.Combine(agent.Folder, name);
        if (kind.StartsWith('/'))
        {
            File.CreateSymbolicLink(path, kind);
            return;
        }

        var pipe = kind == "pipe" ? path : Path.Combine(agent.Folder, "pipe");
        var made = await ProgramRun.RunAsync("mkfifo", [pipe], Limit);
        Assert.Equal(0, made.ExitCode);
        if (pipe != path)
        {
            File.CreateSymbolicLink(path, pipe);
        }
    }

    private static async Task<ProgramResult> RunAsync(AgentBench agent, string command)
    {
        await using var run = AgentProgram.Start(command, "--config", agent.Config);
        return await run.WaitForExitAsync(Limit);
    }

    private static async Task<ProgramResult> AsNobodyAsync(AgentBench agent, string command)
    {
        await using var run = Environment.IsPrivilegedProcess ? AgentProgram.StartAs(65534, command, "--config", agent.Config) : AgentProgram.Start(command, "--config", agent.Config);
        return await run.WaitForExitAsync(Limit);
    }
}
