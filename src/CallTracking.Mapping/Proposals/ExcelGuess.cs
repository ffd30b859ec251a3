namespace CallTracking.Mapping.Proposals;

/// <summary>Finds a workbook's sheet of cases and the row that names its columns.</summary>
internal static class ExcelGuess
{
    private const int MostSheets = 20;
    private const int Looked = 40;
    private const int Columns = 256;

    // Behind so many rows nobody looks for totals: opening a large sheet takes long enough.
    private const int LongestSheet = 200_000;
    private const int Tail = 200;

    // Of the values that rows have on average, totals have fewer.
    private const double MostFilled = 0.75;

    public static async Task<FormatGuess> FindAsync(string path, CancellationToken cancellationToken)
    {
        var best = (Sheet: 1, Header: 0, HeaderRows: 1, Cells: -1, Width: 0);
        for (var sheet = 1; sheet <= MostSheets; sheet++)
        {
            List<ProbedRow> rows;
            try
            {
                rows = await RowsAsync(path, sheet, cancellationToken).ConfigureAwait(false);
            }
            catch (SourceFormatException) when (sheet > 1)
            {
                break;
            }

            var width = rows.Count == 0 ? 0 : rows.Max(row => row.Cells.Count);
            if (rows.Sum(row => row.Cells.Count) > best.Cells)
            {
                var (header, headerRows) = await HeaderAsync(path, sheet, rows, width, cancellationToken).ConfigureAwait(false);
                best = (sheet, header, headerRows, rows.Sum(row => row.Cells.Count), width);
            }
        }

        var footer = await FooterAsync(path, best.Sheet, best.Header + best.HeaderRows - 1, cancellationToken).ConfigureAwait(false);
        var end = footer.Pattern is { } pattern ? $", stop_at: {YamlText.Of(pattern)}}}" : "}";
        var place = FormattableString.Invariant($"{{type: excel, sheet: {best.Sheet}");
        return best.Header > 0
            ? new FormatGuess(FormattableString.Invariant($"{place}, header_row: {best.Header}{(best.HeaderRows > 1 ? ", header_rows: 2" : string.Empty)}{end}"), FormattableString.Invariant($"sheet {best.Sheet} holds most; row {best.Header} names the columns{(best.HeaderRows > 1 ? ", as groups of the names below it" : string.Empty)}"))
            {
                Questions = Question(footer),
            }
            : new FormatGuess($"{place}, header: false, columns: [{string.Join(", ", Enumerable.Range(0, Math.Max(best.Width, 1)).Select(index => YamlText.Of(DelimitedGuess.NameOf(index))))}]{end}", FormattableString.Invariant($"sheet {best.Sheet} holds most"))
            {
                HasNames = false,
                Questions = ["No row looks like names: give the columns their names, in the sheet's order, or name header_row.", .. Question(footer)],
            };
    }

    // Names, perhaps with groups above or names below: then merged cells give more columns a group than the rows have both.
    private static async Task<(int Row, int Rows)> HeaderAsync(string path, int sheet, List<ProbedRow> rows, int width, CancellationToken cancellationToken)
    {
        var at = rows.FindIndex(row => row.Cells.Count > 1 && row.Cells.Count >= 0.6 * width && !DelimitedGuess.IsData(row.Cells));
        for (var upper = Math.Max(at - 1, 0); at >= 0 && upper <= at && upper + 1 < rows.Count; upper++)
        {
            if (await IsGroupedAsync(path, sheet, rows[upper], rows[upper + 1], width, cancellationToken).ConfigureAwait(false))
            {
                return (rows[upper].Row, 2);
            }
        }

        return (at < 0 ? 0 : rows[at].Row, 1);
    }

    private static async Task<bool> IsGroupedAsync(string path, int sheet, ProbedRow upper, ProbedRow lower, int width, CancellationToken cancellationToken)
    {
        if (lower.Row != upper.Row + 1 || upper.Cells.Distinct(StringComparer.Ordinal).Count() < 2 || upper.Cells.Count + lower.Cells.Count > 2 * width - 1
            || DelimitedGuess.IsData(upper.Cells) || DelimitedGuess.IsData(lower.Cells))
        {
            return false;
        }

        var probe = SampleProbe.Of(FormattableString.Invariant($"{{type: excel, sheet: {sheet}, header_row: {upper.Row}, header_rows: 2}}"));
        await probe.ReadAsync(path, 1, (_, _) => { }, cancellationToken).ConfigureAwait(false);
        return probe.Header.Count(name => name.Contains(" / ", StringComparison.Ordinal)) > upper.Columns.Intersect(lower.Columns).Count();
    }

    private static string[] Question(FooterGuess footer) => footer switch
    {
        { Lines: 0 } => [],
        { Pattern: null } => ["The sheet's last row has few values and begins otherwise than the others: totals? A filter (drop_when) or stop_at leaves it out."],
        _ => ["The sheet's last row has few values and begins otherwise than the others: taken for totals, where stop_at ends the table. Is it, and can no row begin so?"],
    };

    private static async Task<FooterGuess> FooterAsync(string path, int sheet, int header, CancellationToken cancellationToken)
    {
        var (tail, beginnings, rows, filled) = (new Queue<(string First, int Values)>(), new HashSet<string>(StringComparer.Ordinal), 0, 0L);
        await Probe(sheet).ReadAsync(path, LongestSheet, Take, cancellationToken).ConfigureAwait(false);
        return rows == 0 || rows >= LongestSheet ? FooterGuess.None
            : FooterGuess.Of([.. tail.Select(row => (row.First, IsShort: row.Values < MostFilled * filled / rows))], beginnings);

        void Take(IReadOnlyList<SampleCell> row, int line)
        {
            if (line <= header || row.Count == 0)
            {
                return;
            }

            rows++;
            filled += row.Count;
            tail.Enqueue((row[0].Value, row.Count));
            if (tail.Count > Tail)
            {
                beginnings.Add(tail.Dequeue().First);
            }
        }
    }

    private static SampleProbe Probe(int sheet)
    {
        var names = string.Join(", ", Enumerable.Range(1, Columns).Select(index => FormattableString.Invariant($"c{index}")));
        return SampleProbe.Of(FormattableString.Invariant($"{{type: excel, sheet: {sheet}, header: false, columns: [{names}]}}"));
    }

    private static async Task<List<ProbedRow>> RowsAsync(string path, int sheet, CancellationToken cancellationToken)
    {
        var rows = new List<ProbedRow>();
        await Probe(sheet).ReadAsync(path, Looked, (row, line) => rows.Add(new ProbedRow(line, [.. row.Select(cell => cell.Name)], [.. row.Select(cell => cell.Value)])), cancellationToken).ConfigureAwait(false);
        return rows;
    }

    private sealed record ProbedRow(int Row, List<string> Columns, List<string> Cells);
}
