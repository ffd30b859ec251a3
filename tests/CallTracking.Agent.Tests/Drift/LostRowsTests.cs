using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CallTracking.Agent.Commands;
using CallTracking.Agent.Drift;
using CallTracking.Agent.Sources;
using CallTracking.Agent.Tests.Sync;
using CallTracking.Mapping;
using Xunit;

namespace CallTracking.Agent.Tests.Drift;

/// <summary>What a sync would put into the quarantine, or miss of a complete export, is told before it by <c>drift</c>, whatever the reason.</summary>
public sealed class LostRowsTests
{
    private const string Sound = "C1,It hums,open,2024-11-20 10:00\nC2,It hums,open,2024-11-20 10:00\n";

    [Fact]
    public void KindOf_ElementsOfAList_AreOneKindByTheirField()
    {
        Assert.Equal(LostRows.KindOf(new RowRefusal(RejectReason.BadTime, "messages[0].at")), LostRows.KindOf(new RowRefusal(RejectReason.BadTime, "messages[17].at")));
        Assert.NotEqual(LostRows.KindOf(new RowRefusal(RejectReason.BadTime, "messages[0].at")), LostRows.KindOf(new RowRefusal(RejectReason.BadTime, "opened")));
    }

    /// <summary>Each row is the only fault of a new file, beside a sound one.</summary>
    [Theory]
    [InlineData("ragged-row", "B1,It hums,open\n")]
    [InlineData("missing-key", ",It hums,open,2024-11-20 10:00\n")]
    [InlineData("undecodable", "B1,It h\u00ffms,open,2024-11-20 10:00\n")]
    [InlineData("damaged-text", "B1,It h\ufffdms,open,2024-11-20 10:00\n")]
    [InlineData("broken-record", "B1,\"It\" hums,open,2024-11-20 10:00\n")]
    [InlineData("nul-character", "B1,It h\0ms,open,2024-11-20 10:00\n")]
    [InlineData("cut-off", "B1,It hums,open,2024-11-20 10:00")]
    [InlineData("too-large", "B1,{long},open,2024-11-20 10:00\n")]
    [InlineData("future-time", "B1,It hums,open,2999-11-20 10:00\n")]
    [InlineData("bad-time", "B1,It hums,open,soon\n")]
    [InlineData("duplicate-key", "N1,It smokes,open,2024-11-20 10:00\n")]
    public async Task Drift_RowWouldGoToQuarantine_TellsReasonPlaceAndCureUntilItIsThere(string reason, string row)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await DeskAsync(hub);
        agent.WriteText("a.csv", "id,subject,status,updated\n" + Sound);
        await agent.NightAsync(ReadingWish.Everything);
        var content = Encoding.UTF8.GetBytes("id,subject,status,updated\nN1,It hums,open,2024-11-20 10:00\n" + row.Replace("{long}", new string('x', 3000), StringComparison.Ordinal));
        agent.WriteBytes("b.csv", reason == "undecodable" ? [.. content.Select(one => one == 0xC3 ? (byte)0xFF : one)] : content);

        var before = await AgentProgram.RunAsync("drift", "--config", agent.Config);
        var json = await AgentProgram.RunAsync("drift", "--format", "json", "--config", agent.Config);
        var report = await agent.NightAsync(ReadingWish.Everything);
        var after = await AgentProgram.RunAsync("drift", "--all", "--config", agent.Config);

        Assert.Equal((ExitCode.Drift, ExitCode.Drift), (before.Code, json.Code));
        Assert.Contains($"  rejected  {reason}: 1 row, the first at inbox/b.csv line 3 -> quarantine; ", before.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("preview --rejected", before.Output, StringComparison.Ordinal);
        Assert.True(reason != "bad-time" || Regex.IsMatch(before.Output, @"add the format that the export uses\. updated: Column 'updated' \(mapping\.yaml:\d+\): Expected a time as "), before.Output);
        Assert.Contains("2 rows (", before.Output, StringComparison.Ordinal);
        Assert.Contains($"{reason} 1", before.Output, StringComparison.Ordinal);
        var lost = Assert.Single(JsonNode.Parse(json.Output)!["sources"]![0]!["rejected"]!.AsArray())!;
        Assert.Equal((reason, 1, "inbox/b.csv line 3"), (lost["reason"]!.GetValue<string>(), lost["rows"]!.GetValue<int>(), lost["first"]!.GetValue<string>()));
        Assert.Equal((1UL, reason), (report.Quarantined, Assert.Single(report.QuarantineReasons).Reason));
        Assert.Equal(ExitCode.Done, after.Code);
        Assert.DoesNotContain("  rejected  ", after.Output, StringComparison.Ordinal);
        Assert.Contains($"1 of these rows is in quarantine already ({reason} 1)", after.Output, StringComparison.Ordinal);
    }

    /// <summary>What the mapping says already is no cure.</summary>
    [Theory]
    [InlineData("updated: {from: updated, format: \"yyyy-MM-dd HH:mm\"}", "both have the same time under 'updated', or one has none, so that neither is the newer: where the later row is, write duplicates: latest; where they are two cases, a key of more columns")]
    [InlineData("updated: {from: updated, format: \"yyyy-MM-dd HH:mm\"}\nduplicates: reject", "the mapping wants it so (duplicates: reject); where the later row is the case's newer state, write duplicates: latest or by_time; where they are two cases")]
    [InlineData("duplicates: reject", "the mapping wants it so (duplicates: reject); where the later row is the case's newer state, write duplicates: latest; where they are two cases")]
    [InlineData("", "give the mapping the time of the last change (updated), or write duplicates: latest")]
    public async Task Drift_RowsOfOneKey_AreCuredByWhatTheMappingDoesNotSayYet(string said, string cure)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.UseSource(hub, "files: inbox/*.csv\nsettle: 0", $$"""
            source: desk
            format: {type: delimited, encoding: utf-8, delimiter: ","}
            time_zone: UTC
            key: id
            {{said}}
            fields: {case_number: id, kind: {const: inquiry}, customer_country: {const: DE}, subject: text}
            """);
        agent.WriteText("cases.csv", "id,updated,text\n1,2024-11-20 10:00,It hums\n1,2024-11-20 10:00,It smokes\n");

        var drift = await AgentProgram.RunAsync("drift", "--config", agent.Config);
        await agent.NightAsync();
        var kept = await agent.QuarantinedAsync(entry => entry.Message);

        Assert.Contains($"the first at inbox/cases.csv line 3 -> quarantine; {cure}", drift.Output, StringComparison.Ordinal);
        Assert.Contains($"Another row of this run has the same key and other values. {char.ToUpperInvariant(cure[0])}{cure[1..]}", Assert.Single(kept), StringComparison.Ordinal);
    }

    /// <summary>What drift counts is what the sync then counts, by every rule for two rows of one key.</summary>
    [Theory]
    [InlineData("by_time")]
    [InlineData("reject")]
    [InlineData("latest")]
    public async Task Drift_RowsOfOneKey_AreCountedAsTheSyncDoes(string rule)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub, duplicates: rule);
        agent.Write([new("Old", "new", Updated: "2024-11-25 10:00")], "a.csv");
        await agent.NightAsync(ReadingWish.Everything);

        // The same twice; a later one; an earlier one; two of one time; both older than what stands; over two files.
        agent.Write([new("A"), new("A"), new("B"), new("B", "b", Updated: "2024-11-21 10:00"), new("C", Updated: "2024-11-21 10:00"), new("C", "c"), new("D"), new("D", "d"), new("D", "dd"), new("Old", "x"), new("Old", "y"), new("E")], "b.csv");
        agent.Write([new("E", "e"), new("F")], "c.csv");

        var (_, output, _) = await AgentProgram.RunAsync("drift", "--format", "json", "--config", agent.Config);
        var report = await agent.NightAsync(ReadingWish.Everything);

        var lost = JsonNode.Parse(output)!["sources"]![0]!["rejected"]!.AsArray();
        Assert.Equal(rule == "latest" ? 0 : rule == "by_time" ? 3 : 6, lost.Sum(one => one!["rows"]!.GetValue<int>()));
        Assert.Equal((int)report.Quarantined, lost.Sum(one => one!["rows"]!.GetValue<int>()));
    }

    [Fact]
    public async Task Drift_ManyRowsOfOneReason_AreOneLineAndNoneACaseEndsAsTheSyncDoes()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await DeskAsync(hub);
        agent.WriteText("a.csv", "id,subject,status,updated\n" + Sound);
        await agent.NightAsync(ReadingWish.Everything);
        var ragged = string.Concat(Enumerable.Range(1, 301).Select(row => $"R{row},It hums,open\n"));

        agent.WriteText("b.csv", $"id,subject,status,updated\nN1,It hums,open,2024-11-20 10:00\n{ragged}");
        var some = await AgentProgram.RunAsync("drift", "--config", agent.Config);
        agent.WriteText("b.csv", $"id,subject,status,updated\n{ragged}");
        var all = await AgentProgram.RunAsync("drift", "--config", agent.Config);
        var sync = await agent.SyncAsync(wish: ReadingWish.Everything);

        Assert.Equal((ExitCode.Drift, ExitCode.Source, ExitCode.Source), (some.Code, all.Code, sync.Code));
        Assert.Contains("  rejected  ragged-row: 301 rows, the first at inbox/b.csv line 3 -> quarantine; ", some.Output, StringComparison.Ordinal);
        Assert.Contains("A sync would go through.", some.Output, StringComparison.Ordinal);
        Assert.Contains("A sync would make no case of any row", all.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(49, "  missing   1 of 50 known cases are in no file: they would be deleted at headquarters", false)]
    [InlineData(30, "  missing   20 of 50 known cases are in no file: the sync would hold them until 'vanished release'", true)]
    public async Task Drift_CompleteExportLacksKnownCases_SaysHowManyAndWhetherTheSyncHoldsThem(int rows, string line, bool isHeld)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.PointTo(hub, more: "    snapshot: true");
        agent.Write(AgentBench.Rows(50));
        await agent.NightAsync(ReadingWish.Everything);
        var same = await AgentProgram.RunAsync("drift", "--config", agent.Config);

        // A row that goes to quarantine is of a case that is there.
        agent.Write([.. AgentBench.Rows(rows - 1), new($"C{rows}", Status: "strange")]);
        var less = await AgentProgram.RunAsync("drift", "--config", agent.Config);
        var json = await AgentProgram.RunAsync("drift", "--format", "json", "--config", agent.Config);
        var part = await AgentProgram.RunAsync("drift", "--limit", "3", "--config", agent.Config);
        var report = await agent.NightAsync(ReadingWish.Everything);
        var again = await AgentProgram.RunAsync("drift", "--config", agent.Config);

        Assert.Equal((ExitCode.Done, ExitCode.Drift, isHeld ? ExitCode.Drift : ExitCode.Done), (same.Code, less.Code, again.Code));
        Assert.Contains(line, less.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("  missing   ", same.Output + part.Output, StringComparison.Ordinal);
        var missing = JsonNode.Parse(json.Output)!["sources"]![0]!["missing"]!;
        Assert.Equal((50 - rows, 50, isHeld), (missing["cases"]!.GetValue<int>(), missing["of"]!.GetValue<int>(), missing["held"]!.GetValue<bool>()));
        Assert.Equal(isHeld ? 0UL : (ulong)(50 - rows), report.Vanished);
    }

    private static async Task<AgentBench> DeskAsync(TestHub hub)
    {
        var agent = await AgentBench.AtAsync(hub, duplicates: "by_time");
        agent.WriteMapping(text => text.Replace("delimiter: \",\"}", "delimiter: \",\", end: line, max_record_bytes: 2000}", StringComparison.Ordinal));
        return agent;
    }
}
