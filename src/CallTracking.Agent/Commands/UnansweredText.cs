using System.Globalization;
using CallTracking.Mapping;

namespace CallTracking.Agent.Commands;

/// <summary>Says how many words of a mapping's tables nobody has given a meaning: their fields stay empty, and no row is rejected for it.</summary>
internal static class UnansweredText
{
    private const int MostLines = 12;

    /// <summary>Null where all are answered.</summary>
    public static string? Of(SourceMapping mapping)
    {
        var words = mapping.Unanswered;
        var lines = words.Distinct().ToList();
        return words.Count == 0 ? null : string.Create(CultureInfo.InvariantCulture,
            $"{words.Count:N0} {(words.Count == 1 ? "word has" : "words have")} no meaning yet (null # ?), so that {(words.Count == 1 ? "its field stays" : "their fields stay")} empty: {Path.GetFileName(mapping.File)}:{string.Join(", ", lines.Take(MostLines))}{(lines.Count > MostLines ? ", …" : string.Empty)}. Write what they mean, or take the '# ?' away");
    }
}
