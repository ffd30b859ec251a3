using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>A rule for every class, as arrays indexed by class: for all products, and for each that some rule names. Immutable.</summary>
internal sealed class RuleTable
{
    private readonly ClassRule[] _general;
    private readonly SortedDictionary<string, ClassRule[]> _products;

    private RuleTable(ClassRule[] general, SortedDictionary<string, ClassRule[]> products) => (_general, _products) = (general, products);

    /// <summary>Product categories for which some class has another rule than otherwise.</summary>
    public IReadOnlyCollection<string> Products => _products.Keys;

    /// <summary>The same rule for every class, but for technical values, which are kept.</summary>
    public static RuleTable Of(in ClassRule rule)
    {
        var rules = Enumerable.Repeat(rule, DataClassNames.Count).ToArray();
        rules[(int)DataClass.Technical] = new ClassRule(RedactionAction.Keep, RedactionPlace.Hub, rule.Jurisdiction, null);
        return new RuleTable(rules, new SortedDictionary<string, ClassRule[]>(StringComparer.Ordinal));
    }

    /// <summary>The rules for a product category; empty, and any that no rule names, gives those for all.</summary>
    public ClassRule[] For(string product) => _products.TryGetValue(product, out var rules) ? rules : _general;

    /// <summary>The table with a document's own rules in the places of inherited ones.</summary>
    public RuleTable With(IReadOnlyCollection<PolicyRule> rules)
    {
        var products = new SortedDictionary<string, ClassRule[]>(StringComparer.Ordinal);
        foreach (var product in _products.Keys.Union(rules.SelectMany(rule => rule.Products)))
        {
            products[product] = Overlay(For(product), rules, product);
        }

        return new RuleTable(Overlay(_general, rules, ""), products);
    }

    // A rule for all products first, so that one for this product takes its place.
    private static ClassRule[] Overlay(ClassRule[] inherited, IReadOnlyCollection<PolicyRule> rules, string product)
    {
        var own = (ClassRule[])inherited.Clone();
        foreach (var rule in rules.Where(rule => rule.Products.Count == 0).Concat(rules.Where(rule => rule.Products.Contains(product))))
        {
            own[(int)rule.DataClass] = rule.Rule;
        }

        return own;
    }
}
