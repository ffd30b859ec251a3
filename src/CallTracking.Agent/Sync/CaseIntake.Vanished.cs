using CallTracking.Contracts;
using CallTracking.Privacy;
using Google.Protobuf.WellKnownTypes;

namespace CallTracking.Agent.Sync;

/// <summary>Cases without a row.</summary>
internal sealed partial class CaseIntake
{
    /// <summary>Tells the hub that a complete export no longer holds the case. Should it come back, it is sent as if it were new.</summary>
    public async ValueTask TakeVanishedAsync(string source, CaseUid uid, CancellationToken cancellationToken)
    {
        var value = new Case();
        Name(source, uid, value);
        var hash = Hash(value, isGone: true);
        var record = new CaseRecord
        {
            CaseUid = uid.ToByteString(),
            ChangeHash = hash.ToByteString(),
            Tombstone = new Tombstone { GoneAt = Timestamp.FromDateTimeOffset(clock.GetUtcNow()) },
        };
        await MakeRoomAsync(Scratch().Encode(record).Length, cancellationToken);
        _unit.Counts.Cases++;
        _unit.Counts.Vanished++;
        _unit.Vanished.Add(uid);
        _unit.Residents[uid] = null;
        AddSerialised(uid, new RedactionTally(), VanishedRow(source, hash));
    }
}
