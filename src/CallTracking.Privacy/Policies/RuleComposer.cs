using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>Joins the rules of all jurisdictions that apply to a case, and tightens what may not cross the hub's border.</summary>
internal sealed class RuleComposer
{
    private readonly Dictionary<string, Jurisdiction> _byCountry = new(StringComparer.Ordinal);
    private readonly Jurisdiction _root;
    private readonly Jurisdiction? _floor;
    private readonly HubSite _hub;
    private readonly ForeignWords _foreign;

    /// <param name="linked">What is in force; the deepest document that names a country holds there.</param>
    /// <param name="floor">The region's own; null without one.</param>
    /// <param name="hub">With the grounds in force.</param>
    /// <param name="foreign">What of the documents is not understood.</param>
    public RuleComposer(IReadOnlyList<Jurisdiction> linked, Jurisdiction? floor, HubSite hub, ForeignWords foreign)
    {
        (_root, _floor, _hub, _foreign) = (linked.Single(j => j.Info.Code == PolicyLinker.Root), floor, hub, foreign);
        foreach (var jurisdiction in linked.OrderBy(jurisdiction => jurisdiction.Depth))
        {
            foreach (var country in jurisdiction.Info.Countries)
            {
                _byCountry[country] = jurisdiction;
            }
        }
    }

    /// <summary>The jurisdictions in the order that decides ties: customer, centre, collection, floor.</summary>
    public IReadOnlyList<Jurisdiction> Applicable(params ReadOnlySpan<string> countries)
    {
        var found = new List<Jurisdiction>(4);
        foreach (var country in countries)
        {
            if (country.Length > 0 && Of(country) is var jurisdiction && !found.Contains(jurisdiction))
            {
                found.Add(jurisdiction);
            }
        }

        if (found.Count == 0)
        {
            found.Add(_root);
        }

        if (_floor is not null)
        {
            found.Add(_floor);
        }

        return found;
    }

    public CompiledRules Compose(string customerCountry, string centreCountry, string collectionCountry, string product)
    {
        var applicable = Applicable(customerCountry, centreCountry, collectionCountry);
        var rules = (ClassRule[])applicable[0].Rules.For(product).Clone();
        for (var i = 0; i < rules.Length; i++)
        {
            foreach (var jurisdiction in applicable.Skip(1))
            {
                rules[i] = Protection.Join(rules[i], jurisdiction.Rules.For(product)[i]);
            }
        }

        string[] countries = [.. new[] { customerCountry, centreCountry, collectionCountry }.Where(c => c.Length > 0).Distinct()];
        var residency = applicable.Select(j => j.Residency).Aggregate((Residency?)null, Residency.Stricter);
        return new CompiledRules(rules, [.. applicable.Select(j => j.Info.Code)], KeepWithinBorders(rules, countries), residency, _foreign.Of(applicable));
    }

    /// <summary>The document for a country: that of its subdivision, else of the country, else the root.</summary>
    public Jurisdiction Of(string country) =>
        _byCountry.TryGetValue(country, out var exact) ? exact
        : _byCountry.TryGetValue(Countries.CountryOf(country), out var whole) ? whole
        : _root;

    /// <summary>
    /// Receiving is a transfer, in memory or not: a class that would come to the hub unchanged without a recorded basis is
    /// treated at the edge, and dropped there when its rule would have kept it.
    /// </summary>
    private List<RuleNotice> KeepWithinBorders(ClassRule[] rules, IReadOnlyList<string> countries)
    {
        var notices = new List<RuleNotice>();
        foreach (var dataClass in DataClassNames.Governed)
        {
            ref var rule = ref rules[(int)dataClass];
            if (rule.HidesAtEdge || BarredCountry(countries, dataClass) is not { } barred)
            {
                continue;
            }

            rule = rule.Action == RedactionAction.Keep
                ? rule with { Action = RedactionAction.Drop, Place = RedactionPlace.Edge, Parameters = null, For = null }
                : rule with { Place = RedactionPlace.Edge };
            notices.Add(new RuleNotice(
                dataClass,
                barred,
                $"No transfer basis for {DataClassNames.Of(dataClass)} from {(barred.Length > 0 ? barred : "an unknown country")} "
                    + $"to {(_hub.Country.Length > 0 ? _hub.Country : "the hub (no hub document)")}: treated at the edge."));
        }

        return notices;
    }

    private string? BarredCountry(IReadOnlyList<string> countries, DataClass dataClass)
    {
        if (countries.Count == 0)
        {
            return "";
        }

        return countries.FirstOrDefault(country => !_hub.MayReceive(country, dataClass));
    }
}
