using CallTracking.Contracts;
using CallTracking.Hub.Ingest;
using Google.Protobuf;
using Xunit;

namespace CallTracking.Hub.Tests.Ingest;

/// <summary>A ledger that is behind: from a backup, or of a second agent.</summary>
public sealed class EpochPlaceTests
{
    private static readonly byte[] Lease = [1, 2, 3];
    private static readonly byte[] Here = [.. Enumerable.Repeat((byte)7, 16)];
    private static readonly byte[] There = [.. Enumerable.Repeat((byte)9, 16)];

    public static TheoryData<byte[]?, byte[]?, ulong, EpochNote> Hellos => new()
    {
        { Here, Here, 50, EpochNote.LedgerBehind },
        { Here, There, 50, EpochNote.OtherAgent },
        { Here, There, 100, EpochNote.Continued },
        { Here, null, 50, EpochNote.LedgerBehind },
        { null, There, 50, EpochNote.LedgerBehind },
        { Here, [1, 2], 50, EpochNote.LedgerBehind },
    };

    [Theory]
    [MemberData(nameof(Hellos))]
    public void Decide_LedgerBehind_IsABackupHereAndAnotherAgentElsewhere(byte[]? known, byte[]? told, ulong lastSequence, EpochNote note)
    {
        var hello = new Hello { Epoch = 3, Lease = ByteString.CopyFrom(Lease), LastSequence = lastSequence, Place = ByteString.CopyFrom(told ?? []) };

        Assert.Equal(note, EpochStore.Decide(new EpochState(3, Lease, 100, known), hello).Note);
    }

    [Fact]
    public void Decide_EpochWasRetired_IsAnotherAgentWhereverItIs() =>
        Assert.Equal(EpochNote.OtherAgent, EpochStore.Decide(new EpochState(4, null, 0, Here), new Hello { Epoch = 3, Lease = ByteString.CopyFrom(Lease), Place = ByteString.CopyFrom(Here) }).Note);
}
