using System.Text.Json;
using CallTracking.Contracts;
using CallTracking.Hub.Cases;
using CallTracking.Hub.Policies;
using CallTracking.Hub.Tests.Kit;
using CallTracking.Privacy;
using CallTracking.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CallTracking.Hub.Tests.Policies;

/// <summary>What headquarters learns of cases that an agent older than the rules holds back.</summary>
public sealed class HeldCasesTests(PostgresCluster postgres) : IClassFixture<PostgresCluster>
{
    [PostgresFact]
    public async Task RunReport_WithCasesHeldForWordsThatTheAgentDoesNotKnow_ShowsThemByReason()
    {
        await using var hub = await TestHub.StartAsync((await postgres.CreateMigratedAsync()).ConnectionString);
        await hub.PublishAsync();
        using var japan = await hub.EnrolAsync("JP");
        await using var push = await japan.PushAsync();
        var report = new RunReport { RunId = Make.Id(77), Rows = 7, Cases = 7, Held = 7 };
        report.HeldReasons.Add(new ReasonCount { Reason = "policy-not-understood", Count = 7 });

        await push.SendAsync(new PushRequest { RunReport = report });
        var closed = (await push.ReceiveAsync(PushResponse.MessageOneofCase.RunReportAck)).RunReportAck;

        Assert.True(closed.Agrees);
        var regions = await hub.Services.GetRequiredService<RegionOverviewStore>().ListAsync(CaseScope.AllRegions, default);
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            RegionJson.Write(json, regions, 1);
        }

        using var parsed = JsonDocument.Parse(text.ToArray());
        var last = parsed.RootElement.GetProperty("regions")[0].GetProperty("last_run");
        Assert.Equal(7, last.GetProperty("held_reasons").GetProperty("policy-not-understood").GetInt32());
        Assert.Contains("Region JP holds 7 cases", Assert.Single(HeldCases.Lines(regions)), StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Bundle_NamesTheVersionThatKnowsItsWords()
    {
        await using var hub = await TestHub.StartAsync((await postgres.CreateMigratedAsync()).ConnectionString);
        await hub.PublishAsync();
        using var japan = await hub.EnrolAsync("JP");

        var bundle = PolicyBundle.Parser.ParseFrom(japan.Enrolment.Bundle.Bundle);

        Assert.Equal(BundleSource.Version, bundle.PublisherVersion);
        Assert.Matches("^[0-9]+\\.[0-9]+", bundle.PublisherVersion);
        Assert.Empty(PolicySet.ParseSigned(bundle, new DateOnly(2026, 12, 1)).Policies!.Foreign);
    }
}
