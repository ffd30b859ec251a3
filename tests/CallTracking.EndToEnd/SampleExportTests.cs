using System.Text;
using CallTracking.Testing;
using CallTracking.Testing.Installations;
using Xunit;

namespace CallTracking.EndToEnd;

/// <summary>
/// Real exports of real help desks, mapped by YAML alone: every row is accounted for, and no value of a personal column is in
/// the hub's database, unless the law's pack permits the column there.
/// </summary>
public sealed class SampleExportTests
{
    [SharedPostgresFact("samples/callcenter-csat")]
    public async Task CallCentre_EveryRowIsCountedAndNoNameArrives()
    {
        var export = Export.Read("samples/callcenter-csat/Call Center.csv", Encoding.UTF8);
        await using var world = await StartAsync("US", "America/Chicago", ("callcenter-csat.yaml", export.Path));

        var run = await world.Installation.Regions["US"].SyncAsync();

        AssertReport(run, rows: 5_000, cases: 4_950, blank: 50);
        Assert.Equal(4_950, await world.CountAsync("select count(*) from cases"));
        Assert.Equal(1_553, await world.CountAsync("select count(*) from cases where channel = 1"));
        Assert.Equal(4_950 - 3_117, await world.CountAsync("select count(*) from cases where csat_score is not null"));
        await AssertAbsentAsync(world, export.Distinctive(["customer_name"]), atLeast: 4_000);
    }

    [SharedPostgresFact("samples/nyc311-csv")]
    public async Task CityServices_TwoGenerationsOfOneDesk_NoAddressArrives()
    {
        var old = Export.Read("samples/nyc311-csv/311_Service_Requests_legacy.csv", Encoding.UTF8);
        var current = Export.Read("samples/nyc311-csv/311_Service_Requests_soda.csv", Encoding.UTF8);
        await using var world = await StartAsync(
            "US", "America/New_York", ("nyc311-legacy.yaml", old.Path), ("nyc311-soda.yaml", current.Path));

        var run = await world.Installation.Regions["US"].SyncAsync();

        // The export of 2016 is past its keeping time: lawfully absent, and counted so.
        AssertReport(run, rows: 617, cases: 617, blank: 0, suppressedAtLeast: 117);
        Assert.Equal(0, await world.CountAsync("select count(*) from cases where opened_at < '2017-01-01'"));
        Assert.Equal(5 + 2 + 261, await world.CountAsync("select count(*) from cases where status = 2"));
        string[] places = ["Incident Address", "Street Name", "Cross Street 1", "Cross Street 2", "Intersection Street 1", "Intersection Street 2"];
        string[] points = ["Latitude", "Longitude", "Location"];
        var values = old.Distinctive([.. places, .. points, "X Coordinate (State Plane)", "Y Coordinate (State Plane)", "School Name"])
            .Concat(current.Distinctive(
                [.. places.Concat(points).Select(name => name.ToLowerInvariant().Replace(' ', '_')), "x_coordinate_state_plane", "y_coordinate_state_plane", "bbl", "landmark"]));
        await AssertAbsentAsync(world, values, atLeast: 2_000);
    }

    [SharedPostgresFact("samples/fukui-survey-ja")]
    public async Task JapaneseSurvey_Utf8AndCp932_GiveTheSameCasesAndNoMemberNumber()
    {
        var export = Export.Read("samples/fukui-survey-ja/fukui_survey_2023-05.utf8bom.csv", Encoding.UTF8);
        var path = SharedData.Path("samples", "fukui-survey-ja", "fukui_survey_2023-05.cp932.csv");
        await using var world = await StartAsync(
            "JP", "Asia/Tokyo", ("fukui-utf8.yaml", export.Path), ("fukui-cp932.yaml", path));

        var run = await world.Installation.Regions["JP"].SyncAsync();

        AssertReport(run, rows: 3_000, cases: 3_000, blank: 0);
        Assert.Equal(3_000, await world.CountAsync("select count(*) from cases"));
        Assert.Equal(2 * 504, await world.CountAsync("select count(*) from cases where csat_score = 100"));
        Assert.Equal(
            0,
            await world.CountAsync(
                """
                select count(*) from (
                  select replace(description, E'\r', ''), opened_at, csat_score, nps from cases group by 1, 2, 3, 4 having count(*) % 2 = 1
                ) differing
                """));
        await AssertAbsentAsync(world, export.Distinctive(["会員ID", "世帯年収"]), atLeast: 1_200);
    }

    private static async Task<World> StartAsync(string region, string zone, params (string Mapping, string File)[] sources)
    {
        var server = await PostgresServer.SharedAsync();
        return await World.StartAsync(
            server.ConnectionString,
            new RegionSetup(
                region, region, "Centre", region, zone,
                [.. sources.Select(source => (RepositoryRoot.Path("tests", "mappings", source.Mapping), source.File))]));
    }

    private static void AssertReport(SyncResult run, ulong rows, ulong cases, ulong blank, ulong suppressedAtLeast = 0)
    {
        Assert.True(run.Program.ExitCode == 0, run.Program.All);
        var report = run.Report!;
        Assert.Equal(rows, report.Rows);
        Assert.Equal(blank, report.Blank);
        Assert.Equal(0UL, report.Quarantined);
        Assert.Equal(cases, report.Cases);
        Assert.Equal(cases, report.New + report.Suppressed);
        Assert.InRange(report.Suppressed, suppressedAtLeast, suppressedAtLeast == 0 ? 0 : cases);
        Assert.True(run.HubCount!.Agrees);
    }

    private static async Task AssertAbsentAsync(World world, IEnumerable<string> values, int atLeast)
    {
        var list = values.Distinct(StringComparer.Ordinal).ToList();
        Assert.True(list.Count >= atLeast, $"Only {list.Count} distinctive values: the test would prove little.");
        Assert.Empty(await DatabaseSearch.FindAsync(world.Installation.Database, list));
    }
}
