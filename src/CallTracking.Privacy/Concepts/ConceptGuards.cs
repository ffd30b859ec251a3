using System.Globalization;
using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>
/// How the words of a language that void a find stand in a dictionary: in one entry, each behind what it does: <c>before no</c>,
/// <c>after not seen</c>, <c>stop and</c>, and <c>window 4</c> for the reach. Exceptions stand among a concept's patterns, behind a <c>!</c>.
/// </summary>
internal static class ConceptGuards
{
    /// <summary>The entry's code, which no concept can have.</summary>
    public const string Code = "~guards";

    /// <summary>Before a pattern that is an exception.</summary>
    public const char Exception = '!';

    /// <summary>The reach in words of a language that does not say another.</summary>
    public const int UsualWindow = 4;

    public const string Window = "window";

    public static readonly IReadOnlyDictionary<string, UseKind> Kinds = new Dictionary<string, UseKind>(StringComparer.Ordinal)
    {
        ["before"] = UseKind.Before,
        ["after"] = UseKind.After,
        ["stop"] = UseKind.Stop,
    };

    /// <summary>The reach; <see cref="UsualWindow"/> where none is said.</summary>
    public static int WindowOf(DictionaryLabel label) =>
        label.Patterns.Select(pattern => pattern.Split(' ') is [Window, var words] && TryWindow(words, out var reach) ? reach : -1).FirstOrDefault(reach => reach >= 0, UsualWindow);

    public static bool TryWindow(string text, out int window) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out window) && window <= PatternParser.WidestGap;

    /// <summary>The guards with what they do, as they are written.</summary>
    public static IEnumerable<(UseKind Kind, string Pattern)> Of(DictionaryLabel label) =>
        label.Patterns.Select(pattern => pattern.Split(' ', 2)).Where(pattern => pattern.Length == 2 && Kinds.ContainsKey(pattern[0])).Select(pattern => (Kinds[pattern[0]], pattern[1]));
}
