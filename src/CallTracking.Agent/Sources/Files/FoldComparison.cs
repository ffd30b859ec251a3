namespace CallTracking.Agent.Sources.Files;

/// <summary>What is missing of the rows that files had, once all files of tonight were read. Rows are counted, not compared: an export may edit them.</summary>
/// <param name="folder">The journal's.</param>
/// <param name="today">Files that were read.</param>
/// <param name="missing">Files that were read before, and whose content no file has or begins with.</param>
/// <param name="isOrdered">Rows have an order tonight.</param>
internal sealed class FoldComparison(string folder, IReadOnlyList<FoldToday> today, IReadOnlyList<FoldPart> missing, bool isOrdered)
{
    private readonly Dictionary<string, List<FoldPart>> _replaced = missing.Where(part => !part.IsRest && !part.IsDamaged).GroupBy(part => part.Name, StringComparer.Ordinal).ToDictionary(same => same.Key, same => same.ToList(), StringComparer.Ordinal);

    /// <summary>
    /// The cases that lost rows of that file, each with how many; the whole file's, or those that were missing before. Without an order nobody can tell an old row
    /// from a new one: then the file's other cases come too, with none, as soon as one lost some.
    /// </summary>
    /// <param name="part">One of the missing files.</param>
    /// <param name="isGone">Nothing stands in its place: then only older and newer rows together, elsewhere, are the file's under another name.</param>
    public List<FoldedCase> LostOf(FoldPart part, bool isGone)
    {
        var had = part.Cases(folder).ToDictionary(one => one.Key);
        var isComparable = part.IsOrdered && isOrdered;
        if (!isComparable && (isGone || part.IsRest))
        {
            return [.. had.Values];
        }

        var has = Gained(part, had);
        var lacks = part.IsRest || isGone || had.Values.Any(one => Fewer(one) > 0) || (isComparable && has.Count > 0 && had.Values.Min(one => one.First) < has.Values.Min(one => one.First));
        if (!lacks)
        {
            return [];
        }

        return isComparable ? [.. had.Values.Where(IsLost).Select(one => one with { Rows = Math.Max(1, Fewer(one)) })]
            : [.. had.Values.Select(one => one with { Rows = Fewer(one) })];

        int Fewer(FoldedCase one) => Math.Max(0, one.Rows - has.GetValueOrDefault(one.Key).Rows);

        // A later beginning, or a newer row that made them no more, says that rows were dropped where as many came.
        bool IsLost(FoldedCase one) => Fewer(one) > 0 || (has[one.Key] is var now
            && (now.First > one.First || (isGone && now.Last < one.Last) || (!part.IsRest && !isGone && now.Last > one.Last && now.Rows <= one.Rows)));
    }

    // Rows that stand tonight where they did not, and for a file that was there until now all that is in its place.
    private Dictionary<ulong, FoldedCase> Gained(FoldPart part, Dictionary<ulong, FoldedCase> had)
    {
        var gained = new Dictionary<ulong, FoldedCase>();
        foreach (var file in today)
        {
            var before = BeforeOf(file).Where(known => known.Id != part.Id).ToList();
            if (before.Exists(known => known.Id == file.Part.Id))
            {
                continue;
            }

            var old = before.SelectMany(known => known.Cases(folder)).Where(one => had.ContainsKey(one.Key)).GroupBy(one => one.Key).ToDictionary(same => same.Key, same => same.Sum(one => one.Rows));
            foreach (var one in file.CasesIn(folder).Where(one => had.ContainsKey(one.Key)))
            {
                var more = one with { Rows = one.Rows - old.GetValueOrDefault(one.Key) };
                if (more.Rows > 0)
                {
                    gained[one.Key] = gained.TryGetValue(one.Key, out var other) ? other.With(more) : more;
                }
            }
        }

        return gained;
    }

    // What the file, or the one in whose place it stands, held when it was read last.
    private List<FoldPart> BeforeOf(FoldToday file) => file.Known.Count > 0
        ? [.. file.Known.Where(known => !known.IsRest && !known.IsDamaged)]
        : _replaced.GetValueOrDefault(file.Part.Name) ?? [];
}

/// <summary>A file that was read in this reading.</summary>
/// <param name="Part">What it held.</param>
/// <param name="Known">Files that held the same, or its beginning, before.</param>
/// <param name="IsNew">Its rows may be new.</param>
/// <param name="IsAskedAgain">All its rows count as new.</param>
/// <param name="Cases">Null where its entry has them.</param>
internal sealed record FoldToday(FoldPart Part, IReadOnlyList<FoldPart> Known, bool IsNew, bool IsAskedAgain, IReadOnlyList<FoldedCase>? Cases)
{
    public IEnumerable<FoldedCase> CasesIn(string folder) => Cases ?? Part.Cases(folder);
}
