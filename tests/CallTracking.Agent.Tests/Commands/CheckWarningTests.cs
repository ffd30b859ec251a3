using CallTracking.Agent.Commands;
using CallTracking.Agent.Sources;
using CallTracking.Agent.Tests.Sync;
using Xunit;

namespace CallTracking.Agent.Tests.Commands;

/// <summary>What <c>check</c> warns of: nothing of it keeps a sync from running, and all of it loses something.</summary>
public sealed class CheckWarningTests
{
    [Fact]
    public async Task Check_SomeRowsAreRejected_WarnsOfThemByReasonAndOfTheTableWithoutItsWords()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write([new("A"), new("B"), new("C"), new("D"), new("E", Status: "unheard of"), new("F", Status: "OPEN"), new("G", Updated: "soon")]);

        var (code, output, _) = await AgentProgram.RunAsync("check", "--offline", "--config", agent.Config);

        Assert.Equal(ExitCode.Done, code);
        Assert.Contains("WARN   source desk: 3 of the 7 rows looked at would go to quarantine (unmapped-value 2, bad-time 1)", output, StringComparison.Ordinal);
        Assert.Contains("WARN   source desk: unknown   status: 2 words in 2 rows -> quarantine (unmapped-value); they belong under values at mapping.yaml:11, which has some in another case (ignore_case: true)", output, StringComparison.Ordinal);
        Assert.DoesNotContain("unheard of", output, StringComparison.Ordinal);
    }

    /// <summary>What the mapping makes of a row is not all that a sync asks.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Check_RowsThatTheSyncRefuses_AreCountedAsTheSyncDoes(bool isSynced)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write([.. AgentBench.Rows(8), new("C1", "It smokes"), new("F", Updated: "2999-11-20 10:00")]);
        if (isSynced)
        {
            var report = await agent.NightAsync();
            Assert.Equal(["duplicate-key 1", "future-time 1"], report.QuarantineReasons.Select(reason => $"{reason.Reason} {reason.Count}").Order());
        }

        var (code, output, _) = await AgentProgram.RunAsync("check", "--offline", "--config", agent.Config);

        Assert.Equal(ExitCode.Done, code);
        Assert.Contains("first 10 rows: duplicate-key 1, future-time 1, mapped 8", output, StringComparison.Ordinal);
        Assert.Contains("duplicate-key 1: row 9 line 10 (as inbox/cases.csv line 2)", output, StringComparison.Ordinal);
        Assert.Contains("future-time 1: row 10 line 11 (updated)", output, StringComparison.Ordinal);
        Assert.Contains("WARN   source desk: 2 of the 10 rows looked at would go to quarantine (duplicate-key 1, future-time 1)", output, StringComparison.Ordinal);
        Assert.Contains("A sync would run and leave out much. WARNING source desk: 2 of 10 rows are rejected", output, StringComparison.Ordinal);
    }

    /// <summary>What check counts, preview shows.</summary>
    [Theory]
    [InlineData("table")]
    [InlineData("jsonl")]
    [InlineData("rows")]
    public async Task Preview_RowsThatTheSyncRefuses_ShowsTheirReasonAndTheRowOfTheSameKey(string format)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write([new("C1"), new("C2")], "a.csv");
        agent.Write([new("C1", "It smokes"), new("F", Updated: "2999-11-20 10:00"), new("G", Status: "unheard of")], "b.csv");

        var rejected = await AgentProgram.RunAsync("preview", "--rejected", "--limit", "9", "--format", format, "--config", agent.Config);
        var all = await AgentProgram.RunAsync("preview", "--limit", "9", "--format", format, "--config", agent.Config);

        foreach (var text in (string[])[rejected.Output, all.Output + all.Error])
        {
            Assert.Contains("duplicate-key", text, StringComparison.Ordinal);
            Assert.Contains("the row at inbox/a.csv line 2 has the same key and other values. The mapping wants it so (duplicates: reject)", text, StringComparison.Ordinal);
            Assert.Contains("future-time", text, StringComparison.Ordinal);
            Assert.Contains("unmapped-value", text, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("It smokes", format == "jsonl" ? all.Output : string.Empty, StringComparison.Ordinal);
        Assert.Equal(format == "table", rejected.Output.Contains("── 3 rows: duplicate-key 1, future-time 1, unmapped-value 1", StringComparison.Ordinal));
    }

    /// <summary>A spreadsheet takes keys of digits for numbers: the record that is missing is there, under another spelling.</summary>
    [Theory]
    [InlineData("00", "", "Keys of the records begin with zeros, and none in customers.csv does: a program took them for numbers there")]
    [InlineData("", "00", "Keys in customers.csv begin with zeros, and none of the records does: a program took them for numbers here")]
    [InlineData("", "9", "See that its file is whole")]
    public async Task Check_JoinedFileHasLostLeadingZeros_SaysWhichSide(string records, string customers, string said)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.UseSource(hub, "files: inbox/cases.csv\nsettle: 0", """
            source: desk
            format: {type: delimited, encoding: utf-8}
            time_zone: UTC
            key: id
            join: [{as: customer, files: customers.csv, key: nr, on: customer_nr}]
            fields: {case_number: id, kind: {const: inquiry}, customer_country: {const: DE}, company: customer.name}
            """);
        agent.WriteText("cases.csv", "id,customer_nr\n" + string.Concat(Enumerable.Range(101, 8).Select(row => $"C{row},{records}{row}\n")));
        agent.WriteText("customers.csv", "nr,name\n" + string.Concat(Enumerable.Range(101, 8).Select(row => $"{customers}{row},Firm\n")));

        var (_, output, error) = await AgentProgram.RunAsync("check", "--offline", "--config", agent.Config);

        Assert.True(output.Contains($"finds nothing for 8 of 8 records that name one (100 %), so that company stays empty there. Cure: {said}", StringComparison.Ordinal), output + error);
    }

    /// <summary>A byte that the encoding lacks is found by its column and its place in the file.</summary>
    [Theory]
    [InlineData("subject")]
    [InlineData("note")]
    public async Task Check_AByteThatCannotBeRead_IsNamedByItsColumnAndItsPlace(string column)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        var text = $"id,subject,status,updated{(column == "subject" ? string.Empty : $",{column}")}\n";
        var rows = string.Concat(Enumerable.Range(1, 9).Select(row => $"C{row},It hums,open,2024-11-20 10:00{(column == "subject" ? string.Empty : ",x")}\n"));
        var last = column == "subject" ? "D,It " : "D,It hums,open,2024-11-20 10:00,";
        agent.WriteBytes("cases.csv", [.. System.Text.Encoding.UTF8.GetBytes(text + rows + last), 0xFC, .. System.Text.Encoding.UTF8.GetBytes(column == "subject" ? ",open,2024-11-20 10:00\n" : "\n")]);

        var (_, output, error) = await AgentProgram.RunAsync("check", "--offline", "--config", agent.Config);

        Assert.True(output.Contains(System.FormattableString.Invariant($"undecodable 1: row 10 line 11 (Column '{column}': Byte {text.Length + rows.Length + last.Length} of the file is not utf-8)"), StringComparison.OrdinalIgnoreCase), output + error);
    }

    [Fact]
    public async Task Preview_AnUnknownWordAndAnEmptyExport_AreSaid()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write([new("A", Status: "unheard of")]);
        var word = await AgentProgram.RunAsync("preview", "--config", agent.Config);
        agent.Write([]);
        var empty = await AgentProgram.RunAsync("preview", "--config", agent.Config);

        Assert.Contains("unmapped-value: status: ", word.Output, StringComparison.Ordinal);
        Assert.Contains("The word is 'unheard of'.", word.Output, StringComparison.Ordinal);
        Assert.Contains("── no rows to show", empty.Output, StringComparison.Ordinal);
    }

    /// <summary>Where the later row stands for both, rows of one key are no fault: that they are one case has to be said.</summary>
    [Fact]
    public async Task CheckPreviewDriftAndFirstSync_AllRowsHaveOneKey_SayHowManyCasesTheyAre()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub, duplicates: "latest");
        agent.Write(Enumerable.Range(1, 40).Select(row => new DeskRow("C", $"It hums {row}")));

        var check = await AgentProgram.RunAsync("check", "--offline", "--config", agent.Config);
        var preview = await AgentProgram.RunAsync("preview", "--limit", "50", "--config", agent.Config);
        var drift = await AgentProgram.RunAsync("drift", "--config", agent.Config);
        await agent.NightAsync();
        var first = agent.Said.Count(line => line.StartsWith("WARNING  desk: all 40 rows looked at have the same key", StringComparison.Ordinal));
        agent.Said.Clear();
        await agent.NightAsync();

        Assert.Contains("first 40 rows: mapped 40, of 1 case", check.Output, StringComparison.Ordinal);
        Assert.Contains("WARN   source desk: all 40 rows looked at have the same key: they are 1 case. Is 'key' the right column (Column 'id', mapping.yaml:4)?", check.Output, StringComparison.Ordinal);
        Assert.Contains("── 40 rows: cases 1, further rows of these cases 39", preview.Output, StringComparison.Ordinal);
        Assert.Contains("WARN   desk: all 40 rows looked at have the same key", preview.Error, StringComparison.Ordinal);
        Assert.Contains("all 40 rows looked at have the same key", drift.Output, StringComparison.Ordinal);
        Assert.Equal(1, first);
        Assert.DoesNotContain(agent.Said, line => line.Contains("the same key", StringComparison.Ordinal));
    }

    /// <summary>A file that grows by newer rows of its cases is read on by a sync.</summary>
    [Fact]
    public async Task Check_AFileGrewByARowOfAKnownCase_DoesNotCallItADuplicate()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write(AgentBench.Rows(8));
        await agent.NightAsync(ReadingWish.Everything);
        agent.Write([.. AgentBench.Rows(8), new("C1", "It smokes", Updated: "2024-11-21 10:00")]);

        var check = await AgentProgram.RunAsync("check", "--offline", "--config", agent.Config);
        var report = await agent.NightAsync(ReadingWish.Everything);

        Assert.Contains("first 9 rows: mapped 9", check.Output, StringComparison.Ordinal);
        Assert.Equal((1UL, 0UL), (report.Changed, report.Quarantined));
    }

    // The zone and the order of versions are warned of, too; more than half is told twice.
    [Theory]
    [InlineData(4, "A sync would run and leave out much. WARNING source desk: 4 of 20 rows are rejected (most often unmapped-value): see calltracking-agent preview --rejected. 4 warnings above.")]
    [InlineData(12, "A sync would run and leave out much. WARNING source desk: 12 of 20 rows are rejected (most often unmapped-value): see calltracking-agent preview --rejected. 5 warnings above.")]
    [InlineData(2, "All is ready for a sync. 4 warnings above.")]
    public async Task Check_ManyRowsAreRejected_DoesNotCallItReadyAndCountsEachWarning(int rejected, string last)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write(Enumerable.Range(1, 20).Select(row => new DeskRow($"C{row}", Status: row <= rejected ? "unheard of" : "open")));

        var (code, output, _) = await AgentProgram.RunAsync("check", "--offline", "--config", agent.Config);

        Assert.Equal(ExitCode.Done, code);
        Assert.EndsWith(last, output.TrimEnd(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("updated: {from: at, format: yyyy-MM-dd}\nfold: {by: id}", "WARN   source desk: 'fold' has no order")]
    [InlineData("updated: {from: at, format: yyyy-MM-dd}\nfold: {by: id, order: at}", null)]
    [InlineData("updated: {from: at, format: yyyy-MM-dd}", null)]
    [InlineData("# none", "ok     source desk: the mapping has no 'updated'")]
    [InlineData("# in the fields", null)]
    public async Task Check_WhatDecidesBetweenVersions_IsToldWhereNothingDoes(string order, string? said)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.UseSource(hub, "files: inbox/*.csv\nsettle: 0", $$"""
            source: desk
            format: {type: delimited, encoding: utf-8, delimiter: ","}
            time_zone: UTC
            key: id
            {{order}}
            fields: {case_number: id, {{(order == "# in the fields" ? "updated: {from: at, format: yyyy-MM-dd}, " : string.Empty)}}kind: {const: inquiry}, subject: {{(order.Contains("fold", StringComparison.Ordinal) ? "'events[0].text'" : "text")}}}
            """);
        agent.WriteText("cases.csv", "id,at,text\n1,2024-11-20,It hums\n");

        var (_, output, error) = await AgentProgram.RunAsync("check", "--offline", "--config", agent.Config);

        Assert.True(said is null ? !output.Contains("'updated'", StringComparison.Ordinal) && !output.Contains("no order", StringComparison.Ordinal) : output.Contains(said, StringComparison.Ordinal), output + error);
    }

    [Fact]
    public async Task Check_AFileIsRefused_ItsColumnsAreNotToldAsEmpty()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write(AgentBench.Rows(3));
        await agent.NightAsync();
        var known = await File.ReadAllTextAsync(Directory.GetFiles(Path.Combine(agent.Folder, "inbox"))[0]);
        agent.WriteText("refused.csv", known.Split('\n')[0].TrimEnd().Replace("status", "state", StringComparison.Ordinal) + ",floor,room\n");
        agent.WriteText("sound.csv", known.Split('\n')[0].TrimEnd() + ",door\n");
        agent.WriteText("zz-not-to-be-opened.csv.gz", "no archive");

        var check = await AgentProgram.RunAsync("check", "--offline", "--config", agent.Config);
        var drift = await AgentProgram.RunAsync("drift", "--all", "--config", agent.Config);

        Assert.Contains("'status' is not in the header of inbox/refused.csv", check.Error, StringComparison.Ordinal);
        Assert.Contains("new       door: no value yet", check.Output, StringComparison.Ordinal);
        Assert.All([check.Output, drift.Output], output => Assert.DoesNotContain("floor", output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true, "has 'deep.text': right if these are rarely filled, or stand in what could not be read")]
    [InlineData(false, "has 'deep.text': right if these are rarely filled\n")]
    public async Task Check_AFileIsRefused_PathsThatOthersLackMayStandThere(bool isRefused, string said)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.UseSource(hub, "files: inbox/*.json\nsettle: 0", """
            source: desk
            format: {type: json, records: items}
            time_zone: UTC
            key: id
            fields: {case_number: id, kind: {const: inquiry}, customer_country: {const: DE}, subject: text, description: deep.text}
            """);
        agent.WriteText("a.json", """{"items": [{"id": 1, "text": "It hums"}]}""");
        if (isRefused)
        {
            agent.WriteText("b.json", """{"item": [{"id": 2, "text": "It hums", "deep": {"text": "It does"}}]}""");
        }

        var (_, output, error) = await AgentProgram.RunAsync("check", "--offline", "--config", agent.Config);

        Assert.True(output.Contains(said, StringComparison.Ordinal), output + error);
    }

    [Fact]
    public async Task Check_APathOfAPackWasRenamed_NamesTheOneThatNothingReads()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.UseSource(hub, "files: inbox/*.json\nsettle: 0", """
            extends: pack:zammad/tickets-json
            source: desk
            fields:
              company: shop.of.the.city
            """);
        agent.WriteText("tickets.json", """[{"id": 2, "number": "22002", "titel": "It hums", "created_at": "2021-11-03T11:51:13.759Z", "updated_at": "2021-11-04T11:51:13.759Z"}]""");

        var (_, output, error) = await AgentProgram.RunAsync("check", "--offline", "--config", agent.Config);

        Assert.True(output.Contains("has 'title'. Cure: Did you mean 'titel', which nothing reads?", StringComparison.Ordinal), output + error);
        Assert.Contains("mapping.yaml:4:1: None of the 1 record looked at has 'shop.of.the.city'", output, StringComparison.Ordinal);
        Assert.True(output.IndexOf("shop.of.the.city", StringComparison.Ordinal) < output.IndexOf(" more: right if", StringComparison.Ordinal), output);
    }

    [Theory]
    [InlineData("Titel", "'Title', which is optional. Cure: Did you mean 'Titel', which nothing reads?")]
    [InlineData("Room", null)]
    public async Task Check_AColumnOfAPackWasRenamed_NamesTheOneThatNothingReads(string column, string? said)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.UseSource(hub, "files: inbox/*.csv\nsettle: 0", "extends: pack:otrs/search-csv\nsource: desk\ntime_zone: Europe/Berlin\n");
        agent.WriteText("tickets.csv", $"Ticket#;Created;State;Priority;{column}\n1;2026-01-01 10:00:00;open;3 normal;It hums\n");

        var (_, output, error) = await AgentProgram.RunAsync("check", "--offline", "--config", agent.Config);

        Assert.True(output.Contains(said ?? "All is ready for a sync.", StringComparison.Ordinal), output + error);
        Assert.Equal(said is not null, output.Contains("which nothing reads", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true, "--offline", true)]
    [InlineData(true, null, false)]
    [InlineData(false, "--offline", false)]
    public async Task Check_BeforeEnrolling_IsNoFaultOfflineWhereNothingIsBroken(bool isWholeGone, string? offline, bool isDone)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write(AgentBench.Rows(3));
        var identity = Path.Combine(agent.State, "identity");
        if (isWholeGone)
        {
            Directory.Delete(identity, recursive: true);
        }
        else
        {
            File.Delete(Path.Combine(identity, "agent.crt"));
        }

        var (code, output, error) = await AgentProgram.RunAsync(["check", "--config", agent.Config, .. offline is null ? (string[])[] : [offline]]);

        Assert.Equal(isDone ? ExitCode.Done : ExitCode.Identity, code);
        Assert.Equal(isDone, output.Contains("All but the enrolment is ready for a sync.", StringComparison.Ordinal));
        Assert.Contains("enrol", output + error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("time_zone: UTC", "time_zone: Asia/Tokyo", "", "Write time_zone: Asia/Tokyo there")]
    [InlineData("time_zone: Etc/UTC", "# none", "", "Write time_zone: Europe/Berlin there")]
    [InlineData("time_zone: UTC", "time_zone: UTC", "", "Write time_zone: Europe/Berlin there")]
    [InlineData("time_zone: Europe/Berlin", "time_zone: Asia/Tokyo", "", null)]
    [InlineData("time_zone: UTC", "# none", "Z", null)]
    public async Task Check_TimesWithoutOffsetTakenForUtc_AreDoubtedWhereTheCentreHasAnotherZone(string zone, string own, string offset, string? cure)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.PointTo(hub, more: own);
        agent.WriteMapping(text => text.Replace("time_zone: UTC", zone, StringComparison.Ordinal).Replace("yyyy-MM-dd HH:mm", "iso", StringComparison.Ordinal));
        agent.Write([new("A", Updated: $"2024-11-20T10:00:00{offset}")]);

        var (code, output, _) = await AgentProgram.RunAsync("check", "--offline", "--config", agent.Config);

        Assert.Equal(ExitCode.Done, code);
        Assert.Equal(cure is not null, output.Contains("WARN   source desk: times without an offset are taken for", StringComparison.Ordinal));
        Assert.Contains(cure is null ? "All is ready" : "(time_zone, mapping.yaml:3), and agent.yaml speaks of", output, StringComparison.Ordinal);
        Assert.Contains(cure ?? string.Empty, output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 2, "join 'customer' (customers.csv, mapping.yaml:5) finds nothing for 2 of 5 records that name one (40 %), so that customer_country stays empty there")]
    [InlineData("", 0, null)]
    [InlineData(", many: true", 2, null)]
    [InlineData(", many: true", 5, "finds nothing for 5 of 5 records that name one (100 %)")]
    public async Task Check_JoinThatFindsNothing_IsToldWithCountShareAndTheFieldsThatStayEmpty(string more, int missing, string? warning)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.PointTo(hub, files: "inbox/cases.csv");
        agent.WriteMapping(text => text
            .Replace("key: id", $"key: id\njoin: [{{as: customer, files: customers.csv, key: nr, on: subject{more}}}]", StringComparison.Ordinal)
            .Replace("subject: subject", more.Length == 0 ? "customer_country: customer.country" : "tags: \"customer[*].country\"", StringComparison.Ordinal));
        agent.Write(Enumerable.Range(1, 6).Select(row => new DeskRow($"C{row}", row == 6 ? string.Empty : $"{row}")));
        agent.WriteText("customers.csv", string.Concat(Enumerable.Range(1, 5 - missing).Select(row => $"{row},AT\n").Prepend("nr,country\n")));

        var (code, output, _) = await AgentProgram.RunAsync("check", "--offline", "--config", agent.Config);

        Assert.Equal(ExitCode.Done, code);
        Assert.Equal(warning is not null, output.Contains("WARN   source desk: join", StringComparison.Ordinal));
        Assert.Contains(warning ?? "All is ready", output, StringComparison.Ordinal);
    }
}
