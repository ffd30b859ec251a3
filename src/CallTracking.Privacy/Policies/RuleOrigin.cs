using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>Finds the document and the rule behind what holds for a class.</summary>
internal static class RuleOrigin
{
    /// <summary>
    /// Of each purpose of headquarters the nearest document that names the class for it; of these the most protective rule, as
    /// <see cref="RuleTable.Under"/> joins them. No rule where no document names the class.
    /// </summary>
    /// <param name="line">The jurisdiction and its ancestors, the nearest first.</param>
    /// <param name="dataClass">The class.</param>
    /// <param name="product">The case's product category.</param>
    /// <param name="purposes">Headquarters'; empty for any.</param>
    /// <param name="day">On which it holds.</param>
    /// <param name="silence">What holds where no document names the class.</param>
    public static (JurisdictionInfo Law, PolicyRule? Rule) Find(
        IReadOnlyList<JurisdictionInfo> line, DataClass dataClass, string product, IReadOnlyList<string> purposes, DateOnly day, ClassRule silence)
    {
        var all = line.SelectMany(law => law.Rules).Where(rule => rule.DataClass == dataClass && rule.Validity.Includes(day)).ToList();
        IReadOnlyList<string> candidates = purposes.Count > 0
            ? purposes
            : [.. all.SelectMany(rule => rule.Purposes).Append("").Distinct().Order(StringComparer.Ordinal)];
        return candidates.Select(Speaking).Aggregate((first, second) =>
            Protection.Compare(first.Rule?.Rule ?? silence, second.Rule?.Rule ?? silence) >= 0 ? first : second);

        (JurisdictionInfo Law, PolicyRule? Rule) Speaking(string purpose) => line
            .Select(law => (Law: law, Rule: law.Rules.Where(rule => all.Contains(rule) && rule.Suits(product, purpose)).MaxBy(rule => rule.Conditions)))
            .Where(spoken => spoken.Rule is not null)
            .FirstOrDefault((line[^1], null));
    }

    /// <summary>Rules for certain purposes that do not hold today, because headquarters has others, too, or none of theirs.</summary>
    public static IEnumerable<Fault> GivingWay(IReadOnlyList<Jurisdiction> linked, HubSite hub, DateOnly day) =>
        from jurisdiction in linked
        from own in jurisdiction.Source.Rules
        where own.Rule.Purposes.Count > 0 && own.Rule.Validity.Includes(day)
        from product in own.Rule.Products.DefaultIfEmpty("")
        let holds = jurisdiction.Rules.For(product)[(int)own.Rule.DataClass]
        where holds.For != own.Rule.Rule.For
        select jurisdiction.Source.Source.FaultAt(
            own.Node,
            $"The rule for {DataClassNames.Of(own.Rule.DataClass)} for {own.Rule.Rule.For} gives way to '{RuleWords.WithPlace(holds)}': headquarters processes cases for {RuleWords.Purposes(hub)}, and what is stored has one form.",
            "Nothing, where that is meant; else name the other purposes in for: as well, or headquarters' in hub: {purposes: […]}.");
}
