using CallTracking.Contracts;
using CallTracking.Hub.Cases;
using CallTracking.Hub.Tests.Kit;
using CallTracking.Hub.Web;
using CallTracking.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CallTracking.Hub.Tests.Policies;

/// <summary>A region whose records stay appears in the totals and in nothing else.</summary>
public sealed class ResidencyTests(PostgresCluster postgres) : IClassFixture<PostgresCluster>
{
    [PostgresFact]
    public async Task RunReport_WithCountsOfRecordsThatStay_AppearsInTheTotals()
    {
        await using var hub = await TestHub.StartAsync((await postgres.CreateMigratedAsync()).ConnectionString);
        await hub.PublishAsync(("bo.yaml", "jurisdiction: bo\ncountries: [BO]\nresidency: {records: stay, aggregates: leave, k: 10}\n"));
        using var bolivia = await hub.EnrolAsync("BO");
        await using var push = await bolivia.PushAsync();
        var @case = Make.Case("BO", 1);
        @case.CustomerCountry = "BO";
        var stored = Make.Case("BO", 2);
        var ack = await push.PushAsync(Make.Batch(push, Make.Record(@case, 1), Make.Record(stored, 2)));
        var report = new RunReport { RunId = Make.Id(77), Rows = 2, Cases = 2, New = 1, Held = 1, SentCases = 2 };
        report.ResidentCounts.Add(
        [
            new ResidentCount { Country = "BO", ProductCategory = "camera", MonthOpened = "2026-11", Count = 40 },
            new ResidentCount { Country = "BO", ProductCategory = "printer", MonthOpened = "2026-11", Count = 9 },
            new ResidentCount { Country = "BO", Count = 12 },
        ]);
        await push.SendAsync(new PushRequest { RunReport = report });
        var closed = (await push.ReceiveAsync(PushResponse.MessageOneofCase.RunReportAck)).RunReportAck;

        Assert.Equal([Outcome.Held, Outcome.New], Make.Outcomes(ack));
        Assert.Equal("stays-in-region", Assert.Single(ack.Exceptions).Reason);
        Assert.True(closed.Agrees);
        Assert.Equal(1, await hub.QueryAsync<long>("select count(*) from cases"));
        var counts = hub.Services.GetRequiredService<CaseCounts>();
        var byCountry = await counts.CountAsync(new CaseFilter(), CaseScope.AllRegions, [CountBy.Country, CountBy.ProductCategory], default);
        Assert.Equal(["BO camera 40", "BO  12", "JP camera 1"], byCountry.Select(count => $"{string.Join(' ', count.Keys)} {count.Count}"));
        Assert.Single(await counts.CountAsync(new CaseFilter { Statuses = { CaseStatus.Open } }, CaseScope.AllRegions, [CountBy.Country], default));
        Assert.Single(await counts.CountAsync(new CaseFilter { Countries = { "JP" } }, CaseScope.AllRegions, [CountBy.Country], default));
        var view = await hub.Services.GetRequiredService<StartViewSource>().ReadAsync(CaseScope.AllRegions, default);
        Assert.Equal((52, 1), (view.ResidentCases, view.StoredCases));
        Assert.Contains(view.Countries.Rows, row => row is { Country: "BO", Sum: 52 });

        await push.SendAsync(new PushRequest { RunReport = new RunReport { RunId = Make.Id(78) } });
        await push.ReceiveAsync(PushResponse.MessageOneofCase.RunReportAck);
        Assert.Equal(0, await hub.QueryAsync<long>("select count(*) from resident_count"));
    }
}
