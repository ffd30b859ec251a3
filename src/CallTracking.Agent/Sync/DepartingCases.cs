using CallTracking.Agent.Identity;
using CallTracking.Agent.Ledger;
using CallTracking.Agent.Outbox;
using CallTracking.Contracts;
using CallTracking.Privacy;

namespace CallTracking.Agent.Sync;

/// <summary>Cases that leave with the next batch, each in one version: the latest. Not thread-safe.</summary>
internal sealed class DepartingCases(PayloadCipher cipher)
{
    private readonly BatchBuilder _batch = new(cipher);
    private readonly CaseScratch _scratch = new();
    private readonly Dictionary<CaseUid, int> _places = [];
    private ulong _epoch;

    public bool IsEmpty => _batch.Count == 0;

    public bool Has(CaseUid uid) => _places.ContainsKey(uid);

    /// <summary>True when a record of that size belongs into the batch.</summary>
    public bool HasRoom(int recordBytes) => _batch.HasRoom(recordBytes);

    /// <summary>Serialises a version for <see cref="Add"/>; says how many bytes it has.</summary>
    public int Encode(CaseRecord record) => _scratch.Encode(record).Length;

    /// <summary>Adds the version that was serialised last, under its place in the region's order.</summary>
    /// <exception cref="ReadingOvertakenException">A batch holds sequences of one epoch, and this is of another.</exception>
    public void Add(CaseUid uid, CaseOrder order, RedactionTally redactions)
    {
        if (_batch.Count > 0 && order.Epoch != _epoch)
        {
            throw new ReadingOvertakenException();
        }

        _epoch = order.Epoch;
        _places[uid] = _batch.Add(_scratch.Written, order.Sequence, redactions);
    }

    /// <summary>Takes a case out again; false when it is not among them.</summary>
    public bool Drop(CaseUid uid)
    {
        if (!_places.Remove(uid, out var place))
        {
            return false;
        }

        _batch.Drop(place);
        return true;
    }

    /// <summary>Fixes the batch. The cases stay named until <see cref="Clear"/>: while it is not durable, they have not left.</summary>
    public SealedBatch Seal(RunRow run, ShapingRules rules) => _batch.Seal(_epoch, run.Report.RunId, run.Number, rules.Version, rules.Digest);

    public void Clear() => _places.Clear();
}
