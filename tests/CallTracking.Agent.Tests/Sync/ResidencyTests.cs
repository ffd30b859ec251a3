using CallTracking.Contracts;
using Xunit;

namespace CallTracking.Agent.Tests.Sync;

/// <summary>Records stay, aggregates leave: not one case on the wire, and counts that are large enough.</summary>
public sealed class ResidencyTests
{
    private static readonly PolicyDocument Stay = new()
    {
        Name = "de.yaml",
        Yaml = "jurisdiction: de\nparent: eea\ncountries: [DE]\nresidency: {records: stay, aggregates: leave, k: 5}\n",
    };

    private static readonly IReadOnlyList<DeskRow> Rows =
    [
        .. AgentBench.Rows(8),
        .. Enumerable.Range(1, 3).Select(number => new DeskRow($"D{number}", Updated: "2024-10-02 10:00")),
        .. Enumerable.Range(1, 3).Select(number => new DeskRow($"E{number}", Updated: "2024-09-02 10:00")),
    ];

    [Fact]
    public async Task Sync_RecordsThatStay_TravelsCountsOnlyAndNoSmallOne()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.StoreBundle(hub.Authority.Bundle(1, Stay));
        agent.Write(Rows);

        var first = await agent.NightAsync();
        var second = await agent.NightAsync();

        Assert.Empty(hub.Received);
        Assert.Equal((14UL, 14UL, 0UL), (first.Cases, first.Held, first.SentCases));
        Assert.Equal((14UL, 14UL), (second.Cases, second.Held));
        Assert.All(hub.Reports, report => Assert.Equal(["DE//2024-11 8", "DE// 6"], Told(report)));
    }

    [Fact]
    public async Task Sync_CasesThatLeftBefore_AreWithdrawnAndCountedFromThenOn()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write(Rows);
        await agent.NightAsync();
        Assert.Equal(14, hub.Stored.Count);

        agent.StoreBundle(hub.Authority.Bundle(2, Stay));
        var withdrawn = await agent.NightAsync();
        var after = await agent.NightAsync();

        Assert.Empty(hub.Stored);
        Assert.Equal((14UL, 14UL), (withdrawn.Cases, withdrawn.Gone));
        Assert.Equal((14UL, 14UL, 0UL), (after.Cases, after.Held, after.SentCases));
        Assert.Equal(["DE//2024-11 8", "DE// 6"], Told(hub.Reports.Last()));
    }

    [Fact]
    public async Task Sync_RecordsThatMayLeaveAgain_AreSentAndCountedNoMore()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.StoreBundle(hub.Authority.Bundle(1, Stay));
        agent.Write(Rows);
        await agent.NightAsync();

        agent.StoreBundle(hub.Authority.Bundle(2));
        var sent = await agent.NightAsync();

        Assert.Equal((14UL, 14UL), (sent.New, sent.SentCases));
        Assert.Equal(14, hub.Stored.Count);
        Assert.Empty(hub.Reports.Last().ResidentCounts);
    }

    private static IEnumerable<string> Told(RunReport report) =>
        report.ResidentCounts.Select(cell => $"{cell.Country}/{cell.ProductCategory}/{cell.MonthOpened} {cell.Count}");
}
