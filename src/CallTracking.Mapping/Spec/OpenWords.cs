using System.Text.RegularExpressions;

namespace CallTracking.Mapping.Spec;

/// <summary>
/// Finds the words that a proposal left without a meaning: <c>word: null   # ? …</c>. A null without the question is an answer; only the comment
/// tells them apart, which no parser of YAML keeps.
/// </summary>
internal static partial class OpenWords
{
    /// <summary>Their lines, from 1; a line with several is there as often.</summary>
    public static IReadOnlyList<int> In(string yaml) => [.. yaml.Split('\n').Index().SelectMany(line => Enumerable.Repeat(line.Index + 1, CountIn(line.Item)))];

    private static int CountIn(string line) =>
        !line.TrimStart().StartsWith('#') && Question().Match(line) is { Success: true } question ? Null().Count(line[..question.Index]) : 0;

    [GeneratedRegex(@"\s#\s*\?", RegexOptions.CultureInvariant)]
    private static partial Regex Question();

    [GeneratedRegex(@":\s+null(?=[\s,}]|$)", RegexOptions.CultureInvariant)]
    private static partial Regex Null();
}
