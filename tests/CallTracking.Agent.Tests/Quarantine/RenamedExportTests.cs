using CallTracking.Agent.Commands;
using CallTracking.Agent.Sources;
using CallTracking.Agent.Tests.Sync;
using Xunit;

namespace CallTracking.Agent.Tests.Quarantine;

/// <summary>Exports with another name each night: a bad row stands once, and leaves when its case comes well.</summary>
public sealed class RenamedExportTests
{
    private static readonly DeskRow Sound = new("A");
    private static readonly DeskRow Bad = new("A", Status: "Klärung");

    [Theory]
    [InlineData("It hums louder", "2024-11-23 10:00")]
    [InlineData("It hums", "2024-11-20 10:00")] // As headquarters has it: nothing travels.
    public async Task Night_CaseComesWellInAnotherFile_ItsEntryLeaves(string subject, string updated)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        await NightAsync(agent, "1.csv", Sound, new("B"));
        await NightAsync(agent, "2.csv", Bad, new("B", Status: "strange"));
        Assert.Equal(2, (await EntriesAsync(agent)).Count);

        await NightAsync(agent, "3.csv", new DeskRow("A", subject, Updated: updated));

        Assert.Equal(["inbox/2.csv row 2"], await EntriesAsync(agent));
    }

    [Fact]
    public async Task Nights_CaseStaysBadUnderEachName_IsOneEntryAsOldAsTheFirstAndDriftKnowsIt()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        await NightAsync(agent, "1.csv", Bad, new("B"));
        await agent.EditLedgerAsync("update quarantine set at = at - 91 * 86400000");
        await NightAsync(agent, "2.csv", new("B"), Bad);
        agent.Delete("2.csv");
        agent.Write([new("B"), new("C"), Bad], "3.csv");

        var drift = await AgentProgram.RunAsync("drift", "--config", agent.Config);
        await agent.NightAsync(ReadingWish.Everything);
        var (_, table, _) = await AgentProgram.RunAsync("quarantine", "list", "--config", agent.Config);

        Assert.Contains("1 of these rows is in quarantine already (unmapped-value 1)", drift.Output, StringComparison.Ordinal);
        Assert.Equal(["inbox/3.csv row 3"], await EntriesAsync(agent));
        Assert.Contains("  91d  mapping", table, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nights_CaseIsBadForAnotherReason_HasAnEntryForEach()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        await NightAsync(agent, "1.csv", Bad, new("B"));
        await NightAsync(agent, "2.csv", new("A", Updated: "soon"), new("B"));

        Assert.Equal(["inbox/1.csv row 1", "inbox/2.csv row 1"], await EntriesAsync(agent));

        await NightAsync(agent, "3.csv", Sound, new("B"));

        Assert.Empty(await EntriesAsync(agent));
    }

    [Fact]
    public async Task Night_OlderFileIsReadAnew_LetsNoNewerRowGo()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write([Sound, new("B")], "1.csv");
        await agent.NightAsync(ReadingWish.Everything);
        agent.Write([Bad], "2.csv");
        agent.Write([new("B")], "3.csv");
        await agent.NightAsync(ReadingWish.Everything);
        agent.Delete("2.csv");

        await agent.NightAsync(new ReadingWish(Reread: true));

        Assert.Equal(["inbox/2.csv row 1"], await EntriesAsync(agent));
    }

    // Of the older file all rows come again, some of them as other versions; the newer row is only here.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Night_OlderFilesAreReadAnewForAnotherMapping_LetNoNewerRowGo(bool isGone)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write([Sound, new("B")], "1.csv");
        await agent.NightAsync(ReadingWish.Everything);
        agent.Write([Sound, new("C")], "2.csv");
        await agent.NightAsync(ReadingWish.Everything);
        agent.Write([Bad with { Updated = "2024-11-25 10:00" }], "3.csv");
        await agent.NightAsync(ReadingWish.Everything);
        if (isGone)
        {
            agent.Delete("3.csv");
        }

        agent.WriteMapping(text => text.Replace("subject: subject", "subject: subject\n  language: {const: de}", StringComparison.Ordinal));
        await agent.NightAsync(ReadingWish.Everything);
        await agent.NightAsync(new ReadingWish(Reread: true));

        Assert.Equal(["inbox/3.csv row 1"], await EntriesAsync(agent));
    }

    [Fact]
    public async Task Retry_OfAllWhereTheNewerRowIsStillBad_KeepsIt()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        await NightAsync(agent, "1.csv", Bad, new("B"));
        await NightAsync(agent, "2.csv", new("A", Updated: "soon"), new("B"));
        agent.WriteMapping(text => text.Replace("open: open,", "open: open, Klärung: open,", StringComparison.Ordinal));

        await AgentProgram.RunAsync("quarantine", "retry", "--config", agent.Config);

        Assert.Equal(["inbox/2.csv row 1"], await EntriesAsync(agent));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Night_BothFilesAtOnce_TheLaterCounts(bool badFirst)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write([badFirst ? Bad : Sound, new("B")], "1.csv");
        agent.Write([badFirst ? Sound : Bad], "2.csv");

        var report = await agent.NightAsync(ReadingWish.Everything);
        await agent.NightAsync(new ReadingWish(Reread: true));

        Assert.Equal(1UL, report.Quarantined);
        Assert.Equal(badFirst ? [] : ["inbox/2.csv row 1"], await EntriesAsync(agent));
    }

    [Fact]
    public async Task Night_CaseComesWellBehindInAFileThatGrew_ItsEntryLeavesAndOthersStay()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write([Bad, new("B", Status: "strange"), new("C")]);
        await agent.NightAsync(ReadingWish.Everything);
        agent.Write([Bad, new("B", Status: "strange"), new("C"), Sound]);

        await agent.NightAsync(ReadingWish.Everything);

        Assert.Equal(["inbox/cases.csv row 2"], await EntriesAsync(agent));
    }

    [Fact]
    public async Task Retry_OfAnOlderRow_LetsNoNewerOneGo()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        await NightAsync(agent, "1.csv", Bad, new("B"));
        await NightAsync(agent, "2.csv", new("A", Updated: "soon"), new("B"));
        agent.WriteMapping(text => text.Replace("open: open,", "open: open, Klärung: open,", StringComparison.Ordinal));

        var (code, _, error) = await AgentProgram.RunAsync("quarantine", "retry", "--reason", "unmapped-value", "--config", agent.Config);

        Assert.True(code == ExitCode.Done, error);
        Assert.Equal(["inbox/2.csv row 1"], await EntriesAsync(agent));
    }

    // Tonight's export stands in place of last night's.
    private static async Task NightAsync(AgentBench agent, string file, params DeskRow[] rows)
    {
        if (Directory.Exists(agent.Inbox(string.Empty)))
        {
            Directory.Delete(agent.Inbox(string.Empty), recursive: true);
        }

        agent.Write(rows, file);
        await agent.NightAsync(ReadingWish.Everything);
    }

    private static Task<List<string>> EntriesAsync(AgentBench agent) => agent.QuarantinedAsync(entry => $"{entry.File} {entry.Place}");
}
