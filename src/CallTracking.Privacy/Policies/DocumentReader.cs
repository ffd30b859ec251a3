using System.Security.Cryptography;
using System.Text;
using CallTracking.Contracts;
using YamlDotNet.RepresentationModel;

namespace CallTracking.Privacy;

/// <summary>Reads policy documents one by one; joining them is <see cref="PolicyLinker"/>'s work.</summary>
/// <param name="faults">Takes what is wrong.</param>
/// <param name="foreign">
/// Not null for documents that somebody with a newer program may have checked: what of a document is not understood goes here instead, and the
/// rest of it is read.
/// </param>
/// <param name="strays">Takes what earlier versions of the program let through; null where it is wrong like everything else.</param>
internal sealed class DocumentReader(List<Fault> faults, List<ForeignWord>? foreign = null, List<Fault>? strays = null)
{
    /// <summary>Shown wherever a document is used that no lawyer has recorded a review of.</summary>
    public const string NotReviewed = "not reviewed by counsel";

    public List<JurisdictionSource> Jurisdictions { get; } = [];

    public List<HubSource> Hubs { get; } = [];

    public void Read(PolicyDocument document)
    {
        var source = new YamlSource(document.Name, faults, strays: strays);
        if (source.Load(document.Yaml) is not { } top)
        {
            return;
        }

        if (top.Children.ContainsKey(new YamlScalarNode("hub")))
        {
            var before = source.FaultCount;
            Hubs.Add(HubReader.Read(source, top));
            Divert(source, before, PolicyLinker.Root, null);
        }
        else
        {
            ReadJurisdiction(source, top, document.Yaml);
        }
    }

    private void ReadJurisdiction(YamlSource source, YamlMappingNode top, string text)
    {
        var first = source.FaultCount;
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

        Divert(source, first, code, null);
        var rules = Rules(source, code, entries);
        var info = Info(source, code, entries);
        var loosened = Part(source, code, () => source.Classes(entries, "may_loosen"));
        Jurisdictions.Add(new JurisdictionSource(
            source,
            top,
            info with
            {
                Text = text,
                Digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))),
                Rules = [.. rules.Select(rule => rule.Rule)],
                MayLoosen = loosened,
            },
            rules,
            loosened.ToHashSet(),
            source.Texts(entries, "purposes").Select(purpose => purpose.Text).ToHashSet(StringComparer.Ordinal),
            Aside(source, () => RetentionReader.Read(source, code, entries))));
    }

    private IReadOnlyList<RuleSource> Rules(YamlSource source, string code, IReadOnlyDictionary<string, YamlNode> entries)
    {
        var before = foreign?.Count ?? 0;
        var rules = RuleListReader.Read(source, code, entries, foreign);
        return foreign is null
            ? rules
            : RuleListReader.WithoutForeign(code, rules, foreign.Skip(before).Select(word => word.DataClass).OfType<DataClass>().ToHashSet(), entries);
    }

    // What is wrong with a part concerns all cases of the jurisdiction.
    private T Part<T>(YamlSource source, string code, Func<T> read)
    {
        var before = source.FaultCount;
        var part = read();
        Divert(source, before, code, null);
        return part;
    }

    // What only the hub acts on, or only people read, does not keep a case.
    private T Aside<T>(YamlSource source, Func<T> read)
    {
        var before = source.FaultCount;
        var part = read();
        if (foreign is not null)
        {
            source.TakeBack(before);
        }

        return part;
    }

    private void Divert(YamlSource source, int since, string code, DataClass? dataClass) =>
        foreign?.AddRange(source.TakeBack(since).Select(fault => new ForeignWord(code, dataClass, fault)));

    private JurisdictionInfo Info(YamlSource source, string code, IReadOnlyDictionary<string, YamlNode> entries)
    {
        var before = source.FaultCount;
        var info = new JurisdictionInfo(
            code,
            source.TextOr(entries, "parent", ""),
            source.CountryCodes(entries, "countries"),
            source.TextOr(entries, "law", ""),
            source.TextOr(entries, "article", ""),
            source.Day(entries, "in_force"),
            source.TextOr(entries, "basis", ""),
            source.TextOr(entries, "review", NotReviewed),
            [])
        {
            File = source.File,
            Until = source.Day(entries, "until"),
            Localisation = LawReader.Localisation(source, entries),
            Residency = Privacy.Residency.Read(source, entries),
            Deadlines = Aside(source, () => LawReader.Deadlines(source, entries)),
            Sensitive = [.. source.Texts(entries, "sensitive").Select(words => words.Text)],
            NationalIds = [.. source.Texts(entries, "national_ids").Select(name => name.Text)],
        };
        if (info is { InForce: { } from, Until: { } until } && until <= from)
        {
            source.Report(entries["until"], "The law ends before it begins.", "Write an until after in_force.");
        }

        Divert(source, before, code, null);
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
