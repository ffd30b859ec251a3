using CallTracking.Contracts;

namespace CallTracking.Hub.Ingest;

/// <summary>What a batch does to the database, decided before anything is written. Pure.</summary>
internal sealed class BatchPlan
{
    private readonly RecordOutcome[] _outcomes;

    private BatchPlan(int records) => _outcomes = new RecordOutcome[records];

    public List<IncomingRecord> Inserts { get; } = [];

    public List<IncomingRecord> Updates { get; } = [];

    public List<(IncomingRecord Record, List<CaseEvent> Events)> Events { get; } = [];

    /// <summary>Cases that go, and why.</summary>
    public List<(IncomingRecord Record, string Reason)> Removals { get; } = [];

    /// <summary>Cases that the source had dropped and has again.</summary>
    public List<Guid> Returned { get; } = [];

    // Resumed: the last entries of the histories that go on behind a row that was deleted or changed by hand.
    public static BatchPlan Of(
        IncomingBatch batch, string region, Dictionary<Guid, KnownCase> cases, Dictionary<Guid, RemovedCase> removed, Dictionary<Guid, CaseEvent> resumed, DateTimeOffset now)
    {
        var plan = new BatchPlan(batch.Records.Count);
        for (var index = 0; index < batch.Records.Count; index++)
        {
            var record = batch.Records[index];
            plan._outcomes[index] = record.Settled ?? plan.Take(
                record, batch, region, cases.GetValueOrDefault(record.CaseUid), removed.GetValueOrDefault(record.CaseUid), resumed, now.UtcDateTime);
        }

        return plan;
    }

    /// <summary>The answer: runs of equal outcomes, and each rejected or suppressed record with its reason.</summary>
    public BatchAck ToAck(IncomingBatch batch)
    {
        var ack = new BatchAck { BatchId = batch.WireId, Redactions = { batch.Redactions } };
        foreach (var outcome in _outcomes)
        {
            if (ack.Runs.Count > 0 && ack.Runs[^1].Outcome == outcome.Outcome)
            {
                ack.Runs[^1].Count++;
            }
            else
            {
                ack.Runs.Add(new OutcomeRun { Outcome = outcome.Outcome, Count = 1 });
            }

            if (outcome.Reason.Length > 0)
            {
                ack.Exceptions.Add(outcome);
            }
        }

        return ack;
    }

    private RecordOutcome Take(
        IncomingRecord record, IncomingBatch batch, string region, KnownCase? known, RemovedCase? removed, Dictionary<Guid, CaseEvent> resumed, DateTime now)
    {
        var order = new CaseOrder((ulong)batch.Epoch, record.Sequence);
        var verdict = CaseDoor.Decide(record, region, order, batch.RedactedUnder, known, removed);
        CaseEvent? last = resumed.TryGetValue(record.CaseUid, out var entry) ? entry : null;
        switch (verdict.Step)
        {
            case DoorStep.Insert:
                Inserts.Add(record);
                var row = record.Row!;
                Events.Add((record, (removed, last) switch
                {
                    ({ Reason: RemovedCase.Gone }, _) => CaseHistory.Return(row.Coded, removed.RemovedAt, now),
                    (_, { } stands) => CaseHistory.Resume(stands, row.Coded, row.History, now),
                    _ => CaseHistory.Begin(row.Coded, row.History, now),
                }));
                if (removed is not null)
                {
                    Returned.Add(record.CaseUid);
                }

                break;
            case DoorStep.Update:
                Updates.Add(record);
                Events.Add((record, last is { } upTo
                    ? CaseHistory.Resume(upTo, record.Row!.Coded, record.Row.History, now)
                    : CaseHistory.Continue(known!.Coded, record.Row!.Coded, record.Row.History, now)));
                break;
            case DoorStep.Reshape:
                Updates.Add(record);
                break;
            case DoorStep.Delete:
                Removals.Add((record, known!.IsAnonymized ? RemovedCase.Expired : RemovedCase.Gone));
                Events.Add((record, last is { } before ? CaseHistory.End(before, record.GoneAt!.Value) : CaseHistory.End(known.Coded, record.GoneAt!.Value)));
                break;
            case DoorStep.RememberGone:
                Removals.Add((record, RemovedCase.Gone));
                if (last is { } open)
                {
                    Events.Add((record, CaseHistory.End(open, record.GoneAt!.Value)));
                }

                break;
        }

        return new RecordOutcome { Sequence = record.Sequence, Outcome = verdict.Outcome, Reason = verdict.Reason };
    }
}
