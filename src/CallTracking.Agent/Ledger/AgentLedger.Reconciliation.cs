using CallTracking.Agent.Reconciliation;
using CallTracking.Contracts;

namespace CallTracking.Agent.Ledger;

/// <summary>What the ledger says is at the hub, and what comes of comparing.</summary>
internal sealed partial class AgentLedger
{
    /// <summary>Cases that the ledger knows.</summary>
    public long CountCases() => _file.Read(_tables.Compared.Cases);

    /// <summary>How many comparisons have looked at the seals of a part of the cases: which part is next. Runs do not tell, as others than nights count among them.</summary>
    public long Comparisons => _file.Read(_tables.Meta.Comparisons);

    /// <summary>One more.</summary>
    public void CountComparison() => Write(() =>
    {
        _tables.Meta.CountComparison();
        return true;
    });

    /// <summary>What the ledger says of a range of cases.</summary>
    public IReadOnlyList<LedgerClaim> Claims(UidRange range) => _file.Read(() => _tables.Compared.Of(range));

    /// <summary>Begins a comparison: what an earlier one found and a run has sent since is healed.</summary>
    public void BeginComparing() => Write(() =>
    {
        _tables.Compared.Begin();
        return true;
    });

    /// <summary>
    /// Takes what was found of some ranges, in one transaction. What was deleted or changed by hand is sent again by the next read; what is
    /// lawfully absent, or only at the hub, is noted, so that it counts as equal.
    /// </summary>
    public void Take(IReadOnlyList<RangeFinding> findings) => Write(() =>
    {
        foreach (var finding in findings)
        {
            Take(finding);
        }

        if (findings.Any(finding => finding.Wound is not null))
        {
            ForgetNotes();
        }

        return true;
    });

    /// <summary>Cases that were found deleted or changed by hand, and that are not seen to be healed.</summary>
    public long CountWounds() => _file.Read(_tables.Compared.Wounds);

    /// <summary>The ranges of so many bits in which wounds stand.</summary>
    public IReadOnlyCollection<UidRange> WoundedRanges(int bits)
    {
        var ranges = new HashSet<UidRange>();
        _file.Read(() =>
        {
            _tables.Compared.ForEachWound((uid, _, _) => ranges.Add(UidRange.Of(uid, bits)));
            return true;
        });
        return ranges;
    }

    /// <summary>How many wounds there are of each kind, and the first of them by name.</summary>
    public WoundList ListWounds(int named)
    {
        var list = new WoundList();
        _file.Read(() =>
        {
            _tables.Compared.ForEachWound((uid, kind, source) => list.Add(uid, kind, source, named));
            return true;
        });
        return list;
    }

    /// <summary>Ends a healing: says how many wounded cases did not travel, since no source has them any more or the hub refused them, and forgets all wounds.</summary>
    public long EndHealing() => Write(() =>
    {
        var open = _tables.Compared.Open();
        _tables.Compared.ForgetWounds();
        return open;
    });

    private void Take(RangeFinding finding)
    {
        var uid = Bytes(finding.Uid);
        switch (finding.Kind)
        {
            case FindingKind.Suppressed:
                _tables.Compared.Suppress(uid);
                _tables.Compared.ForgetNote(uid);
                break;
            case FindingKind.LostAtHub:
                _tables.Compared.ForgetNote(uid);
                break;
            case FindingKind.Explained or FindingKind.OnlyAtHub or FindingKind.StillAtHub or FindingKind.Newer or FindingKind.Spoilt:
                _tables.Compared.Note(uid, finding.AtHub, finding.Order);
                break;
        }

        if (finding.Wound is { } kind)
        {
            _tables.Cases.Forget(uid);
            _tables.Compared.ForgetNote(uid);
            _tables.Compared.Wound(uid, kind);
        }
    }
}
