using CallTracking.Agent.Commands;
using CallTracking.Agent.Sources;
using Xunit;

namespace CallTracking.Agent.Tests.Sync;

/// <summary>An export in which nearly none of the known cases is, and many are new, waits for a person: its cases would stand twice at headquarters.</summary>
public sealed class NewKeysTests
{
    private const int Cases = 30;

    [Theory]
    [InlineData("snapshot: true", "C", "INC-")]
    [InlineData("snapshot: false", "C", "INC-")]
    [InlineData("snapshot: true", "00", "")] // Without a change of the form but for leading zeros a file of new cases looks the same.
    [InlineData("snapshot: false", "inc-", "INC-")]
    [InlineData("snapshot: false", "kim.park@example.org/", "")]
    public async Task Sync_NoKnownKeyIsThere_HoldsTheSourceUntilAPersonTakesThemOrTheyComeBack(string entry, string before, string after)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await StartAsync(hub, entry, before);
        agent.Write(Rows(after));

        var drift = await AgentProgram.RunAsync("drift", "--config", agent.Config);
        var check = await AgentProgram.RunAsync("check", "--offline", "--config", agent.Config);
        var held = await agent.SyncAsync();
        var stored = hub.Stored.Count;
        agent.Write(Rows(before));
        var back = await agent.NightAsync();
        agent.Write(Rows(after));
        var taken = await agent.NightAsync(new ReadingWish(Reread: true) { TakesNewKeys = true });
        agent.Write(Rows(after));
        var next = await agent.NightAsync();

        var told = $"none of the {Cases} known cases is in what was read, and {Cases} are new: has the spelling of the key changed?";
        Assert.Equal(ExitCode.Source, drift.Code);
        Assert.Contains($"doubtful  {told}", drift.Output, StringComparison.Ordinal);
        Assert.Contains("A sync would stop here.", drift.Output, StringComparison.Ordinal);
        Assert.Contains($"WARN   source desk: {told}", check.Output, StringComparison.Ordinal);
        Assert.Equal((ExitCode.Source, Cases), (held.Code, stored));
        var fault = Assert.Single(held.Faults).ToString();
        Assert.Contains(told, fault, StringComparison.Ordinal);
        Assert.Contains("sync --new-keys", fault, StringComparison.Ordinal);
        Assert.Equal((0UL, 0UL), (held.Runs[^1].Report.Rows, held.Runs[^1].Report.Vanished));
        Assert.Equal(((ulong)Cases, 0UL), (back.Unchanged, back.New));
        Assert.Equal((ulong)Cases, taken.New);
        Assert.Equal((ulong)Cases, next.Unchanged);
        Assert.All([drift.Output, check.Output, fault], text => Assert.DoesNotContain("park", text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Sync_KeysOfAnotherForm_TellsBothFormsAndNoKey()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await StartAsync(hub, "snapshot: true", "00");
        agent.Write(Rows("inc-X"));

        var held = await agent.SyncAsync();

        Assert.Contains("Keys were of the form 0, those that are new are a-A9 (9 digits, 0 digits behind a leading zero, A and a letters, however many).", Assert.Single(held.Faults).Message, StringComparison.Ordinal);
    }

    /// <summary>New cases alone are what such a file is there for.</summary>
    [Theory]
    [InlineData("an increment in the place of the one before")]
    [InlineData("a file that grew")]
    [InlineData("one known case among them")]
    [InlineData("few cases")]
    public async Task Sync_OnlyNewCases_AreTakenWithoutAWord(string what)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await StartAsync(hub, "snapshot: false", "C");
        switch (what)
        {
            case "an increment in the place of the one before":
                agent.Write(Enumerable.Range(101, Cases).Select(number => new DeskRow($"C{number}")));
                break;
            case "a file that grew":
                agent.Write([.. Rows("C"), .. Rows("INC-")]);
                break;
            case "one known case among them":
                agent.Write([.. Rows("INC-"), new("C7")]);
                break;
            default:
                agent.Write(Rows("INC-").Take(5));
                break;
        }

        var drift = await AgentProgram.RunAsync("drift", "--config", agent.Config);
        var report = await agent.NightAsync(ReadingWish.Everything);

        Assert.DoesNotContain("spelling", drift.Output, StringComparison.Ordinal);
        Assert.Equal(what == "few cases" ? 5UL : Cases, report.New);
        Assert.DoesNotContain(agent.Said, text => text.Contains("spelling", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Sync_OneFileOfACompleteExport_IsNotAllOfIt()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await StartAsync(hub, "snapshot: true", "C");
        agent.Write(Rows("INC-"), "other.csv");

        Assert.Equal((ulong)Cases, (await agent.NightAsync(new ReadingWish(Files: "inbox/other.csv"))).New);
    }

    /// <summary>What it sent would be known at night, and the night would hold nothing for the rest.</summary>
    [Fact]
    public async Task Sync_UrgentCasesOfACompleteExportWithNewKeys_AreHeldToo()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await StartAsync(hub, "snapshot: true", "C");
        agent.Write(Rows("INC-"));

        var lane = await agent.SyncAsync(wish: new ReadingWish { Cases = new Dictionary<string, IReadOnlySet<string>> { ["desk"] = new HashSet<string> { "INC-1", "INC-2" } } });

        Assert.Contains("none of the 30 known cases is in what was read", Assert.Single(lane.Faults).Message, StringComparison.Ordinal);
        Assert.Equal(Cases, hub.Stored.Count);
        Assert.Equal(ExitCode.Source, (await agent.SyncAsync()).Code);
    }

    [Fact]
    public async Task Sync_CompleteExportWithNewKeysBreaksOff_IsHeld()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await StartAsync(hub, "snapshot: true", "C");
        agent.Write(Rows("INC-"));
        agent.WriteText("other.csv", "no,header,of,this,source\n");

        Assert.Contains((await agent.SyncAsync()).Faults, fault => fault.Message.Contains("none of the 30 known cases", StringComparison.Ordinal));
        Assert.Equal(Cases, hub.Stored.Count);
    }

    /// <summary>Of files of which one alone is written otherwise the others say nothing.</summary>
    [Fact]
    public async Task Sync_OneOfTwoRewrittenFilesHasNewKeys_IsHeldForIt()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await StartAsync(hub, "snapshot: false", "C");
        agent.Write(Rows("D"), "other.csv");
        await agent.NightAsync(ReadingWish.Everything);
        agent.Write([new("C99"), .. Rows("C")]);
        agent.Write(Rows("INC-"), "other.csv");

        Assert.Contains("known cases is in what was read", Assert.Single((await agent.SyncAsync(wish: ReadingWish.Everything)).Faults).Message, StringComparison.Ordinal);
        Assert.Equal(2 * Cases, hub.Stored.Count);
    }

    /// <summary>What cannot be looked into before it is taken is told behind.</summary>
    [Fact]
    public async Task Sync_RowsAreFolded_WarnsAndSaysSoBefore()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.UseSource(hub, "files: inbox/*.csv\nsettle: 0\nsnapshot: true", """
            source: desk
            format: {type: delimited, encoding: utf-8, delimiter: ","}
            time_zone: UTC
            key: id
            fold: {by: id, order: updated}
            updated: {from: updated, format: "yyyy-MM-dd HH:mm"}
            fields: {kind: {const: inquiry}, subject: subject}
            """);
        agent.Write(Rows("C"));
        await agent.NightAsync();
        agent.Write(Rows("INC-"));

        var drift = await AgentProgram.RunAsync("drift", "--config", agent.Config);
        var report = await agent.NightAsync();

        Assert.Equal(ExitCode.Drift, drift.Code);
        Assert.Contains("A sync takes them as new cases", drift.Output, StringComparison.Ordinal);
        Assert.Equal((ulong)Cases, report.New);
        Assert.Contains(agent.Said, text => text.StartsWith($"WARNING  desk: none of the {Cases} known cases is in what was read, and {Cases} are new", StringComparison.Ordinal));
    }

    private static async Task<AgentBench> StartAsync(TestHub hub, string entry, string keys)
    {
        var agent = await AgentBench.AtAsync(hub);
        agent.UseSource(hub, $"files: inbox/*.csv\nsettle: 0\n{entry}", await File.ReadAllTextAsync(Path.Combine(agent.Folder, "mapping.yaml")));
        agent.Write(Rows(keys));
        await agent.NightAsync(ReadingWish.Everything);
        return agent;
    }

    private static IEnumerable<DeskRow> Rows(string prefix) => Enumerable.Range(1, Cases).Select(number => new DeskRow($"{prefix}{number}"));
}
