using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>
/// Checks the form of every value that came, then does what the rules ask for at the hub. It only ever tightens: a value in a
/// form weaker than its rule is tightened or dropped, one that should never have left its region refuses the case.
/// Thread-safe; redacting twice changes nothing.
/// </summary>
public sealed class HubRedactor
{
    private readonly PolicySet _policies;
    private readonly Detectors _detectors;

    public HubRedactor(PolicySet policies)
        : this(policies, Detectors.All)
    {
    }

    internal HubRedactor(PolicySet policies, Detectors detectors) => (_policies, _detectors) = (policies, detectors);

    /// <summary>Redacts in place and appends the hub's receipt; a refused case is left as it came and must not be stored.</summary>
    public HubVerdict Redact(Case value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var work = _detectors.Rent();
        try
        {
            work.Collect(value);
            var rules = _policies.RulesFor(value);
            if (rules.Residency is not null)
            {
                return new HubVerdict.Resident();
            }

            if (Refusal(work.Leaves, rules) is { } refused)
            {
                return refused;
            }

            var tally = work.Run(value, rules, RedactionPlace.Hub, null);
            Receipts.Append(value, RedactionPlace.Hub, _policies.Version, work.DetectorVersion, tally);
            return new HubVerdict.Accepted(tally);
        }
        finally
        {
            _detectors.Return(work);
        }
    }

    /// <summary>
    /// Brings a case that is stored already to rules that came later: what its forms can give is tightened, what would take a raw value
    /// or a key is dropped. Appends a receipt when anything was done. Never loosens.
    /// </summary>
    public RedactionTally Tighten(Case value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var work = _detectors.Rent();
        try
        {
            work.Collect(value);
            var tally = work.Run(value, _policies.RulesFor(value), RedactionPlace.Hub, null);
            if (!tally.IsEmpty)
            {
                Receipts.Append(value, RedactionPlace.Hub, _policies.Version, work.DetectorVersion, tally);
            }

            return tally;
        }
        finally
        {
            _detectors.Return(work);
        }
    }

    private static HubVerdict.Refused? Refusal(IReadOnlyList<Leaf> leaves, CompiledRules rules)
    {
        foreach (var leaf in leaves)
        {
            ref readonly var rule = ref CaseRedaction.RuleOf(rules, leaf);
            var state = leaf.Text is not null ? FormCheck.AtHub(leaf.Text, rule) : TypedValue(leaf, rule);
            if (state is FormState.Clear or FormState.Surplus)
            {
                var reason = state == FormState.Clear ? HubVerdict.ClearUnderEdgeRule : HubVerdict.FormNotAllowed;
                return new HubVerdict.Refused(reason, leaf.Slot.Path);
            }
        }

        return null;
    }

    private static FormState TypedValue(in Leaf leaf, in ClassRule rule) =>
        leaf.Custom is { ValueCase: not CustomField.ValueOneofCase.None } && rule.HidesAtEdge ? FormState.Clear : FormState.Absent;
}
