using CallTracking.Contracts;
using CallTracking.Hub.Ingest;
using CallTracking.Hub.Tests.Kit;
using FsCheck;
using FsCheck.Fluent;
using Xunit;
using Outcome = CallTracking.Contracts.Outcome;

namespace CallTracking.Hub.Tests.Ingest;

public sealed class CaseDoorTests
{
    /// <summary>Versions come in any order, several times, from several epochs: what is kept in the end is the highest one.</summary>
    [Fact]
    public void Decide_AnyOrderOfArrival_KeepsTheHighestVersion()
    {
        var arrivals = Gen.Zip(Gen.Choose(1, 3), Gen.Choose(1, 6)).NonEmptyListOf().ToArbitrary();
        Prop.ForAll(arrivals, list =>
        {
            KnownCase? known = null;
            foreach (var (epoch, sequence) in list)
            {
                var order = new CaseOrder((ulong)epoch, (ulong)sequence);
                var hash = Make.Uuid((epoch * 10) + sequence);
                var verdict = CaseDoor.Decide(Incoming(sequence, hash), "JP", order, 1, known, null);
                if (verdict.Step is DoorStep.Insert or DoorStep.Update)
                {
                    known = Known(order, hash);
                }
            }

            return known!.Order == list.Select(item => new CaseOrder((ulong)item.Item1, (ulong)item.Item2)).Max();
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Decide_SameOrderTwice_IsUnchanged()
    {
        var order = new CaseOrder(1, 5);

        Assert.Equal(Outcome.Unchanged, CaseDoor.Decide(Incoming(5, Make.Uuid(5)), "JP", order, 1, Known(order, Make.Uuid(5)), null).Outcome);
        Assert.Equal(Outcome.Superseded, CaseDoor.Decide(Incoming(5, Make.Uuid(6)), "JP", order, 1, Known(order, Make.Uuid(5)), null).Outcome);
    }

    [Theory]
    [InlineData("expired")]
    [InlineData("erased")]
    public void Decide_RemovedByLaw_NoOrderBringsItBack(string reason)
    {
        var removed = new RemovedCase("JP", reason, default, new CaseOrder(1, 1));

        Assert.Equal(
            new DoorVerdict(Outcome.Suppressed, DoorStep.Nothing, reason),
            CaseDoor.Decide(Incoming(9, Make.Uuid(9)), "JP", new CaseOrder(ulong.MaxValue, 9), 1, null, removed));
    }

    [Fact]
    public void Decide_GoneFromItsSource_OnlyALaterVersionReturns()
    {
        var removed = new RemovedCase("JP", "gone", default, new CaseOrder(2, 5));

        Assert.Equal(Outcome.Superseded, CaseDoor.Decide(Incoming(5, default), "JP", new CaseOrder(2, 5), 1, null, removed).Outcome);
        Assert.Equal(Outcome.New, CaseDoor.Decide(Incoming(6, default), "JP", new CaseOrder(2, 6), 1, null, removed).Outcome);
    }

    [Fact]
    public void Decide_TombstoneOlderThanTheCase_IsSuperseded()
    {
        var gone = new IncomingRecord(4, Make.Uuid(1), default, null) { GoneAt = default(DateTime) };

        Assert.Equal(Outcome.Superseded, CaseDoor.Decide(gone, "JP", new CaseOrder(1, 4), 1, Known(new CaseOrder(1, 5), default), null).Outcome);
        Assert.Equal(DoorStep.Delete, CaseDoor.Decide(gone, "JP", new CaseOrder(2, 4), 1, Known(new CaseOrder(1, 5), default), null).Step);
    }

    private static IncomingRecord Incoming(int sequence, Guid hash) => new((ulong)sequence, Make.Uuid(1), hash, null)
    {
        Row = new IncomingRow(CodedCase.Of(Make.Case("JP", 1)), [], "", "", []),
    };

    private static KnownCase Known(CaseOrder order, Guid hash) => new("JP", order, hash, null, 1, IsAnonymized: false, CodedCase.Of(Make.Case("JP", 1)));
}
