using CallTracking.Agent.Ledger;
using CallTracking.Contracts;

namespace CallTracking.Agent.Sync;

/// <summary>Cases of which an input tells an earlier state than an earlier run met: a file that came late, or one that somebody put back.</summary>
internal sealed partial class CaseIntake
{
    // More are not counted: memory is bounded.
    private const int MostOlder = 100_000;
    private readonly HashSet<CaseUid> _older = [];

    /// <summary>How many cases the input that was read last told in an earlier state only; the next is counted anew.</summary>
    public int TakeOlder()
    {
        var cases = _older.Count;
        _older.Clear();
        return cases;
    }

    private void NoteAge(CaseUid uid, LedgerRow? known, long? updated)
    {
        if (known is { } row && row.Run != run.Number && updated < row.SourceUpdated)
        {
            if (_older.Count < MostOlder)
            {
                _older.Add(uid);
            }
        }
        else if (_older.Count > 0)
        {
            _older.Remove(uid);
        }
    }
}
