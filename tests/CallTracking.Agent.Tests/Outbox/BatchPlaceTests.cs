using CallTracking.Agent.Outbox;
using CallTracking.Contracts;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Xunit;

namespace CallTracking.Agent.Tests.Outbox;

public sealed class BatchPlaceTests
{
    private const int Before = 28;

    [Fact]
    public void Read_OfABatchBehindOtherBytes_SaysWhatTheBatchSays()
    {
        var batch = Batch(41, 42, ulong.MaxValue);

        Assert.Equal(new BatchPlace(7, 41, ulong.MaxValue, 3, 99), BatchPlace.Read(Behind(batch.ToByteArray()), Before));
    }

    [Fact]
    public void Read_OfABatchWithoutRecords_CountsNone() =>
        Assert.Equal(new BatchPlace(7, 0, 0, 0, 99), BatchPlace.Read(Behind(Batch().ToByteArray()), Before));

    [Fact]
    public void Read_OfABatchThatIsCutOffInARecord_Throws()
    {
        var whole = Batch(41, 42).ToByteArray();

        for (var left = 1; left < Batch(42).Records[0].CalculateSize(); left++)
        {
            Assert.Throws<InvalidDataException>(() => BatchPlace.Read(Behind(whole[..^left]), Before));
        }
    }

    [Fact]
    public void Read_OfRecordsThatGoOnBehindTheirEnd_Throws()
    {
        // One record of one byte: the tag of a sequence, whose value stands outside.
        byte[] wire = [(Contracts.Batch.RecordsFieldNumber << 3) | 2, 1, CaseRecord.SequenceFieldNumber << 3, 5];

        Assert.Throws<InvalidDataException>(() => BatchPlace.Read(Behind(wire), Before));
    }

    private static Batch Batch(params ReadOnlySpan<ulong> sequences)
    {
        var batch = new Batch { BatchId = ByteString.CopyFrom(new byte[16]), Epoch = 7, RunId = ByteString.CopyFrom(1, 2), PolicyVersion = 99 };
        foreach (var sequence in sequences)
        {
            batch.Records.Add(new CaseRecord
            {
                Sequence = sequence,
                CaseUid = ByteString.CopyFrom(new byte[16]),
                SourceUpdatedAt = new Timestamp { Seconds = 1_700_000_000, Nanos = 5 },
                Case = new Case { CaseUid = ByteString.CopyFrom(new byte[16]), Language = "ja" },
            });
        }

        return batch;
    }

    private static byte[] Behind(byte[] batch) => [.. Enumerable.Repeat((byte)0xFF, Before), .. batch];
}
