using CallTracking.Contracts;

namespace CallTracking.Agent.Ledger;

/// <summary>Files in the place of a line.</summary>
internal sealed partial class AgentLedger
{
    /// <summary>Gives a file its number; the task results that wait go with it.</summary>
    public long BeginTransfer(byte[] fileId, DateTimeOffset now) => Write(() => _tables.Transfers.Begin(fileId, now));

    /// <summary>Notes that headquarters took a file in; false where that was known.</summary>
    public bool AnswerTransfer(long number, byte[] fileId, DateTimeOffset now) => Write(() => _tables.Transfers.Answer(number, fileId, now));

    /// <summary>Keeps the answer to a task until an export that has it was answered.</summary>
    public void KeepResult(TaskResult result) => Write(() =>
    {
        _tables.Transfers.Keep(result);
        return true;
    });

    /// <summary>The answers that wait.</summary>
    public IReadOnlyList<TaskResult> WaitingResults() => _file.Read(_tables.Transfers.Results);

    /// <summary>True while the hub has not counted the run.</summary>
    public bool IsOpen(RunReportAck ack) => _file.Read(() => _runs.Open.Any(run => run.Report.RunId == ack.RunId));

    /// <summary>
    /// Gives up the ledger's place in the order, when the hub knows more of it than the ledger: what it believed is void, and with the next epoch
    /// every case is sent again. False, and nothing is changed, where the ledger is as far as the hub: what the hub was shown was an old file.
    /// </summary>
    public bool YieldTo(TransferBehind hub)
    {
        var isBehind = Meta.Epoch > 0 && (Meta.Epoch < hub.Epoch || (Meta.Epoch == hub.Epoch && Meta.NextSequence - 1 < hub.LastSequence));
        if (isBehind)
        {
            Adopt(new Welcome());
        }

        return isBehind;
    }
}
