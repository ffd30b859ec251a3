using CallTracking.Contracts;
using CallTracking.Hub.Ingest;
using Google.Protobuf;
using Xunit;

namespace CallTracking.Hub.Tests.Transfer;

/// <summary>Which files go on in the region's order, which begin another one, and which are left alone since they may be old ones.</summary>
public sealed class TransferEpochTests
{
    private static readonly byte[] Lease = [1, 2, 3];

    [Theory]
    [InlineData(3, 100, true, null, 3, "goes on")]
    [InlineData(3, 140, true, 3, 3, "goes on, also where it was imported before")]
    [InlineData(3, 99, true, null, null, "an old file or a ledger from a backup")]
    [InlineData(3, 99, true, 3, null, "imported before, and overtaken")]
    [InlineData(2, 500, true, null, null, "of an order before")]
    [InlineData(2, 500, true, 3, 3, "that was answered with this order: its receipts were lost")]
    [InlineData(0, 0, false, null, 4, "a new ledger")]
    [InlineData(0, 0, false, 3, 3, "a new ledger whose receipts were lost")]
    [InlineData(0, 0, false, 2, null, "a new ledger whose order is over by now")]
    [InlineData(3, 100, false, null, 4, "without the lease")]
    [InlineData(5, 1, true, null, 6, "the hub was restored")]
    public void DecideForFile_OfALedgerAtHundredInEpochThree_Is(int epoch, int last, bool hasLease, int? before, int? expected, string why)
    {
        var hello = new Hello { Epoch = (ulong)epoch, LastSequence = (ulong)last, Lease = hasLease ? ByteString.CopyFrom(Lease) : ByteString.Empty };

        var grant = EpochStore.DecideForFile(new EpochState(3, Lease, 100), hello, before);

        Assert.Equal((why, (long?)expected), (why, grant?.Epoch));
    }

    [Fact]
    public void DecideForFile_OrderWasRetired_BeginsAnotherWhoeverAsks() =>
        Assert.Equal(5, EpochStore.DecideForFile(new EpochState(4, null, 0), new Hello { Epoch = 3, Lease = ByteString.CopyFrom(Lease), LastSequence = 7 }, null)!.Epoch);
}
