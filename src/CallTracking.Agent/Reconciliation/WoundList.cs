using CallTracking.Contracts;

namespace CallTracking.Agent.Reconciliation;

/// <summary>Cases that were deleted or changed by hand at the hub: counts, and the first of them by name.</summary>
internal sealed class WoundList
{
    public long Missing { get; private set; }

    public long Altered { get; private set; }

    /// <summary>Of another version.</summary>
    public long Differing { get; private set; }

    public long Count => Missing + Altered + Differing;

    /// <summary>With the sources that they came from, where the ledger knows it.</summary>
    public List<(CaseUid Uid, WoundKind Kind, string? Source)> Named { get; } = [];

    public void Add(CaseUid uid, WoundKind kind, string? source, int most)
    {
        switch (kind)
        {
            case WoundKind.Missing:
                Missing++;
                break;
            case WoundKind.Altered:
                Altered++;
                break;
            default:
                Differing++;
                break;
        }

        if (Named.Count < most)
        {
            Named.Add((uid, kind, source));
        }
    }
}
