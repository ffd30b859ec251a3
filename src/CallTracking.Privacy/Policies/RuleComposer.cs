using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>Joins the rules of all jurisdictions that apply to a case, and tightens what may not cross the hub's border.</summary>
internal sealed class RuleComposer(IReadOnlyDictionary<string, Jurisdiction> byCountry, Jurisdiction root, Jurisdiction? floor, HubSite hub)
{
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
            found.Add(root);
        }

        if (floor is not null)
        {
            found.Add(floor);
        }

        return found;
    }

    public CompiledRules Compose(string customerCountry, string centreCountry, string collectionCountry)
    {
        var applicable = Applicable(customerCountry, centreCountry, collectionCountry);
        var rules = (ClassRule[])applicable[0].Rules.Clone();
        for (var i = 0; i < rules.Length; i++)
        {
            foreach (var jurisdiction in applicable.Skip(1))
            {
                rules[i] = Protection.Join(rules[i], jurisdiction.Rules[i]);
            }
        }

        string[] countries = [.. new[] { customerCountry, centreCountry, collectionCountry }.Where(c => c.Length > 0).Distinct()];
        return new CompiledRules(rules, [.. applicable.Select(j => j.Info.Code)], KeepWithinBorders(rules, countries));
    }

    /// <summary>The document for a country: that of its subdivision, else of the country, else the root.</summary>
    public Jurisdiction Of(string country) =>
        byCountry.TryGetValue(country, out var exact) ? exact
        : byCountry.TryGetValue(Countries.CountryOf(country), out var whole) ? whole
        : root;

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
                ? rule with { Action = RedactionAction.Drop, Place = RedactionPlace.Edge, Parameters = null }
                : rule with { Place = RedactionPlace.Edge };
            notices.Add(new RuleNotice(
                dataClass,
                barred,
                $"No transfer basis for {DataClassNames.Of(dataClass)} from {(barred.Length > 0 ? barred : "an unknown country")} "
                    + $"to {(hub.Country.Length > 0 ? hub.Country : "the hub (no hub document)")}: treated at the edge."));
        }

        return notices;
    }

    private string? BarredCountry(IReadOnlyList<string> countries, DataClass dataClass)
    {
        if (countries.Count == 0)
        {
            return "";
        }

        return countries.FirstOrDefault(country => !hub.MayReceive(country, dataClass));
    }
}
