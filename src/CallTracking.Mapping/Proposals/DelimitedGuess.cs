using System.Globalization;

namespace CallTracking.Mapping.Proposals;

/// <summary>Tells delimiter, quote, lines before the header, and whether there is one.</summary>
internal static class DelimitedGuess
{
    private const int Looked = 200;
    private static readonly bool[] Quoting = [true, false];
    private static readonly string[] Delimiters = [",", ";", "\t", "|", "||", "§", "\u001F"];

    public static ValueTask<FormatGuess> FindAsync(string path, string text, bool isWhole, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var best = (from delimiter in Delimiters
                    from isQuoted in Quoting
                    let rows = Rows(text, delimiter, isQuoted, isWhole)
                    let width = Usual(rows)
                    where width > 1
                    let even = (double)rows.Count(row => row.Count == width) / rows.Count
                    orderby even > 0.9 descending, width * even * Math.Sqrt(rows.Count) descending, isQuoted descending
                    select (delimiter, isQuoted, rows, width, even)).FirstOrDefault();
        if (best.rows is null)
        {
            return ValueTask.FromResult(new FormatGuess("{type: delimited}", "no delimiter was found: each line is one value")
            {
                Questions = [$"{Path.GetFileName(path)} looks like one column. Which sign separates its cells, or is it fixed in width?"],
            });
        }

        return ValueTask.FromResult(Of(text, best.delimiter, best.isQuoted, best.rows, best.width, best.even));
    }

    /// <summary>A row of data and not of names: a cell in it is a number, a time or an address.</summary>
    public static bool IsData(IReadOnlyList<string> row) => row.Count(cell => cell.Trim() is { Length: > 0 } value
        && (ColumnSample.IsInteger(value) || ColumnSample.IsPointNumber(value) || ColumnSample.IsEmail(value) || TimeShape.Of([value]).IsTime)) is var telling
        && telling > 0 && telling >= row.Count / 10;

    /// <summary>A column's name where the source gives none.</summary>
    public static string NameOf(int index) => string.Create(CultureInfo.InvariantCulture, $"column {index + 1}");

    private static FormatGuess Of(string text, string delimiter, bool isQuoted, List<IReadOnlyList<string>> rows, int width, double even)
    {
        var preamble = Math.Max(rows.FindIndex(row => row.Count == width), 0);
        preamble = preamble > 20 ? 0 : preamble;
        var hasHeader = !IsData(rows[preamble]);
        var yaml = $"{{type: delimited, delimiter: {(delimiter == "\t" ? "tab" : YamlText.Of(delimiter))}"
            + (isQuoted ? string.Empty : ", quote: none")
            + (preamble > 0 ? FormattableString.Invariant($", preamble: {LinesBefore(text, delimiter, isQuoted, preamble)}") : string.Empty)
            + (hasHeader ? string.Empty : $", header: false, columns: [{string.Join(", ", Enumerable.Range(0, width).Select(index => YamlText.Of(NameOf(index))))}]")
            + (even < 1 && rows.Skip(preamble).Any(row => row.Count < width && row.Count > 1) ? ", ragged: pad" : string.Empty)
            + "}";
        return new FormatGuess(yaml, FormattableString.Invariant($"{width} cells in {even:P0} of the first {rows.Count} records"))
        {
            HasNames = hasHeader,
            Questions = hasHeader ? [] : ["The first record looks like data, not like names: give the columns their names, in the file's order."],
        };
    }

    // Empty lines are no records, but the reader counts them as lines.
    private static int LinesBefore(string text, string delimiter, bool isQuoted, int row)
    {
        var starts = new List<int>();
        Rows(text, delimiter, isQuoted, isWhole: true, starts);
        var before = text.AsSpan(0, starts[row]);
        return before.Contains('\n') ? before.Count('\n') : before.Count('\r');
    }

    private static int Usual(List<IReadOnlyList<string>> rows) =>
        rows.Count == 0 ? 0 : rows.GroupBy(row => row.Count).OrderByDescending(group => group.Count()).ThenByDescending(group => group.Key).First().Key;

    private static List<IReadOnlyList<string>> Rows(string text, string delimiter, bool isQuoted, bool isWhole, List<int>? starts = null)
    {
        var rows = new List<IReadOnlyList<string>>();
        var cells = new List<string>();
        var (start, at, record) = (0, 0, 0);
        while (at < text.Length && rows.Count < Looked)
        {
            if (isQuoted && at == start && text[at] == '"')
            {
                at = BehindQuotes(text, at);
            }
            else if (text[at] is '\r' or '\n')
            {
                cells.Add(text[start..at].Trim('"'));
                at += text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n' ? 2 : 1;
                start = at;
                Close();
            }
            else if (string.CompareOrdinal(text, at, delimiter, 0, delimiter.Length) == 0)
            {
                cells.Add(text[start..at].Trim('"'));
                at += delimiter.Length;
                start = at;
            }
            else
            {
                at++;
            }
        }

        if (isWhole && rows.Count < Looked && (start < text.Length || cells.Count > 0))
        {
            cells.Add(text[start..].Trim('"'));
            Close();
        }

        return rows;

        // Excel's first line that names the delimiter is passed over by the reader, and empty lines are no records.
        void Close()
        {
            if ((cells.Count > 1 || cells[0].Length > 0) && !(rows.Count == 0 && cells[0].StartsWith("sep=", StringComparison.Ordinal)))
            {
                rows.Add([.. cells]);
                starts?.Add(record);
            }

            record = start;

            cells.Clear();
        }
    }

    private static int BehindQuotes(string text, int at)
    {
        for (at++; at < text.Length; at++)
        {
            if (text[at] == '"')
            {
                if (at + 1 >= text.Length || text[at + 1] != '"')
                {
                    return at + 1;
                }

                at++;
            }
        }

        return at;
    }
}
