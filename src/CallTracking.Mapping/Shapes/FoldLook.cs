using System.Globalization;
using System.Text.Json;
using CallTracking.Mapping.Reading.Joins;
using CallTracking.Mapping.Reading.Json;
using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Shapes;

/// <summary>
/// Goes with a fold, and counts for each column of the record itself in how many cases it is filled in rows that are folded away and empty in the one that stands: what the
/// first event alone tells is lost so. What the mapping reads of the events too is cared for. Memory holds a count a column. Not thread-safe.
/// </summary>
internal sealed class FoldLook
{
    // Of a hundred cases that have a value: a closing time that is taken back is empty now and then, and meant so.
    private const int LeastShare = 10;

    // A tree of a file is no deeper, see JsonRecord.
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = ComposedReader.MaxDepth };

    private readonly SourceMapping _mapping;
    private readonly FoldRule _fold;
    private readonly List<ColumnRef> _columns;
    private readonly bool[] _seen;
    private readonly long[] _filled;
    private readonly long[] _lost;
    private readonly List<JsonElement> _found = [];
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _nulls;
    private long _cases;

    private FoldLook(SourceMapping mapping, ComposedFormat composed, FoldRule fold)
    {
        (_mapping, _fold) = (mapping, fold);
        _nulls = mapping.Terms.Nulls.ToHashSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        _columns = [.. mapping.ColumnTable.Columns.Where(column => column.Path is { LevelsUp: 0, Names: [{ } first, ..] } path && first != FoldRule.Events
            && !mapping.Terms.Reads.Contains($"{FoldRule.Events}.{string.Join('.', path.Names.OfType<string>())}")
            && !composed.Joins.Any(join => join.As == first))];
        (_seen, _filled, _lost) = (new bool[_columns.Count], new long[_columns.Count], new long[_columns.Count]);
    }

    /// <summary>Null where the mapping folds no rows.</summary>
    public static FoldLook? Of(SourceMapping mapping) => mapping.Terms.Composed is { Fold: { } fold } composed ? new FoldLook(mapping, composed, fold) : null;

    /// <summary>The rows of another case come.</summary>
    public void Begin() => Array.Clear(_seen);

    /// <summary>A row of the case.</summary>
    public void Add(ReadOnlyMemory<byte> tree) => Look(tree, (index, isFilled) => _seen[index] |= isFilled);

    /// <summary>The row that stands for the case, once all were added.</summary>
    public void End(ReadOnlyMemory<byte> standing)
    {
        _cases++;
        Look(standing, (index, isFilled) =>
        {
            _filled[index] += _seen[index] ? 1 : 0;
            _lost[index] += _seen[index] && !isFilled ? 1 : 0;
        });
    }

    /// <summary>A sentence for each column whose values are folded away, with its place and cure.</summary>
    public IEnumerable<string> Doubts() => _columns.Index()
        .Where(column => _lost[column.Index] > 0 && _lost[column.Index] * 100 >= _filled[column.Index] * LeastShare)
        .Select(column => _mapping.FaultAt(
            column.Item.Line,
            string.Create(CultureInfo.InvariantCulture, $"Of {_cases:N0} {(_cases == 1 ? "case" : "cases")} looked at {_lost[column.Index]:N0} {(_lost[column.Index] == 1 ? "loses" : "lose")} '{column.Item.Name}': it is filled in rows that are folded away, and empty in the {(_fold.LastStands ? "last" : "first")} one, which stands for the case."),
            _fold.LastStands
                ? $"Where the first row has it, write '{FoldRule.Events}[0].{column.Item.Name}' in its place."
                : $"Where the last row has it, leave 'last: false' out of fold, and read what the first one has as '{FoldRule.Events}[0].…'.").ToString());

    private void Look(ReadOnlyMemory<byte> tree, Action<int, bool> take)
    {
        using var document = JsonDocument.Parse(tree, Deep);
        for (var index = 0; index < _columns.Count; index++)
        {
            _found.Clear();
            _columns[index].Path!.Find(document.RootElement, _found);
            take(index, _found.Exists(IsFilled));
        }
    }

    private bool IsFilled(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => JsonText.Single(value, out var text) is not null || (text.Span.Trim() is { IsEmpty: false } trimmed && !_nulls.Contains(trimmed)),
        JsonValueKind.Array => value.GetArrayLength() > 0,
        JsonValueKind.Null or JsonValueKind.Undefined => false,
        _ => true,
    };
}
