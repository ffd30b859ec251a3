using CallTracking.Agent.Commands;
using CallTracking.Agent.Quarantine;
using CallTracking.Agent.Sources;
using Xunit;

namespace CallTracking.Agent.Tests.Sync;

/// <summary>An export that was cut off within its last value: half a subject must not stand at headquarters for a whole one.</summary>
public sealed class CutRecordTests
{
    private const int Cases = 40;

    [Fact]
    public async Task Sync_EveryRecordEndsInALineEnd_KeepsTheCutOneBackAndNoCaseVanishes()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await DeskAsync(hub, ", end: line", more: "    snapshot: true");
        agent.WriteText("cases.csv", Text(Cases));
        await agent.NightAsync();
        agent.WriteText("cases.csv", Text(Cases - 2)[..^4]);

        var cut = await agent.NightAsync();

        Assert.Equal((38UL, 37UL, 1UL, 0UL, 0UL), (cut.Rows, cut.Cases, cut.Quarantined, cut.Changed, cut.Vanished));
        Assert.Equal("cut-off", Assert.Single(cut.QuarantineReasons).Reason);
        Assert.Contains(agent.Said, line => line.Contains("no readable key, so no case is taken for vanished", StringComparison.Ordinal));
        Assert.Equal(Cases, hub.Stored.Count);
    }

    [Fact]
    public async Task Retry_OfACutRecord_NeverTakesWhatWasKeptOfItForWhole()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await DeskAsync(hub, ", end: line");
        agent.WriteText("cases.csv", Text(Cases)[..^4]);
        await agent.NightAsync();

        var retried = await agent.NightAsync(new ReadingWish(Retry: new QuarantineFilter()));
        agent.Delete("cases.csv");
        var gone = await agent.SyncAsync(wish: new ReadingWish(Retry: new QuarantineFilter()));

        Assert.Equal((1UL, 0UL), (retried.Quarantined, retried.Cases));
        Assert.Contains("not where it came from any more", gone.Faults[^1].Message, StringComparison.Ordinal);
        Assert.Equal(Cases - 1, hub.Stored.Count);
    }

    [Theory]
    [InlineData(", end: line")]
    [InlineData(", footer: {from: ^TOTAL}")]
    public async Task Sync_TheWholeExportAfterTheCutOne_TakesTheRecordAndEmptiesTheQuarantine(string end)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await DeskAsync(hub, end);
        agent.WriteText("cases.csv", Text(Cases)[..^4]);
        await agent.SyncAsync();
        Assert.Equal((Cases - 1, 1), (hub.Stored.Count, (await QuarantineAsync(agent)).Count));
        agent.WriteText("cases.csv", Text(Cases) + (end.Contains("TOTAL", StringComparison.Ordinal) ? "TOTAL\n" : string.Empty));

        var whole = await agent.NightAsync();

        Assert.Equal((1UL, 0UL), (whole.New, whole.Quarantined));
        Assert.Equal(Cases, hub.Stored.Count);
        Assert.Empty(await QuarantineAsync(agent));
    }

    [Theory]
    [InlineData("X2;op")]
    [InlineData("c\nen")]
    public async Task Sync_CutWithinAQuotedTextThatHoldsRows_TakesNoneOfThemAndThenTheWholeCase(string lastWords)
    {
        const string Export = "id;status;updated;subject\nC1;open;2024-11-20 10:00;a\nC2;open;2024-11-20 10:00;\"see\nX1;open;2024-11-20 10:00;b\nX2;open;2024-11-20 10:00;c\nend\"\nC3;open;2024-11-20 10:00;d\n";
        await using var hub = await TestHub.StartAsync();
        using var agent = await DeskAsync(hub, ", end: line");
        agent.WriteText("cases.csv", Export[..(Export.IndexOf(lastWords, StringComparison.Ordinal) + lastWords.Length)]);

        await agent.SyncAsync();
        var cut = hub.Stored.Count;
        agent.WriteText("cases.csv", Export);
        await agent.SyncAsync();

        Assert.Equal((1, 3), (cut, hub.Stored.Count));
        Assert.Contains(hub.Stored.Values, record => record.Case.Subject.Masked.Contains("X2;open", StringComparison.Ordinal));
        Assert.Empty(await QuarantineAsync(agent));
    }

    [Fact]
    public async Task CheckDriftSync_FilesEndedInALineEndBefore_TellOfOneThatDoesNot()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await DeskAsync(hub, string.Empty);
        foreach (var night in Enumerable.Range(1, 3))
        {
            agent.WriteText("cases.csv", Text(Cases + night));
            await agent.NightAsync();
        }

        agent.Said.Clear();
        agent.WriteText("cases.csv", Text(Cases + 4)[..^4]);

        var check = await AgentProgram.RunAsync("check", "--offline", "--config", agent.Config);
        var drift = await AgentProgram.RunAsync("drift", "--config", agent.Config);
        await agent.NightAsync();

        const string Told = "cases.csv: the last record has no line end, where those of this source's files had one: it may have been cut off within its last value.";
        Assert.Contains(Told, check.Output + check.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Drift, drift.Code);
        Assert.Contains(Told, drift.Output, StringComparison.Ordinal);
        Assert.Contains(agent.Said, line => line.StartsWith("WARNING  desk: ", StringComparison.Ordinal) && line.Contains(Told, StringComparison.Ordinal));
    }

    private static Task<List<string>> QuarantineAsync(AgentBench agent) => agent.QueryAsync("select reason from quarantine");

    private static async Task<AgentBench> DeskAsync(TestHub hub, string end, string more = "")
    {
        var agent = await AgentBench.AtAsync(hub);
        agent.PointTo(hub, more: more);
        agent.WriteMapping(text => text.Replace("delimiter: \",\"}", $"delimiter: \";\"{end}}}", StringComparison.Ordinal));
        return agent;
    }

    private static string Text(int rows) => "id;status;updated;subject\n" + string.Concat(Enumerable.Range(1, rows).Select(row => $"C{row};open;2024-11-20 10:00;It hums {row}\n"));
}
