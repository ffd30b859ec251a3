using CallTracking.Agent.Commands;
using CallTracking.Agent.Ledger;
using CallTracking.Contracts;
using Xunit;

namespace CallTracking.Agent.Tests.Sync;

/// <summary>Whole nights against a hub that behaves.</summary>
public sealed class NightTests
{
    [Fact]
    public async Task Sync_FirstNightThenOneChange_SendsAllThenOne()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write(AgentBench.Rows(1300));

        var first = await agent.NightAsync();
        agent.Write(AgentBench.Rows(1300).Select(row => row.Id == "C700" ? row with { Status = "closed" } : row));
        var second = await agent.NightAsync();

        Assert.Equal((1300UL, 1300UL, 1300UL), (first.Rows, first.New, first.SentCases));
        Assert.Equal((1300UL, 1UL, 1299UL, 1UL), (second.Rows, second.Changed, second.Unchanged, second.SentCases));
        Assert.Equal(1300, hub.Stored.Count);
        Assert.All(hub.Received, batch => Assert.InRange(batch.Records.Count, 1, SyncLimits.BatchCases));
    }

    [Fact]
    public async Task Sync_SecondNightWithoutChange_SendsNothing()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write(AgentBench.Rows(20));
        await agent.NightAsync();
        hub.Received.Clear();

        var second = await agent.NightAsync();

        Assert.Empty(hub.Received);
        Assert.Equal((20UL, 0UL), (second.Unchanged, second.SentBytes));
    }

    [Fact]
    public async Task Sync_EqualRowsOfOneKey_CountOnce()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write([new("A"), new("B"), new("A")]);

        var report = await agent.NightAsync();

        Assert.Equal((3UL, 2UL, 1UL, 2UL), (report.Rows, report.Cases, report.Folded, report.New));
    }

    [Fact]
    public async Task Sync_ContradictingRowsOfOneKey_SecondIsQuarantined()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write([new("A", "one"), new("B"), new("A", "two")]);

        var report = await agent.NightAsync();
        var again = await agent.NightAsync();

        Assert.Equal((3UL, 2UL, 1UL), (report.Rows, report.Cases, report.Quarantined));
        Assert.Equal("duplicate-key", Assert.Single(report.QuarantineReasons).Reason);
        Assert.Equal((2UL, 1UL), (again.Unchanged, again.Quarantined));
        Assert.Equal(1UL, Assert.Single(LedgerGlance.Of(agent.LedgerFile, 1)!.Quarantine).Count);
    }

    [Fact]
    public async Task Sync_LatestRule_LaterBySourceTimeWinsWhereverItStands()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub, duplicates: "latest");
        agent.Write([new("A", "late", Updated: "2024-11-21 10:00"), new("B", "early"), new("A", "early"), new("B", "late", Updated: "2024-11-21 10:00")]);

        var report = await agent.NightAsync();

        Assert.Equal((4UL, 2UL, 2UL), (report.Rows, report.Cases, report.Folded));
        var days = hub.Stored.Values.Select(record => record.SourceUpdatedAt.ToDateTimeOffset().Day);
        Assert.Equal([21, 21], days);
    }

    [Fact]
    public async Task Sync_LatestRuleAcrossBatches_ClosesAndKeepsTheLater()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub, duplicates: "latest");
        agent.Write([.. AgentBench.Rows(1200), new("C1", "late", Updated: "2024-11-21 10:00")]);

        var report = await agent.NightAsync();

        Assert.Equal((1201UL, 1200UL, 1UL), (report.Rows, report.New, report.Changed));
        Assert.Equal(1200, hub.Stored.Count);
    }

    [Theory]
    [InlineData("reject")]
    [InlineData("latest")]
    [InlineData("by_time")]
    public async Task Sync_LateFileBetweenTwoTimesOfOneVersion_ChangesNothing(string duplicates)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub, duplicates);
        agent.WriteMapping(text => text.Replace("opened: {from: updated, format: \"yyyy-MM-dd HH:mm\"}", "description: subject", StringComparison.Ordinal));
        foreach (var (subject, day) in (IEnumerable<(string, int)>)[("one", 18), ("two", 19), ("two", 22)])
        {
            agent.Write([new("A", subject, Updated: $"2024-11-{day} 10:00")]);
            await agent.NightAsync();
        }

        agent.Write([new("A", "late", Updated: "2024-11-21 10:00")]);
        var late = await agent.NightAsync();
        agent.Write([new("A", "two", Updated: "2024-11-23 10:00"), new("A", "two", Updated: "2024-11-25 10:00")]);
        await agent.NightAsync();
        agent.Write([new("A", "late", Updated: "2024-11-24 10:00")]);

        Assert.Equal((1UL, 0UL), (late.Rows, late.SentCases));
        Assert.Equal(0UL, (await agent.NightAsync()).SentCases);
    }

    [Fact]
    public async Task Sync_VersionsInSeveralFiles_TheNewestStandsAlsoWhenAllIsReadAnew()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub, duplicates: "by_time");
        agent.Write([new("A", "newest", Updated: "2024-11-22 10:00"), new("B", "one"), new("A", "old", Updated: "2024-11-20 10:00")], "a.csv");
        agent.Write([new("A", "older", Updated: "2024-11-19 10:00"), new("B", "two", Updated: "2024-11-21 10:00"), new("B", "three", Updated: "2024-11-21 10:00")], "b.csv");

        var first = await agent.NightAsync();
        agent.WriteMapping(text => text.Replace("{const: inquiry}", "{const: repair}", StringComparison.Ordinal));
        var second = await agent.NightAsync();

        Assert.Equal((6UL, 2UL, 3UL, 1UL), (first.Rows, first.Cases, first.Folded, first.Quarantined));
        Assert.Equal((6UL, 2UL, 3UL, 1UL), (second.Rows, second.Changed, second.Folded, second.Quarantined));
        Assert.Equal([21, 22], hub.Stored.Values.Select(record => record.SourceUpdatedAt.ToDateTimeOffset().Day).Order());
    }

    [Fact]
    public async Task Sync_LateOldFile_ChangesNothing()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write([new("A", "new", "closed", "2024-11-21 10:00")]);
        await agent.NightAsync();
        agent.Write([new("A", "old", "open", "2024-11-19 10:00")]);

        var report = await agent.NightAsync();

        Assert.Equal((1UL, 0UL), (report.Unchanged, report.SentCases));
        Assert.Equal(CaseStatus.Closed, Assert.Single(hub.Stored.Values).Case.Status);
    }

    [Fact]
    public async Task Sync_TimeFarInTheFuture_IsQuarantinedAndALaterSaneVersionIsTaken()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        var tomorrow = TimeProvider.System.GetUtcNow().AddHours(20).ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture);
        agent.Write([new("A", "typing error", Updated: "2226-11-21 10:00"), new("B", "another zone", Updated: tomorrow), new("C")]);

        var first = await agent.NightAsync();
        agent.Write([new("A", "sane"), new("B", "another zone", Updated: tomorrow), new("C")]);
        var second = await agent.NightAsync();

        Assert.Equal((3UL, 2UL, 1UL), (first.Rows, first.New, first.Quarantined));
        Assert.Equal("future-time", Assert.Single(first.QuarantineReasons).Reason);
        Assert.Equal((1UL, 2UL, 0UL), (second.New, second.Unchanged, second.Quarantined));
        Assert.Empty(LedgerGlance.Of(agent.LedgerFile, 1)!.Quarantine);
    }

    [Fact]
    public async Task Sync_LedgerHasATimeFromTheFuture_DoesNotBelieveIt()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write([new("A", "typing error")]);
        await agent.NightAsync();
        Assert.Equal(1, await agent.EditLedgerAsync("update cases set source_updated = 8099999999999"));

        agent.Write([new("A", "sane")]);

        Assert.Equal(1UL, (await agent.NightAsync()).Changed);
    }

    [Fact]
    public async Task Sync_HeldSuppressedRejected_AreCountedEachNightAndTravelOnce()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        var verdicts = new Queue<Outcome>([Outcome.Held, Outcome.Suppressed, Outcome.Rejected]);
        hub.Judge = _ => verdicts.TryDequeue(out var outcome) ? outcome : null;
        agent.Write(AgentBench.Rows(4));

        var first = await agent.NightAsync();
        hub.Received.Clear();
        var second = await agent.NightAsync();

        foreach (var report in new[] { first, second })
        {
            Assert.Equal((4UL, 3UL, 1UL, 1UL, 1UL), (report.Rows, report.Cases, report.Held, report.Suppressed, report.Quarantined));
            Assert.Equal("clear-under-edge-rule", Assert.Single(report.QuarantineReasons).Reason);
        }

        Assert.Empty(hub.Received);
    }

    [Fact]
    public async Task Sync_RowsThatCannotBeMapped_AreQuarantinedAndHealWhenMended()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write([new("A", Status: "unheard of"), new("B"), new("", "no key")]);

        var first = await agent.NightAsync();
        var kept = LedgerGlance.Of(agent.LedgerFile, 1)!.Quarantine;
        agent.Write([new("A", Status: "open"), new("B")]);
        var second = await agent.NightAsync();

        Assert.Equal((3UL, 1UL, 2UL), (first.Rows, first.Cases, first.Quarantined));
        Assert.Equal(2, kept.Count);
        Assert.Equal((2UL, 1UL, 1UL), (second.Cases, second.New, second.Unchanged));
        Assert.Empty(LedgerGlance.Of(agent.LedgerFile, 1)!.Quarantine);
    }

    [Fact]
    public async Task Sync_CaseOverThreeMebibytes_IsQuarantinedAndTheRestTravels()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write([new("A"), new("B", new string('x', SyncLimits.CaseBytes)), new("C", new string('y', 2 * SyncLimits.BatchBytes)), new("D")]);

        var report = await agent.NightAsync();

        Assert.Equal((4UL, 3UL, 1UL), (report.Rows, report.Cases, report.Quarantined));
        Assert.Equal("too-large", Assert.Single(report.QuarantineReasons).Reason);
        Assert.Equal(3, hub.Stored.Count);
    }

    [Fact]
    public async Task Sync_MissingFile_EndsAsSourceFaultAndReportsAFailedRun()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);

        var result = await agent.SyncAsync();

        Assert.Equal(ExitCode.Source, result.Code);
        Assert.Contains("No file matches", Assert.Single(result.Faults).Message, StringComparison.Ordinal);
        Assert.Equal(RunOutcome.Failed, Assert.Single(hub.Reports).Outcome);
    }

    [Fact]
    public async Task Sync_Content_IsNeverLogged()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        agent.Write([new("Aktenzeichen4711", "Wilhelmine Unverwechselbar"), new("B", Status: "Unverwechselbar")]);

        await agent.NightAsync();

        agent.Log.MustNotContain("Unverwechselbar", "4711");
        Assert.DoesNotContain(agent.Said, text => text.Contains("Unverwechselbar", StringComparison.Ordinal));
    }
}
