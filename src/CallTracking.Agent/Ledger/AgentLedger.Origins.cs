namespace CallTracking.Agent.Ledger;

/// <summary>What shaped the versions that were sent.</summary>
internal sealed partial class AgentLedger
{
    private long _nextOrigin;

    /// <summary>
    /// The number under which an origin stands, or will stand once the unit is committed that gets <paramref name="added"/>; null there when it
    /// stands already.
    /// </summary>
    public long NumberOf(CaseOrigin origin, out SealedOrigin? added)
    {
        var key = _cipher.HideName(origin.Key);
        if (_file.Read(() => _origins.Find(key)) is { } known)
        {
            added = null;
            return known;
        }

        added = new SealedOrigin(_nextOrigin++, key, origin.Source, _cipher.Seal(origin.ToBytes(), key));
        return added.Number;
    }
}
