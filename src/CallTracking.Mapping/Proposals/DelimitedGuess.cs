using System.Globalization;
using System.Text;

namespace CallTracking.Mapping.Proposals;

/// <summary>Tells delimiter, quote, lines before the header, and whether there is one.</summary>
internal static class DelimitedGuess
{
    private const int Looked = 200;

    // Writers that leave empty cells out at the end do so in many rows; a few are rows that were cut.
    private const double MostCut = 0.1;

    // Signs of a text look like delimiters, but seldom as many in each line.
    private const double LeastEven = 0.5;
    private const double Even = 0.9;
    private static readonly bool[] Quoting = [true, false];
    private static readonly string[] Delimiters = [",", ";", "\t", "|", "||", "§", "\u001F"];

    public static ValueTask<FormatGuess> FindAsync(string path, string text, string tail, Encoding encoding, bool isWhole, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var best = (from delimiter in Delimiters
                    from isQuoted in Quoting
                    let torn = new HashSet<int>()
                    let rows = Rows(text, delimiter, isQuoted, isWhole, torn: torn)
                    let width = Usual(rows)
                    where width > 1
                    let even = (double)rows.Where((row, index) => row.Count == width && !torn.Contains(index)).Count() / rows.Count
                    orderby even > Even descending, width * even * Math.Sqrt(rows.Count) descending, isQuoted descending
                    select (delimiter, isQuoted, rows, width, even)).FirstOrDefault();
        if (FixedGuess.Of(text, encoding, isWhole) is { } table && table.Columns > best.width && !(table.IsTrimmed && best.even > Even))
        {
            return ValueTask.FromResult(table.Guess);
        }

        if (best.rows is null)
        {
            return ValueTask.FromResult(new FormatGuess("{type: delimited}", "no delimiter was found: each line is one value")
            {
                Questions = [$"{Path.GetFileName(path)} looks like one column. Which sign separates its cells, or is it fixed in width?"],
            });
        }

        return ValueTask.FromResult(Of(text, tail, best.delimiter, best.isQuoted, best.rows, best.width, best.even));
    }

    /// <summary>A row of data and not of names: a cell in it is a number, a time or an address.</summary>
    public static bool IsData(IReadOnlyList<string> row) => row.Count(cell => cell.Trim() is { Length: > 0 } value
        && (ColumnSample.IsInteger(value) || ColumnSample.IsPointNumber(value) || ColumnSample.IsEmail(value) || TimeShape.Of([value]).IsTime)) is var telling
        && telling > 0 && telling >= row.Count / 10;

    /// <summary>A column's name where the source gives none.</summary>
    public static string NameOf(int index) => string.Create(CultureInfo.InvariantCulture, $"column {index + 1}");

    private static FormatGuess Of(string text, string tail, string delimiter, bool isQuoted, List<IReadOnlyList<string>> rows, int width, double even)
    {
        var footer = FooterOf(text, tail, delimiter, isQuoted, width);
        var preamble = BeforeHeader(rows, width);
        var hasHeader = !IsData(rows[preamble]);
        var records = rows.Count < Looked ? rows[preamble..^Math.Min(footer.Lines, rows.Count - preamble)] : rows[preamble..];
        var cut = records.Count(row => row.Count < width && row.Count > 1);
        var isPadded = cut > MostCut * records.Count;
        var yaml = $"{{type: delimited, delimiter: {(delimiter == "\t" ? "tab" : YamlText.Of(delimiter))}"
            + (isQuoted ? string.Empty : ", quote: none")
            + (preamble > 0 ? FormattableString.Invariant($", preamble: {LinesBefore(text, delimiter, isQuoted, preamble)}") : string.Empty)
            + (hasHeader ? string.Empty : $", header: false, columns: [{string.Join(", ", Enumerable.Range(0, width).Select(index => YamlText.Of(NameOf(index))))}]")
            + (footer.Pattern is { } from ? $", footer: {{from: {YamlText.Of(from)}}}" : string.Empty)
            + (isPadded ? ", ragged: pad" : string.Empty)
            + "}";
        return new FormatGuess(yaml, FormattableString.Invariant($"{width} cells in {even:P0} of the first {rows.Count} records"))
        {
            HasNames = hasHeader,
            Questions =
            [
                .. even < LeastEven ? (string[])[FormattableString.Invariant($"Only {even:P0} of the first {rows.Count} lines have the same number of cells: is it delimited by {delimiter} at all? It may be fixed in width (type: fixed).")] : [],
                .. hasHeader ? (string[])[] : ["The first record looks like data, not like names: give the columns their names, in the file's order."],
                .. footer.Lines > 0 ? (string[])[Question(footer, width)] : [],
                .. cut > 0 ? (string[])[FormattableString.Invariant($"{cut} of the first {records.Count} rows have fewer cells than the {width} columns: {(isPadded ? "ragged: pad takes what they lack as empty" : "they go to quarantine; ragged: pad would take what they lack as empty, and cut rows for whole ones")}. Right?")] : [],
            ],
        };
    }

    // Spreadsheets pad a title's line with delimiters to the table's width: it has as many cells, but few that are filled.
    private static int BeforeHeader(List<IReadOnlyList<string>> rows, int width)
    {
        const int Most = 20;
        var first = Math.Max(rows.FindIndex(row => row.Count == width), 0);
        if (first > Most)
        {
            return 0;
        }

        var fuller = rows.FindIndex(first, row => row.Count == width && Filled(row) * 2 > width);
        return fuller > first && fuller <= Most && !IsData(rows[fuller])
            && rows.Take(fuller).Max(Filled) * 2 < Filled(rows[fuller])
                ? fuller
                : first;

        static int Filled(IReadOnlyList<string> row) => row.Count(cell => !string.IsNullOrWhiteSpace(cell));
    }

    private static string Question(FooterGuess footer, int width) =>
        FormattableString.Invariant($"The last {(footer.Lines == 1 ? "line has" : $"{footer.Lines} lines have")} fewer cells than the {width} columns and {(footer.Lines == 1 ? "begins" : "begin")} otherwise than the rows: ")
        + (footer.Pattern is null
            ? FormattableString.Invariant($"a footer? No word tells it from rows: footer: {footer.Lines} under format leaves as many lines out, of an export without footer that many cases.")
            : "taken for a footer, and everything behind with it. Is it, and can no row begin so? An export without it then counts as cut off; where one is whole without it, write optional: true beside it.");

    private static FooterGuess FooterOf(string text, string tail, string delimiter, bool isQuoted, int width)
    {
        var rows = Rows(text, delimiter, isQuoted, isWhole: false, most: int.MaxValue).Where(row => !IsShort(row)).Select(row => row[0]);
        var found = FooterGuess.Of([.. Rows(tail, delimiter, isQuoted, isWhole: true, most: int.MaxValue).Skip(1).Select(row => (row[0], IsShort(row)))], rows);

        // What stands in quotes begins with one: the reader looks at lines.
        return found.Pattern is { } pattern && isQuoted && tail.Contains($"\n\"{pattern[1..].Split('|')[0]}", StringComparison.Ordinal)
            ? found with { Pattern = pattern.Replace("^", "^\"?", StringComparison.Ordinal) }
            : found;

        // Totals stand under their columns as well: then most of their row is empty.
        bool IsShort(IReadOnlyList<string> row) => row.Count < width || row.Count(cell => cell.Length > 0) <= width / 2;
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

    // Torn are rows in which what begins with a quote in one cell ends with one in another: "Smith, John" in two.
    private static List<IReadOnlyList<string>> Rows(string text, string delimiter, bool isQuoted, bool isWhole, List<int>? starts = null, int most = Looked, HashSet<int>? torn = null)
    {
        var rows = new List<IReadOnlyList<string>>();
        var cells = new List<string>();
        var isOpen = false;
        var (start, at, record) = (0, 0, 0);
        while (at < text.Length && rows.Count < most)
        {
            if (isQuoted && at == start && text[at] == '"')
            {
                at = BehindQuotes(text, at);
            }
            else if (text[at] is '\r' or '\n')
            {
                Add(text[start..at]);
                at += text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n' ? 2 : 1;
                start = at;
                Close();
            }
            else if (string.CompareOrdinal(text, at, delimiter, 0, delimiter.Length) == 0)
            {
                Add(text[start..at]);
                at += delimiter.Length;
                start = at;
            }
            else
            {
                at++;
            }
        }

        if (isWhole && rows.Count < most && (start < text.Length || cells.Count > 0))
        {
            Add(text[start..]);
            Close();
        }

        return rows;

        void Add(string cell)
        {
            var (begins, ends) = (cell.StartsWith('"'), cell.Length > 1 && cell.EndsWith('"'));
            if (!isQuoted && isOpen && ends && !begins)
            {
                torn?.Add(rows.Count);
            }

            isOpen = begins ? !ends : isOpen && !ends;
            cells.Add(cell.Trim('"'));
        }

        // Excel's first line that names the delimiter is passed over by the reader, and empty lines are no records.
        void Close()
        {
            if ((cells.Count > 1 || cells[0].Length > 0) && !(rows.Count == 0 && cells[0].StartsWith("sep=", StringComparison.Ordinal)))
            {
                rows.Add([.. cells]);
                starts?.Add(record);
            }

            record = start;
            isOpen = false;
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
