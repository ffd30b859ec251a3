using CallTracking.Contracts;

namespace CallTracking.Agent.Ledger;

/// <summary>What shaped the versions that were sent.</summary>
internal sealed partial class AgentLedger
{
    private long _nextOrigin;
    private (long Number, CaseOrigin? Origin) _lastOpened;

    /// <summary>
    /// The number under which an origin stands, or will stand once the unit is committed that gets <paramref name="added"/>; null there when it
    /// stands already.
    /// </summary>
    public long NumberOf(CaseOrigin origin, out SealedOrigin? added)
    {
        var key = _cipher.HideName(origin.Key);
        if (_file.Read(() => _tables.Origins.Find(key)) is { } known)
        {
            added = null;
            return known;
        }

        added = new SealedOrigin(_nextOrigin++, key, origin.Source, _cipher.Seal(origin.ToBytes(), key));
        return added.Number;
    }

    /// <summary>What shaped the version of a case that was sent last; null when an earlier program sent it, or when that cannot be read any more.</summary>
    public CaseOrigin? OriginOf(CaseUid uid)
    {
        if (_file.Read(() => _tables.Origins.Of(Bytes(uid))) is not { Origin: var found })
        {
            return null;
        }

        if (_lastOpened.Number != found.Number)
        {
            _lastOpened = (found.Number, Open(found));
        }

        return _lastOpened.Origin;
    }

    private CaseOrigin? Open(SealedOrigin origin)
    {
        try
        {
            return CaseOrigin.Parse(origin.Source, _cipher.Open(origin.Value, origin.Key).ToArray());
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }
}
