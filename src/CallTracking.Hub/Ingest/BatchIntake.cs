using CallTracking.Contracts;
using CallTracking.Hub.Policies;
using CallTracking.Hub.Storage;
using CallTracking.Privacy;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace CallTracking.Hub.Ingest;

/// <summary>
/// Makes a received batch fit to be stored: checks it, redacts every case in memory, lays it into its row. One bad case is
/// settled as rejected and never fails its batch. What leaves here holds nothing that policy does not allow at rest.
/// </summary>
internal sealed class BatchIntake(TimeProvider clock, ILogger<BatchIntake> logger)
{
    // A batch may be a little over: the limit counts its records without what frames them.
    private const int Framing = 64 * 1024;

    /// <exception cref="Rpc.RpcException">INVALID_ARGUMENT: the batch as a whole breaks the contract.</exception>
    public IncomingBatch Accept(Batch batch, RegionCode region, RuleBook rules)
    {
        var bytes = batch.CalculateSize();
        RequireShape(batch, bytes);
        var work = new Work(region, rules, clock.GetUtcNow());
        var records = new IncomingRecord[batch.Records.Count];
        for (var index = 0; index < records.Length; index++)
        {
            records[index] = Accept(batch.Records[index], work);
        }

        SettleOverwritten(records);
        if (work.UnknownBytes > 0)
        {
            IngestLog.UnknownFieldsDropped(logger, region, work.UnknownBytes);
        }

        return new IncomingBatch(
            Uuid(batch.BatchId), Uuid(batch.RunId), (long)batch.Epoch, bytes, rules.Version, records, [.. work.Tally.ToCounts()]);
    }

    /// <summary>16 bytes as PostgreSQL's uuid.</summary>
    public static Guid Uuid(ByteString bytes) => new(bytes.Span, bigEndian: true);

    private static void RequireShape(Batch batch, int bytes)
    {
        if (batch.BatchId.Length != CaseUid.Size || batch.RunId.Length != CaseUid.Size)
        {
            throw SyncStatus.InvalidBatch($"batch_id and run_id: expected {CaseUid.Size} bytes each, got {batch.BatchId.Length} and {batch.RunId.Length}.");
        }

        if (batch.Records.Count is 0 or > SyncLimits.BatchCases)
        {
            throw SyncStatus.InvalidBatch($"records: expected 1 to {SyncLimits.BatchCases}, got {batch.Records.Count}.");
        }

        if (batch.Records.Count > 1 && bytes > SyncLimits.BatchBytes + Framing)
        {
            throw SyncStatus.InvalidBatch($"A batch has at most {SyncLimits.BatchBytes} bytes unless it is one case, got {bytes}.");
        }

        var before = 0UL;
        foreach (var record in batch.Records)
        {
            if (record.Sequence <= before || record.Sequence > long.MaxValue)
            {
                throw SyncStatus.InvalidBatch($"sequence: expected one above {before}, got {record.Sequence}. Sequences grow within a batch.");
            }

            before = record.Sequence;
        }
    }

    private static IncomingRecord Accept(CaseRecord record, Work work)
    {
        if (record.CaseUid.Length != CaseUid.Size || record.ChangeHash.Length != CaseUid.Size)
        {
            return Settle(record, Outcome.Rejected, "bad-length", record.CaseUid.Length != CaseUid.Size ? "case_uid" : "change_hash");
        }

        if (MessageInspector.Inspect(record, ref work.UnknownBytes) is { } fault)
        {
            return Settle(record, Outcome.Rejected, fault.Reason, fault.Path);
        }

        return record.BodyCase switch
        {
            CaseRecord.BodyOneofCase.Case => AcceptCase(record, work),
            CaseRecord.BodyOneofCase.Tombstone => Begin(record, work) with
            {
                GoneAt = work.Believed(record.Tombstone.GoneAt) ?? work.Believed(record.SourceUpdatedAt) ?? work.Now.UtcDateTime,
            },
            _ => Settle(record, Outcome.Rejected, "missing", "body"),
        };
    }

    private static IncomingRecord AcceptCase(CaseRecord record, Work work)
    {
        var @case = record.Case;
        if (CaseRules.Check(record, work.Region) is { } fault)
        {
            return Settle(record, Outcome.Rejected, fault.Reason, fault.Path);
        }

        if (work.Rules.HasExpired(@case, work.Now))
        {
            return Settle(record, Outcome.Suppressed, RemovedCase.Expired, "");
        }

        switch (work.Rules.Redact(@case))
        {
            case HubVerdict.Refused refused:
                return Settle(record, Outcome.Rejected, refused.Reason, refused.FieldPath);
            case HubVerdict.Resident:
                return Settle(record, Outcome.Held, HubVerdict.StaysInRegion, "");
            case HubVerdict.Accepted accepted:
                work.Tally.Merge(accepted.Tally);
                break;
        }

        // Only from here on is the case what may rest at the hub.
        var coded = CodedCase.Of(@case);
        var texts = CaseLayout.Split(@case);
        return Begin(record, work) with { Row = new IncomingRow(coded, @case.StatusHistory, texts.Subject, texts.Description, @case.ToByteArray()) };
    }

    private static IncomingRecord Begin(CaseRecord record, Work work) =>
        new(record.Sequence, Uuid(record.CaseUid), Uuid(record.ChangeHash), work.Believed(record.SourceUpdatedAt));

    private static IncomingRecord Settle(CaseRecord record, Outcome outcome, string reason, string field) => new(record.Sequence, default, default, null)
    {
        Settled = new RecordOutcome { Sequence = record.Sequence, Outcome = outcome, Reason = reason, Field = field },
    };

    // Of two records of one case in a batch the later wins.
    private static void SettleOverwritten(IncomingRecord[] records)
    {
        var seen = new HashSet<Guid>(records.Length);
        for (var index = records.Length - 1; index >= 0; index--)
        {
            var record = records[index];
            if (record.Settled is null && !seen.Add(record.CaseUid))
            {
                records[index] = new IncomingRecord(record.Sequence, default, default, null)
                {
                    Settled = new RecordOutcome { Sequence = record.Sequence, Outcome = Outcome.Superseded },
                };
            }
        }
    }

    private sealed class Work(RegionCode region, RuleBook rules, DateTimeOffset now)
    {
        public int UnknownBytes;

        public RegionCode Region { get; } = region;

        public RuleBook Rules { get; } = rules;

        public DateTimeOffset Now { get; } = now;

        public RedactionTally Tally { get; } = new();

        public DateTime? Believed(Timestamp? at) => CaseDoor.Believed(CodedCase.Instant(at), Now.UtcDateTime);
    }
}
