using CallTracking.Agent.Commands;
using CallTracking.Agent.Sync;
using CallTracking.Contracts;
using CallTracking.Privacy;
using Xunit;

namespace CallTracking.Agent.Tests.Sync;

/// <summary>A bundle of a newer program, with words that this agent does not know: only the cases that they concern wait.</summary>
public sealed class ForeignPolicyTests
{
    private const string Known = "free_text, file_name: {action: detect, at: edge, article: \"Art. 6 III, 46\"}";
    private const string Action = "free_text, file_name: {action: blur, at: edge, article: \"Art. 6 III, 46\"}";
    private const string OtherClass = "vehicle: {action: blur, at: edge}\n  " + Known;
    private const string RuleKey = "free_text: {action: detect, at: edge, unless: fraud}\n  file_name: {action: drop, at: edge}";
    private const string NewClass = "voice_print: {action: drop, at: edge}\n  " + Known;

    [Theory]
    [InlineData(Action, "", true)]
    [InlineData(RuleKey, "", true)]
    [InlineData(NewClass, "", true)]
    [InlineData(Known, "consent: required\n", true)]
    [InlineData(OtherClass, "", false)]
    [InlineData(Known, "deadlines:\n  - {kind: portability, within: 3 fortnights}\n", false)]
    public async Task Sync_WordsOfANewerProgramForBrazil_HoldItsCasesThatTheyConcernAndNoOthers(string rules, string more, bool holds)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await WithCountriesAsync(hub);
        agent.StoreBundle(Foreign(hub, 1, rules, more));

        var first = await agent.NightAsync();
        var second = await agent.NightAsync();

        var (held, sent) = holds ? (2UL, 3UL) : (0UL, 5UL);
        Assert.Equal((5UL, sent, held), (first.Cases, first.New, first.Held));
        Assert.Equal((5UL, sent, held), (second.Cases, second.Unchanged, second.Held));
        Assert.Equal((int)sent, hub.Stored.Count);
        Assert.Equal(!holds, hub.Stored.Values.Any(record => record.Case.CustomerCountry == "BR"));
        Assert.Equal(holds ? ["policy-not-understood 2"] : Array.Empty<string>(), first.HeldReasons.Select(reason => $"{reason.Reason} {reason.Count}"));
        Assert.Equal(first.HeldReasons, hub.Reports.First().HeldReasons);
    }

    [Fact]
    public async Task Sync_InventedAction_SaysWhichVersionOfTheAgentIsNeededAndWhere()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await WithCountriesAsync(hub);
        agent.StoreBundle(Foreign(hub, 1, Action, ""));

        var result = await agent.SyncAsync();

        var said = Assert.Single(agent.Said, line => line.StartsWith("WARNING", StringComparison.Ordinal));
        Assert.Contains("br.yaml:", said, StringComparison.Ordinal);
        Assert.Contains("Unknown word 'blur'", said, StringComparison.Ordinal);
        Assert.Contains("to version 9.4.0", said, StringComparison.Ordinal);
        Assert.Contains(AgentVersion.Text, said, StringComparison.Ordinal);
        Assert.Contains("  held: policy-not-understood 2", ReportText.Lines(result.Runs[^1], "DE"));
        var (_, _, checkedText) = await AgentProgram.RunAsync("check", "--offline", "--config", agent.Config);
        Assert.Contains("to version 9.4.0", checkedText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sync_RulesUnderstoodAgain_SendsWhatWaited()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await WithCountriesAsync(hub);
        agent.StoreBundle(Foreign(hub, 1, Action, ""));
        await agent.NightAsync();

        agent.StoreBundle(Foreign(hub, 2, Known, ""));
        var understood = await agent.NightAsync(CallTracking.Agent.Sources.ReadingWish.Everything);

        Assert.Equal((5UL, 2UL, 0UL), (understood.Cases, understood.New, understood.Held));
        Assert.Equal(5, hub.Stored.Count);
    }

    [Fact]
    public async Task Sync_KnownCasesUnderAForeignRule_StayAtTheHubAsTheyAre()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await WithCountriesAsync(hub);
        await agent.NightAsync();
        Assert.Equal(5, hub.Stored.Count);

        agent.StoreBundle(Foreign(hub, 2, Action, ""));
        var held = await agent.NightAsync();

        Assert.Equal(2UL, held.Held);
        Assert.Equal(5, hub.Stored.Count);
    }

    [Fact]
    public async Task Sync_KnownCaseUnderAForeignRuleIsGoneFromTheSource_GoesAtTheHubToo()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await WithCountriesAsync(hub);
        agent.WriteMapping(mapping => mapping.Replace("key: id", "key: id\ngone: {from: subject, equals: deleted}", StringComparison.Ordinal));
        await agent.NightAsync();
        // What is gone has no country but the centre's.
        var eea = PolicySet.BuiltInPacks.Single(document => document.Name == "eea.yaml").Yaml + "consent: required\n";
        agent.StoreBundle(hub.Authority.BundleOf("9.4.0", 2, new PolicyDocument { Name = "eea.yaml", Yaml = eea }));
        agent.Write([new("C1", Status: "de"), new("C2", Subject: "deleted", Status: "br", Updated: "2024-11-21 10:00"), new("C3", Status: "de"), new("C4", Status: "br"), new("C5", Status: "de")]);

        var report = await agent.NightAsync();

        Assert.Equal((1UL, 4UL), (report.Gone, report.Held));
        Assert.Equal(4, hub.Stored.Count);
    }

    private static async Task<AgentBench> WithCountriesAsync(TestHub hub)
    {
        var agent = await AgentBench.AtAsync(hub);
        agent.WriteMapping(mapping => mapping.Replace(
            "status: {from: status, values: {open: open, closed: closed}}", "customer_country: {from: status, values: {de: DE, br: BR}}", StringComparison.Ordinal));
        agent.Write([new("C1", Status: "de"), new("C2", Status: "br"), new("C3", Status: "de"), new("C4", Status: "br"), new("C5", Status: "de")]);
        return agent;
    }

    /// <summary>A bundle as a newer hub would sign it: Brazil's pack with other rules for texts, and words beside them.</summary>
    private static SignedPolicyBundle Foreign(TestHub hub, ulong version, string rules, string more)
    {
        var pack = PolicySet.BuiltInPacks.Single(document => document.Name == "br.yaml").Yaml;
        Assert.Contains(Known, pack, StringComparison.Ordinal);
        var yaml = (more.StartsWith("deadlines", StringComparison.Ordinal) ? pack.Replace("deadlines:\n", more, StringComparison.Ordinal) : pack + more)
            .Replace(Known, rules, StringComparison.Ordinal)
            .Replace(rules.Contains("vehicle:", StringComparison.Ordinal) ? ", vehicle" : "\0", "", StringComparison.Ordinal);
        return hub.Authority.BundleOf("9.4.0", version, new PolicyDocument { Name = "br.yaml", Yaml = yaml });
    }
}
