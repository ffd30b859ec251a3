using CallTracking.Privacy;

namespace CallTracking.Hub.Retention;

/// <summary>The kinds of cases for which the same decision holds.</summary>
internal sealed record RetentionGroup(RetentionDecision Decision, IReadOnlyList<CaseKind> Kinds)
{
    /// <summary>
    /// Asks policy once per kind and puts kinds of one decision together. Kinds that no rule names are kept.
    /// </summary>
    public static IReadOnlyList<RetentionGroup> Resolve(PolicySet policies, IEnumerable<CaseKind> kinds) =>
        [.. kinds
            .Select(kind => (kind, decision: policies.RetentionFor(
                kind.CustomerCountry, kind.CentreCountry, kind.CollectionCountry, kind.ProductCategory, kind.Status)))
            .Where(pair => pair.decision is not null)
            .GroupBy(pair => pair.decision!, pair => pair.kind)
            .Select(group => new RetentionGroup(group.Key, [.. group]))];
}
