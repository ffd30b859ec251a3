using CallTracking.Mapping.Reading.Json;

namespace CallTracking.Mapping.Values;

/// <summary>A column or path that the mapping names, and where in the mapping file it first does.</summary>
internal sealed record ColumnRef(string Name, int Line, int Column, JsonPath? Path)
{
    /// <summary>A file without it is sound; true only when every use says so.</summary>
    public bool IsOptional { get; set; }

    /// <summary>In an element of a text: the slot of the record around that it stands for.</summary>
    public int? OuterSlot { get; init; }
}

/// <summary>The columns that a mapping names: each gets a slot, so that no name is looked up per record. Fixed after loading.</summary>
internal sealed class ColumnTable
{
    private readonly List<ColumnRef> _columns = [];
    private readonly Dictionary<string, int> _slots = new(StringComparer.Ordinal);

    public IReadOnlyList<ColumnRef> Columns => _columns;

    public int Count => _columns.Count;

    /// <summary>Every use of a column, in the order of the mapping file.</summary>
    public List<int> Uses { get; } = [];

    /// <summary>Those that tell which case a record is of: a piece of such a value is another case.</summary>
    public IReadOnlyList<string> KeyColumns { get; set; } = [];

    public int SlotOf(ColumnRef column)
    {
        if (_slots.TryGetValue(column.Name, out var slot))
        {
            _columns[slot].IsOptional &= column.IsOptional;
            Uses.Add(slot);
            return slot;
        }

        _columns.Add(column);
        _slots[column.Name] = _columns.Count - 1;
        Uses.Add(_columns.Count - 1);
        return _columns.Count - 1;
    }

    public bool Names(string column) => _slots.ContainsKey(column);
}
