using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Reading.Feed;

/// <summary>The row at hand as the mapping sees it: cells know their types, and may hold several values.</summary>
internal sealed class FeedTableRow(FeedRow row, ColumnTable table) : TableRow(table)
{
    private IReadOnlyList<string> _names = [];

    protected override int CellCount => row.Cells.Count;

    public void Name(IReadOnlyList<string> names)
    {
        _names = names;
        Bind(names);
    }

    public override int Count(int slot)
    {
        var count = 0;
        foreach (var ordinal in OrdinalsOf(slot))
        {
            count += ordinal < CellCount ? row.Cells[ordinal].Count : 0;
        }

        return count;
    }

    public override RowFault? Get(int slot, int index, out CellText text)
    {
        foreach (var ordinal in OrdinalsOf(slot).Where(ordinal => ordinal < CellCount))
        {
            var cell = row.Cells[ordinal];
            if (index < cell.Count)
            {
                var value = cell.At(index);
                text = new CellText(value, cell.Kind == UnmappedKind.Number);
                return FaultOf(ordinal) ?? NulIn(ordinal, value);
            }

            index -= cell.Count;
        }

        text = default;
        return null;
    }

    // A cell that holds several is no one value.
    public override RowFault? Single(int slot, out CellText text, out int count)
    {
        count = Count(slot);
        text = default;
        return count == 1 ? Get(slot, 0, out text) : null;
    }

    protected override CellText Cell(int ordinal)
    {
        var cell = row.Cells[ordinal];
        return new CellText(cell.Items is { } items ? string.Join(", ", items) : cell.Text, cell.Kind == UnmappedKind.Number);
    }

    protected override UnmappedKind KindOf(int ordinal) => row.Cells[ordinal].Kind;

    protected override RowFault? FaultOf(int ordinal) =>
        row.Cells[ordinal].Fault is { } fault ? fault with { Message = $"The column '{_names[ordinal]}' {fault.Message}" } : NulIn(ordinal, row.Cells[ordinal].Text);

    private RowFault? NulIn(int ordinal, string text) => text.Contains('\0', StringComparison.Ordinal)
        ? new RowFault(RejectReason.NulCharacter, $"The column '{_names[ordinal]}' holds U+0000; the text of a case cannot hold it.")
        : null;
}
