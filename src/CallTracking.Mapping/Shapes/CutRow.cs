using CallTracking.Mapping.Reading;
using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Shapes;

/// <summary>A record without the values that the contract leaves out. Reused for the next one.</summary>
internal sealed class CutRow(ColumnTable table) : SourceRow
{
    private readonly HashSet<string> _hidden = new(StringComparer.Ordinal);
    private readonly HashSet<int> _hiddenNumbers = [];
    private SourceRow _row = null!;

    public void Show(SourceRow row)
    {
        (_row, Watch, MayBeDamaged) = (row, row.Watch, row.MayBeDamaged);
        _hidden.Clear();
        _hiddenNumbers.Clear();
    }

    /// <param name="name">The column or path.</param>
    /// <param name="number">Of the column in its header from 1; 0 where there is none.</param>
    public void Hide(string name, int number)
    {
        _hidden.Add(name);
        _hiddenNumbers.Add(number);
    }

    public override int Count(int slot) => IsHidden(table.Columns[slot].Name) ? 0 : _row.Count(slot);

    public override RowFault? Get(int slot, int index, out CellText text) => _row.Get(slot, index, out text);

    public override RowFault? Children(int slot, ColumnTable inner, out IReadOnlyList<SourceRow> children)
    {
        children = [];
        return IsHidden(table.Columns[slot].Name) ? null : _row.Children(slot, inner, out children);
    }

    public override bool TryCells(ICollection<(string Name, string Text)> into)
    {
        var all = new List<(string Name, string Text)>();
        if (!_row.TryCells(all))
        {
            return false;
        }

        all.Where(cell => !_hidden.Contains(cell.Name)).ToList().ForEach(into.Add);
        return true;
    }

    public override RowFault? WriteTree(PooledBuffer into, bool isWhole) => _row.WriteTree(into, isWhole);

    public override void Visit(ICellVisitor visitor) => _row.Visit(visitor);

    public override RowFault? Unmapped(ICollection<UnmappedValue> into)
    {
        var all = new List<UnmappedValue>();
        if (_row.Unmapped(all) is { } fault)
        {
            return fault;
        }

        all.Where(value => value.Name is { } name ? !_hidden.Contains(name) : !_hiddenNumbers.Contains(value.Number)).ToList().ForEach(into.Add);
        return null;
    }

    // name#* means all columns of that name: one that is left out takes the others with it.
    private bool IsHidden(string name) =>
        _hidden.Contains(name) || (name.EndsWith("#*", StringComparison.Ordinal) && _hidden.Any(hidden => hidden == name[..^2] || hidden.StartsWith(name[..^1], StringComparison.Ordinal)));
}
