using CallTracking.Mapping.Reading;
using CallTracking.Mapping.Reading.Json;

namespace CallTracking.Mapping.Spec.Formats;

/// <summary>Reads the <c>format</c> of JSON documents and of JSON lines.</summary>
internal static class JsonFormatParser
{
    private const string Members = "*";

    public static RecordFormat ParseArray(YamlMap map, FaultLog faults)
    {
        var (path, isOfMembers) = RecordsOf(map, faults);
        return new JsonArrayFormat(FormatParser.EncodingOf(map, faults)) { RecordsPath = path, IsOfMembers = isOfMembers };
    }

    public static RecordFormat ParseLines(YamlMap map, FaultLog faults) => new JsonLinesFormat(FormatParser.EncodingOf(map, faults));

    private static (IReadOnlyList<string> Path, bool IsOfMembers) RecordsOf(YamlMap map, FaultLog faults)
    {
        var found = map.TakeScalar("records");
        if (found?.Value is not { } text || text is "$" or "$[*]")
        {
            return ([], false);
        }

        if (text is Members or "$.*")
        {
            return ([], true);
        }

        var isOfMembers = text.EndsWith("." + Members, StringComparison.Ordinal);
        var path = JsonPath.Parse(isOfMembers ? text[..^2] : text.EndsWith("[*]", StringComparison.Ordinal) ? text[..^3] : text);
        if (path is null || path.LevelsUp > 0 || path.Names.Contains(null))
        {
            faults.Add(found, $"'{text}' leads to no array of records.", "Write names with points, such as records: tickets or records: data.tickets; records: tickets.* where each member of an object is a record.");
            return ([], false);
        }

        return ([.. path.Names.OfType<string>()], isOfMembers);
    }
}
