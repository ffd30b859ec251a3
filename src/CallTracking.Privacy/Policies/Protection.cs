using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>
/// The written total order of rules: drop, seal, pseudonymize, mask, generalize (the coarser first), shift, detect, keep; at
/// equal action edge before hub. A rule never competes with one of another class, so coarseness needs comparing only
/// between generalizations that suit one class.
/// </summary>
internal static class Protection
{
    /// <summary>Positive when <paramref name="left"/> protects more.</summary>
    public static int Compare(in ClassRule left, in ClassRule right)
    {
        var byAction = Strength(left.Action).CompareTo(Strength(right.Action));
        if (byAction != 0)
        {
            return byAction;
        }

        var byCoarseness = Coarseness(left).CompareTo(Coarseness(right));
        return byCoarseness != 0 ? byCoarseness : left.HidesAtEdge.CompareTo(right.HidesAtEdge);
    }

    /// <summary>
    /// The rule that meets both: the more protective action, and at the edge if either hides its class there. On a tie the
    /// first wins, so the caller's order (customer, centre, collection, floor) decides.
    /// </summary>
    public static ClassRule Join(in ClassRule first, in ClassRule second)
    {
        var winner = Compare(first, second) >= 0 ? first : second;
        return first.HidesAtEdge || second.HidesAtEdge ? winner with { Place = RedactionPlace.Edge } : winner;
    }

    /// <summary>True when a child's rule lets more through, or lets it travel further, than its parent's.</summary>
    public static bool Loosens(in ClassRule child, in ClassRule parent) =>
        Compare(child, parent) < 0 || (parent.HidesAtEdge && !child.HidesAtEdge);

    /// <summary>Rank of an action alone; higher protects more.</summary>
    public static int Strength(RedactionAction action) => action switch
    {
        RedactionAction.Keep => 0,
        RedactionAction.Detect => 1,
        RedactionAction.Shift => 2,
        RedactionAction.Generalize => 3,
        RedactionAction.Mask => 4,
        RedactionAction.Pseudonymize => 5,
        RedactionAction.Seal => 6,
        // An action that this version does not know protects like the strongest that it knows.
        _ => 7,
    };

    private static int Coarseness(in ClassRule rule) => rule.Parameters switch
    {
        { To: Generalization.Prefix } prefix => 100 - prefix.Length,
        { To: Generalization.AgeBand } => 3,
        { To: Generalization.Year } => 2,
        _ => 1,
    };
}
