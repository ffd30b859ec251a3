using CallTracking.Agent.Outbox;
using CallTracking.Agent.Quarantine;
using CallTracking.Contracts;
using Google.Protobuf;

namespace CallTracking.Agent.Ledger;

/// <summary>The hub said something that the contract does not allow.</summary>
internal sealed class SyncContractException(string message) : Exception(message);

internal sealed partial class AgentLedger
{
    /// <summary>
    /// Applies acknowledgements in one transaction: batches leave the outbox, outcomes are counted to the run that formed them.
    /// One for a batch that is gone already (sent twice, or discarded) changes nothing.
    /// </summary>
    /// <exception cref="SyncContractException">An acknowledgement does not cover its batch.</exception>
    public void Acknowledge(IReadOnlyList<BatchAck> acks)
    {
        Write(() =>
        {
            foreach (var ack in acks)
            {
                Apply(ack);
            }

            _tables.Meta.Save(Meta);
            return true;
        });
        OutboxChanged.Beat();
    }

    private void Apply(BatchAck ack)
    {
        if (_batches.Find(ack.BatchId.ToByteArray()) is not { } entry)
        {
            return;
        }

        if (ack.Runs.Sum(run => run.Count) != entry.Count)
        {
            throw new SyncContractException($"The hub's acknowledgement covers {ack.Runs.Sum(run => run.Count)} cases of a batch of {entry.Count}.");
        }

        var report = _runs.Report(entry.Run);
        foreach (var run in ack.Runs)
        {
            Count(report, run);
        }

        if (ack.Runs.Any(run => IsRemembered(run.Outcome)))
        {
            RememberOutcomes(entry, ack, report);
        }

        report.SentCases += (ulong)entry.Count;
        report.SentBytes += (ulong)entry.Bytes;
        RunSum.Add(report, _batches.Redactions(entry));
        _runs.Save(entry.Run);
        _batches.Remove(entry);
        Meta = Meta with { AckedSequence = Math.Max(Meta.AckedSequence, entry.LastSequence) };
    }

    private static void Count(RunReport report, OutcomeRun run)
    {
        switch (run.Outcome)
        {
            case Outcome.New:
                report.New += run.Count;
                break;
            case Outcome.Changed:
                report.Changed += run.Count;
                break;
            case Outcome.Unchanged or Outcome.Superseded:
                report.Unchanged += run.Count;
                break;
            case Outcome.Held:
                report.Held += run.Count;
                break;
            case Outcome.Suppressed:
                report.Suppressed += run.Count;
                break;
            case Outcome.Gone:
                report.Gone += run.Count;
                break;
            case Outcome.Rejected:
                // From the cases to the quarantine; its reason is counted with the entry.
                report.Cases -= run.Count;
                break;
            default:
                throw new SyncContractException($"The hub's acknowledgement has an outcome that this program does not know ({(int)run.Outcome}).");
        }
    }

    private static bool IsRemembered(Outcome outcome) =>
        outcome is Outcome.Held or Outcome.Suppressed or Outcome.Gone or Outcome.Rejected;

    private void RememberOutcomes(OutboxEntry entry, BatchAck ack, RunReport report)
    {
        var batch = _batches.Read(entry);
        var exceptions = ack.Exceptions.ToLookup(exception => exception.Sequence);
        var position = 0;
        foreach (var run in ack.Runs)
        {
            foreach (var record in batch.Records.Skip(position).Take((int)run.Count).Where(_ => IsRemembered(run.Outcome)))
            {
                _tables.Cases.Mark(record.CaseUid.ToByteArray(), new CaseOrder(batch.Epoch, record.Sequence), State(run.Outcome));
                if (run.Outcome == Outcome.Rejected)
                {
                    Reject(record, exceptions[record.Sequence].FirstOrDefault(), entry.Run, report);
                }
            }

            position += (int)run.Count;
        }
    }

    private static CaseState State(Outcome outcome) => outcome switch
    {
        Outcome.Held => CaseState.Held,
        Outcome.Suppressed => CaseState.Suppressed,
        Outcome.Gone => CaseState.Gone,
        Outcome.Rejected => CaseState.Rejected,
        _ => CaseState.Sent,
    };

    private void Reject(CaseRecord record, RecordOutcome? why, long run, RunReport report)
    {
        var uid = CaseUid.FromBytes(record.CaseUid.Span);
        var reason = why?.Reason is { Length: > 0 } given ? given : "rejected";
        _tables.Quarantine.Put(
            new QuarantineEntry(
                record.Case?.Source ?? string.Empty,
                string.Empty,
                uid.ToString(),
                uid,
                reason,
                QuarantineStage.Hub,
                why?.Field ?? string.Empty,
                "The hub did not take the case.",
                _clock.GetUtcNow(),
                _cipher.Seal(record.ToByteArray(), QuarantinePayload)),
            run);
        RunSum.Quarantine(report, reason);
    }
}
