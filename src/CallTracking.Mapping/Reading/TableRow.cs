using System.Text.Json;
using CallTracking.Mapping.Reading.Joins;
using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Reading;

/// <summary>The cells of the record at hand, by slot: ordinals are found once per file.</summary>
internal abstract class TableRow(ColumnTable table) : SourceRow
{
    private readonly int[][] _ordinals = new int[table.Count][];
    private readonly List<(string Name, int Ordinal)> _named = [];
    private readonly List<(string? Name, int Ordinal)> _unmapped = [];
    private readonly HashSet<int> _mapped = [];

    /// <summary>How many of its cells, in columns with a name, hold more than white space.</summary>
    public int Values
    {
        get
        {
            var values = 0;
            foreach (var (_, ordinal) in _named)
            {
                values += ordinal < CellCount && !Cell(ordinal).Span.IsWhiteSpace() ? 1 : 0;
            }

            return values;
        }
    }

    /// <summary>Cells that the record has, which may be more or fewer than the header's.</summary>
    protected abstract int CellCount { get; }

    /// <summary>Finds each slot's column; once per file.</summary>
    public void Bind(IReadOnlyList<string> names)
    {
        for (var slot = 0; slot < table.Count; slot++)
        {
            _ordinals[slot] = [.. HeaderNames.Find(names, table.Columns[slot].Name)];
            _mapped.UnionWith(_ordinals[slot]);
        }

        for (var ordinal = 0; ordinal < names.Count; ordinal++)
        {
            if (names[ordinal].Length > 0)
            {
                _named.Add((names[ordinal], ordinal));
                if (!IsMapped(ordinal))
                {
                    _unmapped.Add((UnmappedNames.IsPlain(names[ordinal]) ? names[ordinal] : null, ordinal));
                }
            }
        }
    }

    /// <summary>True when nothing is lost by leaving out the cells beyond the header.</summary>
    public bool FitsPadded(int columns)
    {
        for (var surplus = columns; surplus < CellCount; surplus++)
        {
            if (!Cell(surplus).Span.IsWhiteSpace())
            {
                return false;
            }
        }

        return true;
    }

    public override int Count(int slot)
    {
        var count = 0;
        foreach (var ordinal in _ordinals[slot])
        {
            count += HasText(ordinal) ? 1 : 0;
        }

        return count;
    }

    public override RowFault? Get(int slot, int index, out CellText text)
    {
        text = default;
        foreach (var ordinal in _ordinals[slot])
        {
            if (HasText(ordinal) && index-- == 0)
            {
                text = Cell(ordinal);
                return FaultOf(ordinal);
            }
        }

        return null;
    }

    public override RowFault? Single(int slot, out CellText text, out int count)
    {
        if (_ordinals[slot] is not [var ordinal])
        {
            return base.Single(slot, out text, out count);
        }

        var isThere = ordinal < CellCount;
        text = isThere ? Cell(ordinal) : default;
        var fault = isThere ? FaultOf(ordinal) : null;
        count = text.Span.IsEmpty && fault is null ? 0 : 1;
        return fault;
    }

    public override bool TryCells(ICollection<(string Name, string Text)> into)
    {
        foreach (var (name, ordinal) in _named)
        {
            if (HasText(ordinal))
            {
                into.Add((name, Cell(ordinal).ToString()));
            }
        }

        return true;
    }

    public override void Visit(ICellVisitor visitor)
    {
        foreach (var (name, ordinal) in _named)
        {
            if (ordinal < CellCount && IsText(ordinal) && FaultOf(ordinal) is null && Cell(ordinal).Span.Trim() is { IsEmpty: false } text)
            {
                visitor.Cell(name, ordinal + 1, text);
            }
        }
    }

    public override RowFault? WriteTree(PooledBuffer into, bool isWhole)
    {
        using var writer = TreeComposer.Writer(into);
        writer.WriteStartObject();
        foreach (var (name, ordinal) in _named)
        {
            if (!HasText(ordinal) || (!isWhole && !IsMapped(ordinal)))
            {
                continue;
            }

            if (FaultOf(ordinal) is { } fault)
            {
                return fault;
            }

            CellTree.Write(writer, name, Cell(ordinal));
        }

        WriteGroups(writer);
        writer.WriteEndObject();
        return null;
    }

    public override RowFault? Unmapped(ICollection<UnmappedValue> into)
    {
        foreach (var (name, ordinal) in _unmapped)
        {
            if (ordinal < CellCount && FaultOf(ordinal) is { } fault)
            {
                return fault;
            }

            if (ordinal < CellCount && !Cell(ordinal).Span.IsWhiteSpace())
            {
                into.Add(new UnmappedValue(name, ordinal + 1, KindOf(ordinal), Cell(ordinal).ToString()));
            }
        }

        return null;
    }

    /// <summary>True when the mapping reads the column.</summary>
    protected bool IsMapped(int ordinal) => _mapped.Contains(ordinal);

    /// <summary>False where the cell holds bytes, which have no kind.</summary>
    protected virtual bool IsText(int ordinal) => true;

    /// <summary>The cell's text; valid until the next record.</summary>
    protected abstract CellText Cell(int ordinal);

    /// <summary>Why a cell that has something has no value; null for all others.</summary>
    protected virtual RowFault? FaultOf(int ordinal) => null;

    /// <summary>The slot's columns; none when the header has none.</summary>
    protected IReadOnlyList<int> OrdinalsOf(int slot) => _ordinals[slot];

    /// <summary>The type that the source itself gives to a cell.</summary>
    protected virtual UnmappedKind KindOf(int ordinal) => UnmappedKind.Text;

    // Names such as Comment#*: all columns of a name, under that name.
    private void WriteGroups(Utf8JsonWriter writer)
    {
        for (var slot = 0; slot < table.Count; slot++)
        {
            if (!table.Columns[slot].Name.EndsWith("#*", StringComparison.Ordinal))
            {
                continue;
            }

            writer.WriteStartArray(table.Columns[slot].Name);
            foreach (var ordinal in _ordinals[slot])
            {
                if (HasText(ordinal))
                {
                    CellTree.Write(writer, null, Cell(ordinal));
                }
            }

            writer.WriteEndArray();
        }
    }

    private bool HasText(int ordinal) => ordinal < CellCount && (!Cell(ordinal).Span.IsEmpty || FaultOf(ordinal) is not null);
}
