using CallTracking.Testing;
using CallTracking.Testing.Installations;
using Xunit;

namespace CallTracking.EndToEnd;

/// <summary>The service of a region and a hub as they are published: hazards between two nights, and a pause that headquarters knows.</summary>
public sealed class FastLaneTests
{
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
        """;

    private static readonly string Day = World.AsOf.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    [PostgresFact]
    public async Task Service_HazardAndOrdinaryCaseAppended_OneArrivesByTheLookTheOtherWithTheNightBothOnce()
    {
        var server = await PostgresServer.SharedAsync();
        await using var world = await World.StartAsync(server.ConnectionString);
        await world.Installation.RunHubCommandAsync("dictionary", "import", "--starter", "--note", "first");
        var region = await world.Installation.AddRegionAsync(new RegionSetup("AQ", "Antarctica", "McMurdo", "AQ", "Etc/UTC", [("desk.yaml", "inbox/*.csv")]));
        await File.WriteAllTextAsync(Path.Combine(region.Folder, "desk.yaml"), Mapping);
        // The 29th of February is far away whenever this runs: no night begins by itself.
        await File.AppendAllTextAsync(region.Configuration, "\nfast_lane: {every: 1m}\n");
        var settings = await File.ReadAllTextAsync(region.Configuration);
        Assert.DoesNotContain("schedule:", settings, StringComparison.Ordinal);
        await File.AppendAllTextAsync(region.Configuration, "schedule: {cron: \"0 0 29 2 *\", catch_up: 0}\n");
        var file = Path.Combine(region.Inbox, "cases.csv");
        await File.WriteAllTextAsync(file, $"id;opened;language;subject\n1;{Day};en;It does not turn on\n");
        await region.SyncAsync();
        File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddMinutes(-1));

        await using (var service = ProgramRun.Start(PublishedProgram.Agent, ["run", "--config", region.Configuration]))
        {
            await File.AppendAllTextAsync(file, $"2;{Day};en;White smoke came out of the pack\n3;{Day};en;Where is the manual\n");
            await UntilAsync(async () => await world.CountAsync("select count(*) from cases where 'hazards:hazard.smoke' = any(concepts)") == 1, service);
            Assert.Equal(2, await world.CountAsync("select count(*) from cases"));
            Assert.Equal(1, await world.CountAsync("select count(*) from run_report where kind = 2"));
            service.Kill();
        }

        var night = await region.SyncAsync();
        var after = await region.SyncAsync();

        Assert.Equal((2UL, 1UL, 1UL, 1UL), (night.Report!.Rows, night.Report.New, night.Report.Unchanged, night.Report.SentCases));
        Assert.Equal(0UL, after.Report!.Rows);
        Assert.Equal(3, await world.CountAsync("select count(*) from cases"));
        Assert.Equal(3, await world.CountAsync("select count(*) from case_events"));
    }

    private static async Task UntilAsync(Func<Task<bool>> holds, ProgramRun service)
    {
        for (var second = 0; second < 150; second++)
        {
            if (await holds())
            {
                return;
            }

            Assert.False(service.HasExited, service.Output + service.Error);
            await Task.Delay(1000);
        }

        Assert.Fail("Nothing arrived: " + service.Output + service.Error);
    }
}
