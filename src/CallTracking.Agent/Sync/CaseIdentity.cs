using CallTracking.Agent.Configuration;
using CallTracking.Agent.Identity;
using CallTracking.Agent.Ledger;
using CallTracking.Contracts;
using CallTracking.Mapping;
using CallTracking.Privacy;
using Google.Protobuf.WellKnownTypes;

namespace CallTracking.Agent.Sync;

/// <summary>What a case and each of its versions are known by at the hub, and where they are from. Not thread-safe.</summary>
internal sealed class CaseIdentity(AgentSettings settings, RegionKeys keys, ShapingRules rules)
{
    private readonly CaseScratch _scratch = new();

    /// <summary>Writes into a case what it is called and where it is from, as far as its row does not say so.</summary>
    public void Name(string source, CaseUid uid, Case value)
    {
        value.CaseUid = uid.ToByteString();
        value.Region = settings.Region.Value;
        value.Source = source;
        value.Centre = value.Centre.Length > 0 ? value.Centre : settings.Centre;
        value.CentreCountry = value.CentreCountry.Length > 0 ? value.CentreCountry : settings.Country;
        value.CollectionCountry = value.CollectionCountry.Length > 0 ? value.CollectionCountry : settings.Country;
    }

    /// <summary>Of all that a case holds before it is redacted, and of the rules that redact it.</summary>
    public ChangeHash Hash(Case value, bool isGone) =>
        ChangeHash.FromBytes(keys.ChangeHash(isGone ? "gone"u8 : _scratch.Encode(value), rules.Redactor.RulesDigest(value)));

    /// <summary>The version of a row, as it travels.</summary>
    public static CaseRecord Record(RowOutcome.Mapped mapped, CaseUid uid, ChangeHash hash)
    {
        var updated = mapped.SourceUpdatedAt is { } at ? Timestamp.FromDateTimeOffset(at) : null;
        var record = mapped.IsGone ? Tombstone(uid, hash, updated) : new CaseRecord { CaseUid = uid.ToByteString(), ChangeHash = hash.ToByteString(), Case = mapped.Case };
        record.SourceUpdatedAt = updated;
        return record;
    }

    /// <summary>Has the hub remove a case that is to stay, or is gone without a row that says so.</summary>
    public static CaseRecord Removal(CaseUid uid, ChangeHash hash, DateTimeOffset at) => Tombstone(uid, hash, Timestamp.FromDateTimeOffset(at));

    private static CaseRecord Tombstone(CaseUid uid, ChangeHash hash, Timestamp? at) =>
        new() { CaseUid = uid.ToByteString(), ChangeHash = hash.ToByteString(), Tombstone = new Tombstone { GoneAt = at } };
}
