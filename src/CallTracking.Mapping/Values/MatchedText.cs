using System.Text.RegularExpressions;

namespace CallTracking.Mapping.Values;

/// <summary>
/// What a pattern found. A pattern works on code units, of which characters outside the basic plane have two: where it cut one in two, the
/// character is taken whole, since half of it would become U+FFFD on its way.
/// </summary>
internal static class MatchedText
{
    public static string Of(string text, Group group) => group.Success ? Of(text, group.Index, group.Index + group.Length) : string.Empty;

    public static string Of(string text, int start, int end)
    {
        if (start == end)
        {
            return string.Empty;
        }

        var first = start > 0 && char.IsSurrogatePair(text[start - 1], text[start]) ? start - 1 : start;
        var last = end < text.Length && char.IsSurrogatePair(text[end - 1], text[end]) ? end + 1 : end;
        return text[first..last];
    }
}
