using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CallTracking.Mapping.Spec;

/// <summary>
/// Lays a mapping's own keys over those of a pack. Maps are merged key by key, everything else is replaced, null takes a key out.
/// What can be said in one way only (where a value comes from, what a condition asks) is said by the upper layer alone.
/// </summary>
internal sealed class MappingLayers(FaultLog faults)
{
    // Beside any of these, those of the pack do not count.
    private static readonly string[][] OneOf =
    [
        ["from", "join", "template", "const", "each", "any", "all"],
        ["equals", "in", "not_equals", "not_in", "matches", "is_null", "any", "all"],
        ["split_by", "split"],
        ["file", "dictionary"],
    ];

    private static readonly string[] Sources = ["from", "join", "template", "const", "each", "detect"];

    private readonly HashSet<YamlNode> _laid = new(ReferenceEqualityComparer.Instance);

    /// <summary>Afterwards <paramref name="own"/> holds both layers, in the pack's order with new keys behind.</summary>
    public void Lay(YamlMappingNode own, YamlMappingNode pack) => Lay(own, pack, string.Empty);

    private void Lay(YamlMappingNode own, YamlMappingNode pack, string name)
    {
        var mine = own.Children.ToList();
        own.Children.Clear();
        foreach (var (key, value) in pack.Children.Where(entry => !IsReplaced(entry.Key, mine, pack, name)))
        {
            var index = mine.FindIndex(entry => TextOf(entry.Key) == TextOf(key));
            if (index < 0)
            {
                own.Add(key, value);
                continue;
            }

            var (myKey, myValue) = mine[index];
            mine.RemoveAt(index);
            if (!IsRemoval(myValue, TextOf(key), name))
            {
                LayValue(myValue, value, TextOf(key), name);
                own.Add(myKey, myValue);
            }
        }

        mine.ForEach(entry => own.Add(entry.Key, entry.Value));
    }

    private void LayValue(YamlNode mine, YamlNode value, string key, string name)
    {
        if (mine is not YamlMappingNode own)
        {
            return;
        }

        // Both places of an alias are one node: what the pack has below the first would be said of the second.
        if (!_laid.Add(own))
        {
            faults.Add(own, "These keys are laid over a pack in two places, by an alias.", "Write them out in each place.");
            return;
        }

        if (value is YamlMappingNode pack)
        {
            Lay(own, pack, key);
        }
        else if ((name == "fields" || key == "updated") && IsColumns(value) && !Sources.Any(source => Has(own, source)))
        {
            // {format: …} over a plain column speaks of that column.
            own.Add("from", value);
        }
    }

    private static bool IsReplaced(YamlNode packKey, List<KeyValuePair<YamlNode, YamlNode>> mine, YamlMappingNode pack, string name)
    {
        if (name is "values" or "fields" or "custom_fields")
        {
            return false;
        }

        var written = mine.Select(entry => TextOf(entry.Key)).ToList();
        var isOtherFormat = name == "format" && mine.Find(entry => TextOf(entry.Key) == "type").Value is YamlScalarNode { Value: { } type } && type != TextOf(pack.Children[new YamlScalarNode("type")]);
        return isOtherFormat
            || written.Contains("const")
            || OneOf.Any(group => group.Contains(TextOf(packKey)) && !written.Contains(TextOf(packKey)) && group.Any(written.Contains));
    }

    // Under values and for unknown, null is a meaning: the field stays empty.
    private static bool IsRemoval(YamlNode value, string key, string name) =>
        value is YamlScalarNode { Style: ScalarStyle.Plain } scalar && YamlMap.IsNull(scalar) && name != "values" && key != "unknown";

    private static bool IsColumns(YamlNode value) =>
        value is YamlScalarNode || (value is YamlSequenceNode list && list.Children.All(child => child is YamlScalarNode));

    private static bool Has(YamlMappingNode map, string key) => map.Children.Keys.Any(candidate => TextOf(candidate) == key);

    private static string TextOf(YamlNode node) => (node as YamlScalarNode)?.Value ?? string.Empty;
}
