using System.Globalization;

namespace CallTracking.Mapping.Shapes;

/// <summary>
/// What the first records became, where nothing is known of the source yet, or somebody only looks: values that are none of their field, times that no help desk has, and a key that
/// names one case all over. No other fault shows any of it.
/// </summary>
public sealed partial class ShapeWatch
{
    // "Nearly all", of a hundred.
    private const int NearlyAll = 95;

    // Of fewer rows of one key nothing can be expected: the events of a case.
    private const int FewestOfOneKey = 10;

    private readonly FieldFit _fit = new();
    private readonly Dictionary<string, int> _keys = new(StringComparer.Ordinal);
    private int _keyed;

    /// <summary>Fields that nothing fits, keys that are one, and columns that a fold empties, a sentence each with its cure and without any value.</summary>
    public IReadOnlyList<string> Misfits => [.. OneKey, .. _fit.Doubts(_mapping), .. Folds?.Doubts() ?? []];

    /// <summary>Looks at what a fold leaves out; null where nothing is folded, and in a sync.</summary>
    internal FoldLook? Folds => _folds.Value;

    private IEnumerable<string> OneKey
    {
        get
        {
            var most = _keys.Values.DefaultIfEmpty().Max();
            if (_keyed >= FewestOfOneKey && most * 100L >= _keyed * (long)NearlyAll)
            {
                yield return string.Create(CultureInfo.InvariantCulture,
                    $"{(most == _keyed ? $"all {_keyed:N0} rows looked at have the same key: they are 1 case" : $"{most:N0} of {_keyed:N0} rows looked at have the same key: they are 1 case, and all rows {_keys.Count:N0}")}. Is 'key' the right column ({_mapping.PlaceOfKey})?");
            }
        }
    }

    /// <summary>A record became a case.</summary>
    internal void Made(RowOutcome.Mapped mapped)
    {
        if ((!_isLook && !IsFirstContact) || (_records > AllUntil && _recordsOfInput > FirstOfInput))
        {
            return;
        }

        if (!_mapping.FoldsRows && _keys.Count < AllUntil)
        {
            _keyed++;
            _keys[mapped.LocalId] = _keys.GetValueOrDefault(mapped.LocalId) + 1;
        }

        if (!mapped.IsGone)
        {
            _fit.Add(mapped);
        }
    }
}
