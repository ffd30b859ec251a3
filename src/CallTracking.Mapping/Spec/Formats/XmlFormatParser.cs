using CallTracking.Mapping.Reading;
using CallTracking.Mapping.Reading.Xml;
using YamlDotNet.RepresentationModel;

namespace CallTracking.Mapping.Spec.Formats;

/// <summary>Reads the <c>format</c> of XML documents.</summary>
internal static class XmlFormatParser
{
    public static RecordFormat Parse(YamlMap map, FaultLog faults)
    {
        var prefixes = PrefixesOf(map, faults);
        return new XmlFormat
        {
            Encoding = map.Has("encoding") ? FormatParser.EncodingOf(map, faults) : null,
            Names = new XmlNames(prefixes),
            Records = RecordsOf(map, prefixes, faults),
        };
    }

    private static Dictionary<string, string> PrefixesOf(YamlMap map, FaultLog faults)
    {
        var prefixes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (prefix, space) in map.TakeMap("namespaces")?.Entries() ?? [])
        {
            if (space is not YamlScalarNode { Value: { Length: > 0 } uri } || !IsPrefix(prefix.Value!))
            {
                faults.Add(prefix, "A namespace is a prefix and its name.", "Write namespaces: {t: \"urn:example:tickets\"}.");
            }
            else if (!prefixes.TryAdd(uri, prefix.Value!))
            {
                faults.Add(prefix, "The namespace has a prefix already.", $"Leave out '{prefix.Value}', or '{prefixes[uri]}'.");
            }
        }

        return prefixes;
    }

    private static bool IsPrefix(string text) => text.Length > 0 && text.All(sign => char.IsLetterOrDigit(sign) || sign is '_' or '-');

    private static string[] RecordsOf(YamlMap map, Dictionary<string, string> prefixes, FaultLog faults)
    {
        var found = map.TakeScalar("records");
        var names = found?.Value?.Trim('/').Split('/') ?? [];
        if (names.Length == 0 || names.Any(name => name.Length == 0 || name.Any(sign => sign is '[' or ']' or '*' or '@' or ' ')))
        {
            map.Wants("records", "The element of a record is named from the root, with strokes.", "Write, for instance, records: tickets/ticket.");
            return ["_"];
        }

        foreach (var name in names.Where(name => name.Contains(':', StringComparison.Ordinal)))
        {
            if (!prefixes.ContainsValue(name[..name.IndexOf(':', StringComparison.Ordinal)]))
            {
                faults.Add(found!, $"The prefix of '{name}' is not declared.", "Write it under namespaces: {prefix: name of the namespace}, or leave it out: without namespaces names are local.");
            }
        }

        return names;
    }
}
