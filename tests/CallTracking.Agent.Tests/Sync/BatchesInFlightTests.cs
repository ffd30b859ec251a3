using CallTracking.Agent.Sync;
using CallTracking.Agent.Tests.Ledger;
using Xunit;

namespace CallTracking.Agent.Tests.Sync;

public sealed class BatchesInFlightTests
{
    private const int Rounds = 300;

    [Fact]
    public async Task TakeOff_WhileAnotherDiscards_IsSentOrDiscardedNeverBoth()
    {
        using var bench = new LedgerBench();
        var cases = Enumerable.Range(0, 200).ToArray();
        for (var round = 0; round < Rounds; round++)
        {
            bench.Send(cases);
            var entry = bench.Ledger.NextBatch(0)!;
            var flight = new BatchesInFlight(bench.Ledger);
            using var together = new Barrier(2);
            var discarding = Task.Run(() =>
            {
                together.SignalAndWait();
                Thread.SpinWait(round * 40);
                return bench.Ledger.Discard(waiting => !flight.Has(waiting.BatchId));
            });
            together.SignalAndWait();
            var sent = flight.TakeOff(entry);

            Assert.Equal(sent is null ? 1 : 0, await discarding);
            Assert.Equal(sent is not null, flight.Has(entry.BatchId));
            bench.Ledger.Discard(static _ => true);
        }
    }

    [Fact]
    public void TakeOff_BatchThatIsGone_IsNotOnItsWay()
    {
        using var bench = new LedgerBench();
        bench.Send(1);
        var entry = bench.Ledger.NextBatch(0)!;
        bench.Ledger.Discard(static _ => true);
        var flight = new BatchesInFlight(bench.Ledger);

        Assert.Null(flight.TakeOff(entry));

        Assert.True(flight.IsEmpty);
    }
}
