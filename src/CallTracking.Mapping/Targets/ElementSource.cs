using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Targets;

/// <summary>Finds the elements of a list in a record, each as a record of its own. Thread-safe.</summary>
internal abstract class ElementSource
{
    public abstract RowFault? Find(SourceRow row, out IReadOnlyList<SourceRow> elements);
}

/// <summary>The objects of an array.</summary>
internal sealed class ArrayElements(int slot, ColumnTable inner) : ElementSource
{
    public override RowFault? Find(SourceRow row, out IReadOnlyList<SourceRow> elements) => row.Children(slot, inner, out elements);
}

/// <summary>The elements into which texts are cut, text after text.</summary>
internal sealed class TextElements(IReadOnlyList<int> slots, ColumnTable inner, TextRules rules, TextCut cut) : ElementSource
{
    public override RowFault? Find(SourceRow row, out IReadOnlyList<SourceRow> elements)
    {
        var found = new List<TextElement>();
        elements = [];
        foreach (var slot in slots)
        {
            var count = row.Count(slot);
            for (var index = 0; index < count; index++)
            {
                if (row.Get(slot, index, out var cell) is { } fault)
                {
                    return fault;
                }

                if (rules.TryClean(ref cell))
                {
                    cut.Cut(cell.ToString(), found);
                }
            }
        }

        elements = [.. found.Select(element => new TextElementRow(inner, row, element) { Watch = row.Watch })];
        return null;
    }
}

/// <summary>The same elements, the last first: for sources that write the newest on top.</summary>
internal sealed class ReversedElements(ElementSource source) : ElementSource
{
    public override RowFault? Find(SourceRow row, out IReadOnlyList<SourceRow> elements)
    {
        var fault = source.Find(row, out var forward);
        elements = [.. forward.Reverse()];
        return fault;
    }
}
