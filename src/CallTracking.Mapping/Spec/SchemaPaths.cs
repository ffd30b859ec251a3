using System.Text.Json.Nodes;
using CallTracking.Mapping.Targets;
using Google.Protobuf.Reflection;

namespace CallTracking.Mapping.Spec;

/// <summary>The schema of <c>fields</c>: every path of the contract with what may stand on its right.</summary>
internal sealed class SchemaPaths
{
    /// <summary>Fields of one list's elements, by the name of their definition; filled while paths are walked.</summary>
    public SortedDictionary<string, JsonObject> Elements { get; } = new(StringComparer.Ordinal);

    public JsonObject Fields(MessageDescriptor root) => Fields(root, string.Empty);

    // The contract's page has the fields of elements with the path to their list.
    private JsonObject Fields(MessageDescriptor root, string above)
    {
        var properties = new JsonObject();
        var meanings = MappingReference.Meanings(ContractPage.Heading);
        foreach (var path in TargetPath.All(root))
        {
            properties[path.Text] = path.Kind == TargetKind.Message ? ListOf(path, above) : SchemaNodes.Ref(DefinitionOf(path));
            properties[path.Text]!["description"] = meanings[above + path.Text];
        }

        return SchemaNodes.Object(properties);
    }

    /// <summary>The enumerations of the contract that a mapping fills, by the name of their definition.</summary>
    public static IEnumerable<KeyValuePair<string, EnumDescriptor>> Enums(MessageDescriptor root) => TargetPath.All(root)
        .Where(path => path.Kind == TargetKind.Enum)
        .Select(path => KeyValuePair.Create(DefinitionOf(path), path.Leaf.EnumType))
        .DistinctBy(entry => entry.Key)
        .OrderBy(entry => entry.Key, StringComparer.Ordinal);

    private static string DefinitionOf(TargetPath path) => path.Kind switch
    {
        TargetKind.Text when path.Leaf.FullName == "calltracking.v1.Case.language" => "language",
        TargetKind.Text or TargetKind.Personal => path.IsRepeated ? "repeated" : "text_value",
        TargetKind.Enum => $"enum_{path.Leaf.EnumType.Name}",
        TargetKind.Time => "time",
        TargetKind.Money => "money",
        TargetKind.Number when path.Leaf.FullName == "calltracking.v1.Satisfaction.csat" => "csat",
        TargetKind.Flag => "flag_value",
        _ => "number",
    };

    private JsonObject ListOf(TargetPath path, string above)
    {
        var name = $"elements_{path.Leaf.MessageType.Name}";
        if (!Elements.ContainsKey(name))
        {
            Elements[name] = [];
            Elements[name] = Fields(path.Leaf.MessageType, $"{above}{path.Text}.");
        }

        var each = SchemaNodes.Object(new()
        {
            ["each"] = SchemaNodes.Ref("texts"),
            ["distinct"] = SchemaNodes.Text(),
            ["fields"] = SchemaNodes.Ref(name),
            ["where"] = SchemaNodes.OrNothing(SchemaNodes.Ref("condition")),
            ["split_by"] = SchemaNodes.Text(),
            ["split"] = SchemaNodes.Text(),
            ["pattern"] = SchemaNodes.Text(),
            ["reverse"] = SchemaNodes.Flag(),
            ["optional"] = SchemaNodes.Flag(),
            ["nulls"] = SchemaNodes.Ref("texts"),
            ["normalize"] = SchemaNodes.Ref("normalize"),
            ["damaged"] = SchemaNodes.Enum(SourceParser.DamageRules.Keys),
        }, "each");
        var one = SchemaNodes.AnyOf(each, SchemaNodes.Ref(name));
        return SchemaNodes.AnyOf(each.DeepClone(), SchemaNodes.Ref(name), SchemaNodes.ListOf(one), new JsonObject { ["type"] = "null" });
    }
}
