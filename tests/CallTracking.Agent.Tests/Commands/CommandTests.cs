using System.CommandLine;
using System.Text.Json;
using CallTracking.Agent.Commands;
using CallTracking.Agent.Tests.Sync;
using Xunit;

namespace CallTracking.Agent.Tests.Commands;

/// <summary>The commands as a person calls them: text, exit code.</summary>
public sealed class CommandTests
{
    [Fact]
    public async Task Sync_NoRowBecomesACase_SaysSoLastAndEndsInSix()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write([new("A", Status: "unheard of"), new("B", Status: "unheard of")]);

        var (code, _, error) = await AgentProgram.RunAsync("sync", "--progress", "none", "--config", agent.Config);

        Assert.Equal(ExitCode.Source, code);
        var last = error.TrimEnd().Split('\n')[^1];
        Assert.StartsWith("WARNING  2 of 2 rows are in the quarantine (most often unmapped-value): see calltracking-agent preview --rejected", last, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sync_MostRowsAreQuarantined_WarnsAndEndsInZero()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write([new("A"), new("B", Status: "unheard of"), new("C", Status: "unheard of")]);

        var (code, _, error) = await AgentProgram.RunAsync("sync", "--progress", "none", "--config", agent.Config);

        Assert.Equal(ExitCode.Done, code);
        Assert.Contains("WARNING  2 of 3 rows are in the quarantine", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sync_ReportWithoutAPlace_IsRefusedBeforeAnythingIsRead()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write(AgentBench.Rows(3));
        var file = Path.Combine(agent.State, "no", "such", "report.json");

        var (code, _, error) = await AgentProgram.RunAsync("sync", "--progress", "none", "--report", file, "--config", agent.Config);

        Assert.Equal(ExitCode.Configuration, code);
        Assert.Contains(file, error, StringComparison.Ordinal);
        Assert.Empty(hub.Stored);
    }

    [Fact]
    public async Task Enrol_SecretLostAndCasesAtTheHub_Warns()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write(AgentBench.Rows(3));
        await AgentProgram.RunAsync("sync", "--progress", "none", "--config", agent.Config);

        var (_, _, quiet) = await AgentProgram.RunAsync("enrol", "--token", hub.Token, "--config", agent.Config);
        File.Delete(Path.Combine(agent.State, "keys", "region.secret"));
        var (code, _, warned) = await AgentProgram.RunAsync("enrol", "--token", hub.Token, "--config", agent.Config);

        Assert.Equal(ExitCode.Done, code);
        Assert.Empty(quiet);
        Assert.StartsWith("WARNING: the hub holds 3 cases", warned, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sync_Report_IsJsonForScripts()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write(AgentBench.Rows(5));
        var file = Path.Combine(agent.State, "report.json");

        var (code, output, _) = await AgentProgram.RunAsync("sync", "--progress", "none", "--report", file, "--config", agent.Config);

        Assert.Equal(ExitCode.Done, code);
        Assert.Contains("the hub counted the same", output, StringComparison.Ordinal);
        var report = JsonDocument.Parse(await File.ReadAllTextAsync(file)).RootElement;
        Assert.Equal("5", report.GetProperty("report").GetProperty("new").GetString());
        Assert.True(report.GetProperty("hub").GetProperty("agrees").GetBoolean());
    }

    [Fact]
    public async Task Status_AfterASync_CountsEverything()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write([.. AgentBench.Rows(5), new("", "no key")]);
        await agent.NightAsync();

        var (code, output, _) = await AgentProgram.RunAsync("status", "--json", "--config", agent.Config);

        var status = JsonDocument.Parse(output).RootElement;
        Assert.Equal(ExitCode.Done, code);
        Assert.Equal(5, status.GetProperty("Cases").GetProperty("sent").GetInt64());
        Assert.Equal(1, status.GetProperty("Quarantine").GetProperty("missing-key").GetInt64());
        Assert.Equal("agrees", status.GetProperty("Runs")[0].GetProperty("Hub").GetString());
        Assert.Equal(1, status.GetProperty("PolicyVersion").GetInt64());
    }

    [Fact]
    public async Task FloorSign_MakesAKeyOnceAndSignsWhatTheConfigurationNames()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write(AgentBench.Rows(3));
        agent.PointTo(hub, hasFloor: true);
        await File.WriteAllTextAsync(agent.FloorFile, "jurisdiction: works-council\nrules:\n  gender: {action: drop, at: edge}\n");

        var before = await AgentProgram.RunAsync("check", "--offline", "--config", agent.Config);
        var first = await AgentProgram.RunAsync("floor", "sign", "--config", agent.Config);
        var check = await AgentProgram.RunAsync("check", "--offline", "--config", agent.Config);
        var key = Path.Combine(agent.State, "keys", "floor.key");
        File.Move(key, agent.FloorFile + ".key");
        var lost = await AgentProgram.RunAsync("floor", "sign", "--config", agent.Config);
        var again = await AgentProgram.RunAsync("floor", "sign", "--key", agent.FloorFile + ".key", "--config", agent.Config);

        Assert.Equal(ExitCode.NoPolicy, before.Code);
        Assert.Contains("floor sign", before.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, first.Code);
        Assert.Contains("nothing leaves without it", first.Output, StringComparison.Ordinal);
        Assert.Contains("floor: 'works-council' with 1 rules", check.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Configuration, lost.Code);
        Assert.Contains("--key", lost.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, again.Code);
    }

    [Theory]
    [InlineData("jurisdiction: f\ncountries: [DE]\n", "without countries")]
    [InlineData("jurisdiction: f\nrules:\n  name: {action: drop, at: hub}\n", "floor.yaml:3:")]
    [InlineData("jurisdiction: f\nrules:\n  nmae: {action: drop, at: edge}\n", "nmae")]
    public async Task FloorSign_NoFloor_EndsInTwoAndSaysWhere(string floor, string said)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.PointTo(hub, hasFloor: true);
        await File.WriteAllTextAsync(agent.FloorFile, floor);

        var (code, _, error) = await AgentProgram.RunAsync("floor", "sign", "--config", agent.Config);

        Assert.Equal(ExitCode.Configuration, code);
        Assert.Contains(said, error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(agent.State, "keys", "floor.pub")));
    }

    [Fact]
    public async Task FloorSign_StrangersKey_IsRefused()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.SetFloor(hub, "gender: {action: drop, at: edge}");
        using var stranger = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        await File.WriteAllTextAsync(agent.FloorFile + ".key", stranger.ExportPkcs8PrivateKeyPem());

        var (code, _, error) = await AgentProgram.RunAsync("floor", "sign", "--key", agent.FloorFile + ".key", "--config", agent.Config);

        Assert.Equal(ExitCode.Configuration, code);
        Assert.Contains("not the one", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnyCommand_FaultyConfiguration_EndsInTwoWithEveryFault()
    {
        using var folder = new TempFolder();
        var config = folder.Write("agent.yaml", "region: d\ncentre: Berlin\ncountry: DE\nhub: nowhere\n");

        var (code, _, error) = await AgentProgram.RunAsync("sync", "--config", config);

        Assert.Equal(ExitCode.Configuration, code);
        Assert.Contains($"{config}:1:9:", error, StringComparison.Ordinal);
        Assert.Contains("'hub: nowhere'", error, StringComparison.Ordinal);
        Assert.Contains("no 'sources'", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sync_NotEnrolled_EndsInFive()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        Directory.Delete(Path.Combine(agent.State, "identity"), recursive: true);

        var (code, _, error) = await AgentProgram.RunAsync("sync", "--config", agent.Config);

        Assert.Equal(ExitCode.Identity, code);
        Assert.Contains("enrol", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sync_AnotherAgentAtWork_IsRefused()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        using var claimed = await AgentWorkplace.OpenAsync(agent.Config, CancellationToken.None);

        var (code, _, error) = await AgentProgram.RunAsync("sync", "--config", agent.Config);

        Assert.Equal(ExitCode.Configuration, code);
        Assert.Contains("Another calltracking-agent", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_DamagedLedger_StaysForTheNightThatMendsIt()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        await File.WriteAllTextAsync(agent.LedgerFile, new string('x', 5000));
        using var error = new StringWriter();
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(1));

        var code = await AgentCommand.Build().Parse(["run", "--config", agent.Config])
            .InvokeAsync(new InvocationConfiguration { Output = error, Error = error }, stop.Token);

        Assert.Equal((0, ""), (code, error.ToString()));
        var status = await AgentProgram.RunAsync("status", "--config", agent.Config);
        Assert.Equal(ExitCode.RunFailed, status.Code);
        Assert.Contains("moves it aside", status.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Enrol_TokenOfAnotherRegion_EndsInFiveAndExplains()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);

        var (code, _, error) = await AgentProgram.RunAsync("enrol", "--token", hub.Token.Replace(".DE.", ".JP.", StringComparison.Ordinal), "--config", agent.Config);

        Assert.Equal(ExitCode.Identity, code);
        Assert.Contains("region JP", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("check")]
    [InlineData("preview")]
    [InlineData("sync")]
    [InlineData("run")]
    [InlineData("status")]
    [InlineData("enrol")]
    [InlineData("floor")]
    [InlineData("detect")]
    public async Task Help_EveryCommand_HasAnExample(string command)
    {
        var (code, output, _) = await AgentProgram.RunAsync(command, "--help");

        Assert.Equal(ExitCode.Done, code);
        Assert.Contains($"Example: calltracking-agent {command}", output, StringComparison.Ordinal);
    }
}
