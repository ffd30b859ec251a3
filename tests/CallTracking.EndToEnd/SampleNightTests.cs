using CallTracking.Contracts;
using CallTracking.SampleData;
using CallTracking.Testing;
using Npgsql;
using Xunit;

namespace CallTracking.EndToEnd;

/// <summary>Nights of regions whose truth is known, value by value.</summary>
public sealed class SampleNightTests
{
    // What no pack lets stand at the hub in clear.
    private static readonly HashSet<DataClass> Forbidden =
    [
        DataClass.Name, DataClass.Email, DataClass.Phone, DataClass.PostalAddress, DataClass.NationalId, DataClass.Payment,
        DataClass.CustomerNumber, DataClass.Employee,
    ];

    // Nor these, where neither Japan's nor the United States' pack holds.
    private static readonly HashSet<DataClass> ForbiddenElsewhere = [.. Forbidden, DataClass.CaseNumber, DataClass.BirthDate];

    // Nor these, where no pack but the default one holds.
    private static readonly HashSet<DataClass> ForbiddenByDefault = [.. ForbiddenElsewhere, DataClass.SerialNumber, DataClass.Postcode];

    [PostgresFact]
    public async Task Night_AllRegionsAtOnce_EqualsTheTruthAndHoldsNoForbiddenValue()
    {
        var server = await PostgresServer.SharedAsync();
        await using var world = await World.StartAsync(server.ConnectionString, SampleRegion.All.Select(World.Sample));
        var options = new SampleOptions(400, Seed: 3, World.AsOf) { Span = TimeSpan.FromDays(300), Quirks = QuirkRates.Of(0.01) };
        var made = new Dictionary<string, SampleTotals>();
        foreach (var region in SampleRegion.All)
        {
            made[region.Code] = await world.WriteNightAsync(region, options);
        }

        var runs = await Task.WhenAll(world.Installation.Regions.Values.Select(async region => (region.Setup.Code, Run: await region.SyncAsync())));

        foreach (var (code, run) in runs)
        {
            Assert.True(run.Program.ExitCode == 0, run.Program.All);
            var report = run.Report!;
            var truth = made[code];
            Assert.Equal(
                (truth.Rows, truth.Cases, truth.Folded, truth.Blank, truth.Filtered, truth.Quarantined.Values.Sum()),
                ((long)report.Rows, (long)report.Cases, (long)report.Folded, (long)report.Blank, (long)report.Filtered, (long)report.Quarantined));
            Assert.Equal(truth.Quarantined.ToDictionary(), report.QuarantineReasons.ToDictionary(reason => reason.Reason, reason => (long)reason.Count));
        }

        await AssertFieldsAsync(world, options);
        await AssertAbsentAsync(world, options);
    }

    [PostgresFact]
    public async Task Preview_EveryRegion_GivesTheCasesOfTheTruthFieldByField()
    {
        var server = await PostgresServer.SharedAsync();
        await using var world = await World.StartAsync(server.ConnectionString, SampleRegion.All.Select(World.Sample));
        var options = new SampleOptions(250, Seed: 8, World.AsOf, Night: 2, ChangeRate: 0.2) { Span = TimeSpan.FromDays(300), Quirks = QuirkRates.Of(0.01) };
        foreach (var region in SampleRegion.All)
        {
            await world.WriteNightAsync(region, options);
            var preview = await world.Installation.Regions[region.Code].RunAsync("preview", "--redacted", "false", "--format", "jsonl", "--limit", "100000");

            var cases = Cases(preview.Output).DistinctBy(found => found.CaseNumber.Clear).ToDictionary(found => found.CaseNumber.Clear);
            var truths = SampleWriter.Truth(region, options).ToList();

            Assert.Equal(truths.Select(truth => truth.LocalId).Order(StringComparer.Ordinal), cases.Keys.Order(StringComparer.Ordinal));
            Assert.Empty(truths.SelectMany(truth => CaseComparison.Differences(truth, cases[truth.LocalId], cases[truth.LocalId].Updated.At.ToDateTimeOffset()))
                .CountBy(difference => $"{region}: {difference}"));
        }
    }

    [PostgresFact]
    public async Task SecondNight_OnePercentChanged_OnlyThatTravels()
    {
        var server = await PostgresServer.SharedAsync();
        await using var world = await World.StartAsync(server.ConnectionString, World.Sample(SampleRegion.Us));
        var options = new SampleOptions(2_000, Seed: 4, World.AsOf) { Span = TimeSpan.FromDays(300), NewRate = 0 };
        await world.WriteNightAsync(SampleRegion.Us, options);
        var first = await world.Installation.Regions["US"].SyncAsync();
        var changed = (await world.WriteNightAsync(SampleRegion.Us, options with { Night = 2 })).Changed;

        var second = await world.Installation.Regions["US"].SyncAsync();

        Assert.Equal((ulong)changed, second.Report!.Changed);
        Assert.Equal((ulong)changed, second.Report.SentCases);
        Assert.InRange(second.Report.SentBytes, 1UL, first.Report!.SentBytes / 20);
        Assert.Equal(2_000UL - (ulong)changed, second.Report.Unchanged);
    }

    [PostgresFact]
    public async Task CompleteExport_CasesVanish_AreDeletedAtTheHubAndBothCountTheSame()
    {
        var server = await PostgresServer.SharedAsync();
        await using var world = await World.StartAsync(server.ConnectionString, World.Sample(SampleRegion.Us));
        var region = world.Installation.Regions["US"];
        await File.AppendAllTextAsync(region.Configuration, "\n    snapshot: true\n");
        var options = new SampleOptions(300, Seed: 5, World.AsOf) { Span = TimeSpan.FromDays(300), NewRate = 0 };
        await world.WriteNightAsync(SampleRegion.Us, options);
        await region.SyncAsync();
        var stored = await world.CountAsync("select count(*) from cases");
        await world.WriteNightAsync(SampleRegion.Us, options with { Cases = 296 });

        var second = await region.SyncAsync();

        Assert.True(second.Program.ExitCode == 0, second.Program.All);
        Assert.Equal((296UL, 4UL, 4UL, 4UL), (second.Report!.Rows, second.Report.Vanished, second.Report.Gone, second.HubCount!.Gone));
        Assert.Equal(stored - 4, await world.CountAsync("select count(*) from cases"));
        Assert.Contains("+ vanished 4 = cases 300", second.Program.All, StringComparison.Ordinal);
    }

    private static IEnumerable<Case> Cases(string lines) =>
        lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Case.Parser.ParseJson);

    private static async Task AssertFieldsAsync(World world, SampleOptions options)
    {
        foreach (var region in SampleRegion.All)
        {
            var truth = SampleWriter.Truth(region, options).Select(made =>
                $"{made.CustomerCountry} {made.ProductCategory} {made.Model} {(int)made.Status} {made.Opened.UtcDateTime:yyyyMMddHHmm} {made.Closed?.UtcDateTime:yyyyMMddHHmm}");
            Assert.Equal(truth.Order(StringComparer.Ordinal), (await StoredAsync(world, region.Code)).Order(StringComparer.Ordinal));
        }
    }

    private static async Task<List<string>> StoredAsync(World world, string region)
    {
        const string Sql = """
            select concat_ws(' ', customer_country, product_category, product_model, status,
                             to_char(opened_at at time zone 'utc', 'YYYYMMDDHH24MI'),
                             coalesce(to_char(closed_at at time zone 'utc', 'YYYYMMDDHH24MI'), ''))
            from cases where region = $1
            """;
        await using var connection = new NpgsqlConnection(world.Installation.Database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(Sql, connection) { Parameters = { new() { Value = region } } };
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }

    private static async Task AssertAbsentAsync(World world, SampleOptions options)
    {
        var values = SampleRegion.All
            .SelectMany(region => SampleWriter.Truth(region, options).SelectMany(made => made.Planted).Select(value => (Region: region.Code, Value: value)))
            .Where(entry => ForbiddenIn(entry.Region).Contains(entry.Value.Class) && IsFound(entry.Value) && IsDistinctive(entry.Value.Value))
            .DistinctBy(entry => entry.Value.Value)
            .ToList();
        Assert.All(values.CountBy(entry => entry.Region), count => Assert.True(count.Value > 1_000, $"Only {count.Value} values of {count.Key} were planted."));
        var leaks = await DatabaseSearch.FindAsync(world.Installation.Database, values.ConvertAll(entry => entry.Value.Value));

        // Class, place and region only: a test's output holds no value either.
        Assert.Empty(leaks.Select(leak => $"{leak.Table}: {values[leak.ValueNumber].Region} {values[leak.ValueNumber].Value.Class} in {values[leak.ValueNumber].Value.Place}").GroupBy(text => text).Select(group => $"{group.Count()} × {group.Key}"));
    }

    // In texts the case's own values, e-mail, phone and card are exact; national identifiers and bank accounts that stand in no
    // field of the case are what later detectors must find.
    private static bool IsFound(Planted planted) =>
        planted.Place != Planted.Text || planted.Class is not (DataClass.NationalId or DataClass.Payment);

    // Six digits are found by chance: in serial numbers, in records.
    private static bool IsDistinctive(string value) =>
        value.Length >= (value.All(char.IsAsciiDigit) ? 8 : 6) || (DatabaseSearch.IsLongEnough(value) && value.All(character => character > 0x3000));

    private static HashSet<DataClass> ForbiddenIn(string region) => region switch
    {
        "JP" or "US" => Forbidden,
        "DE" or "FR" or "PL" => ForbiddenElsewhere,
        _ => ForbiddenByDefault,
    };
}
