using CallTracking.Testing;
using CallTracking.Testing.Installations;
using Xunit;

namespace CallTracking.EndToEnd;

/// <summary>A code table that headquarters keeps, and nights of a region whose mapping looks words up in it.</summary>
public sealed class CodeTableTests
{
    private const string Types = "inquiry-types";

    private const string Mapping = """
        source: desk
        format: {type: delimited, encoding: utf-8, delimiter: ",", header: true}
        time_zone: Europe/Berlin
        culture: de-DE
        key: nr
        fields:
          kind: {const: inquiry}
          status: {const: open}
          centre_country: {const: DE}
          collection_country: {const: DE}
          customer_country: {const: DE}
          subject: betreff
          opened: {from: am, format: "yyyy-MM-dd HH:mm"}
          inquiry_type: {from: art, lookup: {dictionary: inquiry-types, key: label.de, unknown: reject}}

        """;

    [PostgresFact]
    public async Task Night_WithATableOfTheHub_HoldsTheLookedUpValuesAndANewVersionChangesOnlyItsCases()
    {
        await using var world = await StartAsync(4);
        var region = world.Installation.Regions["DE"];
        await ImportAsync(world, Types, "noise,Brummt", "heat,Wird heiß", "smell,Riecht");

        var first = await region.SyncAsync();
        var stored = await StoredAsync(world);
        await ImportAsync(world, Types, "noise,Brummt", "burn,Wird heiß", "smell,Riecht");
        var second = await region.SyncAsync();
        var storedAgain = await StoredAsync(world);

        Assert.True(first.Program.ExitCode == 0, first.Program.All);
        Assert.Equal((4UL, 4UL), (first.Report!.New, first.Report.Rows));
        Assert.Equal((1L, 2L, 1L, 0L), stored);
        Assert.True(second.Program.ExitCode == 0, second.Program.All);
        Assert.Contains("code table inquiry-types: version 2 fetched, 3 codes", second.Program.All, StringComparison.Ordinal);
        Assert.Equal((2UL, 2UL, 2UL), (second.Report!.Changed, second.Report.Unchanged, second.Report.SentCases));
        Assert.Equal((2UL, true), (second.HubCount!.Changed, second.HubCount.Agrees));
        Assert.Equal((1L, 0L, 1L, 2L), storedAgain);
    }

    [PostgresFact]
    public async Task Trace_OfACaseWithALookedUpValue_NamesFileRowTableAndWhatWasSent()
    {
        await using var world = await StartAsync(4);
        var region = world.Installation.Regions["DE"];
        await ImportAsync(world, Types, "noise,Brummt", "heat,Wird heiß", "smell,Riecht");
        await region.SyncAsync();
        await ImportAsync(world, Types, "noise,Brummt", "burn,Wird heiß", "smell,Riecht");
        await region.SyncAsync();
        var sequence = await world.CountAsync("select sequence from cases order by sequence desc limit 1");

        var changed = await region.RunAsync("trace", "N3");
        var untouched = await region.RunAsync("trace", "N1");

        Assert.Contains(Line("file", "inbox/export.csv"), changed.Output, StringComparison.Ordinal);
        Assert.Contains(Line("row", "3"), changed.Output, StringComparison.Ordinal);
        Assert.Matches(@"\nmapping   .*mapping\.yaml, version [0-9a-f]{16}, code table inquiry-types version 2; it is the same now\n", changed.Output);
        Assert.Contains(Line("sent", $"Sent, epoch 1 sequence {sequence}; last met by run 2"), changed.Output, StringComparison.Ordinal);
        Assert.Matches($@"\nhub       policy version 1 shaped what the hub holds, received .* as epoch 1 sequence {sequence}\n", changed.Output);

        // What was sent under the table's first version was not sent again.
        Assert.Contains(Line("row", "1"), untouched.Output, StringComparison.Ordinal);
        Assert.Contains("code table inquiry-types version 1; it is another now", untouched.Output, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Push_OfATableThatNoMappingNames_IsKeptByTheRegionAfterItsNextNight()
    {
        await using var world = await StartAsync(2);
        var region = world.Installation.Regions["DE"];
        await ImportAsync(world, Types, "noise,Brummt", "heat,Wird heiß", "smell,Riecht");
        await ImportAsync(world, "parts", "P-1,Pumpe");

        var unknown = await Assert.ThrowsAsync<InvalidOperationException>(() => world.Installation.RunHubCommandAsync("dictionary", "push", "parts", "--region", "DE", "--region", "FR"));
        var nowhere = await Assert.ThrowsAsync<InvalidOperationException>(() => world.Installation.RunHubCommandAsync("dictionary", "push", "parts"));
        var pushed = await world.Installation.RunHubCommandAsync("dictionary", "push", "parts", "--region", "DE");
        var waiting = await world.CountAsync("select count(*) from region_task where finished_at is null");
        var night = await region.SyncAsync();
        var listed = await region.RunAsync("dictionary", "list");

        Assert.Contains("There is no region FR. Known: DE.", unknown.Message, StringComparison.Ordinal);
        Assert.Contains("--region CODE or --all", nowhere.Message, StringComparison.Ordinal);
        Assert.Contains("DE: asked to fetch parts version 1 (1 codes) at the next push.", pushed.Output, StringComparison.Ordinal);
        Assert.Equal(1, waiting);
        Assert.True(night.Program.ExitCode == 0, night.Program.All);
        Assert.Contains("code table parts: version 1 fetched, 1 codes; pushed by headquarters", night.Program.All, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^parts  version 1, 1 codes, confirmed .*; no mapping names it$", listed.Output);
        Assert.Equal(1, await world.CountAsync("select count(*) from region_task where finished_at is not null and status = 1 and count = 1"));
    }

    private static string Line(string label, string text) => $"\n{label,-8}  {text}";

    /// <summary>A hub and a region whose export has so many cases: the first hums, the last smells, the others become hot.</summary>
    private static async Task<World> StartAsync(int cases)
    {
        var world = await World.StartAsync(
            (await PostgresServer.SharedAsync()).ConnectionString,
            new RegionSetup("DE", "Germany", "Berlin", "DE", "Europe/Berlin", [("mapping.yaml", "inbox/*.csv")]));
        var region = world.Installation.Regions["DE"];
        var rows = Enumerable.Range(1, cases)
            .Select(number => $"N{number},Gerät,{World.AsOf.AddDays(-number):yyyy-MM-dd} 10:00,{(number == 1 ? "Brummt" : number == cases ? "Riecht" : "Wird heiß")}\n");
        await File.WriteAllTextAsync(Path.Combine(region.Folder, "mapping.yaml"), Mapping);
        await File.WriteAllTextAsync(Path.Combine(region.Inbox, "export.csv"), "nr,betreff,am,art\n" + string.Concat(rows));
        return world;
    }

    /// <summary>Publishes the next version of a table: lines of code and German label.</summary>
    private static async Task ImportAsync(World world, string table, params IEnumerable<string> lines)
    {
        var file = Path.Combine(world.Installation.Folder, table + ".csv");
        await File.WriteAllLinesAsync(file, lines.Prepend("code,label.de"));
        await world.Installation.RunHubCommandAsync("dictionary", "import", file, "--note", "a test");
    }

    private static async Task<(long Noise, long Heat, long Smell, long Burn)> StoredAsync(World world) =>
        (await CountAsync(world, "noise"), await CountAsync(world, "heat"), await CountAsync(world, "smell"), await CountAsync(world, "burn"));

    private static Task<long> CountAsync(World world, string code) => world.CountAsync($"select count(*) from cases where inquiry_type = '{code}'");
}
