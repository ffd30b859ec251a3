using System.Security.Cryptography;
using CallTracking.Agent.Commands;
using CallTracking.Agent.Configuration;
using CallTracking.Agent.Identity;
using CallTracking.Agent.Ledger;
using CallTracking.Agent.Sync;
using CallTracking.Contracts;
using CallTracking.Privacy;

namespace CallTracking.Agent.Transfer;

/// <summary>What receipts came to.</summary>
/// <param name="Number">Of the file that they answer.</param>
/// <param name="IsNew">False when they were imported before.</param>
/// <param name="Acknowledged">Batches that headquarters has.</param>
/// <param name="Closed">Runs that headquarters has counted.</param>
/// <param name="AsksForExport">There is something that only another export can do.</param>
internal sealed record ReceiptResult(ulong Number, bool IsNew, int Acknowledged, IReadOnlyList<RunRow> Closed, bool AsksForExport);

/// <summary>
/// Applies what headquarters answered to a file as if it came over the line: first what became of the batches, then what is asked of the region.
/// Receipts may come twice, late or out of order: what they say of an order that is over, or of batches that are gone, changes nothing.
/// </summary>
internal sealed class ReceiptImport(AgentSettings settings, AgentIdentity identity, RegionKeys keys, AgentLedger ledger, ReceiptTasks tasks, TimeProvider clock, Action<string> say)
{
    private const int AcksATransaction = 100;
    private readonly List<RunRow> _closed = [];
    private int _acknowledged;
    private bool _asksForExport;

    /// <exception cref="AgentException">The file is not for this region, or not from its hub.</exception>
    /// <exception cref="TransferException">The file cannot be used.</exception>
    public async Task<ReceiptResult> RunAsync(string path, CancellationToken cancellationToken)
    {
        await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        var file = TransferFile.Open(stream);
        Require(file);
        var answerKey = TransferAnswerKey.Of(keys, file.Header.Answers);
        var answer = Apply(file, answerKey);
        var isTaken = answer.Welcome is { } welcome && welcome.Epoch == answer.Hello.Epoch;
        if (answer.Behind is null)
        {
            _asksForExport |= await tasks.ApplyAsync(file.ReadAtRegion(answerKey).Skip(1).Select(Receipt), answer, cancellationToken);
        }

        _asksForExport |= !isTaken && answer.Behind is null;
        var isNew = isTaken && ledger.AnswerTransfer((long)file.Header.Number, file.Header.Answers.ToByteArray(), clock.GetUtcNow());
        return new ReceiptResult(file.Header.Number, isNew || !isTaken, _acknowledged, _closed, _asksForExport);
    }

    private void Require(TransferFile file)
    {
        if (file.Header.Kind != TransferKind.Receipts)
        {
            throw new TransferException(TransferFault.NotATransfer, "it holds batches. They are imported at headquarters: calltracking-hub import-batches");
        }

        using var hub = ECDsa.Create();
        hub.ImportSubjectPublicKeyInfo(identity.PolicyKey, out _);
        if (file.Header.KeyId != BundleVerifier.KeyId(identity.PolicyKey))
        {
            throw new AgentException(ExitCode.Identity, "The receipts are not from the hub that this region enrolled with, or are damaged. Nothing was changed.");
        }

        file.Verify(hub);
        if (file.Header.Region != settings.Region.Value)
        {
            throw new AgentException(
                ExitCode.Identity, $"The receipts are for region {(RegionCode.TryParse(file.Header.Region, out var other) ? other.Value : "of another name")}, and this is {settings.Region}. Nothing was changed.");
        }
    }

    /// <summary>What became of what was sent.</summary>
    private TransferAnswer Apply(TransferFile file, byte[] answerKey)
    {
        using var messages = Opened(file, answerKey);
        var answer = TransferAnswer.Parser.ParseFrom(messages.Current.Span);
        if (answer.Behind is { } behind)
        {
            Yield(behind);
            return answer;
        }

        Take(answer);
        var acks = new List<BatchAck>();
        while (messages.MoveNext())
        {
            switch (Receipt(messages.Current).Response)
            {
                case { Ack: { } ack }:
                    acks.Add(ack);
                    break;
                case { RunReportAck: { } count } when ledger.IsOpen(count):
                    _closed.Add(ledger.Close(count));
                    break;
            }

            if (acks.Count == AcksATransaction)
            {
                Acknowledge(acks);
            }
        }

        Acknowledge(acks);
        return answer;
    }

    private static IEnumerator<ReadOnlyMemory<byte>> Opened(TransferFile file, byte[] answerKey)
    {
        var messages = file.ReadAtRegion(answerKey).GetEnumerator();
        try
        {
            return messages.MoveNext() ? messages : throw new TransferException(TransferFault.OtherFormat, "it is empty.");
        }
        catch (TransferException closed) when (closed.Fault == TransferFault.Damaged)
        {
            // Its signature holds, so it is whole.
            throw new TransferException(TransferFault.OtherKey, "it answers a file that was made with other keys than those of this state folder. Import it where that file was made.", closed);
        }
    }

    // A higher epoch is a later one, since the hub counts them up; an equal one tells more than the ledger knows only where the hub was restored.
    private void Take(TransferAnswer answer)
    {
        var welcome = answer.Welcome ?? throw new TransferException(TransferFault.OtherFormat, "it has no answer that this version knows. Use the same version of agent and hub.");
        var isRestored = welcome.Epoch == ledger.Meta.Epoch && answer.Hello.Epoch == welcome.Epoch && welcome.LastSequence < answer.Hello.LastAckedSequence;
        if (welcome.Epoch <= ledger.Meta.Epoch && !isRestored)
        {
            return;
        }

        var change = ledger.Adopt(welcome);
        _asksForExport = true;
        say(EpochText.Of(change, welcome) ?? FormattableString.Invariant($"headquarters began epoch {welcome.Epoch} of this region's cases"));
    }

    private void Yield(TransferBehind hub)
    {
        if (ledger.YieldTo(hub))
        {
            _asksForExport = true;
            say("WARNING  The ledger here is older than what the hub has of this region: it was restored from a backup, or another agent of this region has exported meanwhile. "
                + "What it knew is void: the next export asks for a new order, and the one after its receipts sends everything again; headquarters keeps each case once. If another agent is at work, stop it.");
        }
        else
        {
            say("headquarters was shown an old file of this region; it took nothing from it, and nothing is to be done");
        }
    }

    private void Acknowledge(List<BatchAck> acks)
    {
        if (acks.Count > 0)
        {
            ledger.Acknowledge(acks);
            _acknowledged += acks.Count;
            acks.Clear();
        }
    }

    private static TransferReceipt Receipt(ReadOnlyMemory<byte> message) => TransferReceipt.Parser.ParseFrom(message.Span);
}
