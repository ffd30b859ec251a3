using CallTracking.Agent.Commands;
using CallTracking.Agent.Tests.Sync;
using CallTracking.Contracts;
using Xunit;

namespace CallTracking.Agent.Tests.Dictionaries;

/// <summary>Nights of a source whose mapping looks words up in a code table of the hub.</summary>
public sealed class CodeTableNightTests
{
    [Fact]
    public async Task Sync_WithATableOfTheHub_FetchesItUsesItAndTakesANewVersionUp()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await TableBench.AtAsync(hub);
        hub.Table = TablePages.Of(1, [("A", "Hum")], [("B", "Buzz")]);

        var first = await agent.NightAsync();
        var unchanged = await agent.NightAsync();
        hub.Table = TablePages.Of(2, [("A", "Hum")], [("C", "Buzz")]);
        var second = await agent.NightAsync();

        Assert.Equal((1UL, 1UL), (first.New, first.Quarantined));
        Assert.Equal((0UL, 1UL), (unchanged.New, unchanged.Unchanged));
        Assert.Equal((0UL, 1UL), (second.New, second.Changed));
        Assert.Equal("C", Assert.Single(hub.Stored.Values).Case.InquiryType);
        Assert.NotEqual(first.MappingDigest, second.MappingDigest);
        Assert.Contains("code table symptoms: version 2 fetched, 2 codes", agent.Said);
        Assert.Equal([1U, 2U], hub.TableRequests.TakeLast(2).Select(request => request.Page));
        Assert.Equal(2U, hub.TableRequests.Last().Version);
    }

    [Fact]
    public async Task Sync_HubGivesNoTableAnyMore_UsesTheKeptOneAndSaysHowOldItIs()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await TableBench.AtAsync(hub);
        hub.Table = TablePages.Of(1, [("B", "Buzz")]);
        await agent.NightAsync();
        File.SetLastWriteTimeUtc(Path.Combine(agent.State, "dictionaries", "symptoms.pb"), DateTime.UtcNow.AddDays(-9));
        hub.Table = [];

        var night = await agent.NightAsync();

        Assert.Equal(1UL, night.Unchanged);
        Assert.Contains(agent.Said, line => line.Contains("not asked for anew (The hub has no code table 'symptoms'); version 1, 1 codes, confirmed 9 days ago is used", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Sync_TableNeverFetched_IsAFaultWithItsCure()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await TableBench.AtAsync(hub);

        var (code, _, error) = await AgentProgram.RunAsync("sync", "--config", agent.Config, "--progress", "none");

        Assert.Equal(ExitCode.Configuration, code);
        Assert.Contains("The code table 'symptoms' is not here", error, StringComparison.Ordinal);
        Assert.Contains("run 'calltracking-agent check'", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("another key")]
    [InlineData("mixed versions")]
    [InlineData("another table")]
    public async Task Sync_PagesThatAreNotTheHubsTable_AreNotUsed(string trick)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await TableBench.AtAsync(hub);
        hub.Table = TablePages.Of(1, [("A", "Hum")], [("B", "Buzz")]);
        hub.Table[1].Version += trick == "mixed versions" ? 1U : 0;
        hub.Table[1].Name += trick == "another table" ? "x" : string.Empty;
        if (trick == "another key")
        {
            using var other = new TestAuthority();
            File.WriteAllBytes(Path.Combine(agent.State, "identity", "policy-key.spki"), other.PolicyKey);
        }

        var (code, _, error) = await AgentProgram.RunAsync("sync", "--config", agent.Config, "--progress", "none");

        Assert.Equal(ExitCode.Configuration, code);
        Assert.Contains("'symptoms' is not here", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(agent.State, "dictionaries")));
    }

    [Theory]
    [InlineData("another version", "the hub's pages are not all of one version")]
    [InlineData("ever more pages", "the hub's pages are not all of one version")]
    [InlineData("pages without end", "the hub's table is larger than any may be")]
    public async Task Sync_PagesOfAHubThatContradictsItself_AreGivenUpAtOnce(string trick, string said)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await TableBench.AtAsync(hub);
        hub.Table = TablePages.Of(1, [("A", "Hum")]);
        hub.TablePage = page => new Dictionary(hub.Table[0])
        {
            Page = page,
            Version = trick == "another version" ? page : 1,
            Pages = trick switch { "another version" => 3, "ever more pages" => page + 1, _ => uint.MaxValue },
        };

        var (_, output, error) = await AgentProgram.RunAsync("check", "--config", agent.Config);

        Assert.Contains(said, output + error, StringComparison.Ordinal);
        Assert.InRange(hub.TableRequests.Count, 1, 2);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Sync_KeptTableChangedByAStranger_IsNotUsed(int how)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await TableBench.AtAsync(hub);
        hub.Table = TablePages.Of(1, [("B", "Buzz")]);
        await AgentProgram.RunAsync("sync", "--config", agent.Config, "--progress", "none");
        hub.Table = [];
        var kept = Path.Combine(agent.State, "dictionaries", "symptoms.pb");
        var bytes = await File.ReadAllBytesAsync(kept);
        await File.WriteAllBytesAsync(kept, how switch { 0 => bytes[..^5], 1 => [0xFF, 0xFF, 0xFF, 0xFF, 0x7F, .. bytes], _ => [.. bytes[..^40], (byte)(bytes[^40] ^ 1), .. bytes[^39..]] });

        var (code, _, error) = await AgentProgram.RunAsync("sync", "--config", agent.Config, "--progress", "none");

        Assert.Equal(ExitCode.Configuration, code);
        Assert.Contains("'symptoms' is not here", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_SaysVersionAndAgeOfEachTableAndWhenTheHubIsAway()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await TableBench.AtAsync(hub);
        hub.Table = TablePages.Of(3, [("B", "Buzz")]);

        var online = await AgentProgram.RunAsync("check", "--config", agent.Config);
        var offline = await AgentProgram.RunAsync("check", "--offline", "--config", agent.Config);
        var listed = await AgentProgram.RunAsync("dictionary", "list", "--config", agent.Config);
        var got = await AgentProgram.RunAsync("dictionary", "get", "symptoms", "--out", Path.Combine(agent.Folder, "symptoms.dictionary.csv"), "--config", agent.Config);
        var tested = await AgentProgram.RunAsync("mapping", "test", Path.Combine(agent.Folder, "mapping.yaml"));
        await hub.DisposeAsync();
        var away = await AgentProgram.RunAsync("check", "--config", agent.Config);

        Assert.Equal((ExitCode.Done, ExitCode.Done, ExitCode.Done, ExitCode.Done, ExitCode.Done), (online.Code, offline.Code, listed.Code, got.Code, tested.Code));
        foreach (var output in new[] { online.Output, offline.Output, listed.Output })
        {
            Assert.Contains("version 3, 1 codes, confirmed 0 min ago", output, StringComparison.Ordinal);
        }

        Assert.Contains("WARN   code table symptoms: not asked for anew (connection refused); version 3", away.Error, StringComparison.Ordinal);
    }

    /// <summary>A region with one case that buzzes and one that does what no table knows.</summary>
    private static class TableBench
    {
        public static async Task<AgentBench> AtAsync(TestHub hub)
        {
            var agent = await AgentBench.AtAsync(hub);
            agent.Write([new DeskRow("C1", "Buzz"), new DeskRow("C2", "Rattle")]);
            agent.WriteMapping(mapping => mapping + "\n  inquiry_type: {from: subject, lookup: {dictionary: symptoms, key: label.en, unknown: reject}}\n");
            File.WriteAllText(
                Path.Combine(agent.Folder, "mapping.tests.yaml"),
                "tests:\n  - {name: buzzing, row: {id: 1, subject: Buzz, updated: \"2024-11-20 10:00\"}, expect: {inquiry_type: B}}\n");
            return agent;
        }
    }
}
