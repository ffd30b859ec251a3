using System.Text.Json;

namespace CallTracking.Agent.Sources.Http;

/// <summary>The lists of a page beside its records, each by its key once it is asked for.</summary>
internal sealed class PageLists(JsonElement page)
{
    private readonly Dictionary<HttpExpansion, ILookup<string, JsonElement>> _lists = new(ReferenceEqualityComparer.Instance as IEqualityComparer<HttpExpansion>);

    /// <summary>Those that fit, in the page's order.</summary>
    public IReadOnlyList<JsonElement> Find(HttpExpansion expansion, string wanted)
    {
        if (!_lists.TryGetValue(expansion, out var list))
        {
            list = _lists[expansion] = Elements(page, expansion.In!)
                .Select(element => (Key: Text(element, expansion.Key), Element: element))
                .Where(pair => pair.Key is not null)
                .ToLookup(pair => pair.Key!, pair => pair.Element, StringComparer.Ordinal);
        }

        return [.. list[wanted]];
    }

    /// <summary>The elements of the array that names lead to; none when there is none.</summary>
    public static IEnumerable<JsonElement> Elements(JsonElement root, IReadOnlyList<string> names) =>
        At(root, names) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : [];

    /// <summary>The text of what names lead to, through the first element of an array; null when that is no scalar.</summary>
    public static string? Text(JsonElement element, IReadOnlyList<string> names) => At(element, names) is { } found ? Scalar(found) : null;

    public static string? Scalar(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => TextOf(element),
        JsonValueKind.Number => element.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => null,
    };

    private static JsonElement? At(JsonElement element, IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            if (element.ValueKind == JsonValueKind.Array && element.GetArrayLength() > 0)
            {
                element = element[0];
            }

            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return null;
            }
        }

        return element;
    }

    private static string? TextOf(JsonElement element)
    {
        try
        {
            return element.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair: no value that leads anywhere.
            return null;
        }
    }
}
