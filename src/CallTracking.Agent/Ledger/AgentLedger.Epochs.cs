using CallTracking.Agent.Outbox;
using CallTracking.Contracts;

namespace CallTracking.Agent.Ledger;

/// <summary>What a Welcome meant for the ledger.</summary>
internal enum EpochChange
{
    /// <summary>The ledger goes on where it was.</summary>
    None,

    /// <summary>The ledger was new and got its first epoch.</summary>
    First,

    /// <summary>Another epoch: what the ledger believed is void, and every case is sent again.</summary>
    Restarted,

    /// <summary>The hub lacks what it had acknowledged (restored from a backup): those cases are sent again.</summary>
    HubBehind,
}

internal sealed partial class AgentLedger
{
    /// <summary>Binds a sealed payload of the quarantine to its table.</summary>
    public static ReadOnlySpan<byte> QuarantinePayload => "calltracking quarantine"u8;

    /// <summary>
    /// Takes the hub's epoch over, in one transaction. When it differs from the ledger's, the batches of the old epoch are
    /// discarded (their order is void) and every case is sent again by the next read; the hub answers those it has with "unchanged".
    /// </summary>
    public EpochChange Adopt(Welcome welcome)
    {
        var change = Write(() =>
        {
            var known = Meta.Epoch;
            if (known == welcome.Epoch)
            {
                return Continue(welcome);
            }

            foreach (var entry in _batches.All())
            {
                Unread(entry);
            }

            var forgotten = _tables.Cases.ForgetAll();
            ForgetNotes();
            Meta = Meta with
            {
                Epoch = welcome.Epoch,
                Lease = welcome.Lease.ToByteArray(),
                NextSequence = welcome.LastSequence + 1,
                AckedSequence = welcome.LastSequence,
            };
            _tables.Meta.Save(Meta);
            return known == 0 && forgotten == 0 ? EpochChange.First : EpochChange.Restarted;
        });
        OutboxChanged.Beat();
        return change;
    }

    /// <summary>
    /// Discards batches that were shaped under rules which are no longer enough; their cases are read, shaped and counted again
    /// by the next run.
    /// </summary>
    public int Discard(Func<OutboxEntry, bool> which)
    {
        var discarded = Write(() => DiscardWhere(which));
        OutboxChanged.Beat();
        return discarded;
    }

    /// <summary>
    /// Notes which edge rules shape from now on, and discards what others have shaped unless it is on its way; one transaction.
    /// True when the rules differ from those before.
    /// </summary>
    /// <param name="digest">Of the rules.</param>
    /// <param name="isInFlight">Whether a batch is on its way already and gets its own answer.</param>
    public bool AdoptEdgeRules(byte[] digest, Func<byte[], bool> isInFlight)
    {
        var isChange = Write(() =>
        {
            var differs = Meta.EdgeDigest.Length > 0 && !Meta.EdgeDigest.AsSpan().SequenceEqual(digest);
            Meta = Meta with { EdgeDigest = digest };
            _tables.Meta.Save(Meta);
            if (differs)
            {
                ForgetNotes();
            }

            DiscardWhere(entry => !IsCurrentlyShaped(entry) && !isInFlight(entry.BatchId));
            return differs;
        });
        OutboxChanged.Beat();
        return isChange;
    }

    /// <summary>Notes under which version of the keys of pseudonyms cases are shaped from now on; false, and nothing is noted, when it was a higher one before.</summary>
    public bool AdoptPseudonymVersion(uint version) => Write(() =>
    {
        if (version > Meta.PseudonymVersion)
        {
            Meta = Meta with { PseudonymVersion = version };
            _tables.Meta.Save(Meta);
        }

        return version == Meta.PseudonymVersion;
    });

    /// <summary>True when the batch was shaped under the edge rules of now; one that was not must not leave any more.</summary>
    public bool IsCurrentlyShaped(OutboxEntry entry) => entry.EdgeDigest.AsSpan().SequenceEqual(Meta.EdgeDigest);

    /// <summary>Has refused cases tried again: another policy may let them in.</summary>
    public int RetryRejected() => Write(() =>
    {
        ForgetNotes();
        return _tables.Cases.ForgetState(CaseState.Rejected);
    });

    /// <summary>Has cases sent again by the next read that meets them; says how many the ledger knows.</summary>
    public ulong SendAgain(SendAgain task) => Write(() =>
    {
        ForgetNotes();
        return task.Everything
            ? (ulong)_tables.Cases.ForgetAll()
            : (ulong)task.CaseUids.Count(uid => _tables.Cases.Forget(uid.ToByteArray()));
    });

    private EpochChange Continue(Welcome welcome)
    {
        var isBehind = welcome.LastSequence < Meta.AckedSequence;
        if (isBehind)
        {
            _tables.Cases.ForgetAfter(new CaseOrder(Meta.Epoch, welcome.LastSequence));
            ForgetNotes();
        }

        Meta = Meta with { Lease = welcome.Lease.ToByteArray(), AckedSequence = Math.Min(Meta.AckedSequence, welcome.LastSequence) };
        _tables.Meta.Save(Meta);
        return isBehind ? EpochChange.HubBehind : EpochChange.None;
    }

    private int DiscardWhere(Func<OutboxEntry, bool> which)
    {
        var entries = _batches.All().Where(which).ToList();
        if (entries.Count > 0)
        {
            ForgetNotes();
        }

        foreach (var entry in entries)
        {
            foreach (var record in _batches.Read(entry).Records)
            {
                _tables.Cases.Forget(record.CaseUid.ToByteArray(), new CaseOrder(entry.Epoch, record.Sequence));
            }

            Unread(entry);
        }

        return entries.Count;
    }

    private void Unread(OutboxEntry entry)
    {
        RunSum.Unread(_runs.Report(entry.Run), entry.Count, entry.Vanished);
        _runs.Save(entry.Run);
        _batches.Remove(entry);
    }
}
