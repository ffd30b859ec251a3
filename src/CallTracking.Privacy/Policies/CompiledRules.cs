using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>A class whose rule was tightened because its values may not cross the border, and why.</summary>
public sealed record RuleNotice(DataClass DataClass, string Country, string Message);

/// <summary>The rules that hold for one triple of countries, ready for use: arrays indexed by data class. Immutable.</summary>
public sealed class CompiledRules
{
    private readonly ClassRule[] _rules;
    private readonly byte[] _edgeDigest;

    internal CompiledRules(ClassRule[] rules, IReadOnlyList<string> jurisdictions, IReadOnlyList<RuleNotice> notices, Residency? residency)
    {
        _rules = rules;
        Jurisdictions = jurisdictions;
        Notices = notices;
        Residency = residency;
        Hidden = Classes(rule => rule.Action != RedactionAction.Keep);
        HiddenAtEdge = Classes(rule => rule.HidesAtEdge);
        _edgeDigest = EdgeRules.Digest(rules, residency);
    }

    /// <summary>The rule of a class; one that this version does not know is dropped.</summary>
    public ref readonly ClassRule this[DataClass dataClass] => ref _rules[DataClassNames.IndexOf(dataClass)];

    /// <summary>All rules, indexed by class.</summary>
    public ReadOnlySpan<ClassRule> Rules => _rules;

    /// <summary>The jurisdictions that apply: the customer's, the centre's, that of collection, and the region's floor.</summary>
    public IReadOnlyList<string> Jurisdictions { get; }

    /// <summary>What was tightened for want of a transfer basis.</summary>
    public IReadOnlyList<RuleNotice> Notices { get; }

    /// <summary>Not null when the case stays in its region and only counts of it leave.</summary>
    public Residency? Residency { get; }

    /// <summary>
    /// Changes exactly when the edge would treat a case of these countries otherwise: it stands in the case's change hash, so
    /// that a new rule of one country makes only that country's cases travel again.
    /// </summary>
    public ReadOnlySpan<byte> EdgeDigest => _edgeDigest;

    /// <summary>Classes whose values may not stand in a text that is stored at the hub.</summary>
    internal ClassSet Hidden { get; }

    /// <summary>Classes whose values may not stand in a text that leaves the region.</summary>
    internal ClassSet HiddenAtEdge { get; }

    private ClassSet Classes(Func<ClassRule, bool> belongs) =>
        Enumerable.Range(0, _rules.Length).Where(i => belongs(_rules[i])).Aggregate(default(ClassSet), (set, i) => set.Or(ClassSet.Of((DataClass)i)));
}
