using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>
/// All policy documents of one version, joined and checked, as they hold on one day (UTC): laws and rules that are not yet or no
/// more in force on it are as if they were not written. Immutable and thread-safe.
/// </summary>
public sealed class PolicySet
{
    // Countries and products come from cases: a hostile source must not make the cache grow without end.
    private const int CachedKeys = 4096;

    private readonly ConcurrentDictionary<(string Customer, string Centre, string Collection, string Product), CompiledRules> _compiled = new();
    private readonly PolicyDocuments _documents;
    private readonly RuleComposer _composer;
    private readonly IReadOnlyList<Jurisdiction> _linked;
    private readonly HashSet<string> _products;
    private readonly byte[] _edgeDigest;

    private PolicySet(PolicyDocuments documents, DateOnly day, IReadOnlyList<Jurisdiction> linked)
    {
        _documents = documents;
        _linked = linked;
        Day = day;
        Since = documents.LastTurn(day);
        NextChange = documents.NextTurn(day);
        Jurisdictions = [.. documents.Sources.Values.Select(source => source.Info)];
        Retention = [.. linked.SelectMany(jurisdiction => jurisdiction.Source.Retention)];

        var floor = documents.FloorOn(day);
        IReadOnlyList<Jurisdiction> all = floor is null ? linked : [.. linked, floor];
        var hub = documents.Hub.On(day);
        _products = all.SelectMany(jurisdiction => jurisdiction.Rules.Products).ToHashSet(StringComparer.OrdinalIgnoreCase);
        _edgeDigest = EdgeRules.Digest(all, hub, documents.Foreign);
        _composer = new RuleComposer(linked, floor, hub, documents.Foreign);
    }

    /// <summary>The packs that come with the program, a document per jurisdiction. None is reviewed by counsel.</summary>
    public static IReadOnlyList<PolicyDocument> BuiltInPacks => Privacy.BuiltInPacks.All;

    /// <summary>The bundle's version, else the start of a digest over the documents. Stands in every receipt.</summary>
    public string Version => _documents.Version;

    /// <summary>The day for which this holds.</summary>
    public DateOnly Day { get; }

    /// <summary>The day since which just this holds; the first of all days when nothing changed before.</summary>
    public DateOnly Since { get; }

    /// <summary>The next day on which something else holds; null when nothing changes any more.</summary>
    public DateOnly? NextChange { get; }

    /// <summary>Changes exactly when the work at the edge could.</summary>
    public ReadOnlyMemory<byte> EdgeDigest => _edgeDigest;

    /// <summary>Where headquarters receives, with all recorded grounds of all days.</summary>
    public HubSite Hub => _documents.Hub;

    /// <summary>The region's own floor; null without one.</summary>
    public JurisdictionInfo? Floor => _documents.Floor?.Info;

    /// <summary>Every retention rule of every document in force.</summary>
    public IReadOnlyList<RetentionRule> Retention { get; }

    /// <summary>What the documents say of themselves, whether in force or not.</summary>
    public IReadOnlyList<JurisdictionInfo> Jurisdictions { get; }

    /// <summary>Product categories that some rule names.</summary>
    public IReadOnlyCollection<string> Products => _products;

    /// <summary>Words of the documents that this version of the program does not know; empty unless they are somebody else's checked work.</summary>
    public IReadOnlyList<ForeignWord> Foreign => _documents.Foreign.All;

    /// <summary>
    /// Reads and joins the documents of a published bundle; its version stands in the receipts. What earlier versions of the program let
    /// through is a notice.
    /// </summary>
    public static PolicyLoad Parse(PolicyBundle bundle, DateOnly day)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        return PolicyParser.Parse(bundle.Documents, bundle.Version.ToString(CultureInfo.InvariantCulture), day, DocumentOrigin.Published);
    }

    /// <summary>
    /// The same for a bundle that another program signed, perhaps a newer one: what it says in words that this version does not know makes
    /// <see cref="CompiledRules.MustWait"/> hold the cases concerned instead of making all of it unreadable.
    /// </summary>
    public static PolicyLoad ParseSigned(PolicyBundle bundle, DateOnly day)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        return PolicyParser.Parse(bundle.Documents, bundle.Version.ToString(CultureInfo.InvariantCulture), day, DocumentOrigin.Signed);
    }

    /// <summary>Reads and joins documents; all faults of that day and of every later one are reported at once.</summary>
    public static PolicyLoad Parse(IEnumerable<PolicyDocument> documents, DateOnly day)
    {
        ArgumentNullException.ThrowIfNull(documents);
        var all = documents.ToList();
        return PolicyParser.Parse(all, DigestVersion(all), day, DocumentOrigin.Draft);
    }

    /// <summary>The same for drafts beside published documents, whose author is not to mend what is wrong with those.</summary>
    public static PolicyLoad Parse(IEnumerable<PolicyDocument> drafts, IEnumerable<PolicyDocument> published, DateOnly day)
    {
        var others = published.ToList();
        List<PolicyDocument> all = [.. others, .. drafts];
        return PolicyParser.Parse(all, DigestVersion(all), day, DocumentOrigin.Draft, others.Select(document => document.Name).ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>The day of an instant, as the rules count days: UTC.</summary>
    public static DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(instant.UtcDateTime);

    /// <summary>The same documents as they hold on another day; this object itself when nothing differs.</summary>
    public PolicySet On(DateOnly day) => day >= Day && (NextChange is null || day < NextChange) ? this : Of(_documents, day);

    /// <summary>
    /// The same policies under a region's own floor: one jurisdiction document whose rules apply to every case beside the others,
    /// so that the more protective one wins. Countries, parent and retention have no place in it, and every rule is carried out at
    /// the edge: the hub does not know it.
    /// </summary>
    public PolicyLoad WithFloor(PolicyDocument floor)
    {
        ArgumentNullException.ThrowIfNull(floor);
        var faults = new List<Fault>();
        var source = FloorReader.Read(floor, faults);
        return source is null || faults.Count > 0
            ? new PolicyLoad(null, faults)
            : new PolicyLoad(new PolicySet(_documents with { Floor = source }, Day, _linked), []);
    }

    /// <summary>True when the document's law holds on <see cref="Day"/>.</summary>
    public bool IsInForce(JurisdictionInfo jurisdiction)
    {
        ArgumentNullException.ThrowIfNull(jurisdiction);
        return jurisdiction.Code == PolicyLinker.Root || jurisdiction.Validity.Includes(Day);
    }

    /// <summary>The jurisdiction whose document holds for a country.</summary>
    public JurisdictionInfo For(string country)
    {
        ArgumentNullException.ThrowIfNull(country);
        return _composer.Of(country).Info;
    }

    /// <summary>
    /// The document that says something for a class in a jurisdiction in force: itself, else the nearest ancestor that names the class; of
    /// rules for several purposes of headquarters the one that wins.
    /// </summary>
    public (JurisdictionInfo Law, PolicyRule? Rule) Source(string jurisdiction, DataClass dataClass, string product)
    {
        if (_documents.Floor is { Info: var floor } && floor.Code == jurisdiction)
        {
            return RuleOrigin.Find([floor], dataClass, product, Hub.Purposes, Day, new ClassRule(RedactionAction.Keep, RedactionPlace.Hub, floor.Code, null));
        }

        var known = _linked.FirstOrDefault(linked => linked.Info.Code == jurisdiction) ?? _linked.Single(linked => linked.Info.Code == PolicyLinker.Root);
        return RuleOrigin.Find([.. known.Line.Select(one => one.Info)], dataClass, product, Hub.Purposes, Day, ClassRule.Drop(PolicyLinker.Root));
    }

    /// <summary>The rules for a case of these countries and product category; empty means that the case does not say.</summary>
    public CompiledRules RulesFor(string customerCountry, string centreCountry, string collectionCountry, string productCategory = "")
    {
        ArgumentNullException.ThrowIfNull(productCategory);
        var key = (customerCountry, centreCountry, collectionCountry, _products.TryGetValue(productCategory, out var known) ? known : "");
        if (_compiled.TryGetValue(key, out var compiled))
        {
            return compiled;
        }

        var rules = _composer.Compose(customerCountry, centreCountry, collectionCountry, productCategory);
        if (_compiled.Count < CachedKeys)
        {
            _compiled.TryAdd(key, rules);
        }

        return rules;
    }

    /// <summary>The rules for a case, by the countries and the product that stand in it.</summary>
    public CompiledRules RulesFor(Case value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return RulesFor(value.CustomerCountry, value.CentreCountry, value.CollectionCountry, value.Product?.Category ?? "");
    }

    /// <summary>
    /// The retention of a case: of each jurisdiction its most specific rule, or its parent's where none of its own is for such cases; of these the shortest period (on a tie delete before
    /// anonymize, then customer, centre, collection), never under the longest minimum. Null when no rule speaks of the case.
    /// </summary>
    public RetentionDecision? RetentionFor(
        string customerCountry, string centreCountry, string collectionCountry, string productCategory, CaseStatus status)
    {
        var rules = _composer.Applicable(customerCountry, centreCountry, collectionCountry)
            .Select(j => j.RetentionOf(productCategory, status))
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

    /// <summary>Joins documents that were checked before.</summary>
    internal static PolicySet Of(PolicyDocuments documents, DateOnly day) => new(documents, day, documents.On(day, []));

    /// <summary>Countries by document, with what is tightened there for want of a transfer basis.</summary>
    internal IEnumerable<(JurisdictionInfo Law, string Country, IReadOnlyList<RuleNotice> Notices)> Tightened() =>
        from jurisdiction in _linked
        from country in jurisdiction.Info.Countries
        let notices = RulesFor(country, "", "").Notices
        where notices.Count > 0
        select (jurisdiction.Info, country, notices);

    /// <summary>Rules for certain purposes that do not hold today.</summary>
    internal IEnumerable<Fault> GivingWay() => RuleOrigin.GivingWay(_linked, Hub, Day);

    private static string DigestVersion(IEnumerable<PolicyDocument> documents)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var document in documents)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{document.Name}\0{document.Yaml}\0"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 6));
    }
}
