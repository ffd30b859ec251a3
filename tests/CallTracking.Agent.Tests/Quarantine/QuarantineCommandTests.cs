using System.Text.Json;
using CallTracking.Agent.Commands;
using CallTracking.Agent.Ledger;
using CallTracking.Agent.Sources;
using CallTracking.Agent.Tests.Sync;
using CallTracking.Contracts;
using CallTracking.Mapping;
using CallTracking.Testing;
using Xunit;

namespace CallTracking.Agent.Tests.Quarantine;

/// <summary>The quarantine as a person works on it.</summary>
public sealed class QuarantineCommandTests
{
    [Fact]
    public async Task List_RowsOfSeveralReasons_AreCountedAndSaidWithoutTheirContent()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await StartAsync(hub, new("A", "Unverwechselbar", "Klärung"), new("B", "x", "Klärung"), new("", "Unverwechselbar"), new("D"));

        var (code, table, _) = await RunAsync(agent, "list");
        var (_, lines, _) = await RunAsync(agent, "list", "--reason", "unmapped-value", "--format", "jsonl");

        Assert.Equal(ExitCode.Done, code);
        Assert.Contains("       2  desk  unmapped-value  mapping  status", table, StringComparison.Ordinal);
        Assert.Contains("       3  in all", table, StringComparison.Ordinal);
        Assert.Contains("0m  mapping  missing-key     inbox/cases.csv row 3  key: line 4: Column 'id' (mapping.yaml:", table, StringComparison.Ordinal);
        Assert.Equal(["row 1", "row 2"], lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("place").GetString()));
        Assert.DoesNotContain("Unverwechselbar", table + lines, StringComparison.Ordinal);
        Assert.DoesNotContain("Klärung", table + lines, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListValues_UnknownWords_AreGroupedWithTheLineToAddAndGoneOnceAdded()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await StartAsync(hub, new("A", Status: "Klärung"), new("B", Status: "Klärung"), new("C", Status: "no: yes"));

        var (_, before, _) = await RunAsync(agent, "list", "--values");
        agent.WriteMapping(text => text.Replace("open: open,", "open: open, Klärung: open,", StringComparison.Ordinal));
        var (_, after, _) = await RunAsync(agent, "list", "--values");

        Assert.Contains("       2  desk  status  \"Klärung\": add 'Klärung: …' under values at mapping.yaml:11", before, StringComparison.Ordinal);
        Assert.Contains("add '\"no: yes\": …'", before, StringComparison.Ordinal);
        Assert.DoesNotContain("Klärung", after, StringComparison.Ordinal);
        Assert.Contains("2 rows have become cases with the mapping as it is now", after, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("join: [{as: customer, files: people.csv, key: nr, on: subject}]")]
    [InlineData("fold: {by: id}")]
    public async Task ListValues_RowsThatAreComposed_AreGroupedAsOthersAre(string composed)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.PointTo(hub, files: "inbox/cases.csv");
        agent.WriteMapping(text => text.Replace("key: id", $"key: id\n{composed}", StringComparison.Ordinal));
        agent.WriteText("people.csv", "nr,name\n7,Ada\n");
        agent.Write([new("A", "7", "on_ice"), new("B", "8", "on_ice"), new("C", "7")]);
        await agent.NightAsync();

        var (_, before, _) = await RunAsync(agent, "list", "--values");
        agent.WriteMapping(text => text.Replace("open: open,", "open: open, on_ice: open,", StringComparison.Ordinal));
        var (_, after, _) = await RunAsync(agent, "list", "--values");

        Assert.Contains("       2  desk  status  \"on_ice\": add 'on_ice: …' under values at mapping.yaml:12", before, StringComparison.Ordinal);
        Assert.Contains("2 rows have become cases with the mapping as it is now", after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListValues_RowsOfXml_AreReadFromTheirFileAndWithoutItCounted()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.UseSource(hub, "files: inbox/*.xml\nsettle: 0", """
            source: desk
            format: {type: xml, records: /list/case}
            time_zone: UTC
            key: id
            fields: {case_number: id, kind: {const: inquiry}, status: {from: status, values: {open: open}}}
            """);
        agent.WriteText("cases.xml", "<list><case><id>A</id><status>on_ice</status></case><case><id>B</id><status>open</status></case><case><id>C</id><status>on_ice</status></case></list>");
        await agent.NightAsync();

        var (_, before, _) = await RunAsync(agent, "list", "--values");
        agent.WriteMapping(text => text.Replace("open: open", "open: open, on_ice: open", StringComparison.Ordinal));
        var (_, mended, _) = await RunAsync(agent, "list", "--values");
        agent.Delete("cases.xml");
        var (_, gone, _) = await RunAsync(agent, "list", "--values");

        Assert.Contains("       2  desk  status  \"on_ice\": add 'on_ice: …' under values at mapping.yaml:5", before, StringComparison.Ordinal);
        Assert.Contains("2 rows have become cases with the mapping as it is now", mended, StringComparison.Ordinal);
        Assert.Contains("2 rows are not kept whole", gone, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListValues_RowsOfAWorkbook_AreReadFromTheirFile()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.UseSource(hub, "files: inbox/*.xlsx\nsettle: 0", """
            source: desk
            format: {type: excel}
            time_zone: UTC
            key: id
            fields: {case_number: id, kind: {const: inquiry}, status: {from: status, values: {open: open}}}
            """);
        agent.WriteBytes("cases.xlsx", new XlsxBuilder().Sheet(
            XlsxBuilder.Row(1, "id", "status") + XlsxBuilder.Row(2, "A", "on ice") + XlsxBuilder.Row(3, "B", "open") + XlsxBuilder.Row(4, "C", "on ice")).Build());
        await agent.NightAsync();

        var (_, before, _) = await RunAsync(agent, "list", "--values");
        agent.WriteMapping(text => text.Replace("open: open", "open: open, on ice: open", StringComparison.Ordinal));
        var (_, mended, _) = await RunAsync(agent, "list", "--values");

        Assert.Contains("       2  desk  status  \"on ice\": add 'on ice: …' under values at mapping.yaml:5", before, StringComparison.Ordinal);
        Assert.Contains("2 rows have become cases with the mapping as it is now", mended, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_HintToExplainARow_RunsAsItIsPrinted()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await StartAsync(hub, new("A"), new("B", "x", "Klärung"));

        var (_, table, _) = await RunAsync(agent, "list");
        var hint = table.Split('\n').Single(line => line.Contains("mapping explain", StringComparison.Ordinal));
        var printed = hint[(hint.IndexOf("calltracking-agent ", StringComparison.Ordinal) + "calltracking-agent ".Length)..].TrimEnd();
        var (code, output, error) = await AgentProgram.RunAsync(printed.Split(' '));

        Assert.True(code == ExitCode.Done, error);
        Assert.Contains("unmapped-value", output, StringComparison.Ordinal);
        Assert.EndsWith($"--config {agent.Config}", printed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_OneRow_GivesItsTextBehindItsHeaderAndNothingThatSteersATerminal()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await StartAsync(hub, new("A", "It\u001b[2Jhums", "Klärung"), new("B", new string('x', SourceReader.RawRecordBytes), "Klärung"));

        var (code, first, _) = await RunAsync(agent, "show", await IdAsync(agent, "row 1"));
        var (_, second, _) = await RunAsync(agent, "show", await IdAsync(agent, "row 2"));
        var (none, _, error) = await RunAsync(agent, "show", "zz");

        Assert.Equal((ExitCode.Done, ExitCode.Configuration), (code, none));
        Assert.Contains("id,subject,status,updated\nA,It\uFFFD[2Jhums,Klärung,2024-11-20 10:00", first, StringComparison.Ordinal);
        Assert.DoesNotContain("not the whole row", first, StringComparison.Ordinal);
        Assert.Contains("mapping explain --row 1 --file ", first, StringComparison.Ordinal);
        Assert.Contains("not the whole row", second, StringComparison.Ordinal);
        Assert.Contains("No row in quarantine is meant", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Retry_MendedMapping_SendsOnlyThoseRowsThoughTheirFileIsGone()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await StartAsync(hub, [.. AgentBench.Rows(20), new("A", Status: "Klärung"), new("B", Status: "strange")]);
        agent.Delete("cases.csv");
        agent.WriteMapping(text => text.Replace("open: open,", "open: open, Klärung: open,", StringComparison.Ordinal));

        var (code, output, error) = await RunAsync(agent, "retry", "--reason", "unmapped-value");

        Assert.True(code == ExitCode.Done, error);
        Assert.Contains("rows  2 = cases 1 + folded 0 + blank 0 + filtered 0 + quarantined 1", output, StringComparison.Ordinal);
        Assert.Contains("the hub counted the same; it holds 21 cases", output, StringComparison.Ordinal);
        Assert.Equal(["row 22"], await agent.QueryAsync("select place from quarantine"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Retry_NewerRowsThatWereSentMeanwhile_AreNotOverwritten(bool inOneRun)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub, duplicates: "latest");
        agent.WriteMapping(text => text.Replace("updated: {from: updated, format: \"yyyy-MM-dd HH:mm\"}\nduplicates", "duplicates", StringComparison.Ordinal));
        DeskRow[] older = [Row("A", 1), Row("A", 2), Row("B", 3), Row("B", 4), Row("C", 5) with { Status = "open" }, Row("C", 6)];
        agent.Write(older, "1.csv");
        if (!inOneRun)
        {
            await agent.NightAsync(ReadingWish.Everything);
        }

        agent.Write([Row("A", 20) with { Status = "open" }], "2.csv");
        await agent.NightAsync(ReadingWish.Everything);
        agent.WriteMapping(text => text.Replace("open: open,", "open: open, Klärung: open,", StringComparison.Ordinal));

        var (code, output, error) = await RunAsync(agent, "retry");

        Assert.True(code == ExitCode.Done, error);
        Assert.Contains("rows  3 =", output, StringComparison.Ordinal);
        Assert.Equal([4, 6, 20], Days(hub));
        Assert.Empty(await agent.QueryAsync("select place from quarantine"));
        Assert.Equal(0UL, (await agent.NightAsync()).Quarantined);
        Assert.Equal([4, 6, 20], Days(hub));
    }

    [Fact]
    public async Task ListValuesAndExport_OneDamagedEntry_TheOthersAreThereAndItIsNamed()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await StartAsync(hub, new("A", "one", "Klärung"), new("B", "two", "Klärung"), new("C", "three", "Klärung"));
        await agent.EditLedgerAsync("update quarantine set payload = zeroblob(80) where place = 'row 2' returning place");
        var file = Path.Combine(agent.State, "rows.jsonl");

        var (listed, words, _) = await RunAsync(agent, "list", "--values");
        var (exported, _, error) = await RunAsync(agent, "export", file, "--yes");

        Assert.Equal((ExitCode.Done, ExitCode.RunFailed), (listed, exported));
        Assert.Contains("       2  desk  status  \"Klärung\"", words, StringComparison.Ordinal);
        Assert.Contains("1 row is not kept whole, cannot be opened", words, StringComparison.Ordinal);
        Assert.Contains(await IdAsync(agent, "row 2"), error, StringComparison.Ordinal);
        Assert.Equal([true, false, true], (await File.ReadAllLinesAsync(file)).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("content").ValueKind == JsonValueKind.String));
    }

    [Fact]
    public async Task List_FilterThatMeansNoRow_DoesNotCallTheQuarantineEmpty()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await StartAsync(hub, new DeskRow("A", Status: "Klärung"));

        var (_, output, _) = await RunAsync(agent, "list", "--source", "dsk");

        Assert.Contains("No row in quarantine is meant", output, StringComparison.Ordinal);
        Assert.DoesNotContain("empty", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Retry_WhatIsKeptAsACase_IsLookedForInItsFileAndOnlyItIsTaken()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await StartAsync(hub, new("A", "one"), new("B"), new("A", "two"));
        var id = await IdAsync(agent, "row 3");

        var (code, output, error) = await RunAsync(agent, "retry", id);
        var again = await RunAsync(agent, "retry", id);

        Assert.True(code == ExitCode.Done, error);
        Assert.Contains("rows  1 = cases 1", output, StringComparison.Ordinal);
        Assert.Contains("changed 1", output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Configuration, again.Code);
        Assert.Empty(await agent.QueryAsync("select place from quarantine"));
    }

    [Fact]
    public async Task Retry_CaseThatTheHubRefused_TravelsAgain()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Judge = _ => Outcome.Rejected;
        using var agent = await StartAsync(hub, new("A"), new("B"));
        var refused = hub.Received.Count;
        hub.Judge = _ => null;

        var (code, output, error) = await RunAsync(agent, "retry", "--reason", "clear-under-edge-rule");

        Assert.True(code == ExitCode.Done, error);
        Assert.Contains("cases 2 = new 2", output, StringComparison.Ordinal);
        Assert.Equal((2, refused + 1), (hub.Stored.Count, hub.Received.Count));
        Assert.Empty(await agent.QueryAsync("select place from quarantine"));
    }

    [Fact]
    public async Task Retry_RowThatIsNowhereAnyMore_StaysAndIsAFault()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await StartAsync(hub, new("A", "one"), new("A", "two"));
        agent.Write([new("A", "one")]);

        var (code, _, error) = await RunAsync(agent, "retry");

        Assert.Equal(ExitCode.Source, code);
        Assert.Contains("1 row is not where it came from any more", error, StringComparison.Ordinal);
        Assert.Single(LedgerGlance.Of(agent.LedgerFile, 1)!.Quarantine);
    }

    [Fact]
    public async Task Export_WithConsent_WritesTheRowsForThisUserOnly()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await StartAsync(hub, new("A", Status: "Klärung"), new("B", "one"), new("B", "two"));
        var file = Path.Combine(agent.State, "rows.jsonl");

        var (refused, _, why) = await RunAsync(agent, "export", file);
        var (code, _, warning) = await RunAsync(agent, "export", file, "--yes");

        Assert.Equal((ExitCode.Configuration, ExitCode.Done), (refused, code));
        Assert.Contains("Add --yes", why, StringComparison.Ordinal);
        Assert.StartsWith("WARNING", warning, StringComparison.Ordinal);
        var contents = (await File.ReadAllLinesAsync(file)).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("content").GetString()!).ToList();
        Assert.Contains(contents, text => text.Contains("Klärung", StringComparison.Ordinal));
        Assert.Contains(contents, text => text.Contains("\"two\"", StringComparison.Ordinal));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    [Fact]
    public async Task Purge_OldRows_GoWithConsentOnlyAndAgeSurvivesNights()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await StartAsync(hub, new("A", Status: "Klärung"), new("", "no key"));
        await agent.EditLedgerAsync("update quarantine set at = at - 91 * 86400000 where place = 'row 1'");
        await agent.NightAsync();

        var all = await RunAsync(agent, "purge", "--yes");
        var unsure = await RunAsync(agent, "purge", "--older-than", "90d");
        var (_, table, _) = await RunAsync(agent, "list");
        var (code, output, _) = await RunAsync(agent, "purge", "--older-than", "90d", "--yes");

        Assert.Equal((ExitCode.Configuration, ExitCode.Configuration, ExitCode.Done), (all.Code, unsure.Code, code));
        Assert.Contains("  91d  mapping", table, StringComparison.Ordinal);
        Assert.Equal("1 row deleted", output.TrimEnd());
        Assert.Equal(["row 2"], await agent.QueryAsync("select place from quarantine"));
    }

    private static async Task<AgentBench> StartAsync(TestHub hub, params DeskRow[] rows)
    {
        var agent = await AgentBench.AtAsync(hub);
        agent.Write(rows);
        await agent.NightAsync();
        return agent;
    }

    private static DeskRow Row(string id, int day) => new(id, Status: "Klärung", Updated: string.Create(System.Globalization.CultureInfo.InvariantCulture, $"2024-11-{day:00} 10:00"));

    private static IEnumerable<int> Days(TestHub hub) => hub.Stored.Values.Select(record => record.Case.Opened.At.ToDateTimeOffset().Day).Order();

    private static async Task<string> IdAsync(AgentBench agent, string place)
    {
        var (_, lines, _) = await RunAsync(agent, "list", "--format", "jsonl");
        return lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)
            .Single(line => line.GetProperty("place").GetString() == place).GetProperty("id").GetString()!;
    }

    private static Task<(ExitCode Code, string Output, string Error)> RunAsync(AgentBench agent, params string[] arguments) =>
        AgentProgram.RunAsync(["quarantine", .. arguments, "--config", agent.Config]);
}
