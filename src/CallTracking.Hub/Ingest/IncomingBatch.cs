using CallTracking.Contracts;
using Google.Protobuf;

namespace CallTracking.Hub.Ingest;

/// <summary>
/// A batch after validation and redaction: nothing in it may not rest at the hub. <c>Bytes</c> counts it as received, which is
/// the credit that its ack returns; <c>RedactedUnder</c> is the policy version whose rules were used here.
/// </summary>
internal sealed record IncomingBatch(
    Guid BatchId,
    Guid RunId,
    long Epoch,
    int Bytes,
    long RedactedUnder,
    IReadOnlyList<IncomingRecord> Records,
    IReadOnlyList<RedactionCount> Redactions)
{
    public ByteString WireId => ByteString.CopyFrom(BatchId.ToByteArray(bigEndian: true));

    public long FirstSequence => (long)Records[0].Sequence;

    public long LastSequence => (long)Records[^1].Sequence;
}

/// <summary>One record of a batch. <see cref="Settled"/> says that its outcome is known without the database.</summary>
internal sealed record IncomingRecord(ulong Sequence, Guid CaseUid, Guid ChangeHash, DateTime? SourceUpdatedAt)
{
    /// <summary>The redacted case; null for a tombstone and for a settled record.</summary>
    public IncomingRow? Row { get; init; }

    /// <summary>When the source lost the case, for a tombstone.</summary>
    public DateTime? GoneAt { get; init; }

    /// <summary>The outcome, where it was decided before the database was asked.</summary>
    public RecordOutcome? Settled { get; init; }
}

/// <summary>A redacted case as it is laid into <c>cases</c>.</summary>
internal sealed record IncomingRow(CodedCase Coded, IReadOnlyList<StatusChange> History, string Subject, string Description, byte[] Record);
