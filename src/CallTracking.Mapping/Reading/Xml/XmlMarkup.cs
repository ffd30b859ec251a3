using System.Collections.Frozen;

namespace CallTracking.Mapping.Reading.Xml;

/// <summary>
/// Elements that mark a part of a text and are no data of their own: those of HTML. Between others a text stands for itself, as in
/// <c>&lt;price&gt;12&lt;currency&gt;EUR&lt;/currency&gt;&lt;/price&gt;</c>.
/// </summary>
internal static class XmlMarkup
{
    // "code", "sub", "table" and others of HTML's names are those of data, too.
    private static readonly FrozenSet<string> Lines = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase, "br", "p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "pre", "blockquote");

    private static readonly FrozenSet<string> Inline = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "a", "b", "big", "em", "font", "i", "span", "strike", "strong", "tt", "u");

    /// <summary>True when all are such elements.</summary>
    public static bool Is(IEnumerable<string> names) => names.All(name => Inline.Contains(Local(name)) || BeginsLine(name));

    /// <summary>True for those that stand on a line of their own.</summary>
    public static bool BeginsLine(string name) => Lines.Contains(Local(name));

    // Without the prefix that the mapping declares, or the namespace that it does not.
    private static string Local(string name) => name[(name.LastIndexOfAny([':', '}']) + 1)..];
}
