using CallTracking.Agent.Commands;
using CallTracking.Agent.Sources;
using Xunit;

namespace CallTracking.Agent.Tests.Sync;

/// <summary>Complete exports: what they no longer hold is gone, unless it is too much or the export was not whole.</summary>
public sealed class SnapshotTests
{
    private const int Cases = 50;

    [Fact]
    public async Task Sync_FewCasesVanish_AreTombstonesOnceAndTheReportCloses()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await StartAsync(hub);
        agent.Write(AgentBench.Rows(Cases - 2));

        var second = await agent.NightAsync();
        var third = await agent.NightAsync();

        Assert.Equal((48UL, 2UL, 50UL, 2UL, 2UL), (second.Rows, second.Vanished, second.Cases, second.Gone, second.SentCases));
        Assert.Equal((48UL, 0UL, 0UL), (third.Rows, third.Vanished, third.SentCases));
        Assert.Equal(48, hub.Stored.Count);
    }

    [Fact]
    public async Task Sync_OnlyAnOlderRowIsLeftOfACase_ItHasNotVanished()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await StartAsync(hub);
        agent.WriteMapping(text => text.Replace("duplicates: reject", "duplicates: by_time", StringComparison.Ordinal));
        await agent.NightAsync();
        agent.Write([.. AgentBench.Rows(Cases - 1), new("C50", "older", Updated: "2020-01-01 10:00")]);

        var report = await agent.NightAsync();

        Assert.Equal((0UL, 1UL, 0UL), (report.Vanished, report.Folded, report.SentCases));
    }

    [Fact]
    public async Task Sync_VanishedCaseComesBack_IsNewAgainThoughItsTimeIsOld()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await StartAsync(hub);
        agent.Write(AgentBench.Rows(Cases - 2));
        await agent.NightAsync();
        agent.Write(AgentBench.Rows(Cases));

        Assert.Equal((2UL, 48UL), (await agent.NightAsync()) is var back ? (back.New, back.Unchanged) : default);
    }

    [Fact]
    public async Task Sync_TooManyVanish_AreHeldUntilReleasedAndThenOnlyThoseGo()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await StartAsync(hub);
        agent.Write(AgentBench.Rows(20));

        var held = await agent.NightAsync();
        var list = await AgentProgram.RunAsync("vanished", "list", "--config", agent.Config);
        var release = await AgentProgram.RunAsync("vanished", "release", "desk", "--config", agent.Config);
        agent.Write(AgentBench.Rows(5)); // Fifteen more, which nobody has released.
        var released = await agent.NightAsync();

        Assert.Equal((0UL, 50), (held.Vanished, Cases));
        Assert.Contains("desk: held: 30 of 50 cases vanished, more than 2 %: release with 'calltracking-agent vanished release desk'", agent.Said);
        Assert.Contains("desk: 30 held, 0 released, missed since run 2", list.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, release.Code);
        Assert.Equal((5UL, 30UL), (released.Rows, released.Vanished));
        Assert.Contains(agent.Said, text => text.StartsWith("desk: held: 15 of 50", StringComparison.Ordinal));
        Assert.Equal(20, hub.Stored.Count);
    }

    [Fact]
    public async Task Sync_HeldCasesComeBackOrAreForgotten_StayAndAreMissedNoMore()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await StartAsync(hub);
        agent.Write(AgentBench.Rows(20));
        await agent.NightAsync();
        agent.Write(AgentBench.Rows(45).Skip(5)); // Two sets of five are missing, few enough.
        var back = await agent.NightAsync();
        agent.Write(AgentBench.Rows(20).Skip(5));
        await agent.NightAsync();

        var forget = await AgentProgram.RunAsync("vanished", "forget", "desk", "--config", agent.Config);
        var after = await agent.NightAsync();
        var none = await AgentProgram.RunAsync("vanished", "release", "desk", "--config", agent.Config);

        Assert.Equal(10UL, back.Vanished);
        Assert.StartsWith("25 cases left at headquarters", forget.Output, StringComparison.Ordinal);
        Assert.Equal((0UL, ExitCode.Configuration), (after.Vanished, none.Code));
        Assert.Equal(40, hub.Stored.Count);
    }

    [Fact]
    public async Task Sync_ExportThatCannotBeReadToItsEnd_DeletesNothing()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await StartAsync(hub);
        agent.Write(AgentBench.Rows(Cases - 4));
        await File.WriteAllTextAsync(agent.Inbox("more.csv"), "id,subject\nC1,no status\n");

        var result = await agent.SyncAsync();

        Assert.Equal(ExitCode.Source, result.Code);
        Assert.Equal(0UL, result.Runs[^1].Report.Vanished);
        Assert.Contains("desk: not read whole, so no case is taken for vanished", agent.Said);
        Assert.Equal(Cases, hub.Stored.Count);
    }

    [Fact]
    public async Task Sync_QuarantinedRows_CountAsMetAndThoseWithoutKeyStopTheLooking()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await StartAsync(hub);
        agent.Write([.. AgentBench.Rows(Cases - 2), new("C49", Status: "unheard of")]);
        var met = await agent.NightAsync();
        agent.Write([.. AgentBench.Rows(Cases - 4), new("", "no key")]);
        var blind = await agent.NightAsync();

        Assert.Equal((1UL, 1UL), (met.Vanished, met.Quarantined));
        Assert.Equal(0UL, blind.Vanished);
        Assert.Contains("desk: 1 row in quarantine has no readable key, so no case is taken for vanished", agent.Said);
        Assert.Equal(49, hub.Stored.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Sync_HeldCasesCameBackWhileNoCaseMayBeMissed_AreHeldNoMore(bool hasRowWithoutKey)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await StartAsync(hub);
        agent.Write(AgentBench.Rows(20));
        await agent.NightAsync();
        agent.Write(hasRowWithoutKey ? [.. AgentBench.Rows(Cases - 1), new("", "no key")] : AgentBench.Rows(Cases - 1));
        if (!hasRowWithoutKey)
        {
            agent.WriteText("other.csv", "no such header\n");
        }

        await agent.SyncAsync();

        var (_, list, _) = await AgentProgram.RunAsync("vanished", "list", "--config", agent.Config);
        Assert.Contains("desk: 1 held, 0 released, missed since run 2", list, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sync_OneFileOrOneCase_IsNotTheWholeAndDeletesNothing()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await StartAsync(hub);
        agent.Write(AgentBench.Rows(Cases - 2));

        await agent.NightAsync(new ReadingWish(Files: "*.csv"));
        await agent.NightAsync(new ReadingWish(CaseId: "C1"));

        Assert.Equal(Cases, hub.Stored.Count);
    }

    [Fact]
    public async Task Sync_LedgerOfAnEarlierProgram_MissesNoCaseBeforeItWasMet()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await StartAsync(hub);
        await agent.EditLedgerAsync("update cases set source = null, met = 0");
        agent.Write(AgentBench.Rows(Cases - 2));

        Assert.Equal(0UL, (await agent.NightAsync()).Vanished);
    }

    [Fact]
    public async Task EveryLook_CasesThatAreHeldThenReleasedThenNot_SaysWhatTheNextSyncDoes()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await StartAsync(hub);
        agent.Write(AgentBench.Rows(20));
        await agent.NightAsync();
        const string Held = "desk: 30 cases are missing in the export since run 2 and held: still at headquarters";
        const string Released = "desk: 30 missing cases were released: the next sync that still misses them DELETES them at headquarters";
        const string Deleted = "30 of 50 known cases are in no file: the sync would DELETE them at headquarters (released by 'vanished release desk', which --undo takes back)";
        const string WouldHold = "30 of 50 known cases are in no file: the sync would hold them until 'vanished release'";

        await TellAsync(Held, WouldHold);
        await AgentProgram.RunAsync("vanished", "release", "desk", "--config", agent.Config);
        await TellAsync(Released, Deleted);
        agent.Write(AgentBench.Rows(5));
        Assert.Contains($"  missing   {Deleted}; 15 of 50 known cases are in no file: the sync would hold them", await SayAsync("drift"), StringComparison.Ordinal);
        agent.Write(AgentBench.Rows(20));
        Assert.StartsWith("30 cases held again", await SayAsync("vanished", "release", "desk", "--undo"), StringComparison.Ordinal);
        await TellAsync(Held, WouldHold);
        await agent.NightAsync();

        Assert.Contains("No case of a source 'desk' is released", await SayAsync("vanished", "release", "desk", "--undo"), StringComparison.Ordinal);
        Assert.Equal(Cases, hub.Stored.Count);

        async Task TellAsync(string known, string next)
        {
            foreach (var command in new[] { "status", "doctor", "check" })
            {
                var said = await SayAsync(command);
                Assert.Contains(known, said, StringComparison.Ordinal);
                Assert.Contains("vanished release desk", said, StringComparison.Ordinal);
            }

            Assert.Contains($"  missing   {next}", await SayAsync("drift"), StringComparison.Ordinal);
            Assert.Contains($"desk: {next}", await SayAsync("preview", "--impact"), StringComparison.Ordinal);
        }

        async Task<string> SayAsync(params string[] command)
        {
            var (_, output, error) = await AgentProgram.RunAsync([.. command, "--config", agent.Config]);
            return output + error;
        }
    }

    [Fact]
    public async Task DriftAndPreview_ARowWithoutAReadableKey_CountWhatIsMissingAndSayThatNothingIsDeleted()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await StartAsync(hub);
        agent.Write([.. AgentBench.Rows(20), new("", "no key")]);
        const string Told = "30 of 50 known cases are in no file, and 1 row has no readable key and may be any of them: nothing is held or deleted while it stands there";

        Assert.Contains($"  missing   {Told}", (await AgentProgram.RunAsync("drift", "--config", agent.Config)).Output, StringComparison.Ordinal);
        Assert.Contains($"desk: {Told}", (await AgentProgram.RunAsync("preview", "--impact", "--config", agent.Config)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task VanishedList_HeldCases_AreNamedAsTraceTakesThemWithTheirLastRow()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await StartAsync(hub);
        agent.Write(AgentBench.Rows(20));
        await agent.NightAsync();

        var (_, some, _) = await AgentProgram.RunAsync("vanished", "list", "--config", agent.Config);
        var (_, all, _) = await AgentProgram.RunAsync("vanished", "list", "--all", "--config", agent.Config);

        var named = all.Split('\n').Where(line => line.Contains("  held      since run 2  last inbox/cases.csv row ", StringComparison.Ordinal)).ToList();
        var gone = Enumerable.Range(21, 30).Select(number => $"row {number}").ToHashSet();
        Assert.Equal((30, 20), (named.Count, some.Split('\n').Count(line => line.Contains(" held  ", StringComparison.Ordinal))));
        Assert.Equal(gone, named.Select(line => line[line.IndexOf("row ", StringComparison.Ordinal)..].TrimEnd()).ToHashSet());
        Assert.Contains("  … and 10 more: --all", some, StringComparison.Ordinal);
        var trace = await AgentProgram.RunAsync("trace", named[0].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0], "--config", agent.Config);
        Assert.Equal(ExitCode.Done, trace.Code);
    }

    [Fact]
    public async Task VanishedForget_ReleasedCases_StayAtHeadquarters()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await StartAsync(hub);
        agent.Write(AgentBench.Rows(20));
        await agent.NightAsync();
        await AgentProgram.RunAsync("vanished", "release", "desk", "--config", agent.Config);

        var forget = await AgentProgram.RunAsync("vanished", "forget", "desk", "--config", agent.Config);
        await agent.NightAsync();

        Assert.Equal(ExitCode.Done, forget.Code);
        Assert.Equal(Cases, hub.Stored.Count);
    }

    private static async Task<AgentBench> StartAsync(TestHub hub)
    {
        var agent = await AgentBench.AtAsync(hub);
        agent.PointTo(hub, more: "    snapshot: true");
        agent.Write(AgentBench.Rows(Cases));
        await agent.NightAsync();
        Assert.Equal(Cases, hub.Stored.Count);
        return agent;
    }
}
