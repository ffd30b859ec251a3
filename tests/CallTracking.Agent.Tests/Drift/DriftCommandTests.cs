using System.Text.Json.Nodes;
using CallTracking.Agent.Commands;
using CallTracking.Agent.Sources;
using CallTracking.Agent.Tests.Sync;
using Xunit;

namespace CallTracking.Agent.Tests.Drift;

/// <summary><c>drift</c> as a person calls it: what has changed in a source, and what a sync would do about it.</summary>
public sealed class DriftCommandTests
{
    [Fact]
    public async Task Drift_AfterASync_TellsNewVanishedAndReTypedColumnsAndUnknownWordsWithWhatBecomesOfThem()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.WriteText("cases.csv", Table("id,subject,status,updated,shop,amount", row => $"C{row},It hums,open,2024-11-20 10:00,Lyon,{row}"));
        await agent.NightAsync();
        agent.WriteText("cases.csv", Table("id,subject,status,updated,amount,zone", row => $"C{row},It hums,{(row <= 2 ? "Klärung" : "open")},{(row == 3 ? "soon" : "2024-11-20 10:00")},{(row <= 4 ? "dear" : row)},north"));

        var (code, output, _) = await AgentProgram.RunAsync("drift", "--config", agent.Config);

        Assert.Equal(ExitCode.Drift, code);
        Assert.Contains("source desk: 1 input, 30 rows (bad-time 1, cases 27, unmapped-value 2); against run 1", output, StringComparison.Ordinal);
        Assert.Contains("new       zone: text, in 30 rows -> left out (unmapped: drop)", output, StringComparison.Ordinal);
        Assert.Contains("vanished  shop: was text; in no input any more -> nothing: the mapping does not read it", output, StringComparison.Ordinal);
        Assert.Contains("re-typed  amount: was number; 4 values are text -> taken as it comes", output, StringComparison.Ordinal);
        Assert.Contains("re-typed  updated: 1 value that the mapping cannot read -> those rows go to quarantine (bad-value, bad-time)", output, StringComparison.Ordinal);
        Assert.Contains("unknown   status: \"Klärung\" in 2 rows -> quarantine (unmapped-value); add 'Klärung: …' under values at mapping.yaml:11", output, StringComparison.Ordinal);
        Assert.Contains("A sync would go through.", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Klärung", true)]
    [InlineData("waiting for spare part 42", false)]
    [InlineData("waiting for spare parts.", true)]
    [InlineData("call 170123", false)]
    [InlineData("anna@example.com", false)]
    public async Task Drift_UnknownWordThatMayBeATextAboutSomebody_IsNotToldWhole(string word, bool isTold)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.WriteText("cases.csv", $"id,subject,status,updated\nC1,It hums,{word},2024-11-20 10:00\nC2,It hums,open,2024-11-20 10:00\n");

        var text = await AgentProgram.RunAsync("drift", "--config", agent.Config);
        var json = await AgentProgram.RunAsync("drift", "--format", "json", "--config", agent.Config);

        Assert.Equal((isTold, isTold), (text.Output.Contains(word, StringComparison.Ordinal), json.Output.Contains(word, StringComparison.Ordinal)));
        Assert.Equal(!isTold, text.Output.Contains($"status: a word of {word.Length} characters ('quarantine list --values' shows it after the sync) in 1 row", StringComparison.Ordinal));
        Assert.Equal(isTold ? word : null, (string?)JsonNode.Parse(json.Output)!["sources"]![0]!["unknown"]![0]!["word"]);
    }

    [Theory]
    [InlineData("evolve", "A sync would take what can be read (2 cases so far), leave the rest and end as one that failed.")]
    [InlineData("freeze", "A sync would stop here.")]
    public async Task Drift_SourceThatBreaksHalfWay_SaysWhatASyncWouldTake(string vanished, string sentence)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.UseSource(hub, "files: inbox/*.xml\nsettle: 0", $$"""
            source: desk
            format: {type: xml, records: /list/case}
            time_zone: UTC
            key: id
            contract: {vanished: {{vanished}}}
            fields:
              case_number: id
              kind: {const: inquiry}
            """);
        agent.WriteText("cases.xml", "<list><case><id>A</id></case><case><id>B</id></case><case><id>C</i");

        var (code, output, _) = await AgentProgram.RunAsync("drift", "--config", agent.Config);
        var sync = await agent.SyncAsync();

        Assert.Equal((ExitCode.Source, ExitCode.Source), (code, sync.Code));
        Assert.Contains(sentence, output, StringComparison.Ordinal);
        Assert.Equal(vanished == "evolve" ? 2 : 0, hub.Stored.Count);
    }

    [Fact]
    public async Task Drift_ColumnThatTheMappingReadsIsGone_SaysThatTheFileIsRefusedAndHowToLetItsFieldStayEmpty()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write(AgentBench.Rows(30));
        await agent.NightAsync();
        agent.WriteText("cases.csv", Table("id,status,updated,zone", row => $"C{row},open,2024-11-21 10:00,north"));

        var (code, output, _) = await AgentProgram.RunAsync("drift", "--config", agent.Config);
        var sync = await agent.SyncAsync();

        Assert.Equal((ExitCode.Source, ExitCode.Source), (code, sync.Code));
        Assert.Contains("vanished  subject: was text; lacking in 1 input -> files without it are refused: the mapping reads it; optional: true, or vanished: discard value under contract, lets its field stay empty", output, StringComparison.Ordinal);
        Assert.Contains("A sync would stop here.", output, StringComparison.Ordinal);
        Assert.Contains("source desk: 1 input, refused before its first row", output, StringComparison.Ordinal);
        Assert.Contains("new       zone: in the header; no row was read -> left out", output, StringComparison.Ordinal);
        agent.WriteMapping(text => text + "\ncontract: {vanished: discard value}\n");
        Assert.Equal(30UL, (await agent.NightAsync()).Changed);
    }

    [Theory]
    [InlineData("evolve")]
    [InlineData("discard row")]
    public async Task Drift_RowsThatAreInQuarantineAlready_AreToldApartAndChangeNothing(string answer)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.WriteMapping(text => answer == "evolve" ? text : text + $"\ncontract: {{retyped: {answer}, columns: {{amount: {{is: number}}}}}}\n");
        var rows = Table("id,subject,status,updated,amount", row => $"C{row},It hums,{(row == 1 ? "Klärung" : "open")},{(row == 2 ? "soon" : row == 3 ? "2999-01-01 10:00" : "2024-11-20 10:00")},{(row == 4 && answer != "evolve" ? "dear" : row)}");
        agent.WriteText("cases.csv", rows + "\n");
        await agent.NightAsync();

        var (code, output, _) = await AgentProgram.RunAsync("drift", "--all", "--config", agent.Config);
        agent.WriteText("cases.csv", rows + "C31,It hums,open,later,31\n");
        var (after, changed, _) = await AgentProgram.RunAsync("drift", "--all", "--config", agent.Config);

        Assert.Equal((ExitCode.Done, ExitCode.Drift), (code, after));
        Assert.Contains("1 input, 31 rows (bad-time 1, blank 1, cases ", output, StringComparison.Ordinal);
        Assert.Contains("future-time 1", output, StringComparison.Ordinal);
        Assert.Contains("are in quarantine already (bad-time 1", output, StringComparison.Ordinal);
        Assert.Contains("re-typed  updated: 1 value that the mapping cannot read", changed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Drift_ContractWouldDiscardEveryRow_EndsAsTheSyncDoes(bool keepsOne)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.WriteMapping(text => text + "\ncontract: {new: discard row}\n");
        agent.Write(AgentBench.Rows(30));
        await agent.NightAsync();
        agent.WriteText("cases.csv", Table("id,subject,status,updated,zone", row => $"C{row},It hums,open,2024-11-21 10:00,{(keepsOne && row == 7 ? string.Empty : "north")}"));

        var (code, output, _) = await AgentProgram.RunAsync("drift", "--config", agent.Config);
        var (_, json, _) = await AgentProgram.RunAsync("drift", "--format", "json", "--config", agent.Config);
        var sync = await agent.SyncAsync();
        var (all, _, _) = await AgentProgram.RunAsync("drift", "--all", "--config", agent.Config);

        Assert.Equal(keepsOne ? (ExitCode.Drift, ExitCode.Done) : (ExitCode.Source, ExitCode.Source), (code, sync.Code));
        Assert.Contains(keepsOne ? "A sync would go through." : "A sync would make no case of any row: all of them would go to quarantine.", output, StringComparison.Ordinal);
        Assert.Equal(!keepsOne, JsonNode.Parse(json)!["sources"]![0]!["loses_all"]!.GetValue<bool>());
        Assert.NotEqual(ExitCode.Source, all);
    }

    [Theory]
    [InlineData(30, "evolve", true)]
    [InlineData(5, "evolve", false)]
    [InlineData(30, "discard value", false)]
    public async Task Sync_PathThatTheMappingReadsIsInNoRecordAnyMore_WarnsThatItsFieldWasSentEmpty(int rows, string answer, bool warns)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.UseSource(hub, "files: inbox/*.jsonl\nsettle: 0", $$"""
            source: desk
            format: {type: jsonl}
            time_zone: UTC
            key: id
            contract: {vanished: {{answer}}}
            fields: {case_number: id, kind: {const: inquiry}, subject: desk.topic, service: other}
            """);
        agent.WriteText("cases.jsonl", string.Concat(Enumerable.Range(1, 30).Select(row => $"{{\"id\": \"C{row}\", \"desk\": {{\"topic\": \"It hums\"}}, \"aside\": 1}}\n")));
        await agent.NightAsync();
        Assert.DoesNotContain(agent.Said, line => line.StartsWith("WARNING", StringComparison.Ordinal));
        agent.WriteText("cases.jsonl", string.Concat(Enumerable.Range(1, rows).Select(row => $"{{\"id\": \"C{row}\", \"desk\": {{\"thema\": \"It hums\"}}}}\n")));

        await agent.NightAsync();

        var warnings = agent.Said.Where(line => line.StartsWith("WARNING", StringComparison.Ordinal)).ToList();
        Assert.Equal(warns ? 1 : 0, warnings.Count);
        Assert.All(warnings, line => Assert.StartsWith("WARNING  desk: no record has 'desk.topic' any more: fields that read nothing else were sent empty.", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Drift_NothingSentOrRemembered_AndNothingChangedEndsInZero()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write(AgentBench.Rows(3));
        await agent.NightAsync();
        var (received, ledger) = (hub.Received.Count, await agent.QueryAsync("select hex(value) from source_shape"));

        var (code, output, _) = await AgentProgram.RunAsync("drift", "desk", "--config", agent.Config);

        var whole = await AgentProgram.RunAsync("drift", "desk", "--all", "--config", agent.Config);

        Assert.Equal((ExitCode.Done, ExitCode.Done), (code, whole.Code));
        Assert.Contains("0 rows", output, StringComparison.Ordinal);
        Assert.Contains("3 rows (cases 3); against run 1", whole.Output, StringComparison.Ordinal);
        Assert.Contains("Nothing has changed.", whole.Output, StringComparison.Ordinal);
        Assert.Equal(received, hub.Received.Count);
        Assert.Equal(ledger, await agent.QueryAsync("select hex(value) from source_shape"));
    }

    [Fact]
    public async Task Drift_ColumnOfFreeTextMappedAsWords_KeepsAThousandOfThem()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write(Enumerable.Range(1, 3000).Select(row => new DeskRow($"C{row}", Status: $"note {row} {new string('x', 500)}")));

        var (code, output, _) = await AgentProgram.RunAsync("drift", "--config", agent.Config);

        Assert.Equal(ExitCode.Source, code);
        Assert.Equal(1000, output.Split('\n').Count(line => line.Contains("unknown   status: ", StringComparison.Ordinal)));
        Assert.Contains("further words in 2,000 rows", output, StringComparison.Ordinal);
        Assert.InRange(output.Length, 1, 1_500_000);
    }

    [Theory]
    [InlineData("update source_shape set value = 'x'")]
    [InlineData("update source_shape set value = x'00'")]
    [InlineData("update source_shape set run = 'x'")]
    [InlineData("update source_note set value = 'x'")]
    [InlineData("update source_note set value = x'00'")]
    public async Task Drift_LedgerSaysWhatNobodyWrote_ReadsTheSourceAllTheSame(string sql)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write(AgentBench.Rows(3));
        await agent.NightAsync(ReadingWish.Everything);
        await agent.QueryAsync(sql);

        var (code, output, _) = await AgentProgram.RunAsync("drift", "--config", agent.Config);

        Assert.Equal(ExitCode.Done, code);
        Assert.Contains("source desk: ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Drift_FirstContact_ComparesWithWhatTheMappingNames()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.WriteText("cases.csv", Table("id,subject,status,updated,shop", row => $"C{row},It hums,open,2024-11-20 10:00,Lyon"));

        var (code, output, _) = await AgentProgram.RunAsync("drift", "--limit", "5", "--config", agent.Config);

        Assert.Equal(ExitCode.Drift, code);
        Assert.Contains("5 rows (cases 5); first contact", output, StringComparison.Ordinal);
        Assert.Contains("new       shop: text, in 5 rows", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Drift_ContractThatWouldStopTheSource_EndsInSixAndSaysSoAlsoAsJsonAndInCheck()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.WriteMapping(text => text + "\ncontract: {new: freeze}\n");
        agent.WriteText("cases.csv", Table("id,subject,status,updated,shop", row => $"C{row},It hums,open,2024-11-20 10:00,Lyon"));

        var (code, output, _) = await AgentProgram.RunAsync("drift", "--format", "json", "--config", agent.Config);
        var check = await AgentProgram.RunAsync("check", "--offline", "--config", agent.Config);
        var preview = await AgentProgram.RunAsync("preview", "--config", agent.Config);

        var source = JsonNode.Parse(output)!["sources"]![0]!;
        Assert.Equal((ExitCode.Source, true, "freeze", "the source stops: nothing of it is sent"), (code, (bool)source["stops"]!, (string)source["changes"]![0]!["contract"]!, (string)source["changes"]![0]!["will"]!));
        Assert.Equal(ExitCode.Source, check.Code);
        Assert.Contains("new       shop: text, in 30 rows -> the source stops", check.Error, StringComparison.Ordinal);
        Assert.Contains("contract of desk: new       shop", preview.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Drift_UnknownSource_NamesThoseThereAre()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);

        var (code, _, error) = await AgentProgram.RunAsync("drift", "dsk", "--config", agent.Config);

        Assert.Equal(ExitCode.Configuration, code);
        Assert.Contains("Use one of desk", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Drift_Help_HasAnExampleAndTheExitCodes()
    {
        var (_, output, _) = await AgentProgram.RunAsync("drift", "--help");

        Assert.Contains("Example: calltracking-agent drift", output, StringComparison.Ordinal);
        Assert.Contains("Exit codes: 0", output, StringComparison.Ordinal);
    }

    private static string Table(string header, Func<int, string> row) =>
        string.Concat(Enumerable.Range(1, 30).Select(row).Prepend(header).Select(line => line + "\n"));
}
