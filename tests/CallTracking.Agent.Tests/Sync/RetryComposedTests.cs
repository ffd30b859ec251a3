using CallTracking.Agent.Commands;
using CallTracking.Agent.Quarantine;
using CallTracking.Agent.Sources;
using Xunit;

namespace CallTracking.Agent.Tests.Sync;

/// <summary>A case that is made of several rows is tried again as it stands in its files now, and leaves the quarantine only as a case.</summary>
public sealed class RetryComposedTests : IAsyncLifetime
{
    private const string Fold = """
        source: desk
        format: {type: delimited}
        time_zone: UTC
        fold: {by: id, order: step}
        key: id
        fields:
          case_number: id
          kind: {const: inquiry}
          status: {from: status, values: {open: open, closed: closed}}
          status_history: {each: events, fields: {status: {from: status, values: {open: open, closed: closed}}}}
        """;

    private const string Join = """
        source: desk
        format: {type: delimited}
        time_zone: UTC
        join: [{as: person, files: ../people.csv, key: no, on: by}]
        key: id
        fields:
          case_number: id
          kind: {const: inquiry}
          status: {from: status, values: {open: open, closed: closed}}
          subject: person.name
        """;

    private TestHub _hub = null!;
    private AgentBench _agent = null!;

    public async Task InitializeAsync()
    {
        _hub = await TestHub.StartAsync();
        _agent = await AgentBench.AtAsync(_hub);
    }

    public async Task DisposeAsync()
    {
        _agent.Dispose();
        await _hub.DisposeAsync();
    }

    [Fact]
    public async Task Retry_OneMoreRowOfTheCaseCame_MakesTheCaseOfAllOfThem()
    {
        await QuarantinedAsync();
        Mend();
        Log("d3", "A,3,open");

        var retried = await RetryAsync();

        Assert.Equal((1UL, 1UL, 0UL, 0UL), (retried.Report.Rows, retried.Report.Cases, retried.Report.Folded, retried.Report.Quarantined));
        Assert.Equal(3, Assert.Single(_hub.Stored.Values).Case.StatusHistory.Count);
        Assert.Empty(await QuarantineAsync());
    }

    [Fact]
    public async Task Retry_TheCaseStillCannotBe_StaysAsItStandsNow()
    {
        await QuarantinedAsync();
        Log("d3", "B,1,open", "A,3,strange");

        var retried = await RetryAsync();

        Assert.Equal((1UL, 1UL), (retried.Report.Rows, retried.Report.Quarantined));
        Assert.Equal(["inbox/d3.csv row 2 unmapped-value"], await QuarantineAsync());
        Assert.Empty(_hub.Stored);
    }

    [Fact]
    public async Task Retry_ItsFilesAreGone_SaysThatCasesAreMadeOfFilesAndKeepsTheEntry()
    {
        await QuarantinedAsync();
        Mend();
        _agent.Delete("d1.csv");
        _agent.Delete("d2.csv");

        foreach (var others in (string[])["", "B,1,open"])
        {
            Log("d3", others);
            var (_, faults, code) = await RetryAsync();

            Assert.Equal(ExitCode.Source, code);
            Assert.Contains(faults, fault => fault.Contains("1 row is kept whole, but composed of several (fold, join), as they were then", StringComparison.Ordinal) && fault.Contains("put the files back", StringComparison.Ordinal));
            Assert.DoesNotContain(faults, fault => fault.Contains("not kept whole", StringComparison.Ordinal));
            Assert.Equal(["inbox/d2.csv row 1 unmapped-value"], await QuarantineAsync());
        }

        Assert.Empty(_hub.Stored);
    }

    /// <summary>What is left of its rows is not the case, and only a sync knows which cases lost some.</summary>
    [Fact]
    public async Task Retry_AnEarlierFileIsGone_LeavesItToTheSync()
    {
        await QuarantinedAsync();
        Mend();
        _agent.Delete("d1.csv");

        var (_, faults, _) = await RetryAsync();
        var (kept, atHub) = (await QuarantineAsync(), _hub.Stored.Count);
        Log("d1", "A,1,open");
        await RetryAsync();

        Assert.Contains(faults, fault => fault.Contains("files that had rows of cases are gone or lost some", StringComparison.Ordinal));
        Assert.Equal(["inbox/d2.csv row 1 unmapped-value"], kept);
        Assert.Equal(0, atHub);
        Assert.Equal(2, Assert.Single(_hub.Stored.Values).Case.StatusHistory.Count);
        Assert.Empty(await QuarantineAsync());
    }

    [Fact]
    public async Task Retry_OfAJoinedRow_TakesItFromItsFileOnly()
    {
        _agent.WriteMapping(_ => Join);
        File.WriteAllText(Path.Combine(_agent.Folder, "people.csv"), "no,name\n7,Kaffee\n");
        _agent.WriteText("cases.csv", "id,by,status\nA,7,strange\n");
        await _agent.SyncAsync();
        _agent.WriteMapping(text => text.Replace("closed: closed", "closed: closed, strange: open", StringComparison.Ordinal));
        File.Move(_agent.Inbox("cases.csv"), Path.Combine(_agent.Folder, "away.csv"));
        _agent.WriteText("more.csv", "id,by,status\nB,7,open\n");

        var (_, gone, _) = await RetryAsync();
        var kept = await QuarantineAsync();
        File.Move(Path.Combine(_agent.Folder, "away.csv"), _agent.Inbox("cases.csv"));
        await RetryAsync();

        Assert.Contains(gone, fault => fault.Contains("1 row is kept whole, but composed of several (fold, join)", StringComparison.Ordinal) && fault.Contains("none of them has the case", StringComparison.Ordinal));
        Assert.Equal(["inbox/cases.csv row 1 unmapped-value"], kept);
        Assert.Single(_hub.Stored);
        Assert.Empty(await QuarantineAsync());
    }

    private async Task QuarantinedAsync()
    {
        _agent.WriteMapping(_ => Fold);
        Log("d1", "A,1,open");
        Log("d2", "A,2,strange");
        await _agent.SyncAsync();
        Assert.Equal(["inbox/d2.csv row 1 unmapped-value"], await QuarantineAsync());
    }

    private void Mend() => _agent.WriteMapping(text => text.Replace("closed: closed}", "closed: closed, strange: closed}", StringComparison.Ordinal));

    private void Log(string name, params string[] rows) => _agent.WriteText(name + ".csv", "id,step,status\n" + string.Concat(rows.Select(row => row + "\n")));

    private async Task<(Contracts.RunReport Report, List<string> Faults, ExitCode Code)> RetryAsync()
    {
        var result = await _agent.SyncAsync(wish: new ReadingWish(Retry: new QuarantineFilter()));
        return (result.Runs[^1].Report, [.. result.Faults.Select(fault => fault.ToString())], result.Code);
    }

    private Task<List<string>> QuarantineAsync() => _agent.QuarantinedAsync(entry => $"{entry.File} {entry.Place} {entry.Reason}");
}
