using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CallTracking.Mapping.Spec;
using CallTracking.Testing;
using Xunit;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CallTracking.Mapping.Tests;

/// <summary>The schema that editors use, against the parser and the mappings of the repository.</summary>
public sealed class MappingSchemaTests
{
    private static readonly JsonObject Schema = JsonNode.Parse(MappingSchema.Text())!.AsObject();

    [Fact]
    public void File_InTheRepository_IsWhatTheParserSays() =>
        Assert.Equal(MappingSchema.Text(), File.ReadAllText(RepositoryRoot.Path("ops", "schemas", "mapping.schema.json")));

    [Fact]
    public void Mappings_OfTheRepository_AreValid()
    {
        var files = ((string[])["ops", "src", "tests"])
            .SelectMany(folder => Directory.EnumerateFiles(RepositoryRoot.Path(folder), "*.yaml", SearchOption.AllDirectories))
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(file => (file, text: File.ReadAllText(file)))
            .Where(entry => entry.text.Split('\n').Any(line => line.StartsWith("source:", StringComparison.Ordinal) || line.StartsWith("extends:", StringComparison.Ordinal)))
            .ToList();

        Assert.True(files.Count >= 40, $"{files.Count}");
        Assert.All(files, entry => Assert.Equal(string.Empty, string.Join("; ", Problems(entry.text).Except(LeftToTheRegion(entry.file)).Select(problem => $"{entry.file} {problem}"))));
    }

    // Some packs leave out the zone, which is the root's to have.
    private static string[] LeftToTheRegion(string file) => file.Contains($"{Path.DirectorySeparatorChar}Packs{Path.DirectorySeparatorChar}", StringComparison.Ordinal) ? ["$"] : [];

    [Fact]
    public void Examples_OfTheReadme_AreValid()
    {
        var readme = Reading.Reference();
        var examples = readme.Split("```yaml\n").Skip(1).Select(rest => rest.Split("```")[0]).Where(example => example.StartsWith("source:", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(examples);
        Assert.All(examples, example => Assert.Empty(Problems(example)));
    }

    [Theory]
    [InlineData("subjekt: a", "$.fields.subjekt")]
    [InlineData("status: {from: a, values: {x: opend}}", "$.fields.status")]
    [InlineData("opened: {from: a, calendar: lunar}", "$.fields.opened")]
    [InlineData("subject: {from: a, scale: [1, 5]}", "$.fields.subject")]
    [InlineData("messages: [{boddy: a}]", "$.fields.messages")]
    [InlineData("case_uid: a", "$.fields.case_uid")]
    public void Mapping_WithAFault_IsNotValid(string field, string place) =>
        Assert.Equal([place], Problems(Reading.Csv(field)));

    [Theory]
    [InlineData("fold: null")]
    [InlineData("duplicates: by_time")]
    [InlineData("contract: {exchanged: freeze}")]
    [InlineData("filter: null")]
    [InlineData("custom_fields: {state: null, due: {format: iso}}")]
    [InlineData("fields: {messages: {where: null}, attachments: null, status: {when: null}}")]
    [InlineData("fields: {messages: {fields: {body: text}}}")]
    public void Mapping_OverAPack_MayTakeOutAndSayAPart(string more) => Assert.Empty(Problems($"extends: pack:zendesk/tickets-jsonl\n{more}"));

    [Fact]
    public void Mapping_OverNoPack_SaysWhatACustomFieldTells() =>
        Assert.Equal(["$.custom_fields.due"], Problems(Reading.Csv("subject: a", "custom_fields: {due: {from: b}, state: {from: c, class: technical}}")));

    [Fact]
    public void Keys_ThatOneRowOfTheReferenceTells_AreFew()
    {
        // Those whose meaning is one.
        string[] together =
        [
            "overlap gap", "drop_when keep_when", "split_by split pattern", "nulls normalize damaged", "keep class", "join with", "split part entry assign", "pattern group", "equals in", "not_equals not_in",
            "time_zone overlap gap culture nulls normalize damaged", "format calendar half_day", "from lines", "header columns", "width end", "unix unix_ms", "any all",
        ];
        var rows = Regex.Matches(Reading.Reference(), @"^\| ((?:`[a-z_]+`(?:, )?){2,}) \|", RegexOptions.Multiline).Select(row => row.Groups[1].Value.Replace("`", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal));

        Assert.Equal([], rows.Except(together));
    }

    [Fact]
    public void Keys_OfTheSchema_SayWhatTheyMean()
    {
        var silent = Described(Schema, "$").Where(entry => !(((string?)entry.Node["description"])?.Length > 3)).Select(entry => entry.At);

        Assert.Empty(silent);
        Assert.Contains("pad", (string)Schema["$defs"]!["format"]!["properties"]!["ragged"]!["description"]!, StringComparison.Ordinal);
        Assert.Contains("2026-W31", (string)Schema["properties"]!["fields"]!["properties"]!["product.lot"]!["description"]!, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_OfEveryField_AreKnownToTheParser()
    {
        var unknown = new List<string>();
        var oneOfEachKind = Schema["properties"]!["fields"]!["properties"]!.AsObject().DistinctBy(field => (string?)field.Value!["$ref"] ?? field.Key);
        foreach (var (path, node) in oneOfEachKind)
        {
            var keys = KeysOf(node!).ToList();
            foreach (var key in keys)
            {
                // What says how a time is written belongs to a text only when that is a date; so does among to detect.
                var date = key is "among" ? "detect: b, " : keys.Contains("format") && key != "format" ? "format: iso, " : string.Empty;
                var faults = SourceMapping.Parse("m.yaml", Reading.Csv($"{path}: {{from: a, {date}{key}: x}}")).Faults;
                unknown.AddRange(faults.Where(fault => fault.Message == $"There is no '{key}' here.").Select(_ => $"{path}: {key}"));
            }
        }

        Assert.Empty(unknown);
    }

    // Every key of every object, however deep.
    private static IEnumerable<(string At, JsonNode Node)> Described(JsonNode? node, string at) => node switch
    {
        JsonObject map => map.SelectMany(entry => entry.Key == "properties"
            ? entry.Value!.AsObject().SelectMany(key => Described(key.Value, $"{at}.{key.Key}").Prepend(($"{at}.{key.Key}", key.Value!)))
            : Described(entry.Value, $"{at}.{entry.Key}")),
        JsonArray list => list.SelectMany((item, index) => Described(item, $"{at}[{index}]")),
        _ => [],
    };

    // Of fields that are no lists: their keys beside from.
    private static IEnumerable<string> KeysOf(JsonNode node)
    {
        var definition = node["$ref"] is { } reference ? Schema["$defs"]![((string)reference!).Split('/')[^1]]! : node;
        var map = definition["anyOf"]!.AsArray().FirstOrDefault(choice => choice!["properties"]?["from"] is not null);
        return map is null ? [] : map["properties"]!.AsObject().Select(entry => entry.Key).Where(key => key is not ("from" or "const"));
    }

    private static List<string> Problems(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        var problems = new List<string>();
        Check(Json(stream.Documents[0].RootNode), Schema, "$", problems);
        return problems;
    }

    private static JsonNode? Json(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(entry => KeyValuePair.Create(((YamlScalarNode)entry.Key).Value!, Json(entry.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(Json)]),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: "true" or "false" } flag => JsonValue.Create(flag.Value == "true"),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "null" or "~" } => null,
        YamlScalarNode { Style: ScalarStyle.Plain } plain when double.TryParse(plain.Value, System.Globalization.CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
        YamlScalarNode text => JsonValue.Create(text.Value),
        _ => throw new InvalidOperationException(node.GetType().Name),
    };

    // What the schema uses of JSON Schema, and no more.
    private static void Check(JsonNode? value, JsonNode schema, string at, List<string> problems)
    {
        if (schema["$ref"] is { } reference)
        {
            Check(value, Schema["$defs"]![((string)reference!).Split('/')[^1]]!, at, problems);
            return;
        }

        if (schema["anyOf"] is JsonArray choices)
        {
            var trials = choices.Select(choice => Trial(value, choice!, at)).ToList();
            if (trials.TrueForAll(trial => trial.Count > 0))
            {
                problems.Add(at);
            }

            return;
        }

        var isBad = (schema["enum"] is JsonArray words && !words.Any(word => JsonNode.DeepEquals(word, value)))
            || (schema["type"] is { } type && !TypesOf(type).Contains(TypeOf(value)))
            || (schema["pattern"] is { } pattern && !Regex.IsMatch((string)value!, (string)pattern!))
            || (schema["required"] is JsonArray required && value is JsonObject holder && required.Any(key => !holder.ContainsKey((string)key!)));
        if (isBad)
        {
            problems.Add(at);
            return;
        }

        CheckInside(value, schema, at, problems);
        if (schema["else"] is { } otherwise && Trial(value, schema["if"]!, at).Count > 0)
        {
            Check(value, otherwise, at, problems);
        }
    }

    private static void CheckInside(JsonNode? value, JsonNode schema, string at, List<string> problems)
    {
        if (value is JsonArray list && schema["items"] is { } items)
        {
            for (var index = 0; index < list.Count; index++)
            {
                Check(list[index], items, $"{at}[{index}]", problems);
            }
        }

        foreach (var (key, inner) in value is JsonObject map ? map.ToList() : [])
        {
            if (schema["properties"]?[key] is { } known)
            {
                Check(inner, known, $"{at}.{key}", problems);
            }
            else if (schema["additionalProperties"] is JsonObject any)
            {
                Check(inner, any, $"{at}.{key}", problems);
            }
            else if (schema["additionalProperties"] is JsonValue)
            {
                problems.Add($"{at}.{key}");
            }
        }
    }

    private static List<string> Trial(JsonNode? value, JsonNode choice, string at)
    {
        var problems = new List<string>();
        Check(value, choice, at, problems);
        return problems;
    }

    private static string[] TypesOf(JsonNode type) => type is JsonArray several ? [.. several.Select(one => (string)one!)] : [(string)type!];

    private static string TypeOf(JsonNode? value) => value switch
    {
        null => "null",
        JsonObject => "object",
        JsonArray => "array",
        _ => value.GetValueKind() switch
        {
            System.Text.Json.JsonValueKind.String => "string",
            System.Text.Json.JsonValueKind.Number => "number",
            _ => "boolean",
        },
    };
}
