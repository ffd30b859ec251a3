using CallTracking.Agent.Ledger;
using CallTracking.Contracts;

namespace CallTracking.Agent.Sync;

/// <summary>Cases that a run meets in several versions of which the later stands.</summary>
internal sealed partial class CaseIntake
{
    private readonly Dictionary<string, long> _versions = new(StringComparer.Ordinal);

    /// <summary>Cases of a source that were counted in this run for each of several versions, since the one before had been counted already.</summary>
    public long VersionsOf(string source) => _versions.GetValueOrDefault(source);

    /// <summary>
    /// A row wins over another of this run. When that one waits in the batch and this one is what the hub has, neither travels: two exports
    /// that tell one case differently would else be sent for nothing whenever they are read again.
    /// </summary>
    private (CaseVerdict Verdict, LedgerRow? Known) WonOver(LedgerRow? pending, SourceRow row, CaseUid uid, ChangeHash hash, long? updated)
    {
        if (!_places.TryGetValue(uid, out var place))
        {
            _versions[row.Source] = VersionsOf(row.Source) + 1;
            return (CaseVerdict.Send, pending);
        }

        var before = ledger.Find(uid);
        var verdict = CaseVerdicts.Of(Credible(before), hash, updated, run.Number, row.LatestWins);
        if (before?.Run == run.Number || verdict is CaseVerdict.Send or CaseVerdict.Folded or CaseVerdict.Contradicts)
        {
            return (CaseVerdict.Send, pending);
        }

        _batch.Drop(place);
        _places.Remove(uid);
        _unit.Rows.Remove(uid);
        _unit.Released.Remove(uid);
        _unit.Counts.Cases--;
        _unit.Counts.Folded++;
        return (verdict, before);
    }
}
