namespace CallTracking.Mapping.Shapes;

/// <summary>Columns that stand in each other's place: a table is read by its header, so that exchanged headers put every value into another's field.</summary>
public sealed partial class ShapeWatch
{
    // More of them at once are an export that was built anew.
    private const int MostExchanged = 3;

    private readonly List<string> _exchanged = [];
    private IReadOnlyList<string> _header = [];

    /// <summary>What looks odd of inputs and is no fault, a sentence each with its cure, without any value.</summary>
    public IReadOnlyList<string> Oddities => [.. _exchanged, .. OddEnds];

    private void LookAtOrder(IReadOnlyList<string> names, string file)
    {
        _header = [.. names.Where(name => name.Length > 0).Distinct(StringComparer.Ordinal)];
        var now = _header.Where(name => _known?.Order.Contains(name) == true).ToList();
        var before = (_known?.Order ?? []).Where(_header.Contains).ToList();
        var moved = Enumerable.Range(0, now.Count).Where(place => now[place] != before[place]).ToList();
        var pairs = moved.Select(place => (One: place, Other: now.IndexOf(before[place]))).Where(pair => pair.One < pair.Other && now[pair.One] == before[pair.Other]).ToList();
        if (pairs.Count > MostExchanged || pairs.Count * 2 != moved.Count)
        {
            return;
        }

        foreach (var (one, other) in pairs.Where(pair => IsRead(now[pair.One]) || IsRead(now[pair.Other])))
        {
            if (_exchanged.Count < MostExchanged)
            {
                _exchanged.Add($"'{Told(now[other])}' and '{Told(now[one])}' stand in each other's place in {file}, other than when the source was last read. Cure: Look at both with preview: where only their headers were exchanged, have the export corrected; where the columns moved with them, all is well");
            }
        }
    }
}
