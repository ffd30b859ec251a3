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
    public async Task Check_AllIsWell_EndsInZeroAndSaysSo()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write(AgentBench.Rows(3));

        var (code, output, _) = await AgentProgram.RunAsync("check", "--offline", "--config", agent.Config);

        Assert.Equal(ExitCode.Done, code);
        Assert.Contains("first 3 rows: mapped 3", output, StringComparison.Ordinal);
        Assert.EndsWith("All is ready for a sync.", output.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_ManyFaults_AreAllSaid()
    {
        var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        File.Delete(Path.Combine(agent.State, "identity", "bundle.pb"));
        await hub.DisposeAsync();

        var (code, _, error) = await AgentProgram.RunAsync("check", "--config", agent.Config);

        Assert.Equal(ExitCode.Source, code);
        Assert.Contains("No file matches", error, StringComparison.Ordinal);
        Assert.Contains("policy: the stored bundle is not in force (missing)", error, StringComparison.Ordinal);
        Assert.Contains("not reachable: connection refused", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_RowsThatWouldGoToQuarantine_AreCountedByReasonWithTheirPlaces()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write([new("A"), new("B", Status: "unheard of"), new("C"), new("D", Status: "unheard of")]);

        var (code, output, _) = await AgentProgram.RunAsync("check", "--offline", "--config", agent.Config);

        Assert.Equal(ExitCode.Done, code);
        Assert.Contains("unmapped-value 2: row 2 line 3 (status), row 4 line 5 (status)", output, StringComparison.Ordinal);
        Assert.DoesNotContain("unheard of", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("yes", true)]
    [InlineData("auto", false)]
    public async Task Check_AFileInAnotherEncoding_ShowsTheLikeliestReadingsWhereAsked(string readings, bool isShown)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write([.. Enumerable.Range(0, 40).Select(row => new DeskRow($"Fälle-{row}", "Das Gerät hört sich übel an, es löst häufig aus"))]);
        var file = Path.Combine(Path.GetDirectoryName(agent.Config)!, "inbox", "cases.csv");
        File.WriteAllBytes(file, System.Text.Encoding.Latin1.GetBytes(await File.ReadAllTextAsync(file)));

        var (_, output, _) = await AgentProgram.RunAsync("check", "--offline", "--readings", readings, "--config", agent.Config);

        Assert.Equal(isShown, output.Contains("windows-1252", StringComparison.Ordinal) && output.Contains("Gerät hört", StringComparison.Ordinal));
        Assert.Contains("windows-1252", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Preview_Table_EndsWithWhatTheRowsBecame()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write([new("A"), new("B", Status: "unheard of"), new("C")]);

        var (_, output, _) = await AgentProgram.RunAsync("preview", "--config", agent.Config);

        Assert.EndsWith("── 3 rows: cases 2, unmapped-value 1", output.TrimEnd(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("reject")]
    [InlineData("latest")]
    public async Task Preview_Impact_CountsWhatASyncSends(string duplicates)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub, duplicates);
        agent.Write([.. AgentBench.Rows(20), new("", "no key")]);

        var (_, before, _) = await AgentProgram.RunAsync("preview", "--impact", "--config", agent.Config);
        await AgentProgram.RunAsync("sync", "--progress", "none", "--config", agent.Config);
        var (code, after, _) = await AgentProgram.RunAsync("preview", "--impact", "--config", agent.Config);
        agent.Write([.. AgentBench.Rows(17), .. AgentBench.Rows(20, "It smokes").Skip(17), new("Z1"), new("Z1")]);
        var (_, edited, _) = await AgentProgram.RunAsync("preview", "--impact", "--config", agent.Config);
        var report = await agent.NightAsync();

        Assert.StartsWith("20 cases, of these 20 would travel, about 0.0", before, StringComparison.Ordinal);
        Assert.Contains("21 rows, 1 to quarantine", before, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, code);
        Assert.StartsWith("20 cases, of these 0 would travel, about 0.0 MB", after, StringComparison.Ordinal);
        Assert.StartsWith($"21 cases, of these {report.SentCases} would travel", edited, StringComparison.Ordinal);
        Assert.Equal(4UL, (ulong)report.SentCases);
    }

    [Theory]
    [InlineData(1000, 0.25, 10, "█████░░░░░░░░░░░░░░░ 25 % · read 1,000 rows · 100/s · 0:30 left")]
    [InlineData(1000, null, 10, "read 1,000 rows · 100/s")]
    public void Progress_OfALongReading_SaysRateAndTimeLeft(long rows, double? share, int seconds, string expected) =>
        Assert.Equal(expected, ReadingProgress.Text(rows, share, TimeSpan.FromSeconds(seconds)));

    [Fact]
    public async Task Check_NoRowBecomesACase_IsAFault()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write([new("A", Status: "unheard of"), new("B", Status: "unheard of")]);

        var (code, _, error) = await AgentProgram.RunAsync("check", "--offline", "--config", agent.Config);

        Assert.Equal(ExitCode.Source, code);
        Assert.Contains("FAULT  source desk: no row at all becomes a case: 2 of 2 rows are rejected (most often unmapped-value)", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_MostRowsAreRejected_Warns()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write([new("A"), new("B", Status: "unheard of"), new("C", Status: "unheard of")]);

        var (code, _, error) = await AgentProgram.RunAsync("check", "--offline", "--config", agent.Config);

        Assert.Equal(ExitCode.Done, code);
        Assert.Contains("WARNING  source desk: 2 of 3 rows are rejected (most often unmapped-value)", error, StringComparison.Ordinal);
    }

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
    public async Task Preview_Lines_ShowRowBesideCaseAndReason()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write([new("A", "It hums"), new("B", Status: "unheard of"), new("C")]);

        var (code, output, _) = await AgentProgram.RunAsync("preview", "--format", "jsonl", "--limit", "2", "--config", agent.Config);

        Assert.Equal(ExitCode.Done, code);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(2, lines.Count);
        Assert.StartsWith("A,It hums", lines[0].GetProperty("local").GetString(), StringComparison.Ordinal);
        Assert.Equal("DE", lines[0].GetProperty("case").GetProperty("region").GetString());
        Assert.True(lines[0].GetProperty("case").TryGetProperty("redactions", out _));
        Assert.Equal("unmapped-value", lines[1].GetProperty("reason").GetString());
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
    public async Task Preview_Rejected_ShowsOnlyWhatGoesToQuarantineInLegibleLetters()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write([new("A"), new("B", Status: "réouvert"), new("C"), new("D", Status: "unheard of")]);

        var (code, output, _) = await AgentProgram.RunAsync("preview", "--rejected", "--format", "jsonl", "--config", agent.Config);

        Assert.Equal(ExitCode.Done, code);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.Contains("réouvert", lines[0], StringComparison.Ordinal);
        Assert.Contains("unmapped-value", lines[1], StringComparison.Ordinal);
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
    public async Task Preview_RowFromTheFuture_SaysWhyItIsQuarantined()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write([new("A"), new("B", Updated: "2190-01-01 00:00")]);

        var (_, output, _) = await AgentProgram.RunAsync("preview", "--rejected", "--format", "jsonl", "--config", agent.Config);

        Assert.Contains("future-time", Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
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
        using var claimed = AgentWorkplace.Open(agent.Config);

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
    public async Task Help_EveryCommand_HasAnExample(string command)
    {
        var (code, output, _) = await AgentProgram.RunAsync(command, "--help");

        Assert.Equal(ExitCode.Done, code);
        Assert.Contains($"Example: calltracking-agent {command}", output, StringComparison.Ordinal);
    }
}
