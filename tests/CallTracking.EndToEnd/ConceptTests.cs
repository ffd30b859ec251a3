using CallTracking.Testing;
using CallTracking.Testing.Installations;
using Xunit;

namespace CallTracking.EndToEnd;

/// <summary>A country whose texts may not leave still warns of smoke: both programs, from the raw text to the analyst's question.</summary>
public sealed class ConceptTests
{
    private const string Law = """
        jurisdiction: aq-texts-stay
        parent: default
        countries: [AQ]
        rules:
          free_text: {action: drop, at: edge}
        """;

    private const string Mapping = """
        source: desk
        format: {type: delimited, encoding: utf-8, delimiter: ";"}
        time_zone: UTC
        key: id
        updated: {from: opened, format: "yyyy-MM-dd"}
        fields:
          kind: {const: inquiry}
          opened: {from: opened, format: "yyyy-MM-dd"}
          language: language
          subject: subject
          description: text
        """;

    private const string OnlySmoke = """
        concepts: {hazard.smoke: {}}
        languages:
          en: {guards: {before: [no]}, concepts: {hazard.smoke: {label: smoke, patterns: [smoke]}}}
          ja: {concepts: {hazard.smoke: {label: 煙, patterns: [煙]}}}
        """;

    private static readonly string[] Texts = ["Quackenbush", "is swollen and white", "came out of the pack", "本体の後ろから", "zehn Minuten"];

    [PostgresFact]
    public async Task Night_TextsThatMayNotLeave_ArriveAsCodesAndInNoOtherForm()
    {
        var server = await PostgresServer.SharedAsync();
        await using var world = await World.StartAsync(server.ConnectionString);
        await File.WriteAllTextAsync(Path.Combine(world.Installation.PolicyFolder, "aq.yaml"), Law);
        await world.Installation.RunHubCommandAsync("policy", "publish", "--note", "texts of AQ stay there");
        await world.Installation.RunHubCommandAsync("dictionary", "import", "--starter", "--note", "first");
        var region = await AddRegionAsync(world);

        var before = await region.RunAsync("check", "--offline");
        var night = await region.SyncAsync();
        var after = await region.RunAsync("check", "--offline");
        var explained = await region.RunAsync("mapping", "explain", "1");
        var smoke = await world.Installation.RunHubCommandAsync("cases", "query", "--concept", "hazard.smoke", "--format", "jsonl");
        var counts = await world.Installation.RunHubCommandAsync("cases", "query", "--by", "concept", "--format", "csv");
        var versions = await world.Installation.RunHubCommandAsync("dictionary", "regions");

        Assert.True(night.Program.ExitCode == 0, night.Program.All);
        Assert.Contains("concepts: no dictionary is here", before.Output, StringComparison.Ordinal);
        Assert.Contains("concepts: hazards version 1;", after.Output, StringComparison.Ordinal);
        Assert.Equal((4UL, 4UL), (night.Report!.Rows, night.Report.New));
        var lines = smoke.Output.Trim().Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.All(lines, line => Assert.Matches("\"dictionary\": ?\"hazards\", ?\"dictionary_version\": ?1, ?\"code\": ?\"hazard.smoke\"", line));
        Assert.Contains("hazards:hazard.smoke,3", counts.Output, StringComparison.Ordinal);
        Assert.Contains("hazards:hazard.swelling,1", counts.Output, StringComparison.Ordinal);
        Assert.Matches(@"AQ\s+hazards\s+concept dictionary\s+1\s+1", versions.Output);
        Assert.Contains("hazard.swelling  description: \"", explained.Output, StringComparison.Ordinal);
        Assert.Empty(await DatabaseSearch.FindAsync(world.Installation.Database, Texts));
        Assert.Equal(0, await world.CountAsync("select count(*) from cases where subject <> '' or description <> ''"));
    }

    [PostgresFact]
    public async Task Night_NewVersionOfTheDictionary_OnlyCasesWhoseCodesChangedTravel()
    {
        var server = await PostgresServer.SharedAsync();
        await using var world = await World.StartAsync(server.ConnectionString);
        await world.Installation.RunHubCommandAsync("dictionary", "import", "--starter", "--note", "first");
        var region = await AddRegionAsync(world);
        await region.SyncAsync();
        var file = Path.Combine(world.Installation.Folder, "hazards.yaml");
        await File.WriteAllTextAsync(file, OnlySmoke);
        await world.Installation.RunHubCommandAsync("dictionary", "import", file, "--concepts", "--note", "smoke only");

        var second = await region.SyncAsync();
        var third = await region.SyncAsync();

        // The swelling goes, the German smoke too; what is found as before stays where it is.
        Assert.Equal((4UL, 2UL, 2UL, 2UL), (second.Report!.Rows, second.Report.Changed, second.Report.Unchanged, second.Report.SentCases));
        Assert.Equal(0UL, third.Report!.Rows);
        Assert.Equal(0, await world.CountAsync("select count(*) from cases where 'hazards:hazard.swelling' = any(concepts)"));
        Assert.Equal(2, await world.CountAsync("select count(*) from cases where 'hazards:hazard.smoke' = any(concepts)"));
    }

    private static async Task<RegionInstallation> AddRegionAsync(World world)
    {
        var region = await world.Installation.AddRegionAsync(new RegionSetup("AQ", "Antarctica", "McMurdo", "AQ", "Etc/UTC", [("desk.yaml", "inbox/*.csv")]));
        await File.WriteAllTextAsync(Path.Combine(region.Folder, "desk.yaml"), Mapping);
        var day = World.AsOf.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        await File.WriteAllTextAsync(Path.Combine(region.Inbox, "cases.csv"), $"""
            id;opened;language;subject;text
            1;{day};en;Help;The battery is swollen and white smoke came out of the pack, says Zebulon Quackenbush
            2;{day};ja;お願いします;本体の後ろから煙が出てきました
            3;{day};de;Hilfe;Nach zehn Minuten kam Rauch aus der Rückseite
            4;{day};en;Question;There was no smoke, it just does not turn on

            """);
        return region;
    }
}
