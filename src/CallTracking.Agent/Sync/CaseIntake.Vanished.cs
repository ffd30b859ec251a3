using CallTracking.Agent.Ledger;
using CallTracking.Contracts;
using CallTracking.Privacy;

namespace CallTracking.Agent.Sync;

/// <summary>Cases without a row.</summary>
internal sealed partial class CaseIntake
{
    private int _vanishedHere;

    /// <summary>
    /// Tells the hub that a complete export no longer holds the case, unless it never left the region. Should it come back, it is sent as if it were new.
    /// </summary>
    public async ValueTask TakeVanishedAsync(string source, CaseUid uid, CancellationToken cancellationToken)
    {
        var value = new Case();
        _identity.Name(source, uid, value);
        var hash = _identity.Hash(value, isGone: true);
        var isHere = NeverLeft(ledger.Find(uid));
        if (!isHere)
        {
            await MakeRoomAsync(_departing.Encode(CaseIdentity.Removal(uid, hash, clock.GetUtcNow())), cancellationToken);
        }

        _unit.Counts.Cases++;
        _unit.Counts.Vanished++;
        _unit.Vanished.Add(uid);
        _unit.Residents[uid] = null;
        if (isHere)
        {
            _vanishedHere++;
            _unit.Counts.Gone++;
            _unit.Rows[uid] = new PendingRow(VanishedRow(source, hash) with { State = CaseState.Gone }, IsSeenOnly: false);
            return;
        }

        AddSerialised(uid, new RedactionTally(), VanishedRow(source, hash));
    }
}
