using System.Text;
using System.Text.Json;
using System.Xml;
using CallTracking.Mapping.Reading.Json;

namespace CallTracking.Mapping.Proposals;

/// <summary>Finds where the records of JSON and XML stand.</summary>
internal static class TreeGuess
{
    public static FormatGuess OfJson(string text)
    {
        if (text.StartsWith('['))
        {
            return new FormatGuess("{type: json}", "one array of objects");
        }

        var lines = text.Split('\n', 3, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var path = PathOfArray(text);
        if (IsObject(lines[0]) && (lines.Length == 1 ? path is null && (HasPlainValue(lines[0]) || MemberGuess.Of(text) is null) : lines[1].StartsWith('{')))
        {
            return new FormatGuess("{type: jsonl}", "one object per line");
        }

        // Beside an array of objects an object of like parts is a table to look things up in; an array within such parts is one of theirs.
        if (MemberGuess.Of(text) is { } members && (path is null || (members == "*" ? path.Contains('.', StringComparison.Ordinal) : path.StartsWith(members[..^1], StringComparison.Ordinal))))
        {
            return new FormatGuess($"{{type: json, records: {YamlText.Of(members)}}}", $"each member of {(members == "*" ? "the document" : $"'{members[..^2]}'")} is an object of the same values: its name is '{JsonPath.Member}'");
        }

        return path is not null
            ? new FormatGuess($"{{type: json, records: {YamlText.Of(path)}}}", $"the first array of objects stands in '{path}'")
            : new FormatGuess("{type: json}", "JSON") { Questions = ["No array of objects was found at the file's start. Under which name do the records stand?"] };
    }

    public static FormatGuess OfXml(string text)
    {
        var counts = new List<(string Path, int Depth, int Count)>();
        var path = new List<string>();
        try
        {
            using var reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
            while (reader.Read())
            {
                if (reader.NodeType == XmlNodeType.Element)
                {
                    path.RemoveRange(Math.Min(reader.Depth, path.Count), Math.Max(0, path.Count - reader.Depth));
                    path.Add(reader.LocalName);
                    var whole = string.Join('/', path);
                    var known = counts.FindIndex(entry => entry.Path == whole);
                    if (known < 0)
                    {
                        counts.Add((whole, path.Count, 1));
                    }
                    else
                    {
                        counts[known] = counts[known] with { Count = counts[known].Count + 1 };
                    }
                }
            }
        }
        catch (XmlException)
        {
            // The sample ends somewhere; what came before says enough.
        }

        var record = counts.Where(entry => entry.Depth > 1).OrderByDescending(entry => entry.Count > 1).ThenBy(entry => entry.Depth).ThenByDescending(entry => entry.Count)
            .Select(entry => entry.Path).FirstOrDefault() ?? "records/record";
        return new FormatGuess($"{{type: xml, records: {YamlText.Of(record)}}}", $"'{record}' repeats");
    }

    private static bool IsObject(string line)
    {
        try
        {
            using var whole = JsonDocument.Parse(line);
            return whole.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // What has a value of its own is a record, and objects in it are its parts.
    private static bool HasPlainValue(string line)
    {
        using var whole = JsonDocument.Parse(line);
        return whole.RootElement.EnumerateObject().Any(member => member.Value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array));
    }

    private static string? PathOfArray(string text)
    {
        var names = new List<string>();
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text), isFinalBlock: false, default);
        var name = string.Empty;
        try
        {
            while (reader.Read())
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.PropertyName:
                        name = reader.GetString()!;
                        break;
                    case JsonTokenType.StartObject when reader.CurrentDepth > 0:
                        names.Add(name);
                        break;
                    case JsonTokenType.EndObject when names.Count > 0:
                        names.RemoveAt(names.Count - 1);
                        break;
                    case JsonTokenType.StartArray:
                        if (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
                        {
                            return string.Join('.', [.. names, name]);
                        }

                        break;
                }
            }
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            // Broken at some place, or a name that is no text; the reader of the mapping says where.
        }

        return null;
    }
}
