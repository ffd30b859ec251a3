namespace CallTracking.Mapping.Reading.Excel;

/// <summary>Reads the names of a sheet's columns: from one row, or from two where groups stand above the names.</summary>
internal sealed class ExcelHeader(ExcelFormat format, ExcelPlace place, SheetCells cells, SheetSource sheet)
{
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
                throw place.Fault($"The header's row, {format.HeaderRow}, is empty.", "Correct header_row under format in the mapping.");
            }

            if (format.HeaderRow == 0 ? cells.Fault is not null || !cells.IsBlank : cells.Row == format.HeaderRow)
            {
                return true;
            }
        }

        return false;
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
