namespace CallTracking.Mapping.Proposals;

/// <summary>Finds a workbook's sheet of cases and the row that names its columns.</summary>
internal static class ExcelGuess
{
    private const int MostSheets = 20;
    private const int Looked = 40;
    private const int Columns = 256;

    public static async Task<FormatGuess> FindAsync(string path, CancellationToken cancellationToken)
    {
        var best = (Sheet: 1, Header: 0, Cells: -1, Width: 0);
        for (var sheet = 1; sheet <= MostSheets; sheet++)
        {
            List<(int Row, List<string> Cells)> rows;
            try
            {
                rows = await RowsAsync(path, sheet, cancellationToken).ConfigureAwait(false);
            }
            catch (SourceFormatException) when (sheet > 1)
            {
                break;
            }

            var width = rows.Count == 0 ? 0 : rows.Max(row => row.Cells.Count);
            var header = rows.FirstOrDefault(row => row.Cells.Count > 1 && row.Cells.Count >= 0.6 * width && !DelimitedGuess.IsData(row.Cells));
            if (rows.Sum(row => row.Cells.Count) > best.Cells)
            {
                best = (sheet, header.Row, rows.Sum(row => row.Cells.Count), width);
            }
        }

        var place = FormattableString.Invariant($"{{type: excel, sheet: {best.Sheet}");
        return best.Header > 0
            ? new FormatGuess(FormattableString.Invariant($"{place}, header_row: {best.Header}}}"), FormattableString.Invariant($"sheet {best.Sheet} holds most; row {best.Header} names the columns"))
            : new FormatGuess($"{place}, header: false, columns: [{string.Join(", ", Enumerable.Range(0, Math.Max(best.Width, 1)).Select(index => YamlText.Of(DelimitedGuess.NameOf(index))))}]}}", FormattableString.Invariant($"sheet {best.Sheet} holds most"))
            {
                HasNames = false,
                Questions = ["No row looks like names: give the columns their names, in the sheet's order, or name header_row."],
            };
    }

    private static async Task<List<(int Row, List<string> Cells)>> RowsAsync(string path, int sheet, CancellationToken cancellationToken)
    {
        var names = string.Join(", ", Enumerable.Range(1, Columns).Select(index => FormattableString.Invariant($"c{index}")));
        var rows = new List<(int Row, List<string> Cells)>();
        var probe = SampleProbe.Of(FormattableString.Invariant($"{{type: excel, sheet: {sheet}, header: false, columns: [{names}]}}"));
        await probe.ReadAsync(path, Looked, (row, line) => rows.Add((line, [.. row.Select(cell => cell.Value)])), cancellationToken).ConfigureAwait(false);
        return rows;
    }
}
