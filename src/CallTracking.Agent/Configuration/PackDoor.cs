using System.Globalization;
using System.Text.RegularExpressions;
using CallTracking.Contracts;
using CallTracking.Mapping.Packs;
using YamlDotNet.RepresentationModel;

namespace CallTracking.Agent.Configuration;

/// <summary>
/// How a pack asks its help desk's interface or database: keys of <c>http</c> or <c>sql</c> with places such as <c>{url}</c>, which the entry in
/// <c>agent.yaml</c> fills, under whatever the entry says itself.
/// </summary>
internal static partial class PackDoor
{
    /// <summary>What an entry may fill in.</summary>
    public static readonly string[] Places =
        ["url", "user", "token", "password", "client_id", "client_secret", "tenant", "app_token", "connection", "provider", "prefix", "start"];

    private const string Defaults = "defaults";
    private const string Examples = "examples";
    private const string OnlyByName = "only_by_name";

    // Of these the entry's replace the pack's as a whole: they are one thing, or one of several.
    private static readonly string[] Whole = ["auth", "paging", "expand", "open", "provider"];

    /// <summary>True when the pack is meant only where its whole name is written: another of its help desk is the usual one.</summary>
    public static bool IsOnlyByName(string door) => RootOf(door).Children.ContainsKey(new YamlScalarNode(OnlyByName));

    /// <summary>What an entry must say, with an example of each: the alternatives of a credential one by one.</summary>
    public static IReadOnlyList<IReadOnlyList<(string Place, string Example)>> Needs(string door)
    {
        var root = RootOf(door);
        var defaults = PairsOf(root, Defaults);
        var examples = PairsOf(root, Examples);
        var auth = Below(root, "auth");
        var always = PlacesIn(root.Children.Where(pair => Named(pair.Key) is not (Defaults or Examples or "auth" or "headers")).Select(pair => pair.Value)).ToList();
        var ways = auth is YamlSequenceNode several ? several.Children.Select(way => PlacesIn([way]).ToList()) : [auth is null ? [] : [.. PlacesIn([auth])]];
        return [.. ways.Select(way => always.Concat(way).Distinct().Where(place => !defaults.ContainsKey(place))
            .Select(place => (place, examples.GetValueOrDefault(place) ?? string.Empty)).ToList())];
    }

    /// <summary>The section of an entry with the pack's below it; null after a fault.</summary>
    /// <param name="pack">The pack.</param>
    /// <param name="door">Its <c>http</c> or <c>sql</c>.</param>
    /// <param name="key">Which of them.</param>
    /// <param name="entry">The entry of <c>sources</c>.</param>
    /// <param name="faults">Takes the faults of the section, which <see cref="YamlSection.Take"/> puts where a person can mend them.</param>
    public static YamlSection? Over(MappingPack pack, string door, string key, YamlSection entry, List<Fault> faults)
    {
        var root = RootOf(door);
        var filled = PairsOf(root, Defaults);
        foreach (var place in Places.Where(entry.IsText))
        {
            filled[place] = entry.Optional(place, string.Empty);
        }

        if (filled.TryGetValue("url", out var url))
        {
            filled["url"] = url.TrimEnd('/');
        }

        foreach (var own in new[] { Defaults, Examples, OnlyByName })
        {
            root.Children.Remove(new YamlScalarNode(own));
        }

        if (entry.Node(key) is YamlMappingNode over)
        {
            Lay(root, over);
        }

        if (entry.Node("provider") is { } provider)
        {
            Set(root, new YamlScalarNode("provider"), provider);
        }

        var lacking = Choose(root, filled);
        var built = Fill(root, filled, lacking);
        if (lacking.Count == 0)
        {
            return entry.Composed($"'{key}' of {pack.Name}", (YamlMappingNode)built, faults);
        }

        entry.Lacks($"{string.Join(" and ", lacking.Select(place => $"'{place}'"))}, which the pack {pack.Name} needs", $"{lacking.First()}: {PairsOf(RootOf(door), Examples).GetValueOrDefault(lacking.First()) ?? "…"}");
        return null;
    }

    /// <summary>Takes the first credential for which everything is there, and leaves out headers for which something is not.</summary>
    private static SortedSet<string> Choose(YamlMappingNode root, Dictionary<string, string> filled)
    {
        var lacking = new SortedSet<string>(StringComparer.Ordinal);
        if (Below(root, "auth") is YamlSequenceNode ways)
        {
            if (ways.Children.FirstOrDefault(way => PlacesIn([way]).All(filled.ContainsKey)) is { } way)
            {
                Set(root, new YamlScalarNode("auth"), way);
            }
            else
            {
                lacking.UnionWith(PlacesIn([ways.Children[0]]).Where(place => !filled.ContainsKey(place)));
                root.Children.Remove(new YamlScalarNode("auth"));
            }
        }

        if (Below(root, "headers") is YamlMappingNode headers)
        {
            foreach (var name in headers.Children.Where(pair => !PlacesIn([pair.Value]).All(filled.ContainsKey)).Select(pair => pair.Key).ToList())
            {
                headers.Children.Remove(name);
            }
        }

        return lacking;
    }

    private static void Lay(YamlMappingNode below, YamlMappingNode over)
    {
        foreach (var (key, value) in over.Children)
        {
            if (value is YamlMappingNode map && !Whole.Contains(Named(key)) && Below(below, Named(key)) is YamlMappingNode packs)
            {
                Lay(packs, map);
            }
            else if (value is YamlScalarNode { Style: YamlDotNet.Core.ScalarStyle.Plain, Value: "" or "~" or "null" })
            {
                below.Children.Remove(key);
            }
            else
            {
                Set(below, key, value);
            }
        }
    }

    private static void Set(YamlMappingNode map, YamlNode key, YamlNode value)
    {
        map.Children.Remove(key);
        map.Add(key, value);
    }

    // What has no place in it keeps its own place in the file, for faults.
    private static YamlNode Fill(YamlNode node, Dictionary<string, string> filled, SortedSet<string> lacking)
    {
        switch (node)
        {
            case YamlMappingNode map:
                foreach (var (key, value) in map.Children.ToList())
                {
                    map.Children[key] = Fill(value, filled, lacking);
                }

                return map;
            case YamlSequenceNode list:
                for (var index = 0; index < list.Children.Count; index++)
                {
                    list.Children[index] = Fill(list.Children[index], filled, lacking);
                }

                return list;
            case YamlScalarNode { Value: { } text } when Place().IsMatch(text):
                return new YamlScalarNode(Place().Replace(text, match =>
                {
                    var place = match.Groups["place"].Value;
                    if (!filled.TryGetValue(place, out var value))
                    {
                        lacking.Add(place);
                    }

                    return value ?? match.Value;
                }));
            default:
                return node;
        }
    }

    private static IEnumerable<string> PlacesIn(IEnumerable<YamlNode> nodes) => nodes
        .SelectMany(node => node.AllNodes.OfType<YamlScalarNode>())
        .SelectMany(node => Place().Matches(node.Value ?? string.Empty))
        .Select(match => match.Groups["place"].Value)
        .Distinct();

    private static Dictionary<string, string> PairsOf(YamlMappingNode root, string key) =>
        (Below(root, key) as YamlMappingNode)?.Children
            .ToDictionary(pair => Named(pair.Key), pair => Convert.ToString(pair.Value, CultureInfo.InvariantCulture) ?? string.Empty) ?? [];

    private static YamlNode? Below(YamlMappingNode map, string key) => map.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value : null;

    private static string Named(YamlNode key) => ((YamlScalarNode)key).Value ?? string.Empty;

    private static YamlMappingNode RootOf(string door)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(door));
        return (YamlMappingNode)stream.Documents[0].RootNode;
    }

    [GeneratedRegex(@"(?<!\$)\{(?<place>url|user|token|password|client_id|client_secret|tenant|app_token|connection|provider|prefix|start)\}")]
    private static partial Regex Place();
}
