using System.Text.Json;
using System.Text.Json.Serialization;

namespace CallTracking.Mapping.Shapes;

/// <summary>What is known of one column.</summary>
/// <param name="Values">Records that had a value there, of those that were looked at.</param>
/// <param name="Kinds">What those values looked like.</param>
public readonly record struct ColumnShape(long Values, ValueKinds Kinds)
{
    /// <summary>What its values look like by custom; null where nothing is known.</summary>
    public ShapeShares? Usual { get; init; }

    /// <summary>What the last ones look like, as long as they are too few to tell; null for none.</summary>
    public ShapeShares? Recent { get; init; }

    /// <summary>What was usual before a person accepted what came: files from then may be read again. Null for nothing.</summary>
    public ShapeShares? Former { get; init; }

    // Fewer could all look like numbers by chance.
    private const int EnoughValues = 20;

    /// <summary>The one kind that all values have had; null when there were several, too few, or texts.</summary>
    public ValueKinds? OnlyKind => Values >= EnoughValues && Kinds is ValueKinds.Number or ValueKinds.Time or ValueKinds.Flag ? Kinds : null;
}

/// <summary>
/// The columns of a source, or the paths of its trees, and the kinds of their values: names, kinds and counts, never a value. Names that could be
/// values themselves are left out. Immutable.
/// </summary>
public sealed class SourceShape
{
    /// <summary>Columns or paths that are kept; a source with more writes values as names.</summary>
    public const int MostColumns = 2000;

    // So many records should have had a value before its absence means anything.
    private const double Telling = 20;

    private SourceShape(bool isTable, long records, IReadOnlyDictionary<string, ColumnShape> columns) => (IsTable, Records, Columns) = (isTable, records, columns);

    /// <summary>A header names the columns; else each record has its own.</summary>
    public bool IsTable { get; }

    /// <summary>Records that were looked at.</summary>
    public long Records { get; }

    public IReadOnlyDictionary<string, ColumnShape> Columns { get; }

    /// <summary>What its joins are measured by, by their paths: how they fared before anything of it was lost.</summary>
    public IReadOnlyDictionary<string, JoinShape> Joins { get; private init; } = new Dictionary<string, JoinShape>();

    /// <summary>The orders in which the headers of the last reading named their columns, by the join whose files they are of; empty for the source's own records.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<IReadOnlyList<string>>> Orders { get; private init; } = new Dictionary<string, IReadOnlyList<IReadOnlyList<string>>>();

    /// <summary>How its files have ended so far.</summary>
    public LineEndCount LineEnds { get; private init; }

    public static SourceShape Of(
        bool isTable,
        long records,
        IEnumerable<KeyValuePair<string, ColumnShape>> columns,
        IEnumerable<KeyValuePair<string, JoinShape>>? joins = null,
        IEnumerable<KeyValuePair<string, IReadOnlyList<IReadOnlyList<string>>>>? orders = null,
        LineEndCount lineEnds = default) => new(
        isTable, records, columns.OrderBy(column => column.Key, StringComparer.Ordinal).Take(MostColumns).ToDictionary(StringComparer.Ordinal))
        {
            Joins = (joins ?? []).ToDictionary(StringComparer.Ordinal),
            Orders = (orders ?? []).ToDictionary(StringComparer.Ordinal),
            LineEnds = lineEnds,
        };

    /// <summary>Null when the bytes are none of <see cref="ToBytes"/>.</summary>
    public static SourceShape? Parse(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var kept = JsonSerializer.Deserialize<Kept>(bytes);
            return kept?.Columns is { } columns
                ? Of(kept.IsTable, kept.Records, columns.Select(column => KeyValuePair.Create(column.Key, column.Value.ToShape())), kept.Joins, kept.KnownOrders, kept.LineEnds ?? default)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>To be kept sealed: a name is a source's own text.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(new Kept(
        IsTable, Records, Columns.ToDictionary(column => column.Key, column => KeptColumn.Of(column.Value)), Joins.Count == 0 ? null : Joins.ToDictionary(), Orders: Orders.Count == 0 ? null : Orders.ToDictionary(), LineEnds: LineEnds == default ? null : LineEnds));

    /// <summary>What is known once <paramref name="seen"/> was met too. Of a column that is gone nothing is known any more.</summary>
    public SourceShape Then(SourceShape seen)
    {
        ArgumentNullException.ThrowIfNull(seen);
        if (seen.IsTable != IsTable)
        {
            return seen;
        }

        var columns = seen.Columns.ToDictionary(column => column.Key, column => Joined(column.Key, column.Value));
        foreach (var (name, column) in Columns.Where(column => !columns.ContainsKey(column.Key) && !IsMissed(column.Value, seen)))
        {
            columns[name] = column;
        }

        var joins = seen.Joins.Select(join => KeyValuePair.Create(join.Key, Joins.TryGetValue(join.Key, out var known) ? known.Then(join.Value) : join.Value));
        return Of(IsTable, Records + seen.Records, columns, Latest(Joins, joins), Latest(Orders, seen.Orders), LineEnds.And(seen.LineEnds));
    }

    /// <summary>
    /// As <see cref="Then"/>, where all that <paramref name="seen"/> shows is meant to be so: its joins are measured by it from now on. What values look like is learned anew, since the
    /// next run may read less than a look at everything shows, such as the end of a file alone.
    /// </summary>
    public SourceShape Accepting(SourceShape seen)
    {
        ArgumentNullException.ThrowIfNull(seen);
        var next = Then(seen);
        var columns = next.Columns.Select(column => KeyValuePair.Create(column.Key, column.Value with { Usual = null, Recent = null, Former = Columns.GetValueOrDefault(column.Key).Usual ?? column.Value.Former }));
        return Of(next.IsTable, next.Records, columns, Latest(next.Joins, seen.Joins), next.Orders, next.LineEnds);
    }

    /// <summary>True when a column of this shape is not in <paramref name="seen"/>, and should be.</summary>
    public bool IsVanished(string name, SourceShape seen)
    {
        ArgumentNullException.ThrowIfNull(seen);
        return Columns.TryGetValue(name, out var column) && !seen.Columns.ContainsKey(name) && IsMissed(column, seen);
    }

    // A record of a tree may lack any name: rare ones are missed only when enough records came.
    private bool IsMissed(ColumnShape column, SourceShape seen) =>
        IsTable ? seen.Columns.Count > 0 : Records > 0 && (double)column.Values / Records * seen.Records >= Telling;

    private ColumnShape Joined(string name, ColumnShape seen) =>
        Columns.TryGetValue(name, out var known) ? new ColumnShape(known.Values + seen.Values, known.Kinds | seen.Kinds) { Usual = Together(known.Usual, seen.Usual), Recent = seen.Recent, Former = known.Former } : seen;

    private static ShapeShares? Together(ShapeShares? one, ShapeShares? other) => one is null ? other : other is null ? one : one.And(other);

    private static IEnumerable<KeyValuePair<string, T>> Latest<T>(IReadOnlyDictionary<string, T> known, IEnumerable<KeyValuePair<string, T>> seen) =>
        known.Concat(seen).GroupBy(one => one.Key, StringComparer.Ordinal).Select(same => same.Last());

    // Earlier programs kept the one order of a table as Order.
    private sealed record Kept(
        bool IsTable,
        long Records,
        Dictionary<string, KeptColumn> Columns,
        Dictionary<string, JoinShape>? Joins = null,
        IReadOnlyList<string>? Order = null,
        Dictionary<string, IReadOnlyList<IReadOnlyList<string>>>? Orders = null,
        LineEndCount? LineEnds = null)
    {
        [JsonIgnore]
        public IReadOnlyDictionary<string, IReadOnlyList<IReadOnlyList<string>>>? KnownOrders =>
            Orders ?? (Order is null ? null : new Dictionary<string, IReadOnlyList<IReadOnlyList<string>>> { [string.Empty] = [Order] });
    }

    // Earlier programs kept no shapes.
    private sealed record KeptColumn(
        long Values,
        int Kinds,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<long>? Usual = null,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<long>? Recent = null,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<long>? Former = null)
    {
        public static KeptColumn Of(ColumnShape column) => new(column.Values, (int)column.Kinds, column.Usual?.ToCounts(), column.Recent?.ToCounts(), column.Former?.ToCounts());

        public ColumnShape ToShape() => new(Values, (ValueKinds)Kinds)
        {
            Usual = Usual is null ? null : ShapeShares.Of(Usual),
            Recent = Recent is null ? null : ShapeShares.Of(Recent),
            Former = Former is null ? null : ShapeShares.Of(Former),
        };
    }
}
