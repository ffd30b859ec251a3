using System.Text.Json.Nodes;
using CallTracking.Contracts;

namespace CallTracking.Mapping.Spec;

/// <summary>The pieces of which the schema of mapping files is made.</summary>
internal static class SchemaNodes
{
    // What says where a value comes from, for every kind of field.
    private static readonly string[] SourceTexts = ["template", "with", "split", "entry", "assign", "pattern", "group"];
    private static readonly string[] SourceFlags = ["optional", "trim", "upper", "lower"];

    public static JsonObject Ref(string name) => new() { ["$ref"] = $"#/$defs/{name}" };

    /// <summary>One plain value: YAML's own types are all read as text.</summary>
    public static JsonObject Text() => new() { ["type"] = List(["string", "number", "boolean", "null"]) };

    public static JsonObject Flag() => new() { ["type"] = "boolean" };

    public static JsonObject Enum(IEnumerable<string> words) => new() { ["enum"] = List(words) };

    public static JsonArray List(IEnumerable<string> words) => [.. words.Select(word => (JsonNode)word)];

    public static JsonObject ListOf(JsonNode items) => new() { ["type"] = "array", ["items"] = items };

    public static JsonObject AnyOf(params JsonNode[] choices) => new() { ["anyOf"] = new JsonArray(choices) };

    /// <summary>What a mapping over a pack may take out by writing null.</summary>
    public static JsonObject OrNothing(JsonNode node) => AnyOf(node, new JsonObject { ["type"] = "null" });

    /// <summary>An object with these keys and no others, of which these tables of the reference say what they mean.</summary>
    public static JsonObject Object(JsonObject properties, params string[] tables) =>
        new() { ["type"] = "object", ["properties"] = Described(properties, tables), ["additionalProperties"] = false };

    public static JsonObject Definitions(SchemaPaths paths)
    {
        var all = new JsonObject
        {
            ["texts"] = AnyOf(Text(), ListOf(Text())),
            ["normalize"] = Object(new() { ["form"] = Enum(MappingScope.Forms.Keys), ["width"] = Enum(MappingScope.Widths.Keys) }, "The keys of the file"),
            ["format"] = new JsonObject
            {
                ["type"] = "object",
                ["required"] = List(["type"]),
                ["properties"] = FormatKeys(),
            },
            ["lookup"] = Object(new()
            {
                ["file"] = Text(),
                ["dictionary"] = Text(),
                ["key"] = Text(),
                ["value"] = Text(),
                ["unknown"] = Text(),
                ["ignore_case"] = Flag(),
                ["format"] = Ref("format"),
            }, "lookup"),
            ["condition"] = Condition(),
            ["time"] = Field(Times(), new JsonObject { ["derived"] = Flag() }),
            ["money"] = Field(Numbers(), new JsonObject { ["currency"] = AnyOf(Text(), Object(Source(new JsonObject { ["default"] = Text() }), "fields")) }),
            ["csat"] = Field(Table(Text()), Numbers(), new JsonObject { ["default"] = Text(), ["scale"] = AnyOf(Enum(CsatScale.Named.Keys), ListOf(Text())) }),
            ["number"] = Field(Valued(Text()), Numbers()),
            ["flag_value"] = Field(Valued(Flag())),
            ["text_value"] = Field(Valued(Text()), Times()),
            ["language"] = AnyOf(Ref("text_value"), Object(Source(Valued(Text()), new JsonObject { ["detect"] = Ref("texts"), ["among"] = Ref("texts") }), "language", "fields")),
            ["repeated"] = Field(Table(Text()), new JsonObject { ["const"] = Text() }),
            ["custom_field"] = CustomField(),
        };
        foreach (var (name, type) in SchemaPaths.Enums(Case.Descriptor))
        {
            all[name] = Field(Valued(Enum(EnumNames.Of(type).Names.Order(StringComparer.Ordinal))));
        }

        foreach (var (name, fields) in paths.Elements)
        {
            all[name] = fields;
        }

        return all;
    }

    /// <summary>Has each key of these tell what the first of these tables says that has it.</summary>
    public static JsonObject Described(JsonObject properties, params string[] tables)
    {
        foreach (var meanings in tables.Select(table => MappingReference.Meanings(table)))
        {
            foreach (var (key, node) in properties)
            {
                if (node is JsonObject known && !known.ContainsKey("description") && meanings.TryGetValue(key, out var meaning))
                {
                    known["description"] = meaning;
                }
            }
        }

        return properties;
    }

    // Which keys a kind of file takes is the parser's to say: the schema names all, and what they mean.
    private static JsonObject FormatKeys()
    {
        var keys = new JsonObject { ["type"] = Enum(FormatParser.Types) };
        foreach (var (key, meaning) in MappingReference.Meanings("format", "Excel"))
        {
            keys[key] ??= new JsonObject();
            keys[key]!["description"] = meaning;
        }

        return keys;
    }

    // A column, several, or keys.
    private static JsonObject Field(params JsonObject[] keys) => AnyOf(Ref("texts"), Object(Source(keys), "fields"));

    private static JsonObject Source(params JsonObject[] more)
    {
        var keys = new JsonObject
        {
            ["from"] = Ref("texts"),
            ["join"] = Ref("texts"),
            ["part"] = new JsonObject { ["type"] = "number" },
            ["lookup"] = OrNothing(Ref("lookup")),
            ["when"] = OrNothing(Ref("condition")),
            ["unmatched"] = AnyOf(Enum(SourceParser.Misses.Keys), new JsonObject { ["type"] = "null" }),
            ["nulls"] = Ref("texts"),
            ["normalize"] = Ref("normalize"),
            ["damaged"] = Enum(SourceParser.DamageRules.Keys),
        };
        SourceTexts.ToList().ForEach(key => keys[key] = Text());
        SourceFlags.ToList().ForEach(key => keys[key] = Flag());
        foreach (var (key, node) in more.SelectMany(part => part))
        {
            keys[key] = node!.DeepClone();
        }

        return keys;
    }

    private static JsonObject Table(JsonObject meaning) => new()
    {
        ["values"] = new JsonObject { ["type"] = "object", ["additionalProperties"] = AnyOf(meaning.DeepClone(), new JsonObject { ["type"] = "null" }) },
        ["unknown"] = AnyOf(meaning.DeepClone(), new JsonObject { ["type"] = "null" }, Enum(["reject"])),
        ["ignore_case"] = Flag(),
    };

    private static JsonObject Valued(JsonObject meaning)
    {
        var keys = Table(meaning);
        keys["default"] = meaning.DeepClone();
        keys["const"] = meaning.DeepClone();
        return keys;
    }

    private static JsonObject Times() => new()
    {
        ["format"] = Ref("texts"),
        ["calendar"] = Enum(TimeParser.Calendars.Keys),
        ["half_day"] = Enum(["unknown"]),
        ["time_zone"] = Text(),
        ["culture"] = Text(),
        ["overlap"] = Enum(TimeParser.Choices.Keys),
        ["gap"] = Enum(TimeParser.Choices.Keys),
    };

    private static JsonObject Numbers() => new() { ["culture"] = Text(), ["percent"] = Enum(NumberParser.Percents.Keys) };

    private static JsonObject CustomField()
    {
        var keys = Source(Times(), Table(Text()), Numbers(), new JsonObject
        {
            ["class"] = Enum(CustomFieldParser.Classes.Keys.Order(StringComparer.Ordinal)),
            ["type"] = Enum(CustomFieldParser.Types.Keys),
            ["unit"] = Enum(NumberParser.Units.Keys),
        });
        return Object(keys, "custom field", "fields");
    }

    private static JsonObject Condition()
    {
        var keys = Source(new JsonObject
        {
            ["equals"] = Ref("texts"),
            ["in"] = Ref("texts"),
            ["not_equals"] = Ref("texts"),
            ["not_in"] = Ref("texts"),
            ["matches"] = Text(),
            ["is_null"] = Flag(),
        });
        var parts = ListOf(Ref("condition"));
        return AnyOf(Object(keys, "condition", "fields"), Object(new() { ["any"] = parts }, "condition"), Object(new() { ["all"] = parts.DeepClone() }, "condition"), parts.DeepClone());
    }
}
