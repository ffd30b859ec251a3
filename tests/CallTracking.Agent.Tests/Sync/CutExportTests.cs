using System.IO.Compression;
using System.Text;
using CallTracking.Agent.Commands;
using CallTracking.Agent.Sources;
using Xunit;

namespace CallTracking.Agent.Tests.Sync;

/// <summary>An export that was cut at a line end reads like a shorter one: only the footer that its mapping declares shows that something is missing.</summary>
public sealed class CutExportTests
{
    private const int Cases = 400;
    private const string Footer = "GENEL TOPLAM;400\n";

    [Fact]
    public async Task CheckDriftSync_SnapshotWithoutItsFooter_SayThatItWasCutAndNoCaseVanishes()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await DeskAsync(hub);
        Export(agent, Cases - 7, footer: string.Empty);

        var check = await AgentProgram.RunAsync("check", "--offline", "--config", agent.Config);
        var drift = await AgentProgram.RunAsync("drift", "--config", agent.Config);
        var sync = await agent.SyncAsync();

        const string Told = "inbox/cases.csv:395:1: The file ends here without what footer.from looks for";
        Assert.Equal((ExitCode.Source, ExitCode.Source, ExitCode.Source), (check.Code, drift.Code, sync.Code));
        Assert.Contains(Told, check.Error, StringComparison.Ordinal);
        Assert.Contains($"FAULT     {Told}", drift.Output, StringComparison.Ordinal);
        Assert.StartsWith(Told, Assert.Single(sync.Faults).ToString(), StringComparison.Ordinal);
        Assert.Equal((393UL, 392UL, 1UL, 0UL), (sync.Runs[^1].Report.Rows, sync.Runs[^1].Report.Cases, sync.Runs[^1].Report.Quarantined, sync.Runs[^1].Report.Vanished));
        Assert.Contains("desk: not read whole, so no case is taken for vanished", agent.Said);
        Assert.Equal(Cases, hub.Stored.Count);
    }

    [Fact]
    public async Task CheckDriftSync_RowsBetweenTwoFooters_AreNoPartOfAFooter()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await DeskAsync(hub);
        Export(agent, Cases - 3, footer: Footer + "late-1;x\nlate-2;y\n" + Footer);

        var check = await AgentProgram.RunAsync("check", "--offline", "--config", agent.Config);
        var drift = await AgentProgram.RunAsync("drift", "--config", agent.Config);
        var sync = await agent.SyncAsync();

        Assert.Equal((ExitCode.Source, ExitCode.Source, ExitCode.Source), (check.Code, drift.Code, sync.Code));
        Assert.Contains("What footer.from looks for stands here once more, and line 399 was its first: what is between them may be records.", Assert.Single(sync.Faults).Message, StringComparison.Ordinal);
        Assert.Equal(Cases, hub.Stored.Count);
    }

    [Fact]
    public async Task Sync_WholeExportAfterACutOne_VanishesWhatIsTrulyGone()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await DeskAsync(hub);
        Export(agent, Cases - 7, footer: string.Empty);
        await agent.SyncAsync();
        Export(agent, Cases - 7);

        var report = await agent.NightAsync();

        Assert.Equal(7UL, report.Vanished);
        Assert.Equal(Cases - 7, hub.Stored.Count);
    }

    [Fact]
    public async Task Sync_FooterIsOptional_TakesTheExportWithoutOneForWhole()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await DeskAsync(hub, footer: "{from: \"^GENEL TOPLAM\", optional: true}");
        Export(agent, Cases - 7, footer: string.Empty);

        var drift = await AgentProgram.RunAsync("drift", "--config", agent.Config);
        var sync = await agent.SyncAsync();

        Assert.Equal((ExitCode.Drift, ExitCode.Done, 7UL), (drift.Code, sync.Code, sync.Runs[^1].Report.Vanished));
        Assert.Contains("  missing   7 of ", drift.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sync_OneFileOfSeveralWasCut_TheRowsOfAllStandAndNoneVanishes()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await DeskAsync(hub);
        Export(agent, Cases - 2);
        agent.WriteText("more.csv", Text(Cases, 3, footer: string.Empty));

        var sync = await agent.SyncAsync();

        Assert.Equal((ExitCode.Source, 400UL, 0UL), (sync.Code, sync.Runs[^1].Report.Cases, sync.Runs[^1].Report.Vanished));
        Assert.Equal(Cases + 2, hub.Stored.Count);
    }

    [Fact]
    public async Task Sync_FileThatGrowsUntilItsFooterComes_IsReadAgainFromItsStart()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await DeskAsync(hub, isSnapshot: false);
        Export(agent, Cases, footer: string.Empty);
        var cut = await agent.SyncAsync(wish: ReadingWish.Everything);
        var again = await agent.SyncAsync(wish: ReadingWish.Everything);
        Export(agent, Cases + 1);

        var whole = await agent.SyncAsync(wish: ReadingWish.Everything);
        var known = await agent.SyncAsync(wish: ReadingWish.Everything);

        Assert.Equal([ExitCode.Source, ExitCode.Source, ExitCode.Done, ExitCode.Done], new[] { cut, again, whole, known }.Select(sync => sync.Code));
        Assert.Equal((401UL, 2UL, 0UL), (whole.Runs[^1].Report.Rows, whole.Runs[^1].Report.New, known.Runs[^1].Report.Rows));
    }

    [Theory]
    [InlineData("cases.csv.gz")]
    [InlineData("cases.zip")]
    public async Task Sync_CutExportThatWasPackedThen_IsNotReadToItsEnd(string name)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await DeskAsync(hub);
        await File.WriteAllTextAsync(agent.Config, (await File.ReadAllTextAsync(agent.Config)).Replace("inbox/*.csv", "inbox/*", StringComparison.Ordinal));
        agent.Delete("cases.csv");
        agent.WriteBytes(name, Packed(name, Text(0, Cases - 7, footer: string.Empty)));

        var sync = await agent.SyncAsync();

        Assert.Equal((ExitCode.Source, 392UL, 0UL), (sync.Code, sync.Runs[^1].Report.Cases, sync.Runs[^1].Report.Vanished));
        Assert.Equal(Cases, hub.Stored.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData(Footer)]
    public async Task Sync_OnlyAHeader_IsWholeWithItsFooterAlone(string footer)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await DeskAsync(hub);
        Export(agent, 0, footer);

        var sync = await agent.SyncAsync();

        Assert.Equal(footer.Length == 0 ? ExitCode.Source : ExitCode.Done, sync.Code);
        Assert.Equal(footer.Length == 0, !agent.Said.Exists(line => line.StartsWith("desk: held: 400 of 400", StringComparison.Ordinal)));
        Assert.Equal(Cases, hub.Stored.Count);
    }

    [Fact]
    public async Task Check_MoreRowsThanItTries_StillSeesThatTheFooterIsMissing()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await DeskAsync(hub);
        Export(agent, 2500, footer: string.Empty);

        var check = await AgentProgram.RunAsync("check", "--offline", "--config", agent.Config);

        Assert.Equal(ExitCode.Source, check.Code);
        Assert.Contains("inbox/cases.csv:2502:1: The file ends here", check.Error, StringComparison.Ordinal);
    }

    private static async Task<AgentBench> DeskAsync(TestHub hub, string footer = "{from: \"^GENEL TOPLAM\"}", bool isSnapshot = true)
    {
        var agent = await AgentBench.AtAsync(hub);
        agent.PointTo(hub, more: isSnapshot ? "    snapshot: true" : string.Empty);
        agent.WriteMapping(text => text.Replace("delimiter: \",\"}", $"delimiter: \";\", footer: {footer}}}", StringComparison.Ordinal));
        if (isSnapshot)
        {
            Export(agent, Cases);
            await agent.NightAsync();
            Assert.Equal(Cases, hub.Stored.Count);
        }

        return agent;
    }

    private static void Export(AgentBench agent, int rows, string footer = Footer) => agent.WriteText("cases.csv", Text(0, rows, footer));

    private static string Text(int before, int rows, string footer) =>
        "id;subject;status;updated\n" + string.Concat(Enumerable.Range(before + 1, rows).Select(row => $"C{row};It hums;open;2024-11-20 10:00\n")) + footer;

    private static byte[] Packed(string name, string text)
    {
        using var bytes = new MemoryStream();
        if (name.EndsWith(".gz", StringComparison.Ordinal))
        {
            using var gzip = new GZipStream(bytes, CompressionMode.Compress, leaveOpen: true);
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }
        else
        {
            using var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true);
            using var entry = zip.CreateEntry("cases.csv").Open();
            entry.Write(Encoding.UTF8.GetBytes(text));
        }

        return bytes.ToArray();
    }
}
