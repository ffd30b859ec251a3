using System.Text.Json.Nodes;
using System.Xml.Linq;
using CallTracking.Mapping.Reading;
using CallTracking.Mapping.Reading.Json;
using CallTracking.Mapping.Reading.Xml;

namespace CallTracking.Mapping.Proposals;

/// <summary>Writes a file of one record out of values and the paths where a mapping finds them.</summary>
internal static class TreeText
{
    private const string Text = "#text";

    /// <summary>True for a path that leads through plain names only, attributes of elements among them.</summary>
    public static bool IsPath(string path) => path.All(sign => char.IsLetterOrDigit(sign) || sign is '_' or '.' or '-' or '@' or '#');

    /// <summary>The element or value that a path means: an element's text is the element.</summary>
    public static string PlaceOf(string path) => path.EndsWith("." + Text, StringComparison.Ordinal) ? path[..^(Text.Length + 1)] : path;

    /// <summary>The file's text.</summary>
    /// <param name="format">XML, or else JSON.</param>
    /// <param name="yaml">The format as the mapping writes it.</param>
    /// <param name="values">Texts by path.</param>
    public static string Of(RecordFormat format, string yaml, IEnumerable<(string Path, string Text)> values) =>
        format is XmlFormat xml ? Xml(xml.Records, values) : Json(yaml, values);

    private static string Xml(IReadOnlyList<string> records, IEnumerable<(string Path, string Text)> values)
    {
        var record = new XElement(records[^1]);
        foreach (var (path, text) in values)
        {
            var at = record;
            foreach (var step in PlaceOf(path).Split('.'))
            {
                if (step.StartsWith('@'))
                {
                    at.SetAttributeValue(step[1..], text);
                    at = null;
                    break;
                }

                var inner = at.Element(step) ?? new XElement(step);
                if (inner.Parent is null)
                {
                    at.Add(inner);
                }

                at = inner;
            }

            at?.AddFirst(new XText(text));
        }

        return records.Reverse().Skip(1).Aggregate(record, (inner, name) => new XElement(name, inner)).ToString(SaveOptions.DisableFormatting);
    }

    private static string Json(string format, IEnumerable<(string Path, string Text)> values)
    {
        var record = new JsonObject();
        foreach (var (path, text) in values)
        {
            var steps = path.Split('.');
            var at = record;
            foreach (var step in steps[..^1])
            {
                at = at[step] as JsonObject ?? Add(at, step);
            }

            at[steps[^1]] = text;
        }

        if (format.StartsWith("{type: jsonl", StringComparison.Ordinal))
        {
            return record.ToJsonString() + "\n";
        }

        var place = format.IndexOf("records: ", StringComparison.Ordinal);
        var names = place < 0 ? [] : format[(place + 9)..].Split(['}', ','])[0].Trim('"').Split('.');
        if (names is [.. var outer, "*"])
        {
            var name = record[JsonPath.Member]?.GetValue<string>() ?? "1";
            record.Remove(JsonPath.Member);
            return outer.Reverse().Aggregate(new JsonObject { [name] = record }, (inner, around) => new JsonObject { [around] = inner }).ToJsonString();
        }

        JsonNode whole = new JsonArray(record);
        return names.Reverse().Aggregate(whole, (inner, name) => new JsonObject { [name] = inner }).ToJsonString();
    }

    private static JsonObject Add(JsonObject to, string name)
    {
        var inner = new JsonObject();
        to[name] = inner;
        return inner;
    }
}
