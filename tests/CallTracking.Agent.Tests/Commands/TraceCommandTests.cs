using System.Text;
using CallTracking.Agent.Commands;
using CallTracking.Agent.Quarantine;
using CallTracking.Agent.Sources;
using CallTracking.Agent.Tests.Sync;
using CallTracking.Contracts;
using Xunit;

namespace CallTracking.Agent.Tests.Commands;

public sealed class TraceCommandTests
{
    [Fact]
    public async Task Trace_ByKeyOrByTheHubsUid_ShowsFileRowMappingAndPolicyThoughTheFileIsGone()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write([new DeskRow("C1")], "a.csv");
        agent.Write([new DeskRow("C2"), new DeskRow("C3")], "b.csv");
        await agent.NightAsync();
        agent.Delete("b.csv");

        var byKey = await AgentProgram.RunAsync("trace", "C3", "--config", agent.Config);
        var uid = byKey.Output.Split('\n')[0].Split([' ', ','], StringSplitOptions.RemoveEmptyEntries)[1];
        var byUid = await AgentProgram.RunAsync("trace", uid, "--config", agent.Config);
        agent.WriteMapping(mapping => mapping + "\n# changed\n");
        var edited = await AgentProgram.RunAsync("trace", "C3", "--config", agent.Config);

        Assert.Equal(ExitCode.Done, byKey.Code);
        Assert.Contains(hub.Stored.Keys, stored => CaseUid.FromBytes(stored.Span).ToString() == uid);
        Assert.Matches(
            @"source desk\nfile +inbox/b\.csv\nrow +2\nmapping +.*mapping\.yaml, version [0-9a-f]{16}; it is the same now\nrules +policy version 1, edge rules [0-9a-f]{16}\nsent +Sent, .* last met by run 1 .*\nhub +policy version 1 shaped",
            byKey.Output.ReplaceLineEndings("\n"));
        Assert.Equal(byKey.Output, byUid.Output);
        Assert.Contains("it is another now", edited.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trace_OfAKeyThatTwoSourcesHave_SetsTheirCasesApart()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write([new DeskRow("C1")]);
        await agent.NightAsync();
        agent.WriteMapping(mapping => mapping.Replace("source: desk", "source: counter", StringComparison.Ordinal));
        await agent.NightAsync(ReadingWish.Everything);

        var (_, output, _) = await AgentProgram.RunAsync("trace", "C1", "--config", agent.Config);

        var cases = output.ReplaceLineEndings("\n").Split("\n\n");
        Assert.Equal(2, cases.Length);
        Assert.All(cases, one => Assert.StartsWith("case  ", one, StringComparison.Ordinal));
        Assert.Single(cases, one => one.Contains("source desk, which the configuration has no more\n", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Trace_OfALaterVersion_ShowsTheFileThatMadeItAndTheLedgerHoldsNoName()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write([new DeskRow("C1"), new DeskRow("C2")], "monday-of-mrs-stein.csv");
        await agent.NightAsync();
        agent.Write([new DeskRow("C2", "It rattles", Updated: "2024-11-21 10:00")], "tuesday.csv");
        await agent.NightAsync(ReadingWish.Everything);

        var later = await AgentProgram.RunAsync("trace", "C2", "--config", agent.Config);
        var first = await AgentProgram.RunAsync("trace", "C1", "--config", agent.Config);

        Assert.Matches(@"file +inbox/tuesday\.csv\nrow +1\n", later.Output.ReplaceLineEndings("\n"));
        Assert.Matches(@"file +inbox/monday-of-mrs-stein\.csv\nrow +1\n", first.Output.ReplaceLineEndings("\n"));
        Assert.Equal(["2"], await agent.QueryAsync("select cast(count(*) as text) from origin"));
        var bytes = string.Concat(Directory.GetFiles(agent.State, "ledger.db*").Select(file => Encoding.Latin1.GetString(File.ReadAllBytes(file))));
        Assert.DoesNotContain("mrs-stein", bytes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trace_OfACaseInQuarantine_LeadsToItsEntryAndLine()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write([new DeskRow("C1", "\"two\nlines\""), new DeskRow("C2", Status: "unheard of")]);
        await agent.NightAsync();

        var (code, _, error) = await AgentProgram.RunAsync("trace", "C2", "--config", agent.Config);
        var list = await AgentProgram.RunAsync("quarantine", "list", "--config", agent.Config);
        var words = await AgentProgram.RunAsync("quarantine", "list", "--values", "--config", agent.Config);

        Assert.Equal(ExitCode.RunFailed, code);
        Assert.Contains("'C2' was not sent: it stands in quarantine", error, StringComparison.Ordinal);
        Assert.Contains("inbox/cases.csv row 2  status: line 4: ", error, StringComparison.Ordinal);
        Assert.Contains("inbox/cases.csv row 2  status: line 4: ", list.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("C2", list.Output, StringComparison.Ordinal);
        Assert.Contains("1 word in all", words.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trace_OfASentCaseWhoseNextRowWasRejected_ShowsBoth()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write([new DeskRow("C1"), new DeskRow("C2")]);
        await agent.NightAsync();
        agent.Write([new DeskRow("C1"), new DeskRow("C2", Status: "unheard of")]);
        await agent.NightAsync();

        var (code, output, _) = await AgentProgram.RunAsync("trace", "C2", "--config", agent.Config);

        Assert.Equal(ExitCode.Done, code);
        Assert.Matches("(?s)sent +Sent.*A row of the case stands in quarantine, so that what it says was not sent:.*unmapped-value", output);
    }

    [Fact]
    public async Task Trace_OfARowThatWasRetried_ShowsItsOwnRow()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write([new DeskRow("C1"), new DeskRow("C2"), new DeskRow("C3", Status: "paused")]);
        await agent.NightAsync();
        agent.WriteMapping(mapping => mapping.Replace("open: open,", "open: open, paused: open,", StringComparison.Ordinal));
        agent.Delete("cases.csv");
        await agent.SyncAsync(wish: new ReadingWish(Retry: new QuarantineFilter()));

        var retried = await AgentProgram.RunAsync("trace", "C3", "--config", agent.Config);

        Assert.Matches(@"file +inbox/cases\.csv\nrow +3\n", retried.Output.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Trace_OfACaseThatVanished_SaysSo()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.PointTo(hub, more: "    snapshot: true");
        agent.Write(AgentBench.Rows(50));
        await agent.NightAsync();
        agent.Write(AgentBench.Rows(49));
        await agent.NightAsync();

        var gone = await AgentProgram.RunAsync("trace", "C50", "--config", agent.Config);

        Assert.Contains("none: a complete export no longer held the case", gone.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_OfALedger_LetsOriginsGoThatNoCaseHas()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write([new DeskRow("C1")], "a.csv");
        await agent.NightAsync();
        agent.Write([new DeskRow("C1", "It rattles", Updated: "2024-11-21 10:00")], "b.csv");
        await agent.NightAsync(ReadingWish.Everything);
        var before = await agent.QueryAsync("select cast(count(*) as text) from origin");
        await agent.NightAsync(ReadingWish.Everything);

        Assert.Equal(["2", "1"], [.. before, .. await agent.QueryAsync("select cast(count(*) as text) from origin")]);
    }

    [Fact]
    public async Task Trace_OfWhatIsNotThere_SaysSo()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write([new DeskRow("C1")]);

        var unsent = await AgentProgram.RunAsync("trace", "C1", "--config", agent.Config);
        var nothing = await AgentProgram.RunAsync("trace", "C9", "--config", agent.Config);
        await hub.DisposeAsync();
        var away = await AgentProgram.RunAsync("trace", "C1", "--config", agent.Config);

        Assert.Matches(@"row +1 \(line 2\)", unsent.Output);
        Assert.Contains("never: the ledger does not know it", unsent.Output, StringComparison.Ordinal);
        Assert.Contains("the hub does not hold the case", unsent.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.RunFailed, nothing.Code);
        Assert.Contains("connection refused", away.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TraceAndExplain_OfASourceThatCannotBeRead_SayItAndLookOn()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.WriteText("a.csv", "not,the,header\n1,2,3\n");
        agent.Write([new DeskRow("C1")], "b.csv");

        var traced = await AgentProgram.RunAsync("trace", "C1", "--config", agent.Config);
        var explained = await AgentProgram.RunAsync("mapping", "explain", "C1", "--config", agent.Config);
        var nothing = await AgentProgram.RunAsync("trace", "C9", "--config", agent.Config);
        var unexplained = await AgentProgram.RunAsync("mapping", "explain", "C9", "--config", agent.Config);

        Assert.Equal((ExitCode.Done, ExitCode.Done), (traced.Code, explained.Code));
        Assert.Contains("a.csv", traced.Error, StringComparison.Ordinal);
        Assert.Contains("a.csv", explained.Error, StringComparison.Ordinal);
        Assert.Contains("It hums", explained.Output, StringComparison.Ordinal);
        Assert.Equal((ExitCode.Source, ExitCode.Source), (nothing.Code, unexplained.Code));
    }
}
