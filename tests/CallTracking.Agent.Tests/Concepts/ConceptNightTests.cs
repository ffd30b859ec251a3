using CallTracking.Agent.Sources;
using CallTracking.Agent.Tests.Sync;
using CallTracking.Contracts;
using CallTracking.Privacy;
using Xunit;

namespace CallTracking.Agent.Tests.Concepts;

/// <summary>Nights of a region whose hub has a concept dictionary.</summary>
public sealed class ConceptNightTests
{
    [Fact]
    public async Task Sync_WithAConceptDictionary_SendsCodesWithItsVersionAndSaysWhatItUsed()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await BenchAsync(hub);
        hub.Table = Concepts(3, "smoke");

        var night = await agent.NightAsync(ReadingWish.Everything);

        Assert.Equal(["hazards 3 hazard.smoke 2", ""], CodesOf(hub, "C1", "C2"));
        Assert.Equal(new DictionaryVersion { Name = "hazards", Version = 3, Kind = DictionaryKind.Concepts }, Assert.Single(night.Dictionaries));
        Assert.Contains("concept dictionary hazards: version 3 fetched; every text is looked through for it", agent.Said);
    }

    [Fact]
    public async Task Sync_NewVersionThatFindsTheSame_ReadsAllAgainAndSendsNothing()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await BenchAsync(hub);
        hub.Table = Concepts(1, "smoke");
        await agent.NightAsync(ReadingWish.Everything);
        hub.Table = Concepts(2, "smoke", "flood");

        var night = await agent.NightAsync(ReadingWish.Everything);
        var after = await agent.NightAsync(ReadingWish.Everything);

        Assert.Equal((3UL, 3UL, 0UL), (night.Rows, night.Unchanged, night.SentCases));
        Assert.Equal(0UL, after.Rows);
        Assert.Equal("hazards 1 hazard.smoke 2", CodesOf(hub, "C1")[0]);
    }

    [Fact]
    public async Task Sync_NewVersionThatFindsMore_SendsOnlyTheCasesWhoseCodesChanged()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await BenchAsync(hub);
        hub.Table = Concepts(1, "smoke");
        await agent.NightAsync(ReadingWish.Everything);
        hub.Table = Concepts(2, "smoke", "hums");

        var night = await agent.NightAsync(ReadingWish.Everything);

        Assert.Equal((1UL, 2UL), (night.Changed, night.Unchanged));
        Assert.Equal(["hazards 1 hazard.smoke 2", "hazards 2 hazard.smoke 1"], CodesOf(hub, "C1", "C2"));
    }

    [Fact]
    public async Task Sync_WithoutAnyDictionary_PassesOverWhatItKnowsAndAsksForNothing()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await BenchAsync(hub);
        await agent.NightAsync(ReadingWish.Everything);

        var night = await agent.NightAsync(ReadingWish.Everything);

        Assert.Equal(0UL, night.Rows);
        Assert.Empty(night.Dictionaries);
        Assert.Empty(hub.TableRequests);
        Assert.False(Directory.Exists(Path.Combine(agent.State, "dictionaries")));
    }

    [Fact]
    public async Task Sync_TheHubHasTheDictionaryNoMore_LooksForNothingAndTheCodesGo()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await BenchAsync(hub);
        hub.Table = Concepts(1, "smoke");
        await agent.NightAsync(ReadingWish.Everything);
        hub.Table = [];

        var night = await agent.NightAsync();

        Assert.Equal((1UL, 2UL), (night.Changed, night.Unchanged));
        Assert.Equal("", CodesOf(hub, "C1")[0]);
        Assert.Contains("concept dictionary hazards: the hub has it no more", agent.Said);
    }

    [Theory]
    [InlineData("another key", "is not signed by the key that this region enrolled with")]
    [InlineData("a code table", null)]
    public async Task Sync_WhatIsNoSignedConceptDictionary_IsNotUsed(string trick, string? told)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await BenchAsync(hub);
        hub.Table = Concepts(1, "smoke");
        hub.TablePage = page =>
        {
            var given = hub.Table[(int)page - 1].Clone();
            given.Kind = trick == "a code table" ? DictionaryKind.Unspecified : given.Kind;
            return given;
        };
        if (trick == "another key")
        {
            using var other = new TestAuthority();
            var signed = other.Sign(hub.Table[0]);
            hub.SignTable = _ => signed;
        }

        await agent.NightAsync(ReadingWish.Everything);

        Assert.Equal("", CodesOf(hub, "C1")[0]);
        Assert.True(told is null || agent.Said.Exists(line => line.Contains(told, StringComparison.Ordinal) && line.Contains("nothing is looked for by it", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Looking_AtACaseWithCodes_ShowsThemAndThePatternBehindThem()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await BenchAsync(hub);
        hub.Table = Concepts(3, "smoke");
        await agent.NightAsync(ReadingWish.Everything);

        var preview = await AgentProgram.RunAsync("preview", "--config", agent.Config, "--limit", "1");
        var impact = await AgentProgram.RunAsync("preview", "--impact", "--config", agent.Config);
        var explained = await AgentProgram.RunAsync("mapping", "explain", "C1", "--config", agent.Config);
        var plain = await AgentProgram.RunAsync("mapping", "explain", "C2", "--config", agent.Config);
        var traced = await AgentProgram.RunAsync("trace", "C1", "--config", agent.Config);
        var listed = await AgentProgram.RunAsync("dictionary", "list", "--config", agent.Config);

        Assert.Contains("\"code\": \"hazard.smoke\"", preview.Output, StringComparison.Ordinal);
        Assert.Contains("3 cases, of these 0 would travel", impact.Output, StringComparison.Ordinal);
        Assert.Contains("hazard.smoke  subject: \"Smoke and smoke\" by 'smoke' (en, hazards version 3)", explained.Output, StringComparison.Ordinal);
        Assert.Contains("concepts: none stands in its texts", plain.Output, StringComparison.Ordinal);
        Assert.Contains("concept dictionary hazards version 3", traced.Output, StringComparison.Ordinal);
        Assert.Contains("hazards  concept dictionary, version 3", listed.Output, StringComparison.Ordinal);
    }

    internal static List<Dictionary> Concepts(uint version, params string[] words) =>
    [
        new()
        {
            Name = "hazards",
            Version = version,
            Page = 1,
            Pages = 1,
            Kind = DictionaryKind.Concepts,
            Entries = { ConceptFile.Parse([("t.yaml", $"concepts: {{hazard.smoke: {{}}}}\nlanguages: {{en: {{concepts: {{hazard.smoke: {{patterns: [{string.Join(", ", words)}]}}}}}}}}")]).Entries },
        },
    ];

    private static List<string> CodesOf(TestHub hub, params string[] ids) =>
        [.. ids.Select(id => hub.Stored.Values.Single(record => record.Case.Tags.Single().Clear == id || record.Case.Tags.Single().Masked == id).Case)
            .Select(value => string.Join(' ', value.Concepts.Select(code => $"{code.Dictionary} {code.DictionaryVersion} {code.Code} {code.Count}")))];

    private static async Task<AgentBench> BenchAsync(TestHub hub)
    {
        var agent = await AgentBench.AtAsync(hub);
        agent.Write([new DeskRow("C1", "Smoke and smoke"), new DeskRow("C2"), new DeskRow("C3", "Nothing")]);
        agent.WriteMapping(mapping => mapping + "\n  tags: id\n");
        return agent;
    }
}
