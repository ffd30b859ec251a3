using CallTracking.Agent.Ledger;
using CallTracking.Agent.Sources;
using CallTracking.Agent.Sync;
using CallTracking.Contracts;
using CallTracking.Mapping;
using FsCheck;
using FsCheck.Fluent;
using Xunit;
using Outcome = CallTracking.Contracts.Outcome;

namespace CallTracking.Agent.Tests.Sync;

/// <summary>Whatever a source holds and whatever the hub answers, the report closes.</summary>
public sealed class AccountingTests
{
    private const int Nights = 12;
    private static readonly string[] Ids = [.. Enumerable.Range(1, 40).Select(number => $"C{number}"), ""];
    private static readonly string[] Statuses = ["open", "closed", "unheard of"];
    private static readonly string[] Times = ["2024-11-19 10:00", "2024-11-20 10:00", "2024-11-21 10:00", "", "yesterday"];
    private static readonly Outcome?[] Verdicts = [null, null, null, Outcome.Held, Outcome.Suppressed, Outcome.Rejected, Outcome.Superseded];

    [Theory]
    [InlineData("reject")]
    [InlineData("latest")]
    [InlineData("by_time")]
    public async Task Sync_RandomNights_EveryReportClosesAndTheHubAgrees(string duplicates)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub, duplicates);
        var rows =
            from id in Gen.Elements(Ids)
            from subject in Gen.Choose(1, 3)
            from status in Gen.Elements(Statuses)
            from updated in Gen.Elements(Times)
            select new DeskRow(id, $"subject {subject}", status, updated);
        var random = new Random(7);
        hub.Judge = _ => Verdicts[random.Next(Verdicts.Length)];

        foreach (var night in Gen.ListOf(rows).Sample(60, Nights).Select(list => list.ToList()))
        {
            agent.Write(night);
            var report = await agent.NightAsync();

            Assert.Equal((ulong)night.Count, report.Rows);
            Assert.Equal(report.Quarantined, report.QuarantineReasons.Aggregate(0UL, (sum, reason) => sum + reason.Count));
        }
    }

    [Fact]
    public async Task Sync_TwoFilesWithDifferentValuesOfOneTime_SendTheLaterFilesOnceAndNothingWhenReadAgain()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub, "latest");
        agent.Write(AgentBench.Rows(30, "short"), "export-1.csv");
        agent.Write(AgentBench.Rows(30, "long"), "export-2.csv");

        var first = await agent.NightAsync();
        var again = await agent.NightAsync();

        Assert.Equal((30UL, 30UL, 30UL, 30UL), (first.Cases, first.New, first.Folded, first.SentCases));
        Assert.Equal((30UL, 30UL, 30UL, 0UL, 0UL), (again.Cases, again.Unchanged, again.Folded, again.Changed, again.SentCases));
        Assert.All(hub.Stored.Values, stored => Assert.Equal("long", stored.Case.Subject.Masked));
    }

    [Fact]
    public async Task Sync_MoreCasesThanABatchInTwoVersions_SaysHowManyWereSentTwice()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub, "latest");
        agent.Write(AgentBench.Rows(700, "short"), "export-1.csv");
        agent.Write(AgentBench.Rows(700, "long"), "export-2.csv");

        await agent.NightAsync();

        Assert.Contains(agent.Said, line => line.Contains("cases came in two versions in this run", StringComparison.Ordinal) && line.Contains("desk: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Sync_MoreCasesThanABatchInTwoVersions_SendsNothingWhenReadAgain()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub, "latest");
        agent.Write(AgentBench.Rows(700, "short"), "export-1.csv");
        agent.Write(AgentBench.Rows(700, "other"), "export-2.csv");
        agent.Write(AgentBench.Rows(700, "long"), "export-3.csv");

        await agent.NightAsync();
        agent.Said.Clear();
        var again = await agent.NightAsync();

        Assert.Equal((700UL, 700UL, 1400UL, 0UL), (again.Cases, again.Unchanged, again.Folded, again.SentCases));
        Assert.DoesNotContain(agent.Said, line => line.Contains("versions", StringComparison.Ordinal));
        Assert.All(hub.Stored.Values, stored => Assert.Equal("long", stored.Case.Subject.Masked));
    }

    [Fact]
    public async Task Sync_TheLaterFileNoLongerHasACase_TheEarlierFilesVersionFollows()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub, "latest");
        agent.Write(AgentBench.Rows(700, "short"), "export-1.csv");
        agent.Write(AgentBench.Rows(700, "long"), "export-2.csv");
        await agent.NightAsync();

        agent.Write(AgentBench.Rows(700, "long").Skip(1), "export-2.csv");
        var without = await agent.NightAsync();
        var after = await agent.NightAsync(ReadingWish.Everything);

        Assert.Equal((700UL, 0UL), (without.Cases, without.SentCases));
        Assert.Contains(agent.Said, line => line.StartsWith("desk: 1 case stands in an earlier file only", StringComparison.Ordinal));
        Assert.Equal(1UL, after.SentCases);
        Assert.Equal(1, hub.Stored.Values.Count(stored => stored.Case.Subject.Masked == "short"));
    }

    [Fact]
    public async Task Sync_TheLaterFileCannotBeRead_WhatStandsFromItStands()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub, "latest");
        agent.Write(AgentBench.Rows(700, "short"), "export-1.csv");
        agent.Write(AgentBench.Rows(700, "long"), "export-2.csv");
        await agent.NightAsync();

        agent.WriteText("export-2.csv", "id;subject;status;updated\n");
        var broken = await agent.SyncAsync();
        await agent.SyncAsync();

        Assert.NotEmpty(broken.Faults);
        Assert.Equal(0UL, broken.Runs[^1].Report.SentCases);
        Assert.All(hub.Stored.Values, stored => Assert.Equal("long", stored.Case.Subject.Masked));
    }

    [Fact]
    public void Of_SameHash_NeverSendsUnlessAsked()
    {
        var rows =
            from state in Gen.Elements(Enum.GetValues<CaseState>())
            from run in Gen.Choose(1, 2)
            from updated in Gen.Elements<long?>(null, 1, 2)
            from rule in Gen.Elements(Enum.GetValues<DuplicateRule>())
            select (Row: new LedgerRow(ChangeHash.FromBytes(new byte[16]), new CaseOrder(1, 1), updated, state, run), rule);

        Prop.ForAll(rows.ToArbitrary(), given =>
        {
            var same = CaseVerdicts.Of(given.Row, given.Row.Hash!.Value, given.Row.SourceUpdated, 2, given.rule);
            var asked = CaseVerdicts.Of(given.Row with { Hash = null, Run = 0 }, given.Row.Hash!.Value, given.Row.SourceUpdated, 2, given.rule);
            return same is not (CaseVerdict.Send or CaseVerdict.Contradicts) && asked == CaseVerdict.Send;
        }).QuickCheckThrowOnFailure();
    }
}
