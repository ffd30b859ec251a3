using CallTracking.Mapping.Reading;
using CallTracking.Mapping.Reading.Joins;
using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Shapes;

/// <summary>Columns that stand in each other's place: a table is read by its header, so that exchanged headers put every value into another's field.</summary>
public sealed partial class ShapeWatch
{
    // More of them at once are an export that was built anew.
    private const int MostExchanged = 3;

    // Files of one reading may have been written before and behind a change.
    private const int MostOrders = 8;
    private const string Accept = "run calltracking-agent drift --accept, which takes what it finds as what is meant";

    private readonly List<(string One, string Other, string Told)> _exchanged = [];
    private readonly Dictionary<string, List<IReadOnlyList<string>>> _orders = new(StringComparer.Ordinal);

    /// <summary>What looks odd of inputs and is no fault, a sentence each with its cure, without any value.</summary>
    public IReadOnlyList<string> Oddities => [.. Exchanged, .. OddEnds, .. Misfits];

    /// <summary>Columns that stand in each other's place since the source was last read, a sentence for each two with its cure, and columns whose values are not what they were.</summary>
    public IReadOnlyList<string> Exchanged => [.. ExchangedHeaders.Select(pair => $"{pair}. Cure: {ExchangeCure}"), .. Departed.Select(lost => $"{lost}. Cure: {DepartureCure}")];

    /// <summary>The contract stops the source for them.</summary>
    public bool IsExchangeFrozen => _exchanged.Count + _departed.Count > 0 && Contract.Exchanged == ContractAnswer.Freeze;

    // Where the values show that only the headers changed places, they say it.
    private IEnumerable<string> ExchangedHeaders => _exchanged.Where(pair => !_rings.Exists(ring => ring.Columns.Count == 2 && ring.Columns.All(column => column.Name == pair.One || column.Name == pair.Other))).Select(pair => pair.Told);

    private string ExchangeCure => $"Look at both with preview: where only their headers were exchanged, have the export corrected; where the columns moved with them, {(IsExchangeFrozen ? Accept : "all is well")}";

    private IEnumerable<KeyValuePair<string, IReadOnlyList<IReadOnlyList<string>>>> OrdersSeen => _orders.Select(part => KeyValuePair.Create<string, IReadOnlyList<IReadOnlyList<string>>>(part.Key, part.Value));

    /// <summary>The columns of a file whose records are composed with others.</summary>
    /// <param name="join">Whose file it is; null for the source's own records.</param>
    /// <param name="names">In their order.</param>
    /// <param name="fileName">The file.</param>
    internal void HeaderOfPart(JoinRule? join, IReadOnlyList<string> names, string fileName) =>
        LookAtOrder(join?.As ?? string.Empty, join?.Side.Columns ?? _mapping.HeaderColumns, names, fileName);

    private void LookAtOrder(string part, ColumnTable columns, IReadOnlyList<string> names, string file)
    {
        var header = names.Where(name => name.Length > 0).Distinct(StringComparer.Ordinal).ToList();

        // Not one name fits: this may be a row of data without its header, which nothing may quote.
        if (header.Count > SourceShape.MostColumns || !header.Exists(name => IsNamed(name, columns)))
        {
            return;
        }

        Keep(part, header);
        if (_known?.Orders.GetValueOrDefault(part) is not { Count: > 0 } orders)
        {
            return;
        }

        foreach (var (one, other) in orders.Select(order => Moves.Of(order, header)).MinBy(moves => moves.Places).Exchanged.Where(pair => IsNamed(pair.One, columns) || IsNamed(pair.Other, columns)))
        {
            // A join's file is read beside each input.
            var told = $"'{ToldOf(other, columns)}' and '{ToldOf(one, columns)}' stand in each other's place in {file}, other than when the source was last read";
            if (_exchanged.Count < MostExchanged && !_exchanged.Contains((one, other, told)))
            {
                _exchanged.Add((one, other, told));
            }
        }
    }

    private void Keep(string part, List<string> header)
    {
        if (!_orders.TryGetValue(part, out var seen))
        {
            seen = _orders[part] = [];
        }

        if (!seen.Exists(known => known.SequenceEqual(header)))
        {
            seen.Add(header);
            seen.RemoveRange(0, Math.Max(0, seen.Count - MostOrders));
        }
    }

    private void RequireOrder()
    {
        if (IsExchangeFrozen)
        {
            throw ExchangedHeaders.FirstOrDefault() is { } headers ? Stop($"{headers}, and the contract freezes columns that were exchanged.", $"{ExchangeCure}.")
                : Stop($"{char.ToUpperInvariant(Departed[0][0])}{Departed[0][1..]}, and the contract freezes values that were exchanged.", $"{DepartureCure}.");
        }
    }

    private static bool IsNamed(string name, ColumnTable columns) => columns.Columns.Any(column => HeaderNames.Find([name], column.Name).Count > 0);

    private static string ToldOf(string name, ColumnTable columns) => IsNamed(name, columns) || UnmappedNames.IsPlain(name) ? name : "(a name that may be a value)";

    /// <summary>How the columns that two headers share stand otherwise in the second.</summary>
    /// <param name="Places">That hold another column.</param>
    /// <param name="Exchanged">Columns that took each other's place; none where others moved too, or too many: then the export was built anew.</param>
    private readonly record struct Moves(int Places, IReadOnlyList<(string One, string Other)> Exchanged)
    {
        public static Moves Of(IReadOnlyList<string> before, IReadOnlyList<string> header)
        {
            var now = header.Where(before.Contains).ToList();
            var then = before.Where(header.Contains).ToList();
            var moved = Enumerable.Range(0, now.Count).Where(place => now[place] != then[place]).ToList();
            var pairs = moved.Select(place => (One: place, Other: now.IndexOf(then[place]))).Where(pair => pair.One < pair.Other && now[pair.One] == then[pair.Other]).ToList();
            return new Moves(moved.Count, pairs.Count > MostExchanged || pairs.Count * 2 != moved.Count ? [] : [.. pairs.Select(pair => (now[pair.One], now[pair.Other]))]);
        }
    }
}
