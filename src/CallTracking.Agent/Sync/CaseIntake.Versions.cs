using CallTracking.Agent.Ledger;
using CallTracking.Contracts;
using CallTracking.Mapping;

namespace CallTracking.Agent.Sync;

/// <summary>Cases that a run meets in several versions of which the later stands.</summary>
internal sealed partial class CaseIntake
{
    // More than that travel twice: memory is bounded.
    private const int MostAwaited = 100_000;

    private readonly Dictionary<string, long> _versions = new(StringComparer.Ordinal);

    // Cases that an input told otherwise than one that is read later in this run, whose version stands: by the later one.
    private readonly Dictionary<CaseUid, string> _awaited = [];
    private readonly Dictionary<string, int> _order = new(StringComparer.Ordinal);

    /// <summary>Cases of a source that were counted in this run for each of several versions, since the one before had been counted already.</summary>
    public long VersionsOf(string source) => _versions.GetValueOrDefault(source);

    /// <summary>Says which inputs of a source are read from now on, in order.</summary>
    public void Expect(IReadOnlyList<string> inputs)
    {
        _order.Clear();
        foreach (var (place, name) in inputs.Index())
        {
            _order[name] = place;
        }
    }

    /// <summary>
    /// All inputs of the source were read. Cases whose version stood in one of them, and which it no longer holds, are told by an earlier one
    /// only: the next run reads that again, and its version travels.
    /// </summary>
    /// <param name="broken">Inputs that could not be read to their end: what stands of them stands.</param>
    /// <returns>How many cases follow.</returns>
    public int Settle(IReadOnlySet<string> broken)
    {
        var gone = _awaited.Where(entry => !broken.Contains(entry.Value)).Select(entry => entry.Key).ToList();
        _unit.Forgotten.AddRange(gone);
        _awaited.Clear();
        _order.Clear();
        return gone.Count;
    }

    // Of a row that is folded the case was met all the same; and where it says what stands with a later time, what is told between the two is older.
    private void PassOver(CaseUid uid, LedgerRow known, ChangeHash hash, long? updated)
    {
        if (known.Hash == hash && CaseVerdicts.Later(known.SourceUpdated, updated) != known.SourceUpdated)
        {
            var isSeenOnly = !_unit.Rows.TryGetValue(uid, out var pending) || pending.IsSeenOnly;
            _unit.Rows[uid] = new PendingRow(known with { SourceUpdated = updated }, isSeenOnly);
        }
        else if (known.Run != run.Number)
        {
            _unit.Met.Add(uid);
        }
    }

    /// <summary>
    /// Two inputs tell a case with one time, and the version that stands is of the one that is read later in this run: that one will say so
    /// again, or otherwise. Both would travel else whenever they are read, in batches of their own.
    /// </summary>
    private bool IsToldLater(SourceRow row, CaseUid uid, LedgerRow? known, long? updated)
    {
        if (_order.Count < 2 || row.Duplicates != DuplicateRule.Latest || known is not { Hash: not null } standing || standing.SourceUpdated != updated || _awaited.Count >= MostAwaited
            || !_order.TryGetValue(row.File, out var place) || (_unit.Rows.TryGetValue(uid, out var pending) && !pending.IsSeenOnly))
        {
            return false;
        }

        if (ledger.OriginOf(uid) is not { } origin || origin.Source != row.Source || _order.GetValueOrDefault(origin.File, -1) <= place)
        {
            return false;
        }

        _awaited[uid] = origin.File;
        return true;
    }

    /// <summary>
    /// A row wins over another of this run. When that one waits in the batch and this one is what the hub has, neither travels: two exports
    /// that tell one case differently would else be sent for nothing whenever they are read again.
    /// </summary>
    private (CaseVerdict Verdict, LedgerRow? Known) WonOver(LedgerRow? pending, SourceRow row, CaseUid uid, ChangeHash hash, long? updated)
    {
        if (!_departing.Has(uid))
        {
            _versions[row.Source] = VersionsOf(row.Source) + 1;
            return (CaseVerdict.Send, pending);
        }

        var before = ledger.Find(uid);
        var verdict = CaseVerdicts.Of(Credible(before), hash, updated, run.Number, row.Duplicates);
        if (before?.Run == run.Number || verdict is CaseVerdict.Send or CaseVerdict.Folded or CaseVerdict.Contradicts)
        {
            return (CaseVerdict.Send, pending);
        }

        _departing.Drop(uid);
        _unit.Rows.Remove(uid);
        _unit.Released.Remove(uid);
        _unit.Counts.Cases--;
        _unit.Counts.Folded++;
        return (verdict, before);
    }
}
