namespace CallTracking.Agent.Reconciliation;

/// <summary>What comparing found, in numbers.</summary>
internal sealed class ReconcileCount
{
    /// <summary>Cases that should be at the hub by the ledger.</summary>
    public long Cases { get; private set; }

    public long Ranges { get; private set; }

    /// <summary>Cases found lawfully absent that were not known to be.</summary>
    public long Suppressed { get; private set; }

    public long OnlyAtHub { get; private set; }

    public long StillAtHub { get; private set; }

    public long Newer { get; private set; }

    public long Spoilt { get; private set; }

    public long LostAtHub { get; private set; }

    /// <summary>Rows at the hub of which nothing says how it wrote them.</summary>
    public long Unsealed { get; private set; }

    public void Add(long ranges, long cases, long unsealed) => (Ranges, Cases, Unsealed) = (Ranges + ranges, Cases + cases, Unsealed + unsealed);

    public void Add(RangeFinding finding)
    {
        switch (finding.Kind)
        {
            case FindingKind.Suppressed:
                Suppressed++;
                break;
            case FindingKind.OnlyAtHub:
                OnlyAtHub++;
                break;
            case FindingKind.StillAtHub:
                StillAtHub++;
                break;
            case FindingKind.Newer:
                Newer++;
                break;
            case FindingKind.Spoilt:
                Spoilt++;
                break;
            case FindingKind.LostAtHub:
                LostAtHub++;
                break;
            default:
                break; // Wounds are counted in the ledger, which keeps them.
        }
    }
}
