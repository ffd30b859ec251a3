using CallTracking.Agent.Drift;
using CallTracking.Agent.Sources;
using CallTracking.Mapping;

namespace CallTracking.Agent.Sync;

/// <summary>What is known of a source's keys as a whole.</summary>
internal sealed partial class CaseIntake
{
    /// <summary>Goes with a reading of the source. Begins before anything of it is taken.</summary>
    /// <param name="source">Whose keys they are.</param>
    /// <param name="isComplete">All cases of the source are in what is read.</param>
    public KeyTurn TurnOf(Source source, bool isComplete) => new(() => ledger.CasesOf(source.Name), ledger.FormsOf(source), isComplete);

    /// <summary>Whether an earlier run met the row's case; null where this one did already.</summary>
    public bool? Knows(string source, RowOutcome outcome)
    {
        Ledger.LedgerRow? known = null;
        switch (outcome)
        {
            case RowOutcome.Mapped mapped:
                Names.Of(source, mapped.LocalId, mapped.OtherId, out known);
                break;
            case RowOutcome.Rejected { LocalId: { } localId, OtherId: var otherId }:
                Names.Of(source, localId, otherId, out known);
                break;
        }

        return known is not { } row ? false : row.Run == run.Number ? null : true;
    }

    /// <summary>Remembers which forms the source's keys have, beside those that were remembered.</summary>
    public void KeepForms(Source source, KeyForms forms)
    {
        if (forms.IsEmpty)
        {
            return;
        }

        var all = ledger.FormsOf(source) ?? new KeyForms();
        var before = all.All.Count;
        all.Add(forms);
        if (all.All.Count > before)
        {
            _unit.Shapes.Add((source.Name, new SourceNote(Ledger.KnownShape.FormsKeyOf(source), all.ToBytes())));
        }
    }
}
