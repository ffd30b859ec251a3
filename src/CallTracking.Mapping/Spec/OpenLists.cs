using System.Text.RegularExpressions;

namespace CallTracking.Mapping.Spec;

/// <summary>Finds the lists of objects that a proposal left out, each in a comment that asks what they are: who deletes the comment has answered.</summary>
internal static partial class OpenLists
{
    /// <summary>In the order of the file, each path once.</summary>
    public static IReadOnlyList<OpenList> In(string yaml) =>
        [.. yaml.Split('\n').Index().Select(line => (Line: line.Index + 1, Match: Question().Match(line.Item))).Where(line => line.Match.Success)
            .Select(line => new OpenList(line.Line, line.Match.Groups["path"].Value.Trim('"'), line.Match.Groups["first"].Value.Trim('"'))).DistinctBy(list => list.Path)];

    [GeneratedRegex("^\\s*#\\s*\\? The list (?<path>\"[^\"]+\"|\\S+) holds objects with (?<first>\"[^\"]+\"|[^,:\\s]+)", RegexOptions.CultureInvariant)]
    private static partial Regex Question();
}
