using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Reading;

/// <summary>The cells of the record at hand, by slot: ordinals are found once per file.</summary>
internal sealed class DelimitedRow(CellSplitter cells, ColumnTable table) : SourceRow
{
    private readonly int[] _ordinals = new int[table.Count];
    private readonly List<(string Name, int Ordinal)> _unmapped = [];
    private char[] _chars = [];

    public void Bind(IReadOnlyList<string> names)
    {
        for (var slot = 0; slot < table.Count; slot++)
        {
            _ordinals[slot] = HeaderNames.Find(names, table.Columns[slot].Name);
        }

        for (var ordinal = 0; ordinal < names.Count; ordinal++)
        {
            if (!_ordinals.Contains(ordinal) && names[ordinal].Length > 0)
            {
                _unmapped.Add((names[ordinal], ordinal));
            }
        }
    }

    public void Show(char[] chars) => _chars = chars;

    /// <summary>True when nothing is lost by leaving out the cells beyond the header.</summary>
    public bool FitsPadded(int columns)
    {
        for (var surplus = columns; surplus < cells.Count; surplus++)
        {
            if (!cells.Cell(_chars, surplus).IsWhiteSpace())
            {
                return false;
            }
        }

        return true;
    }

    public override int Count(int slot)
    {
        var ordinal = _ordinals[slot];
        return ordinal < 0 || ordinal >= cells.Count || cells.Cell(_chars, ordinal).IsEmpty ? 0 : 1;
    }

    public override RowFault? Get(int slot, int index, out CellText text)
    {
        text = new CellText(cells.Cell(_chars, _ordinals[slot]));
        return null;
    }

    public override RowFault? Unmapped(ICollection<UnmappedValue> into)
    {
        foreach (var (name, ordinal) in _unmapped)
        {
            if (ordinal < cells.Count && !cells.Cell(_chars, ordinal).IsWhiteSpace())
            {
                into.Add(new UnmappedValue(name, UnmappedKind.Text, cells.Cell(_chars, ordinal).ToString()));
            }
        }

        return null;
    }
}

/// <summary>Names of columns. Where a name stands twice, the columns are called name#1 and name#2, so that none is meant by chance.</summary>
internal static class HeaderNames
{
    public static IReadOnlyList<string> Of(IEnumerable<string> cells)
    {
        var names = cells.ToList();
        var repeated = names.GroupBy(name => name, StringComparer.Ordinal).Where(group => group.Count() > 1 && group.Key.Length > 0)
            .Select(group => group.Key).ToHashSet(StringComparer.Ordinal);
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var index = 0; index < names.Count; index++)
        {
            var name = names[index];
            if (repeated.Contains(name))
            {
                seen[name] = seen.GetValueOrDefault(name) + 1;
                names[index] = $"{name}#{seen[name]}";
            }
        }

        return names;
    }

    public static int Find(IReadOnlyList<string> names, string wanted)
    {
        for (var index = 0; index < names.Count; index++)
        {
            if (string.Equals(names[index], wanted, StringComparison.Ordinal))
            {
                return index;
            }
        }

        return -1;
    }
}
