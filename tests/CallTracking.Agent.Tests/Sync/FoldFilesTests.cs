using System.IO.Compression;
using System.Text;
using CallTracking.Agent.Commands;
using CallTracking.Agent.Sources;
using CallTracking.Contracts;
using Xunit;

namespace CallTracking.Agent.Tests.Sync;

/// <summary>Nights of an event log that is spread over files: rows of a case stand in several, new ones come, old ones grow, move and go.</summary>
public sealed partial class FoldFilesTests : IAsyncLifetime
{
    private const string Mapping = """
        source: desk
        format: {type: delimited}
        time_zone: UTC
        fold: {by: id, order: step}
        key: id
        fields:
          case_number: id
          kind: {const: inquiry}
          status: {from: status, values: {open: open, closed: closed}}
          status_history:
            each: events
            fields: {status: {from: status, values: {open: open, closed: closed}}, at: {from: at, format: yyyy-MM-dd}}
        """;

    private TestHub _hub = null!;
    private AgentBench _agent = null!;

    public async Task InitializeAsync()
    {
        _hub = await TestHub.StartAsync();
        _agent = await AgentBench.AtAsync(_hub);
        File.WriteAllText(Path.Combine(_agent.Folder, "mapping.yaml"), Mapping);
        File.WriteAllText(_agent.Config, File.ReadAllText(_agent.Config).Replace("inbox/*.csv", "inbox/*", StringComparison.Ordinal));
    }

    public async Task DisposeAsync()
    {
        _agent.Dispose();
        await _hub.DisposeAsync();
    }

    [Fact]
    public async Task Sync_TonightsFileClosesACaseOfLastWeek_SendsThatCaseWholeAndOnce()
    {
        Log("d1", "A,1,open", "B,1,open");
        Log("d2", "B,2,open");
        var first = await NightAsync();
        Log("d3", "A,2,closed", "C,1,open");
        var second = await NightAsync();
        var third = await NightAsync();

        Assert.Equal((3UL, 2UL, 1UL), (first.Rows, first.Cases, first.Folded));
        Assert.Equal((5UL, 3UL, 1UL, 1UL, 1UL), (second.Rows, second.Cases, second.New, second.Changed, second.Unchanged));
        Assert.Equal((0UL, 0UL), (third.Rows, third.Cases));
        Assert.Equal(["1 open", "2 open open", "2 open closed"], Stored().Order(StringComparer.Ordinal).OrderBy(text => text.Length));
    }

    [Fact]
    public async Task Sync_RotatedCompressedAndGrownLogs_KeepTheirCases()
    {
        Log("app.log", "A,1,open");
        await NightAsync();
        // Grew, was rotated and compressed; a new one stands in its place.
        Pack("app.log.1.gz", "A,1,open", "B,1,open");
        Log("app.log", "A,2,closed");

        var night = await NightAsync();

        Assert.Equal((3UL, 2UL, 0UL), (night.Rows, night.Cases, night.Quarantined));
        Assert.Equal(["1 open", "2 open closed"], Stored());
    }

    [Fact]
    public async Task Sync_FileWithEarlierRowsIsGone_HoldsTheCaseWithNewRowsUntilItIsBack()
    {
        Log("d1", "A,1,open", "B,1,open", "D,1,open");
        Log("d2", "B,2,open", "A,2,open");
        await NightAsync();
        _agent.Delete("d1.csv");
        Log("d3", "A,3,closed", "C,1,open");

        var without = await NightAsync();
        var again = await NightAsync();
        var stored = Stored();
        Log("d1", "A,1,open", "B,1,open", "D,1,open");
        var back = await NightAsync();
        var after = await NightAsync();

        Assert.Equal([(1UL, 1UL), (1UL, 0UL)], new[] { without, again }.Select(night => (night.Quarantined, night.New)));
        Assert.Equal("incomplete-case", Assert.Single(again.QuarantineReasons).Reason);
        Assert.Equal((4UL, 1UL, 2UL), (without.Rows, without.Cases, without.Folded));
        Assert.Equal(["1 open", "1 open", "2 open open", "2 open open"], stored);
        Assert.Contains(_agent.Said, line => line.Contains("1 file is gone that had rows of cases", StringComparison.Ordinal));
        Assert.Equal((0UL, 1UL), (back.Quarantined, back.Changed));
        Assert.Equal(["1 open", "1 open", "2 open open", "3 open open closed"], Stored());
        Assert.Equal(0UL, after.Rows);
        Assert.Empty(await _agent.QueryAsync("select reason from quarantine"));
    }

    [Fact]
    public async Task Sync_OldestRotatedLogFallsOut_IsGoneThoughItsNameIsThere()
    {
        Log("l.1", "A,2,open");
        Log("l.2", "A,1,open");
        await NightAsync();
        Log("l.2", "A,2,open");
        Log("l.1", "A,3,closed");

        var night = await NightAsync();

        Assert.Equal((1UL, 0UL), (night.Quarantined, night.Cases));
        Assert.Equal(["2 open open"], Stored());
    }

    [Fact]
    public async Task Sync_LogsRotatedCompressedAndTheOldestDeleted_CasesWithoutNewRowsStayAsTheyWere()
    {
        Log("l1", "A,3,open", "B,1,open");
        Log("l2", "A,2,open");
        Log("l3", "A,1,open");
        await NightAsync();
        // l3 falls out, l1 is compressed, and what is new is of other cases.
        Log("l3", "A,2,open");
        Pack("l2.csv.gz", "A,3,open", "B,1,open");
        _agent.Delete("l2.csv");
        Log("l1", "B,2,closed");

        var night = await NightAsync();
        var next = await NightAsync();

        Assert.Equal((4UL, 1UL, 1UL, 3UL, 0UL), (night.Rows, night.Cases, night.Changed, night.Folded, night.Quarantined));
        Assert.Equal(0UL, next.Rows);
        Assert.Equal(["2 open closed", "3 open open open"], Stored());
    }

    [Fact]
    public async Task Sync_FileWrittenAnewUnderItsName_SaysWhatItSaysNow()
    {
        Log("d1", "A,1,open", "B,1,open");
        Log("d2", "A,2,open");
        await NightAsync();
        Log("d1", "A,1,open", "B,1,closed");

        var night = await NightAsync();

        Assert.Equal((1UL, 1UL, 0UL), (night.Changed, night.Unchanged, night.Quarantined));
    }

    [Fact]
    public async Task Sync_OneFileCannotBeRead_NothingOfTheSourceIsTaken()
    {
        Log("d1", "A,1,open");
        _agent.WriteText("d2.csv", "id,step\nA,2\n");

        var result = await _agent.SyncAsync(wish: ReadingWish.Everything);

        Assert.NotEmpty(result.Faults);
        Assert.Equal(0UL, result.Runs[^1].Report.Cases);
        Assert.Empty(_hub.Stored);
    }

    [Fact]
    public async Task Read_FileVanishesInTheMiddle_GivesNoCaseOfTheRest()
    {
        Log("d1", "A,1,open");
        Log("d2", "A,2,closed");
        var source = SourceLoad.Of(AgentWorkplace.LoadSettings(_agent.Config)).Sources.Single();
        await foreach (var input in source.InputsAsync(SourceVisit.ToLook(_ => { }), CancellationToken.None))
        {
            _agent.Delete("d2.csv");
            await using var reader = await input.OpenAsync(CancellationToken.None);

            await Assert.ThrowsAsync<FileNotFoundException>(async () => await reader.ReadAsync(CancellationToken.None));
        }
    }

    [Fact]
    public async Task Sync_OneFileAskedForAlone_ReadsAllThatItsCasesNeed()
    {
        Log("d1", "A,1,open");
        Log("d2", "A,2,closed");

        var night = await _agent.NightAsync(new ReadingWish(Files: "d2.csv"));

        Assert.Equal(2UL, night.Rows);
        Assert.Equal(["2 open closed"], Stored());
    }

    [Fact]
    public async Task Sync_BadRowsOfTwoFiles_StandUnderTheirFilesAndHealThere()
    {
        Log("d1", "A,1,open", "x");
        Log("d2", "A,2,closed", "y");
        await NightAsync();
        Assert.Equal(["inbox/d1.csv row 2", "inbox/d2.csv row 2"], await _agent.QuarantinedAsync(entry => $"{entry.File} {entry.Place}"));

        Log("d2", "A,2,closed");
        await NightAsync();

        Assert.Equal(["inbox/d1.csv row 2"], await _agent.QuarantinedAsync(entry => $"{entry.File} {entry.Place}"));
    }

    private Task<RunReport> NightAsync() => _agent.NightAsync(ReadingWish.Everything);

    private void Log(string name, params string[] rows) => _agent.WriteText(name.Contains('.', StringComparison.Ordinal) ? name : name + ".csv", Text(rows));

    private static string Text(string[] rows) => "id,step,status,at\n" + string.Concat(rows.Select(row => row.Count(sign => sign == ',') == 2 ? $"{row},2024-11-2{row[2]}\n" : row + "\n"));

    private void Pack(string name, params string[] rows)
    {
        using var file = new GZipStream(File.Create(_agent.Inbox(name)), CompressionMode.Compress);
        file.Write(Encoding.UTF8.GetBytes(Text(rows)));
    }

    private List<string> Stored() => [.. _hub.Stored.Values
        .Select(record => $"{record.Case.StatusHistory.Count} {string.Join(' ', record.Case.StatusHistory.Select(change => change.Status.ToString().ToLowerInvariant()))}")
        .Order(StringComparer.Ordinal)];
}
