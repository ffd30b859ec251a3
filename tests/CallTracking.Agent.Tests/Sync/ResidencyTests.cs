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

    [Theory]
    [InlineData(5, 4, "DE//2024-11 5")]
    [InlineData(4, 1, "DE// 5")]
    [InlineData(4, 0, "")]
    public async Task Sync_CountsAroundTheSmallestThatMayBeTold_AreToldFromThereOn(int november, int october, string expected)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.StoreBundle(hub.Authority.Bundle(1, Stay));
        agent.Write([.. AgentBench.Rows(november), .. Rows.Skip(8).Take(october)]);

        await agent.NightAsync();

        Assert.Equal(expected, string.Join(", ", Told(hub.Reports.Single())));
    }

    [Fact]
    public async Task Sync_CasesOpenedInTheNightToAnotherMonth_CountForTheMonthThere()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.StoreBundle(hub.Authority.Bundle(1, Stay));
        agent.WriteMapping(mapping => mapping.Replace("time_zone: UTC", "time_zone: Europe/Berlin", StringComparison.Ordinal));
        agent.Write(AgentBench.Rows(6).Select(row => row with { Updated = "2024-11-01 00:30" }));

        await agent.NightAsync();

        Assert.Equal(["DE//2024-11 6"], Told(hub.Reports.Single()));
    }

    [Fact]
    public async Task Sync_CasesThatStayedAndAreGoneFromTheSource_CountNoMore()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.StoreBundle(hub.Authority.Bundle(1, Stay));
        agent.WriteMapping(mapping => mapping.Replace("key: id", "key: id\ngone: {from: subject, equals: deleted}", StringComparison.Ordinal));
        agent.Write(Rows);
        await agent.NightAsync();

        agent.Write(Rows.Select((row, place) => place == 0 ? row with { Subject = "deleted", Updated = "2024-11-21 10:00" } : row));
        var report = await agent.NightAsync();

        Assert.Equal((1UL, 13UL), (report.Gone, report.Held));
        Assert.Equal(["DE//2024-11 7", "DE// 6"], Told(hub.Reports.Last()));
    }

    [Fact]
    public async Task Sync_CaseThatStayedForItsCustomersCountryIsGoneFromTheSource_LeavesNoWordOfIt()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.StoreBundle(hub.Authority.Bundle(1, new PolicyDocument { Name = "bo.yaml", Yaml = "jurisdiction: bo\ncountries: [BO]\nresidency: {records: stay, aggregates: leave, k: 5}\n" }));
        agent.WriteMapping(mapping => mapping.Replace("key: id", "key: id\ngone: {from: subject, equals: deleted}", StringComparison.Ordinal)
            .Replace("status: {from: status, values: {open: open, closed: closed}}", "customer_country: {from: status, values: {bo: BO}}", StringComparison.Ordinal));
        agent.Write(AgentBench.Rows(6).Select(row => row with { Status = "bo" }));
        Assert.Equal(6UL, (await agent.NightAsync()).Held);

        agent.Write(AgentBench.Rows(6).Select((row, place) => row with { Status = "bo", Subject = place == 0 ? "deleted" : row.Subject, Updated = "2024-11-21 10:00" }));
        var report = await agent.NightAsync();

        Assert.Equal((1UL, 5UL), (report.Gone, report.Held));
        Assert.Empty(hub.Received);
        Assert.Equal(["BO//2024-11 5"], Told(hub.Reports.Last()));
    }

    [Fact]
    public async Task Sync_CasesThatStayedVanishFromACompleteExport_LeavesNoWordOfThem()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.PointTo(hub, more: "    snapshot: true");
        agent.StoreBundle(hub.Authority.Bundle(1, Stay));
        agent.Write(AgentBench.Rows(50));
        await agent.NightAsync();
        agent.Write(AgentBench.Rows(48));

        var report = await agent.NightAsync();
        var again = await agent.NightAsync();

        Assert.Equal((48UL, 2UL, 2UL, 48UL, 0UL), (report.Rows, report.Vanished, report.Gone, report.Held, report.SentCases));
        Assert.Equal((48UL, 0UL, 48UL), (again.Cases, again.Vanished, again.Held));
        Assert.Empty(hub.Received);
        Assert.Equal(["DE//2024-11 48"], Told(hub.Reports.Last()));
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
