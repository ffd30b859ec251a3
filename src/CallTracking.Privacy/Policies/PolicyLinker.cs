using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>A jurisdiction joined with its ancestors: a rule for every class.</summary>
internal sealed record Jurisdiction(
    JurisdictionInfo Info,
    ClassRule[] Rules,
    IReadOnlyList<RetentionRule> Retention,
    Jurisdiction? Parent,
    JurisdictionSource Source)
{
    /// <summary>Ancestors; a deeper document is the more specific one for a country that both name.</summary>
    public int Depth => Parent is null ? 0 : Parent.Depth + 1;
}

/// <summary>Joins documents with their parents, and checks what only shows when all are seen together.</summary>
internal sealed class PolicyLinker(IReadOnlyList<JurisdictionSource> sources, List<Fault> faults)
{
    /// <summary>The root: what no document names is dropped.</summary>
    public const string Root = "default";

    private readonly Dictionary<string, JurisdictionSource> _byCode = [];
    private readonly Dictionary<string, Jurisdiction?> _linked = [];

    /// <summary>All jurisdictions by code; incomplete when there are faults.</summary>
    public IReadOnlyDictionary<string, Jurisdiction> Link()
    {
        foreach (var source in sources)
        {
            if (!_byCode.TryAdd(source.Info.Code, source))
            {
                source.Source.Report(source.Node, $"Jurisdiction '{source.Info.Code}' has two documents.", "Keep one of them.");
            }
        }

        if (!_byCode.ContainsKey(Root))
        {
            faults.Add(new Fault("(all documents)", 0, 0, "No document for jurisdiction 'default'.", "Add the default pack: it covers what no one names."));
        }

        foreach (var code in _byCode.Keys)
        {
            Require(code, []);
        }

        CheckCountries();
        return _linked.Where(pair => pair.Value is not null).ToDictionary(pair => pair.Key, pair => pair.Value!);
    }

    private Jurisdiction? Require(string code, IReadOnlyList<string> descendants)
    {
        if (_linked.TryGetValue(code, out var known))
        {
            return known;
        }

        var source = _byCode[code];
        var parentCode = source.Info.Parent.Length > 0 || code == Root ? source.Info.Parent : Root;
        if (parentCode.Length == 0)
        {
            return _linked[code] = Join(source, null);
        }

        if (parentCode == code || descendants.Contains(parentCode))
        {
            source.Source.Report(source.Node, $"'{code}' is its own ancestor.", "Let one of the documents have another parent.");
            return _linked[code] = null;
        }

        if (!_byCode.ContainsKey(parentCode))
        {
            source.Source.Report(source.Node, $"No document for the parent '{parentCode}'.", "Add it or name another parent.");
            return _linked[code] = null;
        }

        var parent = Require(parentCode, [.. descendants, code]);
        return _linked[code] = parent is null ? null : Join(source, parent);
    }

    private static Jurisdiction Join(JurisdictionSource source, Jurisdiction? parent)
    {
        var rules = parent is null ? Enumerable.Repeat(ClassRule.Drop(source.Info.Code), DataClassNames.Count).ToArray() : [.. parent.Rules];
        rules[(int)DataClass.Technical] = new ClassRule(RedactionAction.Keep, RedactionPlace.Hub, source.Info.Code, null);
        var purposes = new HashSet<string>(source.Purposes, StringComparer.Ordinal);
        for (var ancestor = parent; ancestor is not null; ancestor = ancestor.Parent)
        {
            purposes.UnionWith(ancestor.Source.Purposes);
        }

        foreach (var (dataClass, (rule, node)) in source.Rules)
        {
            if (parent is not null
                && Protection.Loosens(rule, parent.Rules[(int)dataClass])
                && !parent.Source.MayLoosen.Contains(dataClass))
            {
                source.Source.Report(
                    node,
                    $"The rule for {DataClassNames.Of(dataClass)} is looser than that of '{parent.Info.Code}', which does not permit it.",
                    $"Tighten it, or let '{parent.Info.Code}' name the class in may_loosen.");
            }

            if (rule is { Action: RedactionAction.Pseudonymize, Parameters.Purpose: var purpose } && !purposes.Contains(purpose))
            {
                source.Source.Report(node, $"Purpose '{purpose}' is not declared.", "Add it to purposes: of this document or an ancestor.");
            }

            rules[(int)dataClass] = rule;
        }

        var retention = source.Retention.Count > 0 || parent is null ? source.Retention : parent.Retention;
        return new Jurisdiction(source.Info, rules, retention, parent, source);
    }

    private void CheckCountries()
    {
        var claims = _linked.Values
            .OfType<Jurisdiction>()
            .SelectMany(j => j.Info.Countries.Distinct().Select(country => (Country: country, Jurisdiction: j)))
            .GroupBy(claim => (claim.Country, claim.Jurisdiction.Depth));
        foreach (var claim in claims.Where(claim => claim.Count() > 1))
        {
            var last = claim.Last().Jurisdiction;
            last.Source.Source.Report(
                last.Source.Node,
                $"Country {claim.Key.Country} is claimed by {string.Join(" and ", claim.Select(c => c.Jurisdiction.Info.Code))}.",
                "Leave it to one document, or make one the child of the other.");
        }
    }
}
