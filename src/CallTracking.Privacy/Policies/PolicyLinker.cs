using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>A jurisdiction joined with its ancestors: a rule for every class.</summary>
internal sealed record Jurisdiction(
    JurisdictionInfo Info,
    RuleTable Rules,
    Jurisdiction? Parent,
    JurisdictionSource Source)
{
    /// <summary>Ancestors; a deeper document is the more specific one for a country that both name.</summary>
    public int Depth => Parent is null ? 0 : Parent.Depth + 1;

    /// <summary>The strictest of the document and its ancestors.</summary>
    public Residency? Residency => Line.Select(one => one.Info.Residency).Aggregate((Residency?)null, Privacy.Residency.Stricter);

    /// <summary>How long such cases are kept: the most specific of the nearest document's rules for them, so that a document which shortens one time inherits all others.</summary>
    public RetentionRule? RetentionOf(string product, CaseStatus status) =>
        Line.Select(one => one.Source.Retention.Where(rule => rule.Matches(product, status)).MaxBy(rule => rule.Specificity)).FirstOrDefault(rule => rule is not null);

    /// <summary>The document and its ancestors, the nearest first.</summary>
    public IEnumerable<Jurisdiction> Line
    {
        get
        {
            for (var one = this; one is not null; one = one.Parent)
            {
                yield return one;
            }
        }
    }
}

/// <summary>
/// Joins the documents whose law is in force on a day with their parents, and checks what only shows when all are seen together.
/// A document that is not in force is as if it were not there: its children go to its parent.
/// </summary>
internal sealed class PolicyLinker(IReadOnlyDictionary<string, JurisdictionSource> sources, DateOnly day, List<Fault> faults, List<Fault> strays)
{
    /// <summary>The root: what no document names is dropped. It is always in force.</summary>
    public const string Root = "default";

    private readonly Dictionary<string, Jurisdiction> _linked = [];

    /// <summary>All jurisdictions in force, by code.</summary>
    /// <remarks>The family of documents must have been checked: <see cref="PolicyFamily"/>.</remarks>
    public IReadOnlyDictionary<string, Jurisdiction> Link()
    {
        foreach (var source in sources.Values.Where(IsInForce))
        {
            Require(source);
        }

        CheckCountries();
        return _linked;
    }

    private bool IsInForce(JurisdictionSource source) => source.Info.Code == Root || source.Info.Validity.Includes(day);

    private Jurisdiction Require(JurisdictionSource source)
    {
        if (_linked.TryGetValue(source.Info.Code, out var known))
        {
            return known;
        }

        var parent = PolicyFamily.ParentOf(source, sources);
        while (parent is not null && !IsInForce(parent))
        {
            parent = PolicyFamily.ParentOf(parent, sources);
        }

        return _linked[source.Info.Code] = Join(source, parent is null ? null : Require(parent));
    }

    private Jurisdiction Join(JurisdictionSource source, Jurisdiction? parent)
    {
        var own = source.Rules.Where(rule => rule.Rule.Validity.Includes(day)).ToList();
        var inherited = parent?.Rules ?? RuleTable.Of(ClassRule.Drop(source.Info.Code));
        var joined = new Jurisdiction(source.Info, inherited.With([.. own.Select(rule => rule.Rule)]), parent, source);
        foreach (var rule in own)
        {
            CheckLoosening(source, rule, parent);
            CheckPurpose(source, rule, joined);
            CheckLocalisation(source, rule, joined);
        }

        return joined;
    }

    // Every ancestor has to permit what is looser than its own rules: a document between cannot give away what it was not given.
    private void CheckLoosening(JurisdictionSource source, RuleSource own, Jurisdiction? parent)
    {
        var binding = parent?.Line.FirstOrDefault(one => !one.Source.MayLoosen.Contains(own.Rule.DataClass) && IsLooser(own.Rule, one.Rules));
        if (binding is not null)
        {
            faults.Add(source.Source.FaultAt(
                own.Node,
                $"The rule for {DataClassNames.Of(own.Rule.DataClass)} is looser than that of '{binding.Info.Code}', which does not permit it.",
                $"Tighten it, or let '{binding.Info.Code}' name the class in may_loosen."));
        }
    }

    // For each product and purpose that the rule reaches: it may be looser than one that the ancestor has for these alone, whatever
    // headquarters' purposes are today.
    private static bool IsLooser(PolicyRule own, RuleTable theirs)
    {
        IEnumerable<string> products = own.Products.Count > 0 ? own.Products : theirs.Products.Append("");
        IEnumerable<string> purposes = own.Purposes.Count > 0 ? own.Purposes : theirs.Purposes.Append("");
        return products.Any(product => purposes.Any(purpose => Protection.Loosens(own.Rule, theirs.For(product, purpose)[(int)own.DataClass])));
    }

    private void CheckPurpose(JurisdictionSource source, RuleSource own, Jurisdiction joined)
    {
        IEnumerable<string> linking = own.Rule.Rule is { Action: RedactionAction.Pseudonymize, Parameters.Purpose: var purpose } ? [purpose] : [];
        foreach (var unknown in own.Rule.Purposes.Concat(linking).Where(named => !joined.Line.Any(one => one.Source.Purposes.Contains(named))))
        {
            faults.Add(source.Source.FaultAt(own.Node, $"Purpose '{unknown}' is not declared.", "Add it to purposes: of this document or an ancestor."));
        }
    }

    private void CheckLocalisation(JurisdictionSource source, RuleSource own, Jurisdiction joined)
    {
        if (!own.Rule.Rule.HidesAtEdge
            && joined.Line.FirstOrDefault(one => one.Info.Localisation.Kind == LocalisationKind.Absolute) is { Info: var binding })
        {
            faults.Add(source.Source.FaultAt(
                own.Node,
                $"The rule for {DataClassNames.Of(own.Rule.DataClass)} lets values cross unchanged, and '{binding.Code}' has an absolute duty to keep them in the country.",
                "Write an action at: edge that hides them."));
        }
    }

    private void CheckCountries()
    {
        // A document takes a country from those above it, from no other: it would leave their duties by naming another parent.
        var claims = _linked.Values.SelectMany(j => j.Info.Countries.Distinct().Select(country => (Country: country, Jurisdiction: j))).GroupBy(claim => claim.Country, claim => claim.Jurisdiction);
        foreach (var claim in claims)
        {
            var last = claim.Reverse().MaxBy(jurisdiction => jurisdiction.Depth)!;
            var others = claim.Except(last.Line).Append(last).ToList();
            if (others.Count > 1)
            {
                // At one that a person wrote, where there is any.
                var told = last.Source.IsPack ? (others.Find(other => !other.Source.IsPack) ?? last).Source : last.Source;
                (others.Exists(other => other != last && other.Depth == last.Depth) ? faults : strays).Add(told.Source.FaultAt(
                    told.AtCountry(claim.Key),
                    $"Country {claim.Key} is claimed by {string.Join(" and ", others.Select(one => one.Info.Code))}.",
                    "Leave it to one document, or make one the child of the other."));
            }
        }
    }
}
