using System.Text;
using System.Text.RegularExpressions;

namespace CallTracking.Mapping.Proposals;

/// <summary>
/// Tells text in columns of fixed width: its lines are of one length, in characters or in bytes of their encoding, or
/// end with their last text, and blanks stand below each other.
/// </summary>
/// <param name="Columns">How many it seems to have.</param>
/// <param name="Guess">How it is written.</param>
/// <param name="IsTrimmed">Its lines end with their last text, so that only the blanks tell it: lines that a sign parts evenly may have some below each other, too.</param>
internal sealed partial record FixedGuess(int Columns, FormatGuess Guess, bool IsTrimmed)
{
    private const int Looked = 200;
    private const int LeastLines = 5;
    private const int LeastLength = 20;
    private const int LeastColumns = 3;

    // A line that was cut, or a footer, is of another length.
    private const double LeastEven = 0.9;

    // Where lines end with their last text, only that many with a blank at the same places are no chance.
    private const int LeastTrimmed = 20;

    // Stands for the further bytes of a character; never a blank.
    private const char Further = '\uFFFF';

    /// <summary>Null when it is no such text.</summary>
    public static FixedGuess? Of(string text, Encoding encoding, bool isWhole)
    {
        var all = text.ReplaceLineEndings("\n").Split('\n');
        var lines = all.SkipLast(isWhole ? 0 : 1).Where(line => line.Length > 0).Take(Looked).ToList();
        var inCharacters = Of(lines, "characters", string.Empty);
        if (inCharacters is { IsTrimmed: false })
        {
            return inCharacters;
        }

        // Many lines of one length say more than blanks that stand below each other by chance.
        var inBytes = Of([.. lines.Select(line => InBytes(line, encoding))], "bytes", ", unit: bytes");
        return inBytes is { IsTrimmed: false } && lines.Count >= LeastTrimmed ? inBytes : inCharacters ?? inBytes;
    }

    private static FixedGuess? Of(List<string> lines, string unit, string key)
    {
        var usual = lines.GroupBy(line => line.Length).OrderByDescending(group => group.Count()).FirstOrDefault();
        if (usual is null || lines.Count < LeastLines)
        {
            return null;
        }

        var isTrimmed = usual.Count() < LeastEven * lines.Count;
        var length = isTrimmed ? lines.Select(line => line.Length).Order().ElementAt(lines.Count / 2) : usual.Key;
        var hasHeader = IsHeader(lines, length);
        var width = hasHeader ? Math.Max(length, lines[0].Length) : length;
        var table = lines.Where((line, index) => isTrimmed || line.Length == length || (index == 0 && hasHeader)).Select(line => line.PadRight(width)[..width]).ToList();
        var columns = hasHeader ? Named(ColumnsOf([Parted(table), .. table[1..]]), table[0]) : ColumnsOf(table);
        if (width < LeastLength || columns.Count < LeastColumns || (isTrimmed && lines.Count < (hasHeader ? LeastLines : LeastTrimmed)))
        {
            return null;
        }

        var names = columns.Select((column, index) => hasHeader && table[0][column.Start..(index + 1 < columns.Count ? columns[index + 1].Start : width)].Trim() is { Length: > 0 } name ? name.Replace(Further.ToString(), string.Empty, StringComparison.Ordinal) : DelimitedGuess.NameOf(index)).ToList();
        names = [.. names.Select((name, index) => names.IndexOf(name) == index ? name : DelimitedGuess.NameOf(index))];
        var listed = string.Join(", ", columns.Select((column, index) => FormattableString.Invariant($"{{name: {YamlText.Of(names[index])}, start: {column.Start + 1}{(index + 1 < columns.Count ? $", end: {columns[index + 1].Start}" : string.Empty)}}}")));
        return new FixedGuess(columns.Count, new FormatGuess(
            $"{{type: fixed{key}{(hasHeader ? ", preamble: 1" : string.Empty)}{(isTrimmed ? ", ragged: pad" : string.Empty)}, columns: [{listed}]}}",
            isTrimmed
                ? FormattableString.Invariant($"blanks stand below each other in the first {lines.Count} lines, which end where their last text does")
                : FormattableString.Invariant($"{usual.Count()} of the first {lines.Count} lines are {usual.Key} {unit} long, with blanks below each other"))
        {
            HasNames = hasHeader,
            Questions =
            [
                $"It looks like columns of fixed width: does each begin and end where format says{(hasHeader ? string.Empty : ", and what are they called")}?",
                .. isTrimmed ? (string[])["Lines end where their last text does: ragged: pad takes what they lack as empty, and a line that was cut for a whole one. Right?"] : [],
                .. Aligned(columns, names, table[(hasHeader ? 1 : 0)..]),
            ],
        }, isTrimmed);
    }

    // Names above the columns: no digit stands in them where the lines below have some. One of another length than these begins or ends its names where columns do.
    private static bool IsHeader(List<string> lines, int length)
    {
        if (lines[0].Any(char.IsDigit) || !lines.Skip(1).Any(line => line.Any(char.IsDigit)))
        {
            return false;
        }

        var columns = ColumnsOf([.. lines.Skip(1).Where(line => line.Length >= length).Select(line => line[..length])]);
        var names = ColumnNames().Matches(lines[0]);
        return lines[0].Length == length
            || (names.Count >= LeastColumns && names.All(name => columns.Exists(column => column.Start == name.Index || column.End == name.Index + name.Length)));
    }

    // The header; a name that fills its column to the last place has a blank there, as the values below have.
    private static string Parted(List<string> table)
    {
        var header = table[0].ToCharArray();
        foreach (var (start, _) in ColumnsOf(table[1..]).Where(column => column.Start > 0 && char.IsUpper(header[column.Start]) && char.IsLower(header[column.Start - 1])))
        {
            header[start - 1] = ' ';
        }

        return new string(header);
    }

    // Words with one blank between them are one name.
    [GeneratedRegex(@"\S+( \S+)*", RegexOptions.CultureInvariant)]
    private static partial Regex ColumnNames();

    // What is filled up before begins further left where it is longer: the sample shows only how long it was so far.
    private static IEnumerable<string> Aligned(List<(int Start, int End)> columns, List<string> names, List<string> lines) =>
        columns.Select((column, index) => (column, Name: names[index])).Skip(1)
            .Where(entry => lines.TrueForAll(line => !char.IsWhiteSpace(line[entry.column.End - 1]))
                && lines.Select(line => line[entry.column.Start..entry.column.End].TrimStart().Length).Distinct().Take(2).Count() > 1)
            .Select(entry => FormattableString.Invariant($"The values of '{entry.Name}' stand at the right: do longer ones begin before place {entry.column.Start + 1}? Until then what is longer falls into the column before."));

    // A place for each byte.
    private static string InBytes(string line, Encoding encoding)
    {
        var places = new StringBuilder(line.Length);
        foreach (var rune in line.EnumerateRunes())
        {
            var sign = rune.ToString();
            places.Append(sign[0]).Append(Further, Math.Max(0, encoding.GetByteCount(sign) - 1));
        }

        return places.ToString();
    }

    // Words of a text that stand below each other have no name above them: they belong to the column before.
    private static List<(int Start, int End)> Named(List<(int Start, int End)> columns, string header)
    {
        var named = new List<(int Start, int End)>();
        foreach (var column in columns)
        {
            if (named.Count > 0 && string.IsNullOrWhiteSpace(header[column.Start..column.End]))
            {
                named[^1] = (named[^1].Start, column.End);
            }
            else
            {
                named.Add(column);
            }
        }

        return named;
    }

    // From where something stands in any line to the next place where a blank stands in all of them.
    private static List<(int Start, int End)> ColumnsOf(List<string> lines)
    {
        var columns = new List<(int Start, int End)>();
        var start = -1;
        for (var at = 0; at <= lines[0].Length; at++)
        {
            var isFilled = at < lines[0].Length && lines.Exists(line => !char.IsWhiteSpace(line[at]));
            if (isFilled && start < 0)
            {
                start = at;
            }
            else if (!isFilled && start >= 0)
            {
                columns.Add((start, at));
                start = -1;
            }
        }

        return columns;
    }
}
