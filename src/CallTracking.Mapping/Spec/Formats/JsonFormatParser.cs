using CallTracking.Mapping.Reading;
using CallTracking.Mapping.Reading.Json;

namespace CallTracking.Mapping.Spec.Formats;

/// <summary>Reads the <c>format</c> of JSON documents and of JSON lines.</summary>
internal static class JsonFormatParser
{
    public static RecordFormat ParseArray(YamlMap map, FaultLog faults) =>
        new JsonArrayFormat(FormatParser.EncodingOf(map, faults)) { RecordsPath = RecordsOf(map, faults) };

    public static RecordFormat ParseLines(YamlMap map, FaultLog faults) => new JsonLinesFormat(FormatParser.EncodingOf(map, faults));

    private static IReadOnlyList<string> RecordsOf(YamlMap map, FaultLog faults)
    {
        var found = map.TakeScalar("records");
        if (found?.Value is not { } text || text is "$" or "$[*]")
        {
            return [];
        }

        var path = JsonPath.Parse(text.EndsWith("[*]", StringComparison.Ordinal) ? text[..^3] : text);
        if (path is null || path.LevelsUp > 0 || path.Names.Contains(null))
        {
            faults.Add(found, $"'{text}' leads to no array of records.", "Write names with points, such as records: tickets or records: data.tickets.");
            return [];
        }

        return [.. path.Names.OfType<string>()];
    }
}
