using CallTracking.Agent.Commands;
using CallTracking.Agent.Configuration;
using CallTracking.Agent.Tests.Sync;
using Xunit;

namespace CallTracking.Agent.Tests.Alarms;

/// <summary>Alarms from the configuration to the command, by the program.</summary>
public sealed class AlarmCommandTests
{
    [Fact]
    public async Task Run_HubThatNobodyReaches_CallsTheCommandAndListShowsIt()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        var told = Path.Combine(agent.State, "told");
        agent.PointTo(hub, at: "https://localhost:1", more: $"alarms: {{command: [/bin/sh, -c, \"cat >> '{told}'\"], late_after: 2h}}");

        await using (var service = AgentProgram.Start("run", "--config", agent.Config))
        {
            await Eventually.TrueAsync(() => (File.Exists(told) && File.ReadAllText(told).Contains("\"code\":\"hub-", StringComparison.Ordinal)) || service.HasExited);
        }

        var (code, open, said) = await AgentProgram.RunAsync("alarm", "list", "--config", agent.Config);
        Assert.Equal(ExitCode.Done, code);
        Assert.Contains("hub-", open, StringComparison.Ordinal);
        Assert.EndsWith("open.", said.Trim(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Test_CommandThatTakesItOrNot_SaysSo()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);

        var none = await AgentProgram.RunAsync("alarm", "test", "--config", agent.Config);
        agent.PointTo(hub, more: "alarms: {command: [/bin/sh, -c, 'grep -q this.is.a.test']}");
        var taken = await AgentProgram.RunAsync("alarm", "test", "--config", agent.Config);
        agent.PointTo(hub, more: "alarms: {command: [/bin/sh, -c, 'exit 4']}");
        var refused = await AgentProgram.RunAsync("alarm", "test", "--config", agent.Config);
        var list = await AgentProgram.RunAsync("alarm", "list", "--config", agent.Config);

        Assert.Equal(ExitCode.Configuration, none.Code);
        Assert.Contains("names no command", none.Error, StringComparison.Ordinal);
        Assert.Equal((ExitCode.Done, "/bin/sh took it."), (taken.Code, taken.Output.Trim()));
        Assert.Equal(ExitCode.Configuration, refused.Code);
        Assert.Contains("/bin/sh ended with 4", refused.Error, StringComparison.Ordinal);
        Assert.Equal("No alarm is open.", list.Error.Trim());
    }

    [Theory]
    [InlineData("{command: [scripts/on-alarm, --to, ops], late_after: 90m}", null)]
    [InlineData("{command: \"/usr/local/bin/on-alarm --to ops\"}", "is not a program and its arguments")]
    [InlineData("{command: []}", "has no texts under 'command'")]
    [InlineData("{late_after: 5m}", "is not a time of at least 10m")]
    [InlineData("{comand: [x]}", "command")]
    public void Load_Alarms_AreReadOrNamed(string alarms, string? said)
    {
        using var folder = new TempFolder();
        var file = folder.Write("agent.yaml", $"""
            region: DE
            centre: Berlin
            country: DE
            hub: https://hub.example.com:5443
            alarms: {alarms}
            sources:
              - mapping: mapping.yaml
                files: "inbox/*.csv"
            """);

        var load = AgentSettingsFile.Load(file);

        if (said is null)
        {
            Assert.Empty(load.Faults);
            Assert.Equal([Path.Combine(folder.Path, "scripts", "on-alarm"), "--to", "ops"], load.Settings!.Alarms.Command);
            Assert.Equal(TimeSpan.FromMinutes(90), load.Settings.Alarms.LateAfter);
        }
        else
        {
            Assert.Contains(said, string.Join('\n', load.Faults), StringComparison.Ordinal);
        }
    }
}
