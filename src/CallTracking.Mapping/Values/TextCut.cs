using System.Text.RegularExpressions;

namespace CallTracking.Mapping.Values;

/// <summary>
/// How one text holds several elements: a pattern that matches the head of each, or a sign between them and a pattern for each as a
/// whole. An element's values are the pattern's named groups, and <see cref="Rest"/>. Nothing is lost: what no pattern fits is an
/// element that has only <see cref="Rest"/>.
/// </summary>
/// <param name="Head">Matches where an element begins; the text up to the next match is its <see cref="Rest"/>.</param>
/// <param name="Sign">Stands between elements; null: a text is one element.</param>
/// <param name="Whole">Matches an element; <see cref="Rest"/> is all of it.</param>
internal sealed record TextCut(Regex? Head, string? Sign, Regex? Whole)
{
    /// <summary>The name of an element's text.</summary>
    public const string Rest = "text";

    public void Cut(string text, ICollection<TextElement> into)
    {
        if (Head is not null)
        {
            CutAtHeads(Head, text, into);
            return;
        }

        foreach (var part in Sign is null ? [text] : text.Split(Sign))
        {
            if (!string.IsNullOrWhiteSpace(part))
            {
                var match = Whole?.Match(part);
                into.Add(new TextElement(match is { Success: true } ? match : null, part, part));
            }
        }
    }

    private static void CutAtHeads(Regex head, string text, ICollection<TextElement> into)
    {
        Match? last = null;
        var from = 0;
        for (var match = head.Match(text); match.Success; match = match.NextMatch())
        {
            if (match.Length > 0)
            {
                Add(last, text, from, match.Index, into);
                (last, from) = (match, match.Index + match.Length);
            }
        }

        Add(last, text, from, text.Length, into);
    }

    private static void Add(Match? head, string text, int from, int end, ICollection<TextElement> into)
    {
        var rest = MatchedText.Of(text, from, end);
        if (head is not null || !string.IsNullOrWhiteSpace(rest))
        {
            into.Add(new TextElement(head, text, rest));
        }
    }
}

/// <summary>One element of a text: what its pattern found, in which text, and its own text.</summary>
internal readonly record struct TextElement(Match? Found, string In, string Rest)
{
    public string ValueOf(string name) =>
        Found?.Groups[name] is { Success: true } group ? MatchedText.Of(In, group) : name == TextCut.Rest ? Rest : string.Empty;
}

/// <summary>An element of a text as a record: its values by name, and with a leading <c>^.</c> those of the record around it.</summary>
internal sealed class TextElementRow(ColumnTable table, SourceRow around, TextElement element) : SourceRow
{
    public override int Count(int slot) => table.Columns[slot] switch
    {
        { OuterSlot: { } outer } => around.Count(outer),
        var column => element.ValueOf(column.Name).Length > 0 ? 1 : 0,
    };

    public override RowFault? Get(int slot, int index, out CellText text)
    {
        if (table.Columns[slot].OuterSlot is { } outer)
        {
            return around.Get(outer, index, out text);
        }

        text = new CellText(element.ValueOf(table.Columns[slot].Name));
        return null;
    }

    public override RowFault? Unmapped(ICollection<UnmappedValue> into) => null;
}
