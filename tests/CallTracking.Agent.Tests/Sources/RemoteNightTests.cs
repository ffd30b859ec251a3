using System.Globalization;
using CallTracking.Agent.Commands;
using CallTracking.Agent.Ledger;
using CallTracking.Agent.Sources;
using CallTracking.Agent.Tests.Sync;
using CallTracking.Contracts;
using Microsoft.Data.Sqlite;
using Xunit;

namespace CallTracking.Agent.Tests.Sources;

/// <summary>Whole nights from databases and interfaces: cursors beside the ledger, the quarantine, kills, and the commands that look first.</summary>
public sealed class RemoteNightTests
{
    private const string Mapping = """
        source: desk
        format: FORMAT
        time_zone: Etc/UTC
        key: id
        duplicates: latest
        fields:
          case_number: id
          kind: {const: inquiry}
          opened: changed
          status: {const: open}
          subject: {from: subject, optional: true}
        """;

    private static readonly string JsonMapping = Mapping.Replace("FORMAT", "{type: json, records: tickets}", StringComparison.Ordinal);
    private static readonly string TableMapping = Mapping.Replace("FORMAT", "{type: table}", StringComparison.Ordinal);

    [Fact]
    public async Task Sync_QueryWithCursor_SecondNightReadsTheOverlapAndThirdHealsNothingItDidNotMeet()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        var file = Desk(agent, "create table t (id text, changed text, subject text); insert into t values (null, '2024-11-19 10:00', 'no key'), ('A', '2024-11-20 10:00', 'one'), ('B', '2024-11-20 10:10', 'two')");
        agent.UseSource(hub, Query(file), TableMapping);

        var first = await agent.NightAsync(ReadingWish.Everything);
        Desk(agent, "insert into t values ('C', '2024-11-21 10:00', 'three'), ('A', '2024-11-21 10:10', 'changed')");
        var second = await agent.NightAsync(ReadingWish.Everything);
        var third = await agent.NightAsync(ReadingWish.Everything);

        Assert.Equal((3UL, 2UL, 1UL), (first.Rows, first.New, first.Quarantined));
        Assert.Equal((4UL, 1UL, 1UL, 0UL), (second.Rows, second.New, second.Changed, second.Quarantined));
        Assert.Equal((2UL, 2UL), (third.Rows, third.Unchanged));
        Assert.Equal(1UL, Assert.Single(LedgerGlance.Of(agent.LedgerFile, 1)!.Quarantine).Count);
    }

    [Fact]
    public async Task Sync_MappingMended_ReadsAllAgainAndHealsWhatIsGone()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        var file = Desk(agent, "create table t (id text, changed text, subject text); insert into t values ('A', '2024-11-20 10:00', 'x'), (null, '2024-11-20 10:01', 'x')");
        agent.UseSource(hub, Query(file), TableMapping);
        await agent.NightAsync(ReadingWish.Everything);
        await agent.NightAsync(ReadingWish.Everything);
        Desk(agent, "insert into t values (null, '2024-11-21 10:00', 'y')");
        await agent.NightAsync(ReadingWish.Everything);
        Assert.Equal(2UL, Assert.Single(LedgerGlance.Of(agent.LedgerFile, 1)!.Quarantine).Count);

        agent.UseSource(hub, Query(file), TableMapping.Replace("key: id", "key: changed", StringComparison.Ordinal));
        var mended = await agent.NightAsync(ReadingWish.Everything);

        Assert.Equal((3UL, 0UL), (mended.Rows, mended.Quarantined));
        Assert.Empty(LedgerGlance.Of(agent.LedgerFile, 1)!.Quarantine);
    }

    [Fact]
    public async Task Quarantine_WordOfARowBeforeTheCursor_IsListedAndRetryTakesOnlyItsRows()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        var mapping = TableMapping.Replace("{const: open}", "{from: subject, values: {open: open}}", StringComparison.Ordinal);
        var file = Desk(agent, "create table t (id integer, changed text, subject text); insert into t values (1, '2024-11-19 10:00', 'Klärung'), (2, '2024-11-19 10:00', 'open'), (3, '2024-11-19 10:00', 'Klärung'), (4, '2024-11-21 10:00', 'open')");
        agent.UseSource(hub, Query(file), mapping);
        await agent.NightAsync(ReadingWish.Everything);
        await agent.NightAsync(ReadingWish.Everything);

        var listed = await AgentProgram.RunAsync("quarantine", "list", "--values", "--config", agent.Config);
        agent.UseSource(hub, Query(file), mapping.Replace("open: open", "open: open, Klärung: open", StringComparison.Ordinal));
        Desk(agent, "drop table t");
        var retried = await AgentProgram.RunAsync("quarantine", "retry", "--config", agent.Config);

        Assert.Contains("Klärung: …", listed.Output, StringComparison.Ordinal);
        Assert.True(retried.Code == ExitCode.Done, retried.Error);
        Assert.Contains("rows  2 = cases 2 + ", retried.Output, StringComparison.Ordinal);
        Assert.Equal(4, hub.Stored.Count);
        Assert.Empty(LedgerGlance.Of(agent.LedgerFile, 1)!.Quarantine);
    }

    [Fact]
    public async Task Sync_Reread_AsksFromTheStartAgainAndTheCursorStays()
    {
        await using var hub = await TestHub.StartAsync();
        await using var desk = await TestDesk.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        var file = Desk(agent, "create table t (id text, changed text, subject text); insert into t values ('A', '2024-11-19 10:00', 'one'), ('B', '2024-11-21 10:00', 'two')");
        agent.UseSource(hub, Query(file), TableMapping);
        await agent.NightAsync(ReadingWish.Everything);
        Desk(agent, "insert into t values ('C', '2024-11-18 10:00', 'late by days')");

        Assert.Equal(1UL, (await agent.NightAsync(ReadingWish.Everything)).Rows);
        Assert.Equal((3UL, 1UL, 2UL), await RereadAsync());
        Assert.Equal(1UL, (await agent.NightAsync(ReadingWish.Everything)).Rows);

        desk.Answer = context => TestDesk.JsonAsync(context, TestDesk.Page(context.Request.Query["since"].ToString().StartsWith("2020", StringComparison.Ordinal) ? [1, 2, 3] : [3]));
        agent.UseSource(hub, $"http:\n  url: '{desk.Address}tickets?since={{cursor}}'\n  cursor: {{from: changed, start: 2020-01-01}}", JsonMapping);
        await agent.NightAsync(ReadingWish.Everything);

        Assert.Equal(1UL, (await agent.NightAsync(ReadingWish.Everything)).Rows);
        Assert.Equal((3UL, 0UL, 3UL), await RereadAsync());
        Assert.Equal(1UL, (await agent.NightAsync(ReadingWish.Everything)).Rows);

        async Task<(ulong Rows, ulong New, ulong Unchanged)> RereadAsync()
        {
            var report = await agent.NightAsync(new ReadingWish(Reread: true));
            return (report.Rows, report.New, report.Unchanged);
        }
    }

    [Fact]
    public async Task Sync_HubGaveANewEpoch_CursorIsForgottenAndEverythingSentAgain()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        var file = Desk(agent, "create table t (id text, changed text, subject text); insert into t values ('A', '2024-11-19 10:00', 'one'), ('B', '2024-11-20 10:10', 'two')");
        agent.UseSource(hub, Query(file), TableMapping);
        await agent.NightAsync(ReadingWish.Everything);
        (hub.Epoch, hub.LastSequence) = (hub.Epoch + 5, 0);
        hub.Stored.Clear();

        await agent.NightAsync(ReadingWish.Everything);

        Assert.Equal(2, hub.Stored.Count);
    }

    [Fact]
    public async Task Sync_KilledAmongPages_NextRunGoesOnAtThePageAndLosesNothing()
    {
        const int Pages = 40;
        await using var hub = await TestHub.StartAsync();
        await using var desk = await TestDesk.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        desk.Answer = async context =>
        {
            var page = int.TryParse(context.Request.Query["page"], CultureInfo.InvariantCulture, out var asked) ? asked : 1;
            await Task.Delay(20);
            await TestDesk.JsonAsync(context, TestDesk.Page(Enumerable.Range((page * 10) - 9, 10), page < Pages ? $"\"next\": \"/tickets?page={page + 1}\"" : "\"next\": null"));
        };
        agent.UseSource(hub, $"http:\n  url: '{desk.Address}tickets?since={{cursor}}'\n  paging: {{next: next}}\n  cursor: {{from: changed, start: 2020-01-01}}", JsonMapping);

        await using (var run = AgentProgram.Start("sync", "--config", agent.Config, "--progress", "none"))
        {
            await run.KillAsync(() => desk.Asked.Count >= 15, TimeSpan.Zero);
        }

        desk.Asked.Clear();
        var result = await agent.SyncAsync(wish: ReadingWish.Everything);

        Assert.True(result.Closes);
        Assert.Equal(Pages * 10, hub.Stored.Count);
        Assert.StartsWith("/tickets?page=", desk.Asked.First(), StringComparison.Ordinal);
        Assert.InRange(desk.Asked.Count, 1, Pages - 8);
    }

    [Fact]
    public async Task CheckAndPreview_Interface_AskForOnePageAndOfflineForNone()
    {
        await using var hub = await TestHub.StartAsync();
        await using var desk = await TestDesk.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        desk.Answer = context => TestDesk.JsonAsync(context, TestDesk.Page([desk.Asked.Count, desk.Asked.Count + 1000]));
        agent.UseSource(hub, $"http: {{url: '{desk.Address}tickets', paging: {{page: page}}}}", JsonMapping);

        var check = await AgentProgram.RunAsync("check", "--config", agent.Config);
        var asked = desk.Asked.Count;
        var offline = await AgentProgram.RunAsync("check", "--offline", "--config", agent.Config);
        Assert.Equal(asked, desk.Asked.Count);
        var preview = await AgentProgram.RunAsync("preview", "--format", "jsonl", "--limit", "2", "--config", agent.Config);

        Assert.Equal((ExitCode.Done, 1), (check.Code, asked));
        Assert.Contains("source desk: tickets page 1, first 2 rows: mapped 2", check.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, offline.Code);
        Assert.Contains("source desk: left out", offline.Output, StringComparison.Ordinal);
        Assert.Equal(2, preview.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal(asked + 1, desk.Asked.Count);
    }

    [Fact]
    public async Task CheckAndPreview_Query_ShowRowsOrSayWhatIsMissing()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        var file = Desk(agent, "create table t (id text, changed text, subject text); insert into t values ('A', '2024-11-20 10:00', 'It hums')");
        agent.UseSource(hub, Query(file), TableMapping);

        var check = await AgentProgram.RunAsync("check", "--config", agent.Config);
        var preview = await AgentProgram.RunAsync("preview", "--format", "rows", "--config", agent.Config);
        File.Delete(file);
        var missing = await AgentProgram.RunAsync("check", "--config", agent.Config);

        Assert.Contains("source desk: query, first 1 row: mapped 1", check.Output, StringComparison.Ordinal);
        Assert.Contains("""{\"id\":\"A\",\"changed\":\"2024-11-20 10:00\",\"subject\":\"It hums\"}""", preview.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Source, missing.Code);
        Assert.Contains("cannot be reached", missing.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sync_InterfaceRefusesOnTheWay_WhatCameStandsAndTheSyncEndsInSix()
    {
        await using var hub = await TestHub.StartAsync();
        await using var desk = await TestDesk.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        desk.Answer = context => desk.Asked.Count == 3 ? TestDesk.Status(403)(context) : TestDesk.JsonAsync(context, TestDesk.Page([desk.Asked.Count], "\"next\": \"/tickets?page=" + (desk.Asked.Count + 1) + "\""));
        agent.UseSource(hub, $"http: {{url: '{desk.Address}tickets', paging: {{next: next}}}}", JsonMapping);

        var result = await agent.SyncAsync(wish: ReadingWish.Everything);

        Assert.Equal(ExitCode.Source, result.Code);
        Assert.Equal(2, hub.Stored.Count);
        Assert.Equal(RunOutcome.Failed, result.Runs[^1].Report.Outcome);
    }

    [Fact]
    public async Task Sync_WholeQueryWithSnapshot_WhatItNoLongerHasIsGoneAndWhatBreaksOffDeletesNothing()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        var file = Desk(agent, "create table t (id text, changed text, subject text); with n(i) as (select 1 union all select i + 1 from n where i < 50) insert into t select 'C' || i, '2024-11-20 10:00', 'one' from n; create view v as select * from t");
        agent.UseSource(hub, $"sql: {{provider: sqlite, connection: 'Data Source={file}', query: 'select * from v'}}\nsnapshot: true", TableMapping);
        await agent.NightAsync(ReadingWish.Everything);

        // Of its rows twenty come, then the query fails.
        Desk(agent, "drop view v; create view v as select id, changed, case when rowid > 20 then abs(-9223372036854775807 - 1) else subject end as subject from t");
        var broken = await agent.SyncAsync(wish: ReadingWish.Everything);
        Desk(agent, "delete from t where id in ('C7', 'C8'); drop view v; create view v as select * from t");
        var whole = await agent.NightAsync(ReadingWish.Everything);
        Desk(agent, "delete from t");
        var empty = await agent.NightAsync(ReadingWish.Everything);

        Assert.Equal(ExitCode.Source, broken.Code);
        Assert.Equal(0UL, broken.Runs[^1].Report.Vanished);
        Assert.Contains("desk: not read whole, so no case is taken for vanished", agent.Said);
        Assert.Equal((48UL, 2UL, 2UL), (whole.Rows, whole.Vanished, whole.Gone));
        Assert.Equal((0UL, 48), (empty.Vanished, hub.Stored.Count));
        Assert.Contains(agent.Said, text => text.StartsWith("desk: held: 48 of 48", StringComparison.Ordinal));
    }

    private static string Query(string file) =>
        $"sql: {{provider: sqlite, connection: 'Data Source={file}', query: 'select * from t where changed >= @cursor order by changed', cursor: changed, start: 2020-01-01}}";

    private static string Desk(AgentBench agent, string sql)
    {
        var file = Path.Combine(Path.GetDirectoryName(agent.Config)!, "desk.db");
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
        return file;
    }
}
