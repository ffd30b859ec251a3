using System.Security.Cryptography;
using CallTracking.Agent.Concepts;
using CallTracking.Agent.Dictionaries;
using CallTracking.Agent.Identity;
using CallTracking.Agent.Ledger;
using CallTracking.Agent.Sync;
using CallTracking.Contracts;
using TaskStatus = CallTracking.Contracts.TaskStatus;

namespace CallTracking.Agent.Transfer;

/// <summary>Does what receipts ask of the region, once what became of its batches is known: policies, tasks, dictionaries, cases to be shaped again, its next certificate.</summary>
internal sealed class ReceiptTasks(
    AgentIdentity identity, CertificateRenewal renewal, AgentLedger ledger, TaskDesk desk, CodeTableCache tables, ConceptRefresh concepts, TimeProvider clock, Action<string> say)
{
    private readonly List<SignedDictionary> _pages = [];
    private string? _name;

    /// <summary>True when there is something that only another export can do.</summary>
    public async Task<bool> ApplyAsync(IEnumerable<TransferReceipt> receipts, TransferAnswer answer, CancellationToken cancellationToken)
    {
        var asks = false;
        var tasks = new List<RegionTask>();
        foreach (var receipt in receipts)
        {
            switch (receipt.ContentCase)
            {
                case TransferReceipt.ContentOneofCase.Dictionary:
                    Take(receipt.Dictionary);
                    break;
                case TransferReceipt.ContentOneofCase.Certificate:
                    Keep(receipt);
                    break;
                case TransferReceipt.ContentOneofCase.Response when receipt.Response.Reshape is { } reshape:
                    asks |= Discard(reshape) > 0;
                    break;
                case TransferReceipt.ContentOneofCase.Response when receipt.Response.Task is { } task:
                    tasks.Add(task);
                    break;
            }
        }

        KeepPages();
        await concepts.TakeAsync(answer.Welcome, cancellationToken);
        foreach (var task in tasks)
        {
            asks |= await AnswerAsync(task, cancellationToken);
        }

        return asks;
    }

    private async Task<bool> AnswerAsync(RegionTask task, CancellationToken cancellationToken)
    {
        var result = await desk.AnswerAsync(task, static _ => false, cancellationToken);
        if (task.Policy is null)
        {
            ledger.KeepResult(result);
            return true;
        }

        // A policy is due until Hello names it: the hub waits for no other answer.
        say(result.Status == TaskStatus.Done ? "headquarters' policy bundle was taken over" : $"headquarters' policy bundle was not taken over ({result.Reason})");
        return false;
    }

    private int Discard(Reshape reshape)
    {
        var named = reshape.BatchIds.ToHashSet();
        var discarded = ledger.Discard(entry => named.Contains(Google.Protobuf.ByteString.CopyFrom(entry.BatchId)) || entry.PolicyVersion < reshape.RequiredPolicyVersion);
        if (discarded > 0)
        {
            say(FormattableString.Invariant($"{discarded} batches are shaped again under policy {reshape.RequiredPolicyVersion}, with the next export"));
        }

        return discarded;
    }

    private void Take(SignedDictionary page)
    {
        if (tables.Open(page) is not { } opened || !CodeTableCsv.IsName(opened.Name))
        {
            say("a dictionary in the receipts is not signed by the key that this region enrolled with; it was left out");
            return;
        }

        if (opened.Name != _name)
        {
            KeepPages();
            _name = opened.Name;
        }

        _pages.Add(page);
    }

    private void KeepPages()
    {
        if (_name is { } name && tables.Join(name, _pages) is { } table && !(tables.Look(name)?.Version >= table.Version))
        {
            tables.Keep(name, _pages, clock.GetUtcNow());
            say(FormattableString.Invariant($"dictionary {name}: version {table.Version} came with the receipts"));
        }

        _name = null;
        _pages.Clear();
    }

    private void Keep(TransferReceipt receipt)
    {
        try
        {
            renewal.Keep(identity, receipt.Certificate);
            say("the region's certificate was renewed");
        }
        catch (CryptographicException wrong)
        {
            say($"the certificate in the receipts cannot be used: {wrong.Message}");
        }
    }
}
