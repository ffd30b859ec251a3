using System.Text.Json;
using System.Text.RegularExpressions;

namespace CallTracking.Mapping.Spec;

/// <summary>
/// Finds the lists of objects that a proposal left out, each in a comment that asks what they are: who deletes the comment, or has
/// the mapping read the list, has answered.
/// </summary>
internal static partial class OpenLists
{
    // As a proposal writes a text: in quotes where it has other signs than letters and digits, which YAML and JSON escape alike.
    private const string Quoted = @"""(?:[^""\\]|\\.)+""";

    /// <summary>In the order of the file, each path once.</summary>
    public static IReadOnlyList<OpenList> In(string yaml)
    {
        var lines = yaml.Split('\n');
        var written = lines.Where(line => !line.AsSpan().TrimStart().StartsWith('#')).ToList();
        return [.. lines.Index().Select(line => At(lines, line.Index)).OfType<OpenList>().DistinctBy(list => list.Path).Where(list => !written.Exists(line => Reads(line, list.Path)))];
    }

    private static OpenList? At(string[] lines, int at) =>
        Unknown().Match(lines[at]) is { Success: true } unknown ? new OpenList(at + 1, Text(unknown.Groups["path"].Value), [.. unknown.Groups["name"].Captures.Select(name => Text(name.Value))])
        : at + 3 < lines.Length && MaybeMessages().IsMatch(lines[at]) && Each().Match(lines[at + 1]) is { Success: true } each && Body().Match(lines[at + 3]) is { Success: true } body
            ? new OpenList(at + 1, Text(each.Groups["path"].Value), [Text(body.Groups["name"].Value)])
        : null;

    private static string Text(string written) => written is ['"', ..] ? JsonSerializer.Deserialize<string>(written)! : written;

    // As "client.phones[*].number", or each: client.phones.
    private static bool Reads(string line, string path) =>
        line.Contains($"{path}[", StringComparison.Ordinal) || Each().Match(line) is { Success: true } each && Text(each.Groups["path"].Value) == path;

    [GeneratedRegex(@"^\s*#\s*\? The list (?<path>" + Quoted + "|.+?) holds objects with (?<name>" + Quoted + @"|[^"",]+?)(?:, (?<name>" + Quoted + @"|[^"",]+?))*: what are they\?", RegexOptions.CultureInvariant)]
    private static partial Regex Unknown();

    [GeneratedRegex(@"^\s*#\s*messages:\s*#\s*\?", RegexOptions.CultureInvariant)]
    private static partial Regex MaybeMessages();

    [GeneratedRegex(@"\beach:\s*(?<path>" + Quoted + @"|[^"",:#{}]+?)\s*(?:[,#}]|$)", RegexOptions.CultureInvariant)]
    private static partial Regex Each();

    [GeneratedRegex(@"\bbody:\s*(?<name>" + Quoted + @"|[^"",:#{}]+?)\s*(?:[,#}]|$)", RegexOptions.CultureInvariant)]
    private static partial Regex Body();
}
