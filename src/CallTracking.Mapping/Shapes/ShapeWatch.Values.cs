using System.Globalization;
using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Shapes;

/// <summary>
/// Columns that kept their headers and no longer hold what they held: no fault shows that an address stands in the telephone's field. Each input is measured by what the
/// column had until the last run, small ones together.
/// </summary>
public sealed partial class ShapeWatch
{
    private const int MostDeparted = 8;

    private readonly Dictionary<string, (ValueDeparture Departure, string File)> _departed = new(StringComparer.Ordinal);
    private readonly List<(IReadOnlyList<ColumnWatch> Columns, string File)> _rings = [];

    /// <summary>A sentence for each two or three columns that hold each other's values, and for others that lost theirs.</summary>
    private IReadOnlyList<string> Departed
    {
        get
        {
            var rings = _rings.Select(ring => $"the values of {Listed([.. ring.Columns.Select(Quoted)])} look exchanged in {ring.File}: {string.Join("; ", ring.Columns.Select(column => Lost(_departed[column.Name].Departure)))}{Personal(ring.Columns)}");
            var others = _departed.Values.Where(gone => !_rings.Exists(ring => ring.Columns.Contains(gone.Departure.Column))).ToList();
            var told = others.Take(MostDeparted).Select(gone => $"column {Lost(gone.Departure)}, in {gone.File}{Personal([gone.Departure.Column])}");
            return [.. rings, .. told, .. others.Count > MostDeparted ? [string.Create(CultureInfo.InvariantCulture, $"values of {others.Count - MostDeparted:N0} more columns are not what they were")] : (string[])[]];
        }
    }

    private static string DepartureCure => $"Look at them with preview: where values stand under another's header, have the export corrected; where they are meant to be so, {Accept}";

    // What a whole input shows, once it was read: one that is not as the others were is not outweighed by them.
    private void SettleValues()
    {
        var departures = new List<ValueDeparture>();
        foreach (var column in _columns.Values.Where(column => !column.Shapes.IsEmpty))
        {
            var (seen, waiting) = (column.Shapes.Take(), column.Recent);
            column.Recent = ShapeShares.None;
            if (column.Usual.Custom is not { } custom)
            {
                column.Learned = column.Learned.And(waiting).And(seen);
                continue;
            }

            // Those that wait say nothing where the input says it by itself.
            var taken = seen.Taking(custom);
            taken = taken.IsTelling ? taken : waiting.And(taken);
            if (!taken.IsTelling)
            {
                column.Recent = taken;
            }
            else if (!taken.IsWithout(custom))
            {
                column.Learned = column.Learned.And(taken);
            }
            else if (column.Former.Custom is not { } former || seen.Taking(former).IsWithout(former))
            {
                departures.Add(new ValueDeparture(column, custom, taken));
            }
        }

        Settle(departures);
    }

    private void Settle(List<ValueDeparture> departures)
    {
        var rings = ValueDeparture.Rings(departures).Where(ring => ring.Any(IsOfCases)).ToList();
        foreach (var ring in rings)
        {
            IReadOnlyList<ColumnWatch> columns = [.. ring.Select(departure => departure.Column)];
            if (!_rings.Exists(known => known.Columns.SequenceEqual(columns)))
            {
                _rings.Add((columns, _position.File));
            }
        }

        foreach (var departure in departures)
        {
            var column = departure.Column;
            if (rings.Exists(ring => ring.Contains(departure)) || (departure.IsOdd && IsOfCases(departure)))
            {
                var before = _departed.GetValueOrDefault(column.Name);
                var now = before.Departure is { } known ? known.Now.And(departure.Now) : departure.Now;
                _departed[column.Name] = (departure with { Now = now }, before.File ?? _position.File);
            }
            else
            {
                column.Learned = column.Learned.And(departure.Now);
            }
        }
    }

    private bool IsOfCases(ValueDeparture departure) => _mapping.KeepsUnmapped || IsRead(departure.Column.Name);

    private string Lost(ValueDeparture departure) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Quoted(departure.Column)}: {departure.Now[departure.Was]:N0} of {departure.Now.Total:N0} values looked at are {ValueShapes.Word(departure.Was)}, {departure.Column.Usual.PercentOf(departure.Was)} % were");

    private string Personal(IReadOnlyList<ColumnWatch> columns) =>
        columns.Any(column => _departed[column.Name].Departure.IsPersonal) ? "; personal data may stand in another field than theirs" : string.Empty;

    private string Quoted(ColumnWatch column) => IsRead(column.Name) || UnmappedNames.IsPlain(column.Name) ? $"'{column.Name}'" : IsTable ? Told(column) : Told(column.Name);

    private static string Listed(IReadOnlyList<string> names) => $"{string.Join(", ", names.SkipLast(1))} and {names[^1]}";
}
