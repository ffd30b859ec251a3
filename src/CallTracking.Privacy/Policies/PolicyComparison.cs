using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>One class whose rule differs between two policies.</summary>
public sealed record RuleChange(DataClass DataClass, ClassRule Before, ClassRule After)
{
    /// <summary>True when stored values have to become less: the new action protects more.</summary>
    public bool Tightens => RuleWords.Of(After) != RuleWords.Of(Before) && Protection.Compare(After, Before) > 0;

    /// <summary>True when the region has to send the case again for what headquarters may have now.</summary>
    public bool Loosens => Protection.Loosens(After, Before);

    /// <summary>True when nothing of the values is left.</summary>
    public bool Loses => After.Action == RedactionAction.Drop && Before.Action != RedactionAction.Drop;

    /// <summary>For people: <c>drop instead of generalize to prefix:2</c>; names the places where only they differ.</summary>
    public string Words => RuleWords.Of(After) != RuleWords.Of(Before)
        ? $"{RuleWords.Of(After)}{RuleWords.Bound(After)} instead of {RuleWords.Of(Before)}{RuleWords.Bound(Before)}"
        : $"{RuleWords.WithPlace(After)} instead of {RuleWords.WithPlace(Before)}";
}

/// <summary>What changes for countries that have one document before and one after.</summary>
/// <param name="Before">The document that held there.</param>
/// <param name="After">The one that holds.</param>
/// <param name="Countries">Where.</param>
/// <param name="Rules">Classes whose rule differs.</param>
/// <param name="Retention">How long cases are kept, in words, where it differs.</param>
public sealed record JurisdictionChange(
    string Before, string After, IReadOnlyList<string> Countries, IReadOnlyList<RuleChange> Rules, IReadOnlyList<string> Retention);

/// <summary>What differs between two policies, in effects.</summary>
public static class PolicyComparison
{
    /// <summary>Classes that are treated otherwise, in the order of classes. Who says so is no difference.</summary>
    public static IReadOnlyList<RuleChange> Between(CompiledRules before, CompiledRules after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var changes = new List<RuleChange>();
        foreach (var dataClass in DataClassNames.Governed)
        {
            var (old, now) = (before[dataClass], after[dataClass]);
            if ((old.Action, old.Place, old.Parameters) != (now.Action, now.Place, now.Parameters))
            {
                changes.Add(new RuleChange(dataClass, old, now));
            }
        }

        return changes;
    }

    /// <summary>What changes where, for every country that a document of either side names; countries alike stand together.</summary>
    public static IReadOnlyList<JurisdictionChange> Between(PolicySet before, PolicySet after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        return
        [
            .. before.Jurisdictions.Concat(after.Jurisdictions)
                .SelectMany(jurisdiction => jurisdiction.Countries)
                .Append("")
                .Distinct()
                .Order(StringComparer.Ordinal)
                .Select(country => OfCountry(before, after, country))
                .Where(change => change.Rules.Count > 0 || change.Retention.Count > 0 || change.Before != change.After)
                .GroupBy(change => (change.Before, change.After, string.Join('\n', change.Rules.Select(rule => (rule.DataClass, rule.Words)).Select(rule => rule.ToString()).Concat(change.Retention))))
                .Select(alike => alike.First() with { Countries = [.. alike.SelectMany(change => change.Countries)] }),
        ];
    }

    private static JurisdictionChange OfCountry(PolicySet before, PolicySet after, string country) => new(
        before.For(country).Code,
        after.For(country).Code,
        [country.Length > 0 ? country : "all others"],
        Between(before.RulesFor(country, "", ""), after.RulesFor(country, "", "")),
        [.. Kept(before, after, country)]);

    private static IEnumerable<string> Kept(PolicySet before, PolicySet after, string country)
    {
        var (left, stays) = (before.RulesFor(country, "", "").Residency, after.RulesFor(country, "", "").Residency);
        if (left != stays)
        {
            yield return stays is null ? "records may leave the region as the rules say" : $"records stay in the region, counts from {stays.Least} leave";
        }

        foreach (var status in new[] { CaseStatus.Closed, CaseStatus.Open })
        {
            var (old, now) = (Words(before), Words(after));
            if (old != now)
            {
                yield return $"{status.ToString().ToLowerInvariant()} cases: {now} instead of {old}";
            }

            string Words(PolicySet policies) => policies.RetentionFor(country, "", "", "", status) is { } kept
                ? $"{kept.Action.ToString().ToLowerInvariant()} {kept.Period} after {kept.Clock.ToString().ToLowerInvariant()}{(kept.Minimum is { } minimum ? $", at least {minimum}" : "")}"
                : "kept without end";
        }
    }
}
