using CallTracking.Contracts;
using CallTracking.Hub.Ingest;
using CallTracking.Hub.Tests.Kit;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf.WellKnownTypes;
using Xunit;

namespace CallTracking.Hub.Tests.Ingest;

public sealed class CaseHistoryTests
{
    private static readonly DateTime Now = Make.Day.AddDays(30).UtcDateTime;

    [Fact]
    public void Begin_OpenCase_IsOpenSinceItWasOpened()
    {
        var entry = Assert.Single(CaseHistory.Begin(Coded(CaseStatus.Open), [], Now));

        Assert.Equal((Make.Day.UtcDateTime, CaseStatus.Unspecified, CaseStatus.Open, 1), (entry.At, entry.From, entry.To, entry.BacklogDelta));
    }

    [Fact]
    public void Begin_ClosedCase_WasInTheBacklogBetweenItsTimes()
    {
        var events = CaseHistory.Begin(Coded(CaseStatus.Closed, closedAfter: 5), [], Now);

        Assert.Equal([(At(0), 1), (At(5), -1)], events.Select(entry => (entry.At, entry.BacklogDelta)));
    }

    [Fact]
    public void Begin_CaseWithHistory_FollowsTheSource()
    {
        StatusChange[] history = [Change(CaseStatus.Resolved, 2), Change(CaseStatus.New, 0), Change(CaseStatus.Open, 3), Change(CaseStatus.Closed, 4)];

        var events = CaseHistory.Begin(Coded(CaseStatus.Closed, closedAfter: 4), history, Now);

        Assert.Equal([(At(0), 1), (At(2), -1), (At(3), 1), (At(4), -1)], events.Select(entry => (entry.At, entry.BacklogDelta)));
        Assert.Equal([CaseStatus.New, CaseStatus.Resolved, CaseStatus.Open, CaseStatus.Closed], events.Select(entry => entry.To));
    }

    [Fact]
    public void Begin_HistoryThatBeginsAfterTheOpening_IsOpenSinceItWasOpened()
    {
        var events = CaseHistory.Begin(Coded(CaseStatus.Closed, closedAfter: 4), [Change(CaseStatus.Open, 2), Change(CaseStatus.Closed, 4)], Now);

        Assert.Equal([(At(0), 1), (At(4), -1)], events.Select(entry => (entry.At, entry.BacklogDelta)));
    }

    [Fact]
    public void Begin_CaseWithoutStatus_IsNeverInABacklog() =>
        Assert.Equal(0, Assert.Single(CaseHistory.Begin(Coded(CaseStatus.Unspecified), [], Now)).BacklogDelta);

    [Fact]
    public void Continue_ReopenedAndClosedBetweenTwoNights_TellsBoth()
    {
        var before = Coded(CaseStatus.Closed, closedAfter: 2, updatedAfter: 2);
        var after = Coded(CaseStatus.Closed, closedAfter: 6, updatedAfter: 6);
        StatusChange[] history = [Change(CaseStatus.Closed, 2), Change(CaseStatus.Open, 4), Change(CaseStatus.Closed, 6)];

        var events = CaseHistory.Continue(before, after, history, Now);

        Assert.Equal([(At(4), 1), (At(6), -1)], events.Select(entry => (entry.At, entry.BacklogDelta)));
        Assert.Equal(["updated_at", "closed_at"], events[^1].Changed);
        Assert.Empty(events[0].Changed);
    }

    [Fact]
    public void Continue_ChangesAtTheInstantThatWasSeenLast_AreNotToldAgain()
    {
        StatusChange[] history = [Change(CaseStatus.Open, 2), Change(CaseStatus.Closed, 2), Change(CaseStatus.Open, 4)];

        var entry = Assert.Single(CaseHistory.Continue(Coded(CaseStatus.Closed, closedAfter: 2, updatedAfter: 2), Coded(CaseStatus.Open, updatedAfter: 4), history, Now));

        Assert.Equal((At(4), 1), (entry.At, entry.BacklogDelta));
    }

    [Fact]
    public void Continue_OnlyTextChanged_IsOneEntryWithoutEffect()
    {
        var entry = Assert.Single(CaseHistory.Continue(Coded(CaseStatus.Open), Coded(CaseStatus.Open), [], Now));

        Assert.Equal((0, 0), (entry.BacklogDelta, entry.Changed.Length));
    }

    [Fact]
    public void End_OpenCase_LeavesTheBacklog() =>
        Assert.Equal(-1, Assert.Single(CaseHistory.End(Coded(CaseStatus.OnHold), Now)).BacklogDelta);

    [Fact]
    public void End_CaseWhoseLastEntryIsLater_EndsThen()
    {
        var entry = Assert.Single(CaseHistory.End(Last(CaseStatus.Open, 5), At(3)));

        Assert.Equal((At(5), -1), (entry.At, entry.BacklogDelta));
    }

    [Fact]
    public void Resume_BehindALostRow_TellsWhatCameAfterTheLastEntryAndNothingTwice()
    {
        StatusChange[] history = [Change(CaseStatus.Open, 1), Change(CaseStatus.Resolved, 2), Change(CaseStatus.Open, 5), Change(CaseStatus.OnHold, 6)];

        var events = CaseHistory.Resume(Last(CaseStatus.Open, 5), Coded(CaseStatus.Closed, closedAfter: 3), history, Now);

        Assert.Equal([(At(6), CaseStatus.Open, CaseStatus.OnHold), (At(6), CaseStatus.OnHold, CaseStatus.Closed)], events.Select(entry => (entry.At, entry.From, entry.To)));
    }

    [Fact]
    public void Resume_ClosedBeforeTheLastEntry_ClosesThen()
    {
        var entry = Assert.Single(CaseHistory.Resume(Last(CaseStatus.Open, 5), Coded(CaseStatus.Closed, closedAfter: 3), [], Now));

        Assert.Equal((At(5), -1), (entry.At, entry.BacklogDelta));
    }

    [Fact]
    public void Return_WithATimeFromBeforeItWasGone_ReturnsThen() =>
        Assert.Equal(At(7), Assert.Single(CaseHistory.Return(Coded(CaseStatus.Open, updatedAfter: 3), At(7), Now)).At);

    [Fact]
    public void AnyVersions_BacklogIsAlwaysThatOfTheLastStatusAndTimeNeverRunsBackwards()
    {
        var statuses = Gen.Elements(System.Enum.GetValues<CaseStatus>());
        var versions = Gen.Zip(statuses, Gen.Choose(0, 20)).NonEmptyListOf().ToArbitrary();
        Prop.ForAll(versions, list =>
        {
            var coded = list.Select(version => Coded(version.Item1, version.Item2, version.Item2)).ToList();
            var history = list.Select(version => Change(version.Item1, version.Item2)).ToList();
            var events = CaseHistory.Begin(coded[0], history, Now);
            Assert.Equal(CaseHistory.IsOpen(events[^1].To) ? 1 : 0, events.Sum(entry => entry.BacklogDelta));
            var last = events[^1].To;
            for (var i = 1; i < coded.Count; i++)
            {
                var more = CaseHistory.Continue(coded[i - 1] with { Status = last }, coded[i], history, Now);
                Assert.Equal(last, more[0].From);
                Assert.True(more.Zip(more.Skip(1)).All(pair => pair.First.At <= pair.Second.At && pair.First.To == pair.Second.From));
                last = more[^1].To;
                Assert.Equal(coded[i].Status, last);
                events.AddRange(more);
            }

            return events.Sum(entry => entry.BacklogDelta) == (CaseHistory.IsOpen(last) ? 1 : 0);
        }).QuickCheckThrowOnFailure();
    }

    private static CaseEvent Last(CaseStatus status, int days) => new(At(days), CaseStatus.Unspecified, status, []);

    private static DateTime At(int days) => Make.Day.AddDays(days).UtcDateTime;

    private static StatusChange Change(CaseStatus status, int days) =>
        new() { Status = status, At = new CaseTime { At = Timestamp.FromDateTime(At(days)) } };

    private static CodedCase Coded(CaseStatus status, int? closedAfter = null, int? updatedAfter = null)
    {
        var @case = Make.Case("JP", 1);
        @case.Status = status;
        @case.Closed = closedAfter is { } days ? Make.Time(Make.Day.AddDays(days)) : null;
        @case.Updated = updatedAfter is { } updated ? Make.Time(Make.Day.AddDays(updated)) : null;
        return CodedCase.Of(@case);
    }
}
