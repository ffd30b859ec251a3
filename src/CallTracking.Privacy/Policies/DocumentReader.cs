using CallTracking.Contracts;
using YamlDotNet.RepresentationModel;

namespace CallTracking.Privacy;

/// <summary>Reads policy documents one by one; joining them is <see cref="PolicyLinker"/>'s work.</summary>
internal sealed class DocumentReader(List<Fault> faults)
{
    /// <summary>Shown wherever a document is used that no lawyer has recorded a review of.</summary>
    public const string NotReviewed = "not reviewed by counsel";

    public List<JurisdictionSource> Jurisdictions { get; } = [];

    public List<HubSource> Hubs { get; } = [];

    public void Read(PolicyDocument document)
    {
        var source = new YamlSource(document.Name, faults);
        if (source.Load(document.Yaml) is not { } top)
        {
            return;
        }

        if (top.Children.ContainsKey(new YamlScalarNode("hub")))
        {
            ReadHub(source, top);
        }
        else
        {
            ReadJurisdiction(source, top);
        }
    }

    private void ReadJurisdiction(YamlSource source, YamlMappingNode top)
    {
        var entries = source.Entries(
            top, "jurisdiction", "countries", "parent", "law", "article", "in_force", "basis", "review", "purposes", "may_loosen", "rules", "retention");
        if (!entries.TryGetValue("jurisdiction", out var codeNode))
        {
            source.Report(top, "A document without jurisdiction.", "Add jurisdiction: eea (or hub: for the hub's document).");
            return;
        }

        if (source.Text(codeNode) is not { } code)
        {
            return;
        }

        if (code.AsSpan().IndexOfAnyExcept(CodeCharacters) >= 0)
        {
            source.Report(codeNode, $"'{code}' is not a jurisdiction code.", "Use lower-case letters, digits and dashes: eea, us-ca.");
            return;
        }

        var rules = new Dictionary<DataClass, RuleSource>();
        var shown = new List<PolicyRule>();
        ReadRules(source, code, entries, rules, shown);

        var info = new JurisdictionInfo(
            code,
            source.TextOr(entries, "parent", ""),
            source.CountryCodes(entries, "countries"),
            source.TextOr(entries, "law", ""),
            source.TextOr(entries, "article", ""),
            source.Day(entries, "in_force"),
            source.TextOr(entries, "basis", ""),
            source.TextOr(entries, "review", NotReviewed),
            shown);
        Jurisdictions.Add(new JurisdictionSource(
            source,
            top,
            info,
            rules,
            source.Classes(entries, "may_loosen").ToHashSet(),
            source.Texts(entries, "purposes").Select(purpose => purpose.Text).ToHashSet(StringComparer.Ordinal),
            RetentionReader.Read(source, code, entries)));
    }

    private static void ReadRules(
        YamlSource source,
        string jurisdiction,
        IReadOnlyDictionary<string, YamlNode> entries,
        Dictionary<DataClass, RuleSource> rules,
        List<PolicyRule> shown)
    {
        if (!entries.TryGetValue("rules", out var node))
        {
            return;
        }

        if (node is not YamlMappingNode mapping)
        {
            source.Report(node, "Expected a mapping of data classes.", "Write name: {action: drop, at: edge}.");
            return;
        }

        foreach (var (key, value) in mapping.Children)
        {
            if (source.Text(key) is { } name
                && source.Class(name, key) is { } dataClass
                && RuleReader.Read(source, jurisdiction, dataClass, value) is { } rule)
            {
                rules[dataClass] = new RuleSource(rule.Rule, value);
                shown.Add(rule);
            }
        }
    }

    private void ReadHub(YamlSource source, YamlMappingNode top)
    {
        var entries = source.Entries(top, "hub", "transfers");
        var hub = source.Entries(entries["hub"], "country", "entity");
        var country = source.TextOr(hub, "country", "");
        if (!Countries.IsCode(country))
        {
            source.Report(entries["hub"], "The hub's country is missing or not a country code.", "Write hub: {country: JP, entity: …}.");
        }

        var transfers = new List<TransferBasis>();
        foreach (var item in source.Items(entries, "transfers"))
        {
            if (ReadTransfer(source, item) is { } transfer)
            {
                transfers.Add(transfer);
            }
        }

        Hubs.Add(new HubSource(source, top, new HubSite(country, source.TextOr(hub, "entity", ""), transfers)));
    }

    private static TransferBasis? ReadTransfer(YamlSource source, YamlNode item)
    {
        var entries = source.Entries(item, "from", "to", "basis", "reference", "since", "except");
        var from = source.CountryCodes(entries, "from");
        var to = source.TextOr(entries, "to", "");
        var since = source.Day(entries, "since");
        var basis = source.TextOr(entries, "basis", "");
        var reference = source.TextOr(entries, "reference", "");
        if (from.Count > 0 && Countries.IsCode(to) && since is not null && basis.Length > 0 && reference.Length > 0)
        {
            return new TransferBasis(from, to, basis, reference, since.Value, source.Classes(entries, "except"));
        }

        source.Report(
            item,
            "A transfer basis is incomplete.",
            "Write from: [DE], to: JP, basis: adequacy, reference: the instrument, since: 2019-01-23.");
        return null;
    }

    private static readonly System.Buffers.SearchValues<char> CodeCharacters =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");
}
