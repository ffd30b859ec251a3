using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace CallTracking.Contracts;

/// <summary>The outcome of reading a code table: its entries, or every fault at once.</summary>
/// <param name="Entries">In the file's order; empty when there are faults.</param>
/// <param name="Faults">In the order of the file; after the first 20 reading stops.</param>
public sealed record CodeTableLoad(IReadOnlyList<DictionaryEntry> Entries, IReadOnlyList<Fault> Faults);

/// <summary>
/// A code table as a file: CSV in UTF-8 with the columns <c>code</c>, <c>parent</c> (optional) and <c>label.LANGUAGE</c>, a row for each code.
/// What one reads, the other writes.
/// </summary>
public static partial class CodeTableCsv
{
    /// <summary>Entries that a table may have: it is held in memory where it is used.</summary>
    public const int MostEntries = 500_000;

    /// <summary>Characters of a code or a label.</summary>
    public const int MostCharacters = 500;

    private const int MostFaults = 20;
    private const string LabelPrefix = "label.";
    private static readonly SearchValues<char> Special = SearchValues.Create(",\"\r\n");

    /// <summary>The name of a table: letters a-z, digits and dashes, a letter first, at most 64.</summary>
    public static bool IsName(string? name) => name is not null && Name().IsMatch(name);

    /// <summary>Reads a table. Never throws for what is in it.</summary>
    /// <param name="fileName">What faults name.</param>
    /// <param name="content">The file's bytes.</param>
    public static CodeTableLoad Parse(string fileName, byte[] content)
    {
        ArgumentNullException.ThrowIfNull(content);
        string text;
        try
        {
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(content).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException wrong)
        {
            return new CodeTableLoad([], [new Fault(fileName, 0, 0, $"Byte {wrong.Index} of the file is not UTF-8.", "Save the table as UTF-8.")]);
        }

        var faults = new List<Fault>();
        var entries = new TableRows(fileName, faults).Read(new CsvRows(text));
        return faults.Count > 0 ? new CodeTableLoad([], faults) : new CodeTableLoad(entries, []);
    }

    /// <summary>Writes entries, with a column for each language that any of them has.</summary>
    public static void Write(TextWriter writer, IReadOnlyList<DictionaryEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(entries);
        var languages = entries.SelectMany(entry => entry.Labels).Select(label => label.Language).Distinct(StringComparer.Ordinal).ToList();
        writer.Write(Row(["code", "parent", .. languages.Select(language => LabelPrefix + language)]));
        foreach (var entry in entries)
        {
            writer.Write(Row([entry.Code, entry.Parent, .. languages.Select(language => entry.Labels.FirstOrDefault(label => label.Language == language)?.Text ?? string.Empty)]));
        }
    }

    // Codes may begin like a formula, and have to come back as they are: nothing is put before them.
    private static string Row(IEnumerable<string> cells) => string.Join(',', cells.Select(cell =>
        cell.AsSpan().ContainsAny(Special) ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell)) + "\r\n";

    [GeneratedRegex(@"^[a-z][a-z0-9-]{0,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    [GeneratedRegex(@"^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Language();

    /// <summary>Makes entries of rows, and says what is wrong with them.</summary>
    private sealed class TableRows(string fileName, List<Fault> faults)
    {
        private readonly HashSet<string> _codes = new(StringComparer.Ordinal);
        private readonly HashSet<(string Language, string Label)> _labels = [];
        private List<string> _columns = [];

        public List<DictionaryEntry> Read(CsvRows rows)
        {
            var entries = new List<DictionaryEntry>();
            if (rows.Next() is not { } header || !TakeHeader(header))
            {
                Add(1, "The first line does not name the columns of a code table.", "Write code,parent,label.en,label.de: a code is needed, a parent and labels are not.");
                return entries;
            }

            while (faults.Count < MostFaults && rows.Next() is { } row)
            {
                if (row.Count == 1 && row[0].Length == 0)
                {
                    continue;
                }

                if (entries.Count == MostEntries)
                {
                    Add(rows.Line, $"The table has over {MostEntries.ToString("N0", CultureInfo.InvariantCulture)} codes.", "Keep those that the group works with.");
                    break;
                }

                if (Entry(row, rows.Line) is { } entry)
                {
                    entries.Add(entry);
                }
            }

            if (rows.IsOpen)
            {
                Add(rows.Line, "A quote that opens here does not close.", "Close it, or double quotes within a text.");
            }

            return entries;
        }

        private bool TakeHeader(List<string> header)
        {
            _columns = [.. header.Select(name => name.Trim())];
            return _columns.Contains("code") && _columns.Distinct(StringComparer.Ordinal).Count() == _columns.Count
                && _columns.TrueForAll(name => name is "code" or "parent" || (name.StartsWith(LabelPrefix, StringComparison.Ordinal) && Language().IsMatch(name[LabelPrefix.Length..])));
        }

        private DictionaryEntry? Entry(List<string> row, long line)
        {
            if (row.Count != _columns.Count)
            {
                return Add(line, $"The row has {row.Count} cells, and there are {_columns.Count} columns.", "Put texts with commas in quotes.");
            }

            var entry = new DictionaryEntry();
            for (var index = 0; index < row.Count; index++)
            {
                var cell = row[index].Trim();
                if (cell.Length > MostCharacters || cell.Any(char.IsControl))
                {
                    return Add(line, $"The cell under '{_columns[index]}' has control characters, or more than {MostCharacters} characters.", "Write one line of text.");
                }

                Put(entry, _columns[index], cell);
            }

            return Sound(entry, line);
        }

        private static void Put(DictionaryEntry entry, string column, string cell)
        {
            if (column == "code")
            {
                entry.Code = cell;
            }
            else if (column == "parent")
            {
                entry.Parent = cell;
            }
            else if (cell.Length > 0)
            {
                entry.Labels.Add(new DictionaryLabel { Language = column[LabelPrefix.Length..], Text = cell });
            }
        }

        // A label that two codes have in one language would leave a region's word without a meaning.
        private DictionaryEntry? Sound(DictionaryEntry entry, long line) =>
            entry.Code.Length == 0 ? Add(line, "The row has no code.", "Write one, or take the row out.")
            : !_codes.Add(entry.Code) ? Add(line, $"The code '{entry.Code}' stands twice.", "Keep one of the rows.")
            : entry.Parent == entry.Code ? Add(line, $"The code '{entry.Code}' is its own parent.", "Leave the parent of what has none empty.")
            : entry.Labels.FirstOrDefault(label => !_labels.Add((label.Language, label.Text))) is { } label
                ? Add(line, $"Another code has the label '{label.Text}' in {label.Language} already.", "Two codes need two labels in each language.")
            : entry;

        private DictionaryEntry? Add(long line, string message, string cure)
        {
            faults.Add(new Fault(fileName, (int)line, 1, message, cure));
            return null;
        }
    }

    /// <summary>Cuts CSV (RFC 4180) into rows.</summary>
    private sealed class CsvRows(string text)
    {
        private int _at;
        private long _next = 1;

        /// <summary>Where the row of the last <see cref="Next"/> begins, from 1.</summary>
        public long Line { get; private set; }

        /// <summary>The text ended within quotes.</summary>
        public bool IsOpen { get; private set; }

        public List<string>? Next()
        {
            if (_at >= text.Length)
            {
                return null;
            }

            Line = _next;
            var row = new List<string>();
            var cell = new StringBuilder();
            var quoted = false;
            while (_at < text.Length)
            {
                var sign = text[_at++];
                _next += sign == '\n' ? 1 : 0;
                if (quoted)
                {
                    quoted = sign != '"' || (_at < text.Length && text[_at] == '"');
                    _at += sign == '"' && quoted ? 1 : 0;
                    if (quoted)
                    {
                        cell.Append(sign);
                    }
                }
                else if (sign == '"' && cell.Length == 0)
                {
                    quoted = true;
                }
                else if (sign is ',' or '\n')
                {
                    row.Add(cell.ToString().TrimEnd('\r'));
                    cell.Clear();
                    if (sign == '\n')
                    {
                        return row;
                    }
                }
                else
                {
                    cell.Append(sign);
                }
            }

            IsOpen = quoted;
            row.Add(cell.ToString().TrimEnd('\r'));
            return row;
        }
    }
}
