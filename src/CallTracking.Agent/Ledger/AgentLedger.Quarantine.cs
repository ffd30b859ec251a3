using System.Security.Cryptography;
using CallTracking.Agent.Quarantine;
using CallTracking.Contracts;

namespace CallTracking.Agent.Ledger;

/// <summary>Rows that are read once more.</summary>
internal sealed partial class AgentLedger
{
    /// <summary>Entries of the quarantine, without what they hold.</summary>
    public IReadOnlyList<QuarantineEntry> Quarantined(QuarantineFilter filter) => _file.Read(() => _tables.Quarantine.All().Where(filter.Means).ToList());

    /// <summary>Every case that an entry of the quarantine is of.</summary>
    public IReadOnlyList<CaseUid> QuarantinedCases() => _file.Read(_tables.Quarantine.Cases);

    /// <summary>What an entry holds; null when it holds nothing that can be opened.</summary>
    public KeptContent? Kept(QuarantineEntry entry)
    {
        try
        {
            return _file.Read(() => _tables.Quarantine.Payload(entry)) is { } payload ? new KeptContent(entry, _cipher.Open(payload, QuarantinePayload)) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Which run met the case last, and which row of which file its version was; null when no file is known.</summary>
    public (long Run, string File, long Row)? StandingOf(CaseUid uid) => OriginOf(uid) is { } origin
        ? _file.Read(() => (_tables.Cases.Met(Bytes(uid)), origin.File, _tables.Origins.Of(Bytes(uid))?.Row ?? 0))
        : null;

    /// <summary>Has these cases travel when they are met next, whatever the hub said of them last.</summary>
    public void SendAgain(IEnumerable<CaseUid> cases) => Write(() => cases.Count(uid => _tables.Cases.Forget(Bytes(uid))));
}
