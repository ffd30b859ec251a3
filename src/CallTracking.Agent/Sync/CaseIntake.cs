using CallTracking.Agent.Configuration;
using CallTracking.Agent.Drift;
using CallTracking.Agent.Identity;
using CallTracking.Agent.Ledger;
using CallTracking.Agent.Outbox;
using CallTracking.Agent.Sources;
using CallTracking.Contracts;
using CallTracking.Mapping;
using CallTracking.Privacy;

namespace CallTracking.Agent.Sync;

/// <summary>What was shaped so far is void: the epoch or the edge rules changed. The run ends and another begins.</summary>
internal sealed class ReadingOvertakenException() : Exception("The reading was overtaken by a new epoch or policy.");

/// <summary>The outbox is full and nobody empties it: what it holds has to go into a file first.</summary>
internal sealed class OutboxFullException() : Exception("The outbox is full.");

/// <summary>
/// Takes rows of a run one by one: names and hashes the case, asks the ledger whether it changed, redacts what did, gathers
/// batches, and commits. Memory holds one unit: at most one batch and a few thousand ledger rows. One thread.
/// </summary>
internal sealed partial class CaseIntake(
    AgentSettings settings,
    AgentLedger ledger,
    RegionKeys keys,
    PayloadCipher cipher,
    ShapingRules rules,
    PolicyWatch policies,
    RunRow run,
    ConceptMatcher? concepts,
    TimeProvider clock,
    bool hasLine)
{
    private const int RowsPerUnit = 4000;
    private const int QuarantineBytesPerUnit = 4 * 1024 * 1024;
    private readonly CaseIdentity _identity = new(settings, keys, rules);
    private CaseNames? _names;
    private readonly DepartingCases _departing = new(cipher);
    private readonly CommitUnit _unit = new();
    private int _quarantinedBytes;
    // Inputs with times from the future, which come true one day: such an input is read again until they have.
    private readonly HashSet<(string Source, string File)> _unripe = [];

    private CaseNames Names => _names ??= new CaseNames(keys, uid => _unit.Rows.TryGetValue(uid, out var pending) ? pending.Row : ledger.Find(uid));

    /// <summary>Takes a row.</summary>
    public async ValueTask TakeAsync(SourceRow row, CancellationToken cancellationToken)
    {
        switch (row.Outcome)
        {
            case RowOutcome.Mapped mapped:
                await TakeAsync(row, mapped, cancellationToken);
                break;
            case RowOutcome.Blank:
                _unit.Counts.Blank++;
                break;
            case RowOutcome.Folded:
                _unit.Counts.Folded++;
                break;
            case RowOutcome.Filtered:
                _unit.Counts.Filtered++;
                break;
            case RowOutcome.Rejected rejected:
                Quarantine(row, rejected);
                break;
        }

        // Counted when the row's fate stands in the unit: a commit on the way does not take half of it.
        _unit.Counts.Rows++;
        if (_unit.Counts.Rows >= RowsPerUnit || _quarantinedBytes >= QuarantineBytesPerUnit)
        {
            await CommitAsync(cancellationToken);
        }
    }

    /// <summary>Notes that an input was read to its end: what its earlier readings quarantined and this one did not is healed.</summary>
    public void Finish(string source, SourceInput input) => _unit.Finished.AddRange(input.Parts.Select(part => new FinishedInput(
        source, part.QuarantineName, part.BehindRow, part.HasPlaces && _unripe.Remove((source, part.QuarantineName)) ? [] : Marked(part.Notes), part.IsWhole)));

    /// <summary>Notes that an input was passed over, and what it is called now.</summary>
    public void PassOver(string source, KnownInput input)
    {
        if (input.Name != input.EarlierName)
        {
            _unit.Moved.Add((source, input with { Notes = Marked(input.Notes) }));
        }
    }

    /// <summary>Commits what is gathered; waits first while the outbox is full.</summary>
    /// <exception cref="ReadingOvertakenException">Nothing was committed, and going on is no use.</exception>
    /// <exception cref="OutboxFullException">Nothing was committed, and waiting is no use without a line.</exception>
    /// <exception cref="Commands.AgentException">The bundle expired on the way, and the hub sent no other.</exception>
    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        if (_unit.IsEmpty)
        {
            return;
        }

        if (!_departing.IsEmpty)
        {
            _unit.Batch = _departing.Seal(run, rules) with { Vanished = _unit.Vanished.Count - _vanishedHere };
            await WaitForRoomAsync(_unit.Batch.Bytes, cancellationToken);
        }

        // A law that came into force over the reading: what was shaped before it does not go on.
        var inForce = await policies.RequireAsync(cancellationToken);
        if (!inForce.Digest.AsSpan().SequenceEqual(rules.Digest) || !ledger.Commit(run.Number, _unit, rules.Digest))
        {
            throw new ReadingOvertakenException();
        }

        _unit.Clear();
        _vanishedHere = 0;
        BoundOrigins();
        _departing.Clear();
        _quarantinedBytes = 0;
    }

    private async Task WaitForRoomAsync(int bytes, CancellationToken cancellationToken)
    {
        while (true)
        {
            var changed = ledger.OutboxChanged.Next;
            if (ledger.OutboxBytes == 0 || ledger.OutboxBytes + bytes <= settings.OutboxMaxBytes)
            {
                return;
            }

            if (!hasLine)
            {
                throw new OutboxFullException();
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    private async ValueTask TakeAsync(SourceRow row, RowOutcome.Mapped mapped, CancellationToken cancellationToken)
    {
        var value = mapped.Case;
        var uid = Names.Of(row.Source, mapped.LocalId, mapped.OtherId, out var known);
        _identity.Name(row.Source, uid, value);
        if (SourceTime.IsFuture(mapped.SourceUpdatedAt, clock.GetUtcNow()))
        {
            _unripe.Add((row.Source, row.File));
            Quarantine(row, uid, SourceTime.FutureReason, Placed(row, SourceTime.FutureMessage(row.Of.Mapping, mapped, clock.GetUtcNow())), value, SourceTime.Field);
            return;
        }

        Mark(mapped);
        _awaited.Remove(uid);
        var hash = _identity.Hash(value, mapped.IsGone);
        var updated = mapped.SourceUpdatedAt?.ToUnixTimeMilliseconds();
        NoteAge(uid, Credible(known), updated);
        if (IsOvertaken(row, uid, Credible(known), updated))
        {
            CaseVerdicts.Count(CaseVerdict.Unchanged, _unit.Counts);
            return;
        }

        if (row.Watch is { } watch)
        {
            JoinComparison.Show(watch, uid, mapped, Credible(known));
        }

        var verdict = CaseVerdicts.Of(Credible(known), hash, updated, run.Number, row.Duplicates);
        if (verdict is not (CaseVerdict.Folded or CaseVerdict.Contradicts))
        {
            var compiled = rules.Policies.RulesFor(value);
            if (compiled.Residency is not null || (mapped.IsGone && NeverLeft(known)))
            {
                NoteSound(row, uid, isNews: verdict == CaseVerdict.Send);
                await StayAsync(row, mapped, uid, hash, known, compiled.Residency, cancellationToken);
                return;
            }

            if (!mapped.IsGone && compiled.MustWait(value))
            {
                NoteSound(row, uid, isNews: verdict == CaseVerdict.Send);
                Hold(row, uid, hash, mapped.SourceUpdatedAt, known);
                return;
            }
        }

        if (verdict == CaseVerdict.Send && IsToldLater(row, uid, known, updated))
        {
            verdict = CaseVerdicts.Of(known, known!.Value.Hash!.Value, updated, run.Number, row.Duplicates);
        }

        if (verdict == CaseVerdict.Send && known?.Run == run.Number)
        {
            (verdict, known) = WonOver(known, row, uid, hash, updated);
        }

        switch (verdict)
        {
            case CaseVerdict.Folded:
                _unit.Counts.Folded++;
                if (known!.Value.Hash == hash)
                {
                    NoteSound(row, uid, isNews: false);
                }

                PassOver(uid, known.Value, hash, updated);
                return;
            case CaseVerdict.Contradicts:
                Quarantine(row, uid, CaseVerdicts.ContradictsReason, $"Another row of this run has the same key and other values. {Contradiction.AdviceOf(row.Of.Mapping)}", value);
                return;
            case CaseVerdict.Refused:
                _unit.CountQuarantined(ledger.HubReason(uid) ?? "rejected");
                break;
            case CaseVerdict.Unchanged or CaseVerdict.Held or CaseVerdict.Suppressed or CaseVerdict.Gone:
                CaseVerdicts.Count(verdict, _unit.Counts);
                if (known!.Value.Hash == hash)
                {
                    NoteSound(row, uid, isNews: false);
                }

                if (row.IsOfManyRows)
                {
                    _unit.Released.Add(uid);
                }

                break;
            case CaseVerdict.Send when row.IsInDoubt && known is not null:
                Quarantine(row, uid, RejectReason.IncompleteCase, "Earlier rows of the case may be gone, with a file or out of one, and nothing tells which are new: see what the run says of the source's files.", value, "fold");
                return;
            case CaseVerdict.Send when LacksJoined(row, mapped, known):
                Quarantine(row, uid, RejectReason.IncompleteCase, "A join gives the case fewer records than before: put them back, or run calltracking-agent drift --accept where they are gone for good.", value, "join");
                return;
            case CaseVerdict.Send:
                await SendAsync(row, mapped, uid, hash, known, cancellationToken);
                return;
        }

        _unit.Rows[uid] = new PendingRow(known!.Value with { Run = run.Number, Source = row.Source, SourceUpdated = CaseVerdicts.Later(known.Value.SourceUpdated, updated), Joined = JoinedOf(row, known) }, !_unit.Rows.TryGetValue(uid, out var before) || before.IsSeenOnly);
    }

    // What an earlier program took from the future: it must not make every later version an older one.
    private LedgerRow? Credible(LedgerRow? known) =>
        known is { SourceUpdated: { } updated } row && SourceTime.IsFuture(DateTimeOffset.FromUnixTimeMilliseconds(updated), clock.GetUtcNow())
            ? row with { SourceUpdated = null }
            : known;

    private async ValueTask SendAsync(
        SourceRow row, RowOutcome.Mapped mapped, CaseUid uid, ChangeHash hash, LedgerRow? known, CancellationToken cancellationToken)
    {
        Stamp(mapped.Case);
        var redactions = mapped.IsGone ? new RedactionTally() : rules.Redactor.Redact(mapped.Case);
        var record = CaseIdentity.Record(mapped, uid, hash);
        var recordBytes = _departing.Encode(record);
        if (!mapped.IsGone && recordBytes > SyncLimits.CaseBytes && record.Case.CalculateSize() is var caseBytes && caseBytes > SyncLimits.CaseBytes)
        {
            Quarantine(row, uid, "too-large", $"The case has {caseBytes} bytes; at most {SyncLimits.CaseBytes} can travel.", mapped.Case);
            return;
        }

        await MakeRoomAsync(recordBytes, cancellationToken);
        if (_departing.Drop(uid))
        {
            _unit.Counts.Folded++;
        }
        else
        {
            _unit.Counts.Cases++;
        }

        if (known is { State: CaseState.Rejected } || !row.HasPlace || row.IsOfManyRows)
        {
            _unit.Released.Add(uid);
        }

        NoteSound(row, uid, isNews: true);
        if (known is { State: CaseState.Held })
        {
            _unit.Residents[uid] = null; // If it stayed so far, it does no more.
        }

        AddSerialised(uid, redactions, SentRow(row, hash, mapped.SourceUpdatedAt, known));
    }

    // Room first: once the unit knows the row, its batch has to have it.
    private ValueTask MakeRoomAsync(int recordBytes, CancellationToken cancellationToken) =>
        _departing.HasRoom(recordBytes) ? default : new ValueTask(CommitAsync(cancellationToken));

    // The row gets its place in the order here.
    private void AddSerialised(CaseUid uid, RedactionTally redactions, LedgerRow row)
    {
        var order = ledger.TakeOrder();
        _departing.Add(uid, order, redactions);
        _unit.Rows[uid] = new PendingRow(row with { Order = order }, IsSeenOnly: false);
    }
}
