using CallTracking.Mapping.Shapes;

namespace CallTracking.Mapping.Reading.Joins;

/// <summary>
/// Counts what the joins give each composed record, by what the primary record names: a join that others lead to is known by the first of them. Not thread-safe.
/// </summary>
internal sealed class GivenRecords
{
    private readonly List<SideTable> _sides;
    private readonly List<int> _roots;
    private readonly List<uint> _marks;
    private readonly UInt128?[] _named;

    public GivenRecords(ComposedFormat format, List<SideTable> sides)
    {
        _sides = sides;
        _roots = [.. Enumerable.Range(0, sides.Count).Select(RootOf)];
        _marks = [.. sides.Select(side => JoinYields.MarkOf(format.PathOf(side.Join)))];
        _named = new UInt128?[sides.Count];
    }

    /// <summary>Null when no join names anything, or nothing is to be told of those that do.</summary>
    public JoinYields? Yields
    {
        get
        {
            var yields = new List<JoinYield>(_sides.Count);
            for (var index = 0; index < _sides.Count; index++)
            {
                if (_named[_roots[index]] is { } lead && _sides[index].Join.Incomplete != JoinLossRule.Accept)
                {
                    yields.Add(new JoinYield(_marks[index], (ushort)(lead & ushort.MaxValue), _sides[index].Given));
                }
            }

            return yields.Count == 0 ? null : new JoinYields([.. yields]);
        }
    }

    /// <summary>Another record begins.</summary>
    public void Begin()
    {
        Array.Clear(_named);
        _sides.ForEach(side => side.Begin());
    }

    /// <summary>The primary record names this.</summary>
    public void Name(SideTable side, UInt128? key) => _named[_sides.IndexOf(side)] = key;

    private int RootOf(int index)
    {
        while (_sides[index].Join.Through is { } through)
        {
            index = through;
        }

        return index;
    }
}
