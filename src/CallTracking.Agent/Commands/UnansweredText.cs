using System.Globalization;
using CallTracking.Mapping;

namespace CallTracking.Agent.Commands;

/// <summary>Says how many words of a mapping's tables nobody has given a meaning: their fields stay empty, and no row is rejected for it.</summary>
internal static class UnansweredText
{
    private const int MostLines = 12;

    /// <summary>All that nobody has answered: words without a meaning, and lists that are left out, a line each.</summary>
    public static IEnumerable<string> AllOf(SourceMapping mapping) => ((string?[])[Of(mapping), .. mapping.UnansweredLists.Take(MostLines).Select(list => OfList(list, mapping)), More(mapping)]).OfType<string>();

    private static string? More(SourceMapping mapping) => mapping.UnansweredLists.Count <= MostLines ? null
        : string.Create(CultureInfo.InvariantCulture, $"{mapping.UnansweredLists.Count - MostLines:N0} more lists are left out");

    private static string OfList(OpenList list, SourceMapping mapping) => string.Create(CultureInfo.InvariantCulture,
        $"the list '{list.Path}' is left out, and nobody has said what its objects are: {Path.GetFileName(mapping.File)}:{list.Line}. Write a line under fields in its place, such as {list.Field ?? "FIELD"}: {list.OfEach} or messages: {list.Messages}, or take the '# ?' line away");

    /// <summary>Of words; null where all are answered.</summary>
    public static string? Of(SourceMapping mapping)
    {
        var words = mapping.Unanswered;
        var lines = words.Distinct().ToList();
        return words.Count == 0 ? null : string.Create(CultureInfo.InvariantCulture,
            $"{words.Count:N0} {(words.Count == 1 ? "word has" : "words have")} no meaning yet (null # ?), so that {(words.Count == 1 ? "its field stays" : "their fields stay")} empty: {Path.GetFileName(mapping.File)}:{string.Join(", ", lines.Take(MostLines))}{(lines.Count > MostLines ? ", …" : string.Empty)}. Write what they mean, or take the '# ?' away");
    }
}
