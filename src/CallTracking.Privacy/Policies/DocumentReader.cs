using System.Security.Cryptography;
using System.Text;
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
            Hubs.Add(HubReader.Read(source, top));
        }
        else
        {
            ReadJurisdiction(source, top, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(document.Yaml))));
        }
    }

    private void ReadJurisdiction(YamlSource source, YamlMappingNode top, string digest)
    {
        var entries = source.Entries(top, Keys);
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

        var rules = RuleListReader.Read(source, code, entries);
        Jurisdictions.Add(new JurisdictionSource(
            source,
            top,
            Info(source, code, entries, [.. rules.Select(rule => rule.Rule)]) with { Digest = digest },
            rules,
            source.Classes(entries, "may_loosen").ToHashSet(),
            source.Texts(entries, "purposes").Select(purpose => purpose.Text).ToHashSet(StringComparer.Ordinal),
            RetentionReader.Read(source, code, entries)));
    }

    private static JurisdictionInfo Info(
        YamlSource source, string code, IReadOnlyDictionary<string, YamlNode> entries, IReadOnlyList<PolicyRule> rules)
    {
        var info = new JurisdictionInfo(
            code,
            source.TextOr(entries, "parent", ""),
            source.CountryCodes(entries, "countries"),
            source.TextOr(entries, "law", ""),
            source.TextOr(entries, "article", ""),
            source.Day(entries, "in_force"),
            source.TextOr(entries, "basis", ""),
            source.TextOr(entries, "review", NotReviewed),
            rules)
        {
            File = source.File,
            Until = source.Day(entries, "until"),
            Localisation = LawReader.Localisation(source, entries),
            Residency = Privacy.Residency.Read(source, entries),
            Deadlines = LawReader.Deadlines(source, entries),
            Sensitive = [.. source.Texts(entries, "sensitive").Select(words => words.Text)],
            NationalIds = [.. source.Texts(entries, "national_ids").Select(name => name.Text)],
        };
        if (info is { InForce: { } from, Until: { } until } && until <= from)
        {
            source.Report(entries["until"], "The law ends before it begins.", "Write an until after in_force.");
        }

        return info;
    }

    private static readonly string[] Keys =
    [
        "jurisdiction", "countries", "parent", "law", "article", "in_force", "until", "basis", "review", "localisation", "residency", "deadlines",
        "sensitive", "national_ids", "purposes", "may_loosen", "rules", "retention",
    ];

    private static readonly System.Buffers.SearchValues<char> CodeCharacters =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");
}
