using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CallTracking.Contracts;
using CallTracking.Mapping.Packs;

namespace CallTracking.Mapping.Spec;

/// <summary>
/// The mapping file as a JSON Schema (draft 2020-12), for editors. Paths, words, classes, calendars and formats are those that the
/// parser itself reads by; the parser stays the judge, and tells more.
/// </summary>
public static class MappingSchema
{
    private static readonly JsonSerializerOptions Legible = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The schema's text, the same for the same version.</summary>
    public static string Text()
    {
        var paths = new SchemaPaths();
        var root = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "CallTracking mapping",
            ["type"] = "object",
            // A mapping over a pack has from there what it does not say itself.
            ["if"] = new JsonObject { ["required"] = SchemaNodes.List([PackLayer.Key]) },
            ["else"] = new JsonObject
            {
                ["required"] = SchemaNodes.List(["source", "format", "time_zone", "key", "fields"]),
                ["properties"] = SchemaNodes.Described(new()
                {
                    ["custom_fields"] = new JsonObject { ["additionalProperties"] = new JsonObject { ["required"] = SchemaNodes.List(["class"]) } },
                }, "The keys of the file"),
            },
            ["additionalProperties"] = false,
            ["properties"] = SchemaNodes.Described(Root(paths), "The keys of the file"),
        };
        root["$defs"] = SchemaNodes.Definitions(paths);
        return root.ToJsonString(Legible).ReplaceLineEndings("\n") + "\n";
    }

    private static JsonObject Root(SchemaPaths paths) => new()
    {
        [PackLayer.Key] = SchemaNodes.Enum(MappingPack.All.Select(pack => pack.FileName)),
        ["strict"] = SchemaNodes.Flag(),
        ["damaged"] = SchemaNodes.Enum(SourceParser.DamageRules.Keys),
        ["source"] = new JsonObject { ["type"] = "string", ["pattern"] = "^[a-z0-9-]{1,64}$" },
        ["format"] = SchemaNodes.Ref("format"),
        ["time_zone"] = SchemaNodes.Text(),
        ["culture"] = SchemaNodes.Text(),
        ["overlap"] = SchemaNodes.Enum(TimeParser.Choices.Keys),
        ["gap"] = SchemaNodes.Enum(TimeParser.Choices.Keys),
        ["nulls"] = SchemaNodes.Ref("texts"),
        ["normalize"] = SchemaNodes.Ref("normalize"),
        ["join"] = SchemaNodes.OrNothing(SchemaNodes.ListOf(Join())),
        ["fold"] = SchemaNodes.OrNothing(SchemaNodes.Object(new()
        {
            ["by"] = SchemaNodes.Ref("texts"),
            ["order"] = SchemaNodes.Ref("time"),
            ["last"] = SchemaNodes.Flag(),
            ["incomplete"] = SchemaNodes.Enum(CompositionParser.Incomplete.Keys),
        }, "fold")),
        ["key"] = SchemaNodes.AnyOf(SchemaNodes.Ref("texts"), SchemaNodes.Object(new() { ["hash_of"] = SchemaNodes.Ref("texts") }, "The keys of the file")),
        ["updated"] = SchemaNodes.Ref("time"),
        ["gone"] = SchemaNodes.OrNothing(SchemaNodes.Ref("condition")),
        ["filter"] = SchemaNodes.OrNothing(SchemaNodes.ListOf(SchemaNodes.Object(new()
        {
            ["drop_when"] = SchemaNodes.Ref("condition"),
            ["keep_when"] = SchemaNodes.Ref("condition"),
            ["name"] = SchemaNodes.Text(),
        }, "The keys of the file"))),
        ["contract"] = Contract(),
        ["duplicates"] = SchemaNodes.Enum(["by_time", "reject", "latest", "number"]),
        ["fields"] = paths.Fields(Case.Descriptor),
        ["custom_fields"] = new JsonObject { ["type"] = "object", ["additionalProperties"] = SchemaNodes.OrNothing(SchemaNodes.Ref("custom_field")) },
        ["unmapped"] = SchemaNodes.AnyOf(
            SchemaNodes.Enum(["drop", "keep"]),
            SchemaNodes.Object(new() { ["keep"] = SchemaNodes.Flag(), ["class"] = SchemaNodes.Enum(CustomFieldParser.Classes.Keys) }, "The keys of the file")),
    };

    private static JsonObject Contract()
    {
        var vanished = SchemaNodes.Enum(ContractParser.Answers.Keys.Where(word => word != "discard row"));
        var answer = SchemaNodes.Enum(ContractParser.Answers.Keys);
        var column = SchemaNodes.Object(new()
        {
            ["vanished"] = vanished.DeepClone(),
            ["retyped"] = answer.DeepClone(),
            ["is"] = SchemaNodes.Enum(ContractParser.Kinds.Keys),
        }, "contract");
        return SchemaNodes.AnyOf(answer, SchemaNodes.Object(new()
        {
            ["new"] = answer.DeepClone(),
            ["vanished"] = vanished,
            ["retyped"] = answer.DeepClone(),
            ["exchanged"] = SchemaNodes.Enum(ContractParser.ExchangeAnswers.Keys),
            ["columns"] = new JsonObject { ["type"] = "object", ["additionalProperties"] = SchemaNodes.AnyOf(answer.DeepClone(), column) },
        }, "contract"));
    }

    private static JsonObject Join()
    {
        var join = SchemaNodes.Object(new()
        {
            ["as"] = SchemaNodes.Text(),
            ["files"] = SchemaNodes.Text(),
            ["format"] = SchemaNodes.Ref("format"),
            ["key"] = SchemaNodes.Ref("texts"),
            ["on"] = SchemaNodes.Ref("texts"),
            ["where"] = SchemaNodes.Ref("condition"),
            ["many"] = SchemaNodes.Flag(),
            ["optional"] = SchemaNodes.Flag(),
            ["missing"] = SchemaNodes.Enum(CompositionParser.Misses.Keys),
            ["incomplete"] = SchemaNodes.Enum(CompositionParser.Losses.Keys),
            ["order"] = SchemaNodes.Ref("time"),
        }, "join");
        join["required"] = SchemaNodes.List(["as", "files", "key", "on"]);
        return join;
    }
}
