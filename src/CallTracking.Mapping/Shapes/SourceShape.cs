using System.Text.Json;

namespace CallTracking.Mapping.Shapes;

/// <summary>What is known of one column.</summary>
/// <param name="Values">Records that had a value there, of those that were looked at.</param>
/// <param name="Kinds">What those values looked like.</param>
public readonly record struct ColumnShape(long Values, ValueKinds Kinds)
{
    // Fewer could all look like numbers by chance.
    private const int EnoughValues = 20;

    /// <summary>The one kind that all values have had; null when there were several, too few, or texts.</summary>
    public ValueKinds? OnlyKind => Values >= EnoughValues && Kinds is ValueKinds.Number or ValueKinds.Time or ValueKinds.Flag ? Kinds : null;
}

/// <summary>How a join fared in a reading.</summary>
/// <param name="Named">Records that name one.</param>
/// <param name="Unmatched">Of these, records that name one which is not there.</param>
public readonly record struct JoinShape(long Named, long Unmatched)
{
    // Of fewer records nothing can be expected to tell.
    private const long Telling = 10;
    private const int FewestMore = 5;
    private const double ShareMore = 0.1;

    /// <summary>So many records name one that its share means something.</summary>
    public bool IsTelling => Named >= Telling;

    /// <summary>Most records do not find what they name.</summary>
    public bool IsMissed => IsTelling && Unmatched * 2 > Named;

    /// <summary>More records than by chance do not find what they name, measured by how it fared before: by 5 at least, and by a tenth of all.</summary>
    public bool HasFallenFrom(JoinShape before)
    {
        var more = Unmatched - (before.Named == 0 ? 0 : (double)before.Unmatched / before.Named * Named);
        return IsTelling && more >= FewestMore && more > ShareMore * Named;
    }
}

/// <summary>How files of lines have ended.</summary>
/// <param name="InLine">Readings in which the last record had its line end.</param>
/// <param name="Open">Readings in which it had none.</param>
public readonly record struct LineEndCount(long InLine, long Open)
{
    private const int Telling = 3;
    private const int InLinePerOpen = 5;

    /// <summary>So many ended in a line end that one without is odd.</summary>
    public bool IsLineByCustom => InLine >= Telling && InLine >= InLinePerOpen * (Open - 1);

    public LineEndCount And(LineEndCount others) => new(InLine + others.InLine, Open + others.Open);
}

/// <summary>
/// The columns of a source, or the paths of its trees, and the kinds of their values: names and kinds, never a value. Names that could be
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

    /// <summary>What its joins found in the last reading that could tell, by their paths.</summary>
    public IReadOnlyDictionary<string, JoinShape> Joins { get; private init; } = new Dictionary<string, JoinShape>();

    /// <summary>The columns as the last header of a table named them, in its order; empty where that is not known.</summary>
    public IReadOnlyList<string> Order { get; private init; } = [];

    /// <summary>How its files have ended so far.</summary>
    public LineEndCount LineEnds { get; private init; }

    public static SourceShape Of(
        bool isTable, long records, IEnumerable<KeyValuePair<string, ColumnShape>> columns, IEnumerable<KeyValuePair<string, JoinShape>>? joins = null, IReadOnlyList<string>? order = null, LineEndCount lineEnds = default) => new(
        isTable, records, columns.OrderBy(column => column.Key, StringComparer.Ordinal).Take(MostColumns).ToDictionary(StringComparer.Ordinal))
        {
            Joins = (joins ?? []).ToDictionary(StringComparer.Ordinal),
            Order = order is { Count: <= MostColumns } ? order : [],
            LineEnds = lineEnds,
        };

    /// <summary>Null when the bytes are none of <see cref="ToBytes"/>.</summary>
    public static SourceShape? Parse(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var kept = JsonSerializer.Deserialize<Kept>(bytes);
            return kept?.Columns is { } columns
                ? Of(kept.IsTable, kept.Records, columns.Select(column => KeyValuePair.Create(column.Key, new ColumnShape(column.Value.Values, (ValueKinds)column.Value.Kinds))), kept.Joins, kept.Order, kept.LineEnds ?? default)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>To be kept sealed: a name is a source's own text.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(new Kept(
        IsTable, Records, Columns.ToDictionary(column => column.Key, column => new KeptColumn(column.Value.Values, (int)column.Value.Kinds)), Joins.Count == 0 ? null : Joins.ToDictionary(), Order.Count == 0 ? null : Order, LineEnds == default ? null : LineEnds));

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

        return Of(IsTable, Records + seen.Records, columns, Joins.Where(join => !seen.Joins.ContainsKey(join.Key)).Concat(seen.Joins), seen.Order.Count > 0 ? seen.Order : Order, LineEnds.And(seen.LineEnds));
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
        Columns.TryGetValue(name, out var known) ? new ColumnShape(known.Values + seen.Values, known.Kinds | seen.Kinds) : seen;

    private sealed record Kept(bool IsTable, long Records, Dictionary<string, KeptColumn> Columns, Dictionary<string, JoinShape>? Joins = null, IReadOnlyList<string>? Order = null, LineEndCount? LineEnds = null);

    private sealed record KeptColumn(long Values, int Kinds);
}
