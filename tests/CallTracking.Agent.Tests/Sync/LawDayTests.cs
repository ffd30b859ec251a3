using CallTracking.Contracts;
using CallTracking.Privacy;
using Xunit;

namespace CallTracking.Agent.Tests.Sync;

/// <summary>A law that comes into force: from its day the region's cases are shaped by it, also those that were sent before.</summary>
public sealed class LawDayTests
{
    [Fact]
    public async Task Sync_LawCameIntoForceBetweenTwoNights_SendsItsCasesAgain()
    {
        var clock = new ShiftedClock();
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub, clock: clock);
        agent.StoreBundle(hub.Authority.Bundle(1, clock.GetUtcNow().AddDays(-1), clock.GetUtcNow().AddDays(40), Tomorrow(clock)));
        agent.Write(AgentBench.Rows(5));
        Assert.Equal(5UL, (await agent.NightAsync()).New);
        Assert.All(hub.Stored.Values, record => Assert.NotNull(record.Case.Subject));

        clock.Pass(TimeSpan.FromDays(1));
        var report = await agent.NightAsync(new(Reread: false));

        Assert.Equal((5UL, 5UL), (report.Changed, report.SentCases));
        Assert.All(hub.Stored.Values, record => Assert.Null(record.Case.Subject));
        Assert.Equal(0UL, (await agent.NightAsync()).SentCases);
    }

    [Fact]
    public async Task Sync_LawComesIntoForceWhileReading_NothingStaysAsItWasBefore()
    {
        var clock = new ShiftedClock();
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub, outbox: "4MB", clock: clock);
        agent.StoreBundle(hub.Authority.Bundle(1, clock.GetUtcNow().AddDays(-1), clock.GetUtcNow().AddDays(40), Tomorrow(clock)));
        agent.Write(AgentBench.Rows(1000, new string('z', 10_000)));
        var isOver = false;
        hub.BeforeBatch = (batch, _) =>
        {
            if (!isOver && batch.Records[0].Sequence > 200)
            {
                isOver = true;
                clock.Pass(TimeSpan.FromDays(1));
            }

            return Task.CompletedTask;
        };

        var result = await agent.SyncAsync();

        Assert.True(result.Closes);
        Assert.Equal(2, result.Runs.Count);
        Assert.Equal(1000, hub.Stored.Count);
        Assert.All(hub.Stored.Values, record => Assert.Null(record.Case.Subject));
    }

    private static PolicyDocument Tomorrow(ShiftedClock clock) => new()
    {
        Name = "de.yaml",
        Yaml = $$"""
            jurisdiction: de
            parent: eea
            countries: [DE]
            in_force: {{PolicySet.DayOf(clock.GetUtcNow().AddDays(1)):yyyy-MM-dd}}
            rules:
              free_text: {action: drop, at: edge}
            """,
    };
}
