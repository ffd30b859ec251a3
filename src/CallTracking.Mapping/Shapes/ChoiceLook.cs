using CallTracking.Mapping.Spec;
using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Shapes;

/// <summary>
/// Which values stood where the mapping chooses elements by them: of <c>fields[name=Model].value</c>, those of <c>fields[*].name</c>. Only as many as a suggestion needs are
/// held. Not thread-safe.
/// </summary>
internal sealed class ChoiceLook
{
    private const int MostValues = 200;
    private const int LongestValue = 64;

    private readonly Dictionary<string, HashSet<string>> _wanted = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _met = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string?> _places = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string?>.AlternateLookup<ReadOnlySpan<char>> _byName;

    public ChoiceLook(SourceMapping mapping)
    {
        _byName = _places.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var (names, value) in mapping.Terms.Composed is null ? mapping.ColumnTable.Columns.SelectMany(Of) : [])
        {
            var place = string.Join('.', names);
            _wanted[place] = _wanted.GetValueOrDefault(place) ?? new HashSet<string>(StringComparer.Ordinal);
            _wanted[place].Add(value);
            _met[place] = new HashSet<string>(StringComparer.Ordinal);
        }
    }

    /// <param name="name">The path of a value of a record, as records have it.</param>
    /// <param name="text">The value.</param>
    public void Add(ReadOnlySpan<char> name, ReadOnlySpan<char> text)
    {
        if (_wanted.Count == 0)
        {
            return;
        }

        if (!_byName.TryGetValue(name, out var place))
        {
            place = name.ToString().Replace("[*]", string.Empty, StringComparison.Ordinal);
            place = _wanted.ContainsKey(place) ? place : null;
            if (_places.Count < SourceShape.MostColumns)
            {
                _byName[name] = place;
            }
        }

        if (place is not null && text.Length <= LongestValue && _met[place] is var met && (met.Count < MostValues || _wanted[place].GetAlternateLookup<ReadOnlySpan<char>>().Contains(text)))
        {
            met.GetAlternateLookup<ReadOnlySpan<char>>().Add(text);
        }
    }

    /// <summary>The first step of a path that chooses an element which no record had, as <c>[name=Model]</c>, and the one that may be meant; null where each was met.</summary>
    public (string Step, string? Meant)? Missed(ColumnRef column)
    {
        foreach (var (names, value) in Of(column).Where(choice => choice.Value.Length <= LongestValue))
        {
            if (_met.TryGetValue(string.Join('.', names), out var met) && met.Count > 0 && !met.Contains(value))
            {
                var meant = NearestNames.Mistyped(value, met.Where(one => UnmappedNames.IsPlain(one)));
                return ($"[{names[^1]}={value}]", meant is null ? null : $"[{names[^1]}={meant}]");
            }
        }

        return null;
    }

    private static IEnumerable<(IReadOnlyList<string> Names, string Value)> Of(ColumnRef column) => column.Path is { LevelsUp: 0 } path ? path.Choices.Zip(path.Chosen) : [];
}
