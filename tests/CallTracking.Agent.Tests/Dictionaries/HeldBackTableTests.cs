using System.Text.Json;
using CallTracking.Agent.Commands;
using CallTracking.Agent.Tests.Sync;
using Xunit;

namespace CallTracking.Agent.Tests.Dictionaries;

/// <summary>New versions of a code table that a mapping does not fit: it goes on with the last one that it fitted, and everybody is told.</summary>
public sealed class HeldBackTableTests
{
    private const string Before = "symptoms.before.pb";

    [Fact]
    public async Task Sync_VersionsThatNoLongerFit_UsesTheLastThatDidUntilOneFitsAgain()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await StartAsync(hub);
        await agent.NightAsync();

        hub.Table = TablePages.Of(2, "de", [("X", "Buzz")]);
        var second = await agent.NightAsync();
        hub.Table = TablePages.Of(3, "de", [("Y", "Buzz")]);
        var third = await agent.NightAsync();
        var (saidThen, stored) = (agent.Said.ToList(), CodeOf(hub));
        agent.Said.Clear();
        hub.Table = TablePages.Of(4, [("C", "Buzz")]);
        var fourth = await agent.NightAsync();

        Assert.Equal((1UL, 1UL, "B"), (second.Unchanged, third.Unchanged, stored));
        Assert.Equal([("symptoms", 2U, 1U), ("symptoms", 3U, 1U)], new[] { second, third }.Select(night => Assert.Single(night.TablesHeldBack)).Select(held => (held.Name, held.Version, held.UsedVersion)));
        Assert.Contains(saidThen, line => line.StartsWith("WARNING  code table symptoms: version 1 is used and not 3, which does not fit mapping.yaml (", StringComparison.Ordinal)
            && line.Contains("has no labels in 'en'", StringComparison.Ordinal));
        Assert.Equal((1UL, 0, "C"), (fourth.Changed, fourth.TablesHeldBack.Count, CodeOf(hub)));
        Assert.DoesNotContain(agent.Said, line => line.Contains("WARNING", StringComparison.Ordinal));
        Assert.False(File.Exists(Kept(agent, Before)));
    }

    [Fact]
    public async Task Commands_WhileATableIsHeldBack_SayWhichVersionIsUsedAndWhy()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await StartAsync(hub);
        await agent.NightAsync();
        hub.Table = TablePages.Of(2, "de", [("X", "Buzz")]);

        var check = await AgentProgram.RunAsync("check", "--config", agent.Config);
        var sync = await AgentProgram.RunAsync("sync", "--config", agent.Config, "--progress", "none", "--reread");
        var status = await AgentProgram.RunAsync("status", "--config", agent.Config);
        var json = await AgentProgram.RunAsync("status", "--json", "--config", agent.Config);
        var listed = await AgentProgram.RunAsync("dictionary", "list", "--config", agent.Config);

        const string Said = "code table symptoms: version 1 is used and not 2, which does not fit mapping.yaml";
        Assert.All([check, sync, status, json, listed], run => Assert.Equal(ExitCode.Done, run.Code));
        Assert.Contains("WARN   " + Said, check.Error, StringComparison.Ordinal);
        Assert.Contains("  code table symptoms: version 1 was used and not 2, which does not fit the mapping", sync.Output, StringComparison.Ordinal);
        Assert.Contains("WARNING      " + Said, status.Output, StringComparison.Ordinal);
        Assert.StartsWith(Said, Assert.Single(JsonDocument.Parse(json.Output).RootElement.GetProperty("TablesHeldBack").EnumerateArray()).GetString(), StringComparison.Ordinal);
        Assert.Contains(Said, listed.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Sync_MappingMendedForTheNewVersion_UsesIt(bool isKnown)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await StartAsync(hub);
        await agent.NightAsync();
        hub.Table = TablePages.Of(2, "de", [("X", "Buzz")]);
        if (isKnown)
        {
            await agent.NightAsync();
        }

        agent.WriteMapping(mapping => mapping.Replace("label.en", "label.de", StringComparison.Ordinal));
        var mended = await agent.NightAsync();

        Assert.Equal((1UL, 0, "X"), (mended.Changed, mended.TablesHeldBack.Count, CodeOf(hub)));
        Assert.False(File.Exists(Kept(agent, Before)));
    }

    [Fact]
    public async Task Sync_VersionThatFitsOneOfTwoMappings_IsUsedByThatOne()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await StartAsync(hub);
        agent.PointTo(hub, more: "  - mapping: other.yaml\n    files: inbox/*.csv\n    settle: 0");
        var other = File.ReadAllText(Path.Combine(agent.Folder, "mapping.yaml")).Replace("source: desk", "source: other", StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(agent.Folder, "other.yaml"), other.Replace("label.en", "label", StringComparison.Ordinal));
        await agent.NightAsync();
        hub.Table = TablePages.Of(2, "de", [("X", "Buzz")]);

        var night = await agent.NightAsync();

        Assert.Equal((1UL, 1UL), (night.Changed, night.Unchanged));
        Assert.Equal(["B", "X"], hub.Stored.Values.Select(record => record.Case.InquiryType).Order(StringComparer.Ordinal));
        Assert.Single(night.TablesHeldBack);
    }

    [Fact]
    public async Task Sync_MappingThatFitsNoVersion_IsFaultyByTheNewest()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await StartAsync(hub);
        await agent.NightAsync();
        hub.Table = TablePages.Of(2, "de", [("X", "Buzz")]);
        await agent.NightAsync();
        agent.WriteMapping(mapping => mapping.Replace("label.en", "label.fr", StringComparison.Ordinal));

        var (code, _, error) = await AgentProgram.RunAsync("sync", "--config", agent.Config, "--progress", "none");

        Assert.Equal(ExitCode.Configuration, code);
        Assert.Contains("has no labels in 'fr'", error, StringComparison.Ordinal);
        Assert.Contains("'de'", error, StringComparison.Ordinal);
        Assert.True(File.Exists(Kept(agent, Before)));
    }

    private static string CodeOf(TestHub hub) => Assert.Single(hub.Stored.Values).Case.InquiryType;

    private static string Kept(AgentBench agent, string file) => Path.Combine(agent.State, "dictionaries", file);

    /// <summary>A region with one case that buzzes, and version 1 of the table, with labels in English.</summary>
    private static async Task<AgentBench> StartAsync(TestHub hub)
    {
        var agent = await AgentBench.AtAsync(hub);
        agent.Write([new DeskRow("C1", "Buzz")]);
        agent.WriteMapping(mapping => mapping + "\n  inquiry_type: {from: subject, lookup: {dictionary: symptoms, key: label.en, unknown: reject}}\n");
        hub.Table = TablePages.Of(1, [("B", "Buzz")]);
        return agent;
    }
}
