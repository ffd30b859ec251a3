namespace CallTracking.Agent.Sources.Files;

/// <summary>
/// What is missing of the rows that files had, once all files of tonight were read: whatever file a row stands in now, it is not missing. Memory holds a share of the cases
/// at a time, so that any number of rows can be gone.
/// </summary>
/// <param name="folder">The journal's.</param>
/// <param name="today">Files that were read.</param>
/// <param name="missing">Files that were read before, and whose content no file has or begins with; none that is damaged.</param>
/// <param name="rule">Of what tonight's places and contents are made.</param>
/// <param name="isOrdered">Rows have an order tonight.</param>
/// <param name="waiting">Cases that had new rows and could not be made whole the last time.</param>
/// <param name="isInPlace">Whether tonight's file of that name stands where this one stood, so that its rows may be this one's, edited.</param>
/// <param name="newLog">Makes a place for the rows that one of the files lost.</param>
internal sealed class FoldComparison(string folder, IReadOnlyList<FoldToday> today, IReadOnlyList<FoldPart> missing, ulong rule, bool isOrdered, IReadOnlySet<ulong> waiting, Func<FoldPart, bool> isInPlace, Func<FoldPart, RowLog> newLog) : IDisposable
{
    private const long RowsAtOnce = 512 * 1024;

    private readonly List<RowLog> _lost = [.. missing.Select(newLog)];
    private readonly List<(int Part, FoldedRow Row)> _edited = [];

    /// <summary>The cases that lost rows.</summary>
    public HashSet<ulong> Losing { get; } = [];

    /// <summary>The cases that changed, and of which nobody can tell whether they lost rows: there is no order, and other cases did.</summary>
    public HashSet<ulong> Doubtful { get; } = [];

    /// <summary>Those of both that have rows which no reading had before, or all of whose rows count as new.</summary>
    public HashSet<ulong> Fresh { get; } = [];

    /// <summary>The rows that a file lost, the one with that number among the missing.</summary>
    public RowLog LostOf(int part) => _lost[part];

    public void Run()
    {
        var shares = (ulong)(1 + (missing.Sum(part => part.RowCount) / RowsAtOnce));
        for (ulong share = 0; missing.Count > 0 && share < shares; share++)
        {
            foreach (var one in Gather(key => key % shares == share).Values)
            {
                Judge(one);
            }
        }

        if (Losing.Count > 0)
        {
            foreach (var (part, row) in _edited)
            {
                Doubtful.Add(row.Key);
                _lost[part].Add(row);
            }
        }
    }

    public void Dispose() => _lost.ForEach(log => log.Dispose());

    private Dictionary<ulong, ComparedCase> Gather(Func<ulong, bool> isOfShare)
    {
        var cases = new Dictionary<ulong, ComparedCase>();
        for (var part = 0; part < missing.Count; part++)
        {
            foreach (var row in missing[part].Rows(folder).Where(row => isOfShare(row.Key)))
            {
                if (!cases.TryGetValue(row.Key, out var one))
                {
                    cases[row.Key] = one = new ComparedCase();
                }

                one.Had.Add((part, row));
            }
        }

        foreach (var file in today)
        {
            var at = 0L;
            foreach (var row in file.RowsIn(folder))
            {
                if (isOfShare(row.Key) && cases.TryGetValue(row.Key, out var one))
                {
                    one.Has.Add(new RowToday(row, file.Part.Name, at >= file.Stood && !file.IsCut, file.IsNew && at >= file.Settled, file.IsAskedAgain));
                }

                at++;
            }
        }

        return cases;
    }

    private void Judge(ComparedCase one)
    {
        var isComparable = one.Had.TrueForAll(had => missing[had.Part].Rule == rule);
        var (unmatched, gained) = isComparable ? Compare(one) : Count(one);
        if (unmatched.Count == 0)
        {
            return;
        }

        var lost = !isComparable ? unmatched : isOrdered ? WithoutAnotherInPlace(unmatched, gained)
            : HasMovedUp(one) || unmatched.GroupBy(row => row.Part).Any(part => part.Count() > InPlaceOf(missing[part.Key], gained)) ? unmatched : [];
        foreach (var (part, row) in lost)
        {
            _lost[part].Add(row);
        }

        var key = unmatched[0].Row.Key;
        if (lost.Count > 0)
        {
            Losing.Add(key);
        }
        else if (!isOrdered)
        {
            _edited.AddRange(unmatched);
        }

        var old = one.Had.Select(had => Identity(had.Row)).ToHashSet();
        if (waiting.Contains(key) || one.Has.Exists(has => has.IsAskedAgain || (has.IsNew && (!isComparable || !old.Contains(Identity(has.Row))))))
        {
            Fresh.Add(key);
        }
    }

    // Files may overlap: a row that two of them had is missed only when neither has it.
    private (List<(int Part, FoldedRow Row)> Unmatched, List<RowToday> Gained) Compare(ComparedCase one)
    {
        var has = one.Has.GroupBy(row => Identity(row.Row)).ToDictionary(same => same.Key, same => same.Count());
        var had = one.Had.GroupBy(row => Identity(row.Row)).ToDictionary(same => same.Key, same => same.GroupBy(row => row.Part).MaxBy(part => part.Count())!.ToList());
        return (
            [.. had.SelectMany(same => same.Value.Skip(has.GetValueOrDefault(same.Key)))],
            [.. one.Has.Where(row => row.IsGained && !had.ContainsKey(Identity(row.Row)))]);
    }

    private static (List<(int Part, FoldedRow Row)> Unmatched, List<RowToday> Gained) Count(ComparedCase one)
    {
        var gained = one.Has.Where(row => row.IsGained).ToList();
        return ([.. one.Had.Skip(gained.Count)], gained);
    }

    // Another row in a place that was taken is the old one, edited.
    private static List<(int Part, FoldedRow Row)> WithoutAnotherInPlace(List<(int Part, FoldedRow Row)> unmatched, List<RowToday> gained)
    {
        var places = gained.GroupBy(row => row.Row.Place).ToDictionary(same => same.Key, same => same.Count());
        return [.. unmatched.Where(row => places.GetValueOrDefault(row.Row.Place) is var left && (left == 0 || (places[row.Row.Place] = left - 1) < 0))];
    }

    // Without an order a row can be edited in its own file only: elsewhere it is another one.
    private int InPlaceOf(FoldPart part, List<RowToday> gained) => isInPlace(part) ? gained.Count(row => row.File == part.Name) : 0;

    // A row that stands before where it stood says that rows before it were dropped.
    private bool HasMovedUp(ComparedCase one)
    {
        var places = one.Has.GroupBy(row => Identity(row.Row)).ToDictionary(same => same.Key, same => same.Min(row => row.Row.Place));
        return one.Had.Exists(row => places.TryGetValue(Identity(row.Row), out var place) && place < row.Row.Place);
    }

    private (long Place, ulong Content) Identity(FoldedRow row) => (isOrdered ? row.Place : 0, row.Content);

    /// <summary>What the missing files had of a case, and what tonight's have.</summary>
    private sealed class ComparedCase
    {
        public List<(int Part, FoldedRow Row)> Had { get; } = [];

        public List<RowToday> Has { get; } = [];
    }

    /// <summary>A row of tonight.</summary>
    /// <param name="Row">The row.</param>
    /// <param name="File">What its file is called.</param>
    /// <param name="IsGained">It stands where no row stood.</param>
    /// <param name="IsNew">No reading is known to have had it in this file.</param>
    /// <param name="IsAskedAgain">It counts as new whatever is known.</param>
    private readonly record struct RowToday(FoldedRow Row, string File, bool IsGained, bool IsNew, bool IsAskedAgain);
}

/// <summary>A file that was read in this reading.</summary>
/// <param name="Part">What it held.</param>
/// <param name="Known">Files that held the same, or its beginning, before.</param>
/// <param name="IsNew">Its rows may be new.</param>
/// <param name="IsCut">It held more before, and begins as it did: its last row may be a piece of one.</param>
/// <param name="IsAskedAgain">All its rows count as new.</param>
/// <param name="Rows">Null where its entry has them.</param>
internal sealed record FoldToday(FoldPart Part, IReadOnlyList<FoldPart> Known, bool IsNew, bool IsCut, bool IsAskedAgain, IReadOnlyList<FoldedRow>? Rows)
{
    /// <summary>How many of its rows, from the first on, stood in it before.</summary>
    public long Stood => Known.Any(known => known.Id == Part.Id && !known.IsRest) ? long.MaxValue : Known.Where(IsTold).Select(known => known.RowCount).DefaultIfEmpty().Max();

    /// <summary>How many of them some reading made whole cases of.</summary>
    public long Settled => Known.Where(known => IsTold(known) && known.IsSettled).Select(known => known.RowCount).DefaultIfEmpty().Max();

    public IEnumerable<FoldedRow> RowsIn(string folder) => Rows ?? Part.Rows(folder);

    private static bool IsTold(FoldPart known) => !known.IsRest && !known.IsDamaged;
}
