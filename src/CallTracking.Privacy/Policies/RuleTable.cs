using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>
/// A rule for every class, as arrays indexed by class: for all products and purposes, and for each product and purpose that some rule names. Immutable.
/// </summary>
internal sealed class RuleTable
{
    private readonly Dictionary<(string Product, string Purpose), ClassRule[]> _rules;
    private readonly SortedSet<string> _products;
    private readonly SortedSet<string> _purposes;

    private RuleTable(Dictionary<(string Product, string Purpose), ClassRule[]> rules, SortedSet<string> products, SortedSet<string> purposes) =>
        (_rules, _products, _purposes) = (rules, products, purposes);

    /// <summary>Product categories for which some class has another rule than otherwise; BATTERY and battery are one.</summary>
    public IReadOnlyCollection<string> Products => _products;

    /// <summary>Purposes of processing for which some class has another rule than otherwise; none once they are joined.</summary>
    public IReadOnlyCollection<string> Purposes => _purposes;

    /// <summary>The same rule for every class, but for technical values, which are kept.</summary>
    public static RuleTable Of(in ClassRule rule)
    {
        var rules = Enumerable.Repeat(rule, DataClassNames.Count).ToArray();
        rules[(int)DataClass.Technical] = new ClassRule(RedactionAction.Keep, RedactionPlace.Hub, rule.Jurisdiction, null);
        return new RuleTable(new() { [("", "")] = rules }, Ordered([]), Ordered([]));
    }

    /// <summary>The rules for a product category and a purpose; empty, and any that no rule names, gives those for all.</summary>
    public ClassRule[] For(string product, string purpose = "") =>
        _rules[(_products.TryGetValue(product, out var known) ? known : "", _purposes.Contains(purpose) ? purpose : "")];

    /// <summary>The table with a document's own rules in the places of inherited ones.</summary>
    public RuleTable With(IReadOnlyCollection<PolicyRule> rules)
    {
        var products = new SortedSet<string>(_products.Concat(rules.SelectMany(rule => rule.Products)), StringComparer.OrdinalIgnoreCase);
        var purposes = Ordered(_purposes.Concat(rules.SelectMany(rule => rule.Purposes)));
        var own = new Dictionary<(string, string), ClassRule[]>();
        foreach (var product in products.Prepend(""))
        {
            foreach (var purpose in purposes.Prepend(""))
            {
                own[(product, purpose)] = Overlay(For(product, purpose), rules, product, purpose);
            }
        }

        return new RuleTable(own, products, purposes);
    }

    /// <summary>
    /// The table for what headquarters does with cases. What is stored has one form and serves all its purposes, so of each class the most
    /// protective rule of all of them holds. Whoever declares none may have any: those that no rule names among them.
    /// </summary>
    public RuleTable Under(IReadOnlyCollection<string> declared)
    {
        if (_purposes.Count == 0)
        {
            return this;
        }

        IReadOnlyList<string> purposes = declared.Count > 0 ? [.. declared] : [.. _purposes.Prepend("")];
        var joined = new Dictionary<(string, string), ClassRule[]>();
        foreach (var product in _products.Prepend(""))
        {
            joined[(product, "")] = purposes.Select(purpose => For(product, purpose)).Aggregate(Join);
        }

        return new RuleTable(joined, _products, Ordered([]));
    }

    private static ClassRule[] Join(ClassRule[] first, ClassRule[] second) => [.. first.Select((rule, i) => Protection.Join(rule, second[i]))];

    // The rules with more conditions later, so that they take the place of those with fewer.
    private static ClassRule[] Overlay(ClassRule[] inherited, IReadOnlyCollection<PolicyRule> rules, string product, string purpose)
    {
        var own = (ClassRule[])inherited.Clone();
        foreach (var rule in rules.Where(rule => rule.Suits(product, purpose)).OrderBy(rule => rule.Conditions))
        {
            own[(int)rule.DataClass] = rule.Rule;
        }

        return own;
    }

    private static SortedSet<string> Ordered(IEnumerable<string> words) => new(words, StringComparer.Ordinal);
}
