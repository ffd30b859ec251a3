using System.Text.Json;
using CallTracking.Agent.Commands;
using CallTracking.Agent.Tests.Sync;
using CallTracking.Contracts;
using Xunit;

namespace CallTracking.Agent.Tests.Commands;

/// <summary><c>check</c> and <c>preview</c>, which look and send nothing, as a person calls them.</summary>
public sealed class LookingCommandTests
{
    [Fact]
    public async Task Check_AllIsWell_EndsInZeroAndSaysSo()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.WriteMapping(text => text.Replace("time_zone: UTC", "time_zone: Europe/Berlin", StringComparison.Ordinal));
        agent.Write(AgentBench.Rows(3));

        var (code, output, _) = await AgentProgram.RunAsync("check", "--offline", "--config", agent.Config);

        Assert.Equal(ExitCode.Done, code);
        Assert.Contains("first 3 rows: mapped 3", output, StringComparison.Ordinal);
        Assert.EndsWith("All is ready for a sync. 1 warning above.", output.TrimEnd(), StringComparison.Ordinal);
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
    public async Task Check_PathsThatNoRecordHas_AreWarnedOfWithThePathThatMayBeMeant()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.UseSource(hub, "files: inbox/*.jsonl\nsettle: 0", """
            source: desk
            format: {type: jsonl}
            time_zone: UTC
            key: desk.id
            fields:
              case_number: desk.id
              kind: {const: inquiry}
              subject: desk.tematt
              description: desk.none
              customer.phones: desk.client.tel.nr
              customer.emails: desk.client.mail
              tags: desk.tags
              messages: {each: desk.notes, fields: {body: bdy, at: at}}
              company: desk.client.office.somewhere.else
            """);
        agent.WriteText("cases.jsonl", string.Concat(Enumerable.Range(1, 3).Select(row => $$$"""
            {"desk": {"id": "C{{{row}}}", "temat": "It hums", "none": null, "client": {"tel": [{"nr": "+49 30 1"}], "mail": ""}, "tags": ["a"], "notes": [{"body": "x", "at": "2026-01-01T10:00:00Z"}]}}

            """)));

        var (code, output, _) = await AgentProgram.RunAsync("check", "--offline", "--config", agent.Config);
        var preview = await AgentProgram.RunAsync("preview", "--config", agent.Config);

        Assert.Equal(ExitCode.Done, code);
        var warned = output.Split('\n').Where(line => line.StartsWith("WARN", StringComparison.Ordinal)).ToList();
        Assert.Equal(4, warned.Count);
        Assert.Contains(warned, line => line.Contains("mapping.yaml:8:1: None of the 3 records looked at has 'desk.tematt'. Cure: Did you mean 'desk.temat'", StringComparison.Ordinal));
        Assert.Contains(warned, line => line.Contains("'desk.client.tel.nr'. Cure: It leads into a list: write 'desk.client.tel[*].nr'", StringComparison.Ordinal));
        Assert.Contains(warned, line => line.Contains("'desk.notes[*].bdy'. Cure: Did you mean 'desk.notes[*].body'", StringComparison.Ordinal));
        Assert.Contains(warned, line => line.Contains("'desk.client.office.somewhere.else': right if", StringComparison.Ordinal));
        Assert.Contains("Did you mean 'desk.temat'", preview.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Preview_OfMoreRowsThanAskedFor_SaysThatThereMayBeMoreAndGivesTheTerminalNoOrders()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write([.. Enumerable.Range(1, 9).Select(row => new DeskRow($"C{row}", "\u001b[31mred\u0007\u009b2J", Status: "unheard of"))]);

        var (_, output, _) = await AgentProgram.RunAsync("preview", "--rejected", "--config", agent.Config);
        var all = await AgentProgram.RunAsync("preview", "--rejected", "--limit", "10", "--config", agent.Config);

        Assert.Contains("── 3 rows: unmapped-value 3", output, StringComparison.Ordinal);
        Assert.Contains("--limit 3 reached, and nobody looked further; more: --limit 30", output, StringComparison.Ordinal);
        Assert.DoesNotContain("reached", all.Output, StringComparison.Ordinal);
        Assert.Contains("\uFFFD[31mred", output, StringComparison.Ordinal);
        Assert.DoesNotContain(output, letter => char.IsControl(letter) && letter is not ('\n' or '\r' or '\t'));
    }

    [Theory]
    [InlineData("broken-byte")]
    [InlineData("other-columns")]
    public async Task Check_AFileInTheEncodingThatTheMappingNames_HintsAtNoOther(string fault)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write([.. Enumerable.Range(1, 60).Select(row => new DeskRow($"C{row}", fault == "broken-byte" ? "It hums" : "Das Gerät hört sich übel an"))]);
        var file = agent.Inbox("cases.csv");
        var text = await File.ReadAllTextAsync(file);
        byte[] bytes = fault == "broken-byte" ? [.. System.Text.Encoding.ASCII.GetBytes(text), .. "C61,It h"u8, 0xE9, .. "ms,open,2024-11-20 10:00\n"u8] : System.Text.Encoding.UTF8.GetBytes(text.Replace("subject", "sbjct", StringComparison.Ordinal));
        await File.WriteAllBytesAsync(file, bytes);

        var (_, output, error) = await AgentProgram.RunAsync("check", "--offline", "--config", agent.Config);

        Assert.Contains(fault == "broken-byte" ? "undecodable 1" : "'subject' is not in the header", output + error, StringComparison.Ordinal);
        Assert.DoesNotContain("reads best as", output, StringComparison.Ordinal);
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
    [InlineData("by_time")]
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
    [InlineData(0, "inbox/cases.csv, no rows\n")]
    [InlineData(1, "inbox/cases.csv, first 1 row: mapped 1\n")]
    [InlineData(2, "inbox/cases.csv, first 2 rows: mapped 2\n")]
    public async Task Check_FewRowsOrNone_AreCountedInWords(int rows, string said)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write(AgentBench.Rows(rows));

        var (_, output, _) = await AgentProgram.RunAsync("check", "--offline", "--config", agent.Config);

        Assert.Contains(said, output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(49, "", "desk: 1 of 50 known cases are in no file: they would be deleted at headquarters")]
    [InlineData(30, "", "desk: 20 of 50 known cases are in no file: the sync would hold them until 'vanished release'")]
    [InlineData(50, "", null)]
    [InlineData(30, ",It hums,open,2024-11-20 10:00\n", "desk: 20 of 50 known cases are in no file, and 1 row has no readable key and may be any of them: nothing is held or deleted while it stands there")]
    public async Task Preview_ImpactOfACompleteExport_CountsWhatVanished(int left, string more, string? said)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.PointTo(hub, more: "    snapshot: true");
        agent.Write(AgentBench.Rows(50));
        await agent.NightAsync();
        agent.Write(AgentBench.Rows(left));
        File.AppendAllText(Path.Combine(agent.Folder, "inbox", "cases.csv"), more);

        var (_, output, _) = await AgentProgram.RunAsync("preview", "--impact", "--config", agent.Config);

        Assert.Equal(said is null ? 0 : 1, output.Split('\n').Count(line => line.Contains("known cases", StringComparison.Ordinal)));
        Assert.True(said is null || output.Contains(said, StringComparison.Ordinal), output);
    }

    [Fact]
    public async Task PolicyDryRun_ADraft_CountsWhatItDoesAndSendsNothing()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write(AgentBench.Rows(20));
        await AgentProgram.RunAsync("sync", "--progress", "none", "--config", agent.Config);
        var received = hub.Received.Count;
        var draft = Path.Combine(agent.Folder, "de.yaml");
        await File.WriteAllTextAsync(draft, "jurisdiction: de\nparent: eea\ncountries: [DE]\nrules:\n  free_text: {action: drop, at: edge}\n");

        var (code, output, _) = await AgentProgram.RunAsync("policy", "dry-run", "--policy", draft, "--config", agent.Config);
        await File.WriteAllTextAsync(draft, "jurisdiction: de\nparent: eea\ncountries: [DE]\nrules:\n  email: {action: keep}\n");
        var (refused, _, error) = await AgentProgram.RunAsync("policy", "dry-run", "--policy", draft, "--config", agent.Config);

        Assert.Equal(ExitCode.Done, code);
        Assert.Matches("free_text +drop +de +20  not reviewed by counsel", output);
        Assert.Contains("20 cases, of these 20 would travel", output, StringComparison.Ordinal);
        Assert.Equal(received, hub.Received.Count);
        Assert.Equal(ExitCode.Configuration, refused);
        Assert.Contains("de.yaml:5:10: The rule for email is looser", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PolicyDryRun_DraftOfADocumentThatTheBundleHas_StandsInItsPlace()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write(AgentBench.Rows(20));
        var draft = Path.Combine(agent.Folder, "eea.yaml");
        var pack = CallTracking.Privacy.PolicySet.BuiltInPacks.Single(document => document.Name == "eea.yaml").Yaml;
        await File.WriteAllTextAsync(draft, System.Text.RegularExpressions.Regex.Replace(pack, @"(?m)^  free_text: \{.*\}$", "  free_text: {action: drop, at: edge}"));

        var (code, output, error) = await AgentProgram.RunAsync("policy", "dry-run", "--policy", draft, "--config", agent.Config);

        Assert.True(code == ExitCode.Done, error);
        Assert.Matches("free_text +drop +eea +20", output);
        Assert.DoesNotContain("no policy bundle", error, StringComparison.Ordinal);

        File.Delete(Path.Combine(agent.State, "identity", "bundle.pb"));
        var (alone, _, told) = await AgentProgram.RunAsync("policy", "dry-run", "--policy", draft, "--config", agent.Config);

        Assert.Equal(ExitCode.Done, alone);
        Assert.Contains("no policy bundle of headquarters holds here (missing)", told, StringComparison.Ordinal);
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
    public async Task Preview_Jsonl_IsOneCaseALineAndTellsTheRestBesideIt()
    {
        var (code, output, error) = await PreviewAsync("--format", "jsonl", "--limit", "3");

        Assert.Equal(ExitCode.Done, code);
        var cases = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Case.Parser.ParseJson).ToList();
        Assert.Equal(["DE", "DE"], cases.Select(found => found.Region));
        Assert.Contains("unmapped-value", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Preview_Lines_ShowRowBesideCaseAndReason()
    {
        var (code, output, _) = await PreviewAsync("--format", "rows", "--limit", "2");

        Assert.Equal(ExitCode.Done, code);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(2, lines.Count);
        Assert.StartsWith("A,It hums", lines[0].GetProperty("local").GetString(), StringComparison.Ordinal);
        Assert.Equal("DE", lines[0].GetProperty("case").GetProperty("region").GetString());
        Assert.True(lines[0].GetProperty("case").TryGetProperty("redactions", out _));
        Assert.Equal("unmapped-value", lines[1].GetProperty("reason").GetString());
    }

    [Fact]
    public async Task Preview_AFileThatCannotBeRead_ShowsTheOthersAllTheSame()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write([new("A"), new("B")]);
        File.WriteAllText(agent.Inbox("a-first.csv"), "no header of ours\n1\n");

        var (code, output, error) = await AgentProgram.RunAsync("preview", "--format", "jsonl", "--config", agent.Config);

        Assert.Equal(ExitCode.Source, code);
        Assert.Contains("a-first.csv", error, StringComparison.Ordinal);
        Assert.Equal(2, output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
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
    public async Task Preview_RowFromTheFuture_SaysWhyItIsQuarantined()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write([new("A"), new("B", Updated: "2190-01-01 00:00")]);

        var (_, output, _) = await AgentProgram.RunAsync("preview", "--rejected", "--format", "jsonl", "--config", agent.Config);

        Assert.Contains("future-time", Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    private static async Task<(ExitCode Code, string Output, string Error)> PreviewAsync(params string[] options)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write([new("A", "It hums"), new("B", Status: "unheard of"), new("C")]);
        return await AgentProgram.RunAsync(["preview", .. options, "--config", agent.Config]);
    }
}
