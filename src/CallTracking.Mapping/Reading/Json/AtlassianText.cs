using System.Globalization;
using System.Text;
using System.Text.Json;
using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Reading.Json;

/// <summary>
/// Documents as Jira's newer interfaces give them instead of texts (<c>{"type": "doc", "version": 1, "content": […]}</c>), as the text that a
/// person reads there: blocks apart, lists with their marks, cells of tables between bars, links with their addresses. Bold and its like are left out.
/// What a node of a kind not known here holds is not lost.
/// </summary>
internal static class AtlassianText
{
    // Deeper than any that a person writes; what is below stays unread.
    private const int Deepest = 60;

    // What kinds of nodes say of themselves, besides what stands inside; the first that is there.
    private static readonly string[] Sayings = ["text", "shortName", "title", "alt", "url"];

    /// <summary>Whether a value is such a document.</summary>
    public static bool Is(JsonElement value) => JsonText.TryGet(value, "type", out var kind)
        && kind.ValueKind == JsonValueKind.String && kind.GetRawText() == "\"doc\"" && JsonText.TryGet(value, "content", out var content) && content.ValueKind == JsonValueKind.Array;

    /// <summary>The document's text.</summary>
    public static RowFault? Read(JsonElement document, out CellText text)
    {
        text = default;
        try
        {
            var written = Blocks(document, "\n\n", 0);
            text = new CellText(written);
            return written.Contains('\0', StringComparison.Ordinal)
                ? new RowFault(RejectReason.NulCharacter, "U+0000 in a text; the text of a case cannot hold it.")
                : null;
        }
        catch (InvalidOperationException)
        {
            return new RowFault(RejectReason.Undecodable, "A text holds half of a surrogate pair, which is no character.");
        }
    }

    private static string Blocks(JsonElement node, string between, int depth) => string.Join(
        between, Content(node).Select(child => Block(child, depth + 1)).Where(text => text.Length > 0));

    private static string Block(JsonElement node, int depth)
    {
        if (depth > Deepest)
        {
            return string.Empty;
        }

        switch (KindOf(node))
        {
            case "bulletList" or "decisionList":
                return Items(node, static (_, _) => "- ", depth);
            case "orderedList":
                var first = Attribute(node, "order") is { } order && long.TryParse(order, NumberStyles.None, CultureInfo.InvariantCulture, out var start) ? start : 1;
                return Items(node, (_, index) => string.Create(CultureInfo.InvariantCulture, $"{first + index}. "), depth);
            case "taskList":
                return Items(node, static (item, _) => Attribute(item, "state") == "DONE" ? "[x] " : "[ ] ", depth);
            case "blockquote":
                return Indented("> ", "> ", Blocks(node, "\n", depth));
            case "table":
                return Blocks(node, "\n", depth);
            case "tableRow":
                return string.Join(" | ", Content(node).Select(cell => Blocks(cell, " ", depth + 1).ReplaceLineEndings(" ")));
            case "rule":
                return "----";
            case "mediaSingle" or "mediaGroup":
                return Blocks(node, "\n", depth);
            case "expand" or "nestedExpand" or "panel" or "layoutSection" or "layoutColumn" or "bodiedExtension":
                return string.Join("\n", new[] { Saying(node), Blocks(node, "\n", depth) }.Where(text => text.Length > 0));
            default:
                return Inline(node, depth);
        }
    }

    // A list within a list of tasks or of plain items is one of its children.
    private static string Items(JsonElement list, Func<JsonElement, int, string> mark, int depth)
    {
        var lines = new List<string>();
        var index = 0;
        foreach (var item in Content(list))
        {
            if (KindOf(item) is "taskList" or "decisionList" or "bulletList" or "orderedList")
            {
                lines.Add(Indented("  ", "  ", Block(item, depth + 1)));
                continue;
            }

            var holdsBlocks = Content(item).Exists(child => KindOf(child) is not null && child.TryGetProperty("content", out _));
            var text = holdsBlocks ? Blocks(item, "\n", depth + 1) : Inline(item, depth + 1);
            lines.Add(Indented(mark(item, index++), "  ", text));
        }

        return string.Join('\n', lines);
    }

    private static string Inline(JsonElement node, int depth)
    {
        if (depth > Deepest)
        {
            return string.Empty;
        }

        if (KindOf(node) == "text" && node.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String)
        {
            var written = text.GetString()!;
            return Link(node) is { } address && !written.Contains(address, StringComparison.Ordinal) ? $"{written} ({address})" : written;
        }

        if (KindOf(node) == "hardBreak")
        {
            return "\n";
        }

        if (KindOf(node) == "date" && Attribute(node, "timestamp") is { } stamp)
        {
            return long.TryParse(stamp, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds is > -62_135_596_800_000 and < 253_402_300_800_000
                ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
                : stamp;
        }

        var inner = new StringBuilder();
        foreach (var child in Content(node))
        {
            inner.Append(Inline(child, depth + 1));
        }

        return inner.Length > 0 ? inner.ToString() : Saying(node);
    }

    private static string Saying(JsonElement node) => Sayings.Select(name => Attribute(node, name)).FirstOrDefault(said => !string.IsNullOrEmpty(said)) ?? string.Empty;

    private static string? Link(JsonElement text)
    {
        if (!text.TryGetProperty("marks", out var marks) || marks.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        return marks.EnumerateArray().Where(mark => KindOf(mark) == "link").Select(mark => Attribute(mark, "href")).FirstOrDefault();
    }

    private static string Indented(string first, string others, string text) => first + text.Replace("\n", "\n" + others, StringComparison.Ordinal);

    private static List<JsonElement> Content(JsonElement node) =>
        node.ValueKind == JsonValueKind.Object && node.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.Array
            ? [.. content.EnumerateArray()]
            : [];

    private static string? KindOf(JsonElement node) =>
        node.ValueKind == JsonValueKind.Object && node.TryGetProperty("type", out var kind) && kind.ValueKind == JsonValueKind.String ? kind.GetString() : null;

    private static string? Attribute(JsonElement node, string name)
    {
        if (node.ValueKind != JsonValueKind.Object || !node.TryGetProperty("attrs", out var attributes) || attributes.ValueKind != JsonValueKind.Object || !attributes.TryGetProperty(name, out var value))
        {
            return null;
        }

        return value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        };
    }
}
