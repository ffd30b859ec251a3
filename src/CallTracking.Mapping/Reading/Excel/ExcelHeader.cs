namespace CallTracking.Mapping.Reading.Excel;

/// <summary>Reads the names of a sheet's columns: from one row, or from two where groups stand above the names.</summary>
internal sealed class ExcelHeader(ExcelFormat format, ExcelPlace place, SheetCells cells, SheetSource sheet, HeaderCheck check)
{
    // So far from the sheet's top, and from where the mapping looks for it, a header is looked for.
    private const int MostRows = 20;

    private readonly List<(int Row, IReadOnlyList<string> Names)> _passed = [];

    /// <summary>The last of the header's rows.</summary>
    public int LastRow { get; private set; }

    /// <summary>The names by column; none when the sheet is empty.</summary>
    public IReadOnlyList<string> Read(CancellationToken cancellationToken)
    {
        if (!FindFirst(cancellationToken))
        {
            return [];
        }

        var upperRow = cells.Row;
        var upper = Texts();
        List<string> lower = [];
        LastRow = upperRow;
        if (format.HeaderRows == 2)
        {
            LastRow++;
            lower = sheet.Read(cells, cancellationToken) && cells.Row == LastRow ? Texts() : [];
            if (cells.Row > LastRow)
            {
                throw place.Fault($"The header's second row, {LastRow}, is empty.", "Write header_rows: 1 under format in the mapping, or check header_row.");
            }
        }

        Spread(upperRow, upper, lower, cancellationToken);
        var names = new List<string>();
        for (var column = 0; column < Math.Max(upper.Count, lower.Count); column++)
        {
            names.Add(string.Join(" / ", ((string[])[At(upper, column), At(lower, column)]).Where(text => text.Length > 0)));
        }

        return HeaderNames.Of(names);
    }

    private bool FindFirst(CancellationToken cancellationToken)
    {
        while (sheet.Read(cells, cancellationToken))
        {
            if (format.HeaderRow > 0 && (cells.Row > format.HeaderRow || (cells.Row == format.HeaderRow && cells.IsBlank && format.HeaderRows == 1)))
            {
                throw Elsewhere(place.Fault($"The header's row, {format.HeaderRow}, is empty.", "Correct header_row under format in the mapping."), cancellationToken);
            }

            if (format.HeaderRow == 0 ? cells.Fault is not null || !cells.IsBlank : cells.Row == format.HeaderRow)
            {
                return true;
            }

            if (_passed.Count < MostRows && Names() is { } names)
            {
                _passed.Add((cells.Row, names));
            }
        }

        return _passed.Count == 0
            ? false
            : throw Elsewhere(place.Fault($"The sheet ends before row {format.HeaderRow}, in which its header is looked for.", "Correct header_row under format in the mapping."), cancellationToken);
    }

    /// <summary>The row of which all names are right, where the header's own are not, or is empty; the sheet is not read from here on. Null when no row near is one.</summary>
    public int? FindOther(CancellationToken cancellationToken)
    {
        if (format.HeaderRows > 1)
        {
            return null;
        }

        if (_passed.FirstOrDefault(candidate => IsRight(candidate.Names)) is { Row: > 0 and var before })
        {
            return before;
        }

        for (var read = 0; read < MostRows; read++)
        {
            if (cells.Row != LastRow && Names() is { } names && IsRight(names))
            {
                return cells.Row;
            }

            if (!TryNext(cancellationToken))
            {
                break;
            }
        }

        return null;
    }

    // What else is wrong with the file further down is told when the header is right.
    private bool TryNext(CancellationToken cancellationToken)
    {
        try
        {
            return sheet.Read(cells, cancellationToken);
        }
        catch (SourceFormatException)
        {
            return false;
        }
    }

    /// <summary>What to write for a header that stands in this row.</summary>
    public static string CureOf(int row) => FormattableString.Invariant($"Row {row} has them: write header_row: {row} under format in the mapping.");

    private SourceFormatException Elsewhere(SourceFormatException failure, CancellationToken cancellationToken) =>
        FindOther(cancellationToken) is { } row ? new SourceFormatException(failure.Fault with { Cure = CureOf(row) }) : failure;

    private bool IsRight(IReadOnlyList<string> names) => check(names).Count == 0;

    private IReadOnlyList<string>? Names()
    {
        var columns = Enumerable.Range(0, cells.Count);
        return cells.Fault is null && !cells.IsBlank && columns.All(column => cells.FaultOf(column) is null)
            ? HeaderNames.Of(columns.Select(column => cells.Text(column).Trim().ToString()))
            : null;
    }

    private List<string> Texts()
    {
        if (cells.Fault is { } fault)
        {
            throw place.Fault($"The header cannot be read: {fault.Message}", "Correct that row of the sheet, or header_row under format in the mapping.");
        }

        var texts = new List<string>();
        for (var column = 0; column < cells.Count; column++)
        {
            if (cells.FaultOf(column) is { } bad)
            {
                throw place.Fault($"The header cannot be read: {bad.Message}", "Correct that cell of the sheet, or header_row under format in the mapping.");
            }

            texts.Add(cells.Text(column).Trim().ToString());
        }

        return texts;
    }

    // A merged cell names all its columns. What is merged stands at the sheet's end: it is looked for only where names are missing.
    private void Spread(int upperRow, List<string> upper, List<string> lower, CancellationToken cancellationToken)
    {
        if (!upper.Contains(string.Empty) && !lower.Contains(string.Empty) && (lower.Count == 0 || lower.Count == upper.Count))
        {
            return;
        }

        foreach (var merged in sheet.FindMerged(LastRow, cancellationToken))
        {
            SpreadRow(merged, upperRow, upper);
            if (LastRow > upperRow)
            {
                SpreadRow(merged, LastRow, lower);
            }
        }
    }

    private static void SpreadRow(MergedCells merged, int row, List<string> texts)
    {
        if (merged.FirstRow != row || At(texts, merged.FirstColumn) is not { Length: > 0 } name)
        {
            return;
        }

        while (texts.Count <= merged.LastColumn)
        {
            texts.Add(string.Empty);
        }

        for (var column = merged.FirstColumn; column <= merged.LastColumn; column++)
        {
            texts[column] = name;
        }
    }

    private static string At(List<string> texts, int column) => column < texts.Count ? texts[column] : string.Empty;
}
