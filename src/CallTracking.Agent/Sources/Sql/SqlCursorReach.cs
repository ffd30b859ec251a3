namespace CallTracking.Agent.Sources.Sql;

/// <summary>How far the values of a cursor's column reach in one reading.</summary>
internal sealed class SqlCursorReach
{
    // Numbers that databases leave out are fewer: caches of sequences, cancelled transactions, nodes of a cluster.
    private const decimal OrdinaryGap = 1_000_000;
    private const decimal GapsPerSpan = 100;

    private SqlCursor? _lowest;
    private SqlCursor? _second;

    /// <summary>The highest value; null when no row had one.</summary>
    public SqlCursor? Highest { get; private set; }

    public void See(SqlCursor value)
    {
        _lowest = _lowest is null || _lowest.IsBehind(value) ? value : _lowest;
        if (value.IsBehind(Highest))
        {
            (_second, Highest) = (Highest, value);
        }
        else if (Highest!.IsBehind(value) && value.IsBehind(_second))
        {
            _second = value;
        }
    }

    /// <summary>
    /// Where the next reading may begin. A number that stands alone far above all others is not believed: behind it everything that comes later
    /// would be hidden. Its row is read each time, until numbers come near it.
    /// </summary>
    /// <param name="before">What earlier readings reached, else the configured start.</param>
    public SqlCursor? Believed(SqlCursor before)
    {
        if (Highest is not { Kind: SqlCursorKind.Number } highest || before.Kind != SqlCursorKind.Number || highest.Number <= before.Number)
        {
            return Highest;
        }

        var second = _second is { Kind: SqlCursorKind.Number } next && next.Number > before.Number ? next : before;
        var span = second.Number - Math.Min(_lowest!.Number, second.Number);
        return highest.Number - second.Number > Math.Max(OrdinaryGap, GapsPerSpan * span) ? second : highest;
    }
}
