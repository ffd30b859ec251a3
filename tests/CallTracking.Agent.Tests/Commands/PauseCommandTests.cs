using System.Globalization;
using CallTracking.Agent.Commands;
using CallTracking.Agent.Schedule;
using CallTracking.Agent.Tests.Sync;
using Xunit;

namespace CallTracking.Agent.Tests.Commands;

/// <summary><c>pause</c>, <c>resume</c> and <c>schedule</c>, as a person calls them.</summary>
public sealed class PauseCommandTests
{
    [Fact]
    public async Task Pause_ThenResume_IsShownAndHeadquartersIsToldOfBoth()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);

        var paused = await AgentProgram.RunAsync("pause", "--note", "export server is moved", "--until", "2d", "--config", agent.Config);
        var (_, during, _) = await AgentProgram.RunAsync("status", "--config", agent.Config);
        var (_, nights, _) = await AgentProgram.RunAsync("schedule", "--next", "2", "--config", agent.Config);
        var resumed = await AgentProgram.RunAsync("resume", "--config", agent.Config);
        var (_, after, _) = await AgentProgram.RunAsync("status", "--config", agent.Config);

        Assert.Equal((ExitCode.Done, "Headquarters knows."), (paused.Code, paused.Error.Trim()));
        Assert.Contains("PAUSED", during, StringComparison.Ordinal);
        Assert.Contains("export server is moved", during, StringComparison.Ordinal);
        Assert.StartsWith("paused until ", nights, StringComparison.Ordinal);
        Assert.Equal(3, nights.Trim().Split('\n').Length);
        Assert.StartsWith("resumed; the next night begins ", resumed.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("PAUSED", after, StringComparison.Ordinal);
        Assert.Equal(["export server is moved", null], hub.Pauses.Select(pause => pause?.Note));
        Assert.InRange(hub.Pauses[0]!.Until.ToDateTimeOffset() - hub.Pauses[0]!.Since.ToDateTimeOffset(), TimeSpan.FromHours(47.9), TimeSpan.FromHours(48));
    }

    [Fact]
    public async Task Pause_HubIsAway_HoldsAllTheSameAndIsToldLater()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.PointTo(hub, at: "https://localhost:1");

        var (code, _, error) = await AgentProgram.RunAsync("pause", "--note", "moving", "--config", agent.Config);
        var file = new PauseFile(agent.State);
        var untold = file.Untold();
        agent.PointTo(hub);
        var trouble = await new PauseTelling(AgentWorkplace.LoadSettings(agent.Config)).TryTellAsync(CancellationToken.None);

        Assert.Equal(ExitCode.Done, code);
        Assert.Contains("Headquarters could not be told", error, StringComparison.Ordinal);
        Assert.Equal("moving", untold?.Pause?.Note);
        Assert.Null(trouble);
        Assert.Equal("moving", Assert.Single(hub.Pauses)?.Note);
        Assert.Null(file.Untold());
        Assert.NotNull(file.Find(DateTimeOffset.UtcNow));
    }

    [Theory]
    [InlineData("yesterday")]
    [InlineData("2020-01-01")]
    [InlineData("0")]
    public async Task Pause_UntilThatIsNoTimeToCome_IsRefused(string until)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);

        var (code, _, error) = await AgentProgram.RunAsync("pause", "--note", "moving", "--until", until, "--config", agent.Config);

        Assert.Equal(ExitCode.Configuration, code);
        Assert.Contains("is no time to come", error, StringComparison.Ordinal);
        Assert.Null(new PauseFile(agent.State).Find(DateTimeOffset.UtcNow));
    }

    [Fact]
    public void Find_EndHasCome_IsNone()
    {
        using var folder = new TempFolder();
        var end = DateTimeOffset.Parse("2026-11-22T06:00Z", CultureInfo.InvariantCulture);
        var file = new PauseFile(folder.Path);
        file.Set(new Pause("moving", end.AddHours(-5), end));

        Assert.NotNull(file.Find(end.AddTicks(-1)));
        Assert.Null(file.Find(end));
    }

    [Fact]
    public void Set_ByWhomeverItIs_IsReadableForTheServiceThatOwnsTheFolder()
    {
        using var folder = new TempFolder();
        new PauseFile(folder.Path).Set(new Pause("moving", DateTimeOffset.UnixEpoch, null));

        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(folder.File("pause.json")).HasFlag(UnixFileMode.OtherRead), "of root, with mode 600, it stops nights for good");
    }

    [Fact]
    public void Told_SomebodyResumedMeanwhile_DoesNotUndoIt()
    {
        using var folder = new TempFolder();
        var now = DateTimeOffset.UnixEpoch;
        var file = new PauseFile(folder.Path);
        file.Set(new Pause("works on the desk", now, null));
        var news = file.Untold()!;
        var before = File.ReadAllBytes(folder.File("pause.json"));

        file.Told(news);
        Assert.Equal(before, File.ReadAllBytes(folder.File("pause.json"))); // What people write the service never does.
        Assert.Null(file.Untold());
        file.Set(null);
        file.Told(news);

        Assert.Null(file.Find(now));
        Assert.Equal(new PauseNews(null), file.Untold());
    }

    [Fact]
    public void Find_FileThatSaysNothing_IsNotTakenForNoPause()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("pause.json"), "{");

        Assert.Throws<AgentException>(() => new PauseFile(folder.Path).Find(DateTimeOffset.UtcNow));
    }
}
