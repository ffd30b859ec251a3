using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>All policy documents of one version, joined and checked. Immutable and thread-safe.</summary>
public sealed class PolicySet
{
    // Countries come from cases: a hostile source must not make the cache grow without end.
    private const int CachedTriples = 4096;

    private static readonly Lazy<IReadOnlyList<PolicyDocument>> Packs = new(ReadPacks);

    private readonly ConcurrentDictionary<(string Customer, string Centre, string Collection), CompiledRules> _compiled = new();
    private readonly RuleComposer _composer;
    private readonly IReadOnlyList<Jurisdiction> _linked;
    private readonly byte[] _edgeDigest;

    private PolicySet(string version, IReadOnlyList<Jurisdiction> linked, Jurisdiction? floor, HubSite hub)
    {
        Version = version;
        Hub = hub;
        Floor = floor?.Info;
        _linked = linked;
        Jurisdictions = [.. linked.Select(jurisdiction => jurisdiction.Info)];
        Retention = [.. linked.SelectMany(jurisdiction => jurisdiction.Source.Retention)];
        _edgeDigest = EdgeRules.Digest(floor is null ? linked : [.. linked, floor], hub);

        var byCountry = new Dictionary<string, Jurisdiction>(StringComparer.Ordinal);
        foreach (var jurisdiction in linked.OrderBy(jurisdiction => jurisdiction.Depth))
        {
            foreach (var country in jurisdiction.Info.Countries)
            {
                byCountry[country] = jurisdiction;
            }
        }

        _composer = new RuleComposer(byCountry, linked.Single(j => j.Info.Code == PolicyLinker.Root), floor, hub);
    }

    /// <summary>The packs that come with the program: default, eea, jp, us. None is reviewed by counsel.</summary>
    public static IReadOnlyList<PolicyDocument> BuiltInPacks => Packs.Value;

    /// <summary>The bundle's version, else the start of a digest over the documents. Stands in every receipt.</summary>
    public string Version { get; }

    /// <summary>Changes exactly when the work at the edge could.</summary>
    public ReadOnlyMemory<byte> EdgeDigest => _edgeDigest;

    /// <summary>Where headquarters receives.</summary>
    public HubSite Hub { get; }

    /// <summary>The region's own floor; null without one.</summary>
    public JurisdictionInfo? Floor { get; }

    /// <summary>Every retention rule of every document.</summary>
    public IReadOnlyList<RetentionRule> Retention { get; }

    /// <summary>What the documents say of themselves.</summary>
    public IReadOnlyList<JurisdictionInfo> Jurisdictions { get; }

    /// <summary>Reads and joins the documents of a bundle; its version stands in the receipts.</summary>
    public static PolicyLoad Parse(PolicyBundle bundle)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        return Parse(bundle.Documents, bundle.Version.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Reads and joins documents; all faults are reported at once.</summary>
    public static PolicyLoad Parse(IEnumerable<PolicyDocument> documents)
    {
        ArgumentNullException.ThrowIfNull(documents);
        var all = documents.ToList();
        return Parse(all, DigestVersion(all));
    }

    /// <summary>
    /// The same policies under a region's own floor: one jurisdiction document whose rules apply to every case beside the others,
    /// so that the more protective one wins. Countries, parent and retention have no place in it, and every rule is carried out at
    /// the edge: the hub does not know it.
    /// </summary>
    public PolicyLoad WithFloor(PolicyDocument floor)
    {
        ArgumentNullException.ThrowIfNull(floor);
        var faults = new List<Fault>();
        var reader = new DocumentReader(faults);
        reader.Read(floor);
        if (faults.Count == 0 && reader.Jurisdictions is not [{ Info.Parent: "", Info.Countries.Count: 0, Retention.Count: 0 }])
        {
            faults.Add(new Fault(floor.Name, 1, 1, "A floor is one jurisdiction document without countries, parent and retention.", "Remove them; it holds for the whole region."));
        }

        foreach (var (rule, node) in reader.Jurisdictions.SelectMany(j => j.Rules.Values).Where(r => r.Rule is { Action: not RedactionAction.Keep, HidesAtEdge: false }))
        {
            reader.Jurisdictions[0].Source.Report(node, "A floor's rule at the hub: the hub does not know the floor.", "Write at: edge.");
        }

        if (faults.Count > 0)
        {
            return new PolicyLoad(null, faults);
        }

        var source = reader.Jurisdictions[0];
        var linked = new PolicyLinker([source with { Info = source.Info with { Code = PolicyLinker.Root } }], faults).Link().Values.Single();
        var rules = Enumerable.Range(0, DataClassNames.Count)
            .Select(i => source.Rules.TryGetValue((DataClass)i, out var named) ? named.Rule : Unbound(source.Info.Code))
            .ToArray();
        return faults.Count > 0
            ? new PolicyLoad(null, faults)
            : new PolicyLoad(new PolicySet(Version, _linked, linked with { Info = source.Info, Rules = rules }, Hub), []);
    }

    /// <summary>The rules for a case of these countries; empty means that the case does not say.</summary>
    public CompiledRules RulesFor(string customerCountry, string centreCountry, string collectionCountry)
    {
        var triple = (customerCountry, centreCountry, collectionCountry);
        if (_compiled.TryGetValue(triple, out var known))
        {
            return known;
        }

        var rules = _composer.Compose(customerCountry, centreCountry, collectionCountry);
        if (_compiled.Count < CachedTriples)
        {
            _compiled.TryAdd(triple, rules);
        }

        return rules;
    }

    /// <summary>The rules for a case, by the countries that stand in it.</summary>
    public CompiledRules RulesFor(Case value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return RulesFor(value.CustomerCountry, value.CentreCountry, value.CollectionCountry);
    }

    /// <summary>
    /// The retention of a case: of each jurisdiction its most specific rule; of these the shortest period (on a tie delete before
    /// anonymize, then customer, centre, collection), never under the longest minimum. Null when no rule speaks of the case.
    /// </summary>
    public RetentionDecision? RetentionFor(
        string customerCountry, string centreCountry, string collectionCountry, string productCategory, CaseStatus status)
    {
        var rules = _composer.Applicable(customerCountry, centreCountry, collectionCountry)
            .Select(j => j.Retention.Where(rule => rule.Matches(productCategory, status)).MaxBy(rule => rule.Specificity))
            .OfType<RetentionRule>()
            .ToList();
        if (rules.Count == 0)
        {
            return null;
        }

        var winner = rules.OrderBy(rule => rule.Period.ApproximateDays).ThenByDescending(rule => rule.Action).First();
        var minimum = rules.Where(rule => rule.Minimum is not null).Select(rule => rule.Minimum).MaxBy(least => least!.Value.ApproximateDays);
        return new RetentionDecision(winner.Clock, winner.Period, minimum, winner.Action, winner.Jurisdiction, winner.Basis);
    }

    private static PolicyLoad Parse(IEnumerable<PolicyDocument> documents, string version)
    {
        var faults = new List<Fault>();
        var reader = new DocumentReader(faults);
        foreach (var document in documents)
        {
            reader.Read(document);
        }

        var linked = new PolicyLinker(reader.Jurisdictions, faults).Link();
        foreach (var second in reader.Hubs.Skip(1))
        {
            second.Source.Report(second.Node, "A second hub document.", "Keep one of them.");
        }

        if (faults.Count > 0)
        {
            return new PolicyLoad(null, faults);
        }

        var hub = reader.Hubs.FirstOrDefault()?.Site ?? HubSite.Unknown;
        var policies = new PolicySet(version, [.. linked.Values], null, hub);
        return new PolicyLoad(policies, []) { Notices = TransferNotices(policies) };
    }

    private static List<Fault> TransferNotices(PolicySet policies) =>
    [
        .. from jurisdiction in policies._linked
           from country in jurisdiction.Info.Countries
           let barred = string.Join(", ", policies.RulesFor(country, "", "").Notices.Select(notice => DataClassNames.Of(notice.DataClass)))
           where barred.Length > 0
           group country by (jurisdiction, barred) into alike
           select new Fault(
               alike.Key.jurisdiction.Source.Source.File,
               0,
               0,
               $"Without a transfer basis from {string.Join(", ", alike)} these classes are treated at the edge: {alike.Key.barred}.",
               "Record the basis under transfers: in hub.yaml, or write at: edge."),
    ];

    // Where a floor says nothing it asks for nothing.
    private static ClassRule Unbound(string jurisdiction) => new(RedactionAction.Keep, RedactionPlace.Hub, jurisdiction, null);

    private static string DigestVersion(IEnumerable<PolicyDocument> documents)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var document in documents)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{document.Name}\0{document.Yaml}\0"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 6));
    }

    private static List<PolicyDocument> ReadPacks()
    {
        var assembly = typeof(PolicySet).Assembly;
        var packs = new List<PolicyDocument>();
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith("packs/", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            packs.Add(new PolicyDocument { Name = name["packs/".Length..], Yaml = reader.ReadToEnd() });
        }

        return packs;
    }
}
