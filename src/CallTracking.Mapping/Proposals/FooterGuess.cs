using System.Text.RegularExpressions;
using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Proposals;

/// <summary>
/// Totals and notes behind a table's last row: with fewer values, and none of the digits or letters alone with which the rows begin. A number of lines
/// would cost the next night its last cases where that has no footer, so that the words say it, or nothing.
/// </summary>
/// <param name="Lines">How many there are.</param>
/// <param name="Pattern">What the first of them looks like and no row does; null where no word tells.</param>
internal sealed partial record FooterGuess(int Lines, string? Pattern)
{
    // Rows by which a footer is told.
    private const int LeastRows = 3;
    private const int MostLines = 5;
    private const int LeastWord = 2;

    // Rows that begin with texts, such as names, begin in as many ways as a footer: only these words are none of theirs.
    private static readonly HashSet<string> Words = new(StringComparer.Ordinal)
    {
        "total", "totals", "grand", "sum", "sums", "subtotal", "summe", "gesamt", "gesamtsumme", "insgesamt", "somme", "totaux", "totale", "totali", "totaal", "totales", "totais", "suma", "soma",
        "razem", "ogolem", "итого", "всего", "合計", "総計", "計", "合计", "总计", "總計", "합계", "총계", "toplam", "المجموع", "الإجمالي",
    };

    public static FooterGuess None { get; } = new(0, null);

    /// <param name="tail">The last rows, each by its first text and whether it lacks cells that rows have.</param>
    /// <param name="beginnings">With what rows of the sample begin, beside those of the tail.</param>
    public static FooterGuess Of(IReadOnlyList<(string First, bool IsShort)> tail, IEnumerable<string> beginnings)
    {
        var whole = tail.Where(row => !row.IsShort).Select(row => row.First).ToList();
        if (whole.Count < LeastRows)
        {
            return None;
        }

        var shapes = whole.Select(first => KeyForm.Of(first)).ToHashSet(StringComparer.Ordinal);
        var isNumbered = whole.Count(first => first.Any(char.IsDigit)) > whole.Count / 2;
        var lines = tail.Reverse().TakeWhile(row => row.IsShort && (isNumbered ? !shapes.Contains(KeyForm.Of(row.First)) : IsTotals(row.First))).Reverse().Select(row => row.First).ToList();
        return lines.Count is 0 or > MostLines ? None : new FooterGuess(lines.Count, PatternOf(lines, [.. beginnings.Concat(tail.SkipLast(lines.Count).Select(row => row.First))]));
    }

    // The first word only: what follows may be anything, also a person's name.
    private static string? PatternOf(List<string> lines, List<string> rows)
    {
        var words = lines.Select(WordOf).Distinct(StringComparer.Ordinal).ToList();
        return words.TrueForAll(word => word.Length >= LeastWord && !rows.Exists(row => row.StartsWith(word, StringComparison.Ordinal)))
            ? string.Join('|', words.Select(word => "^" + Regex.Escape(word)))
            : null;
    }

    /// <summary>It begins with a word for totals or sums, in one of many languages.</summary>
    public static bool IsTotals(string first) => Words.Contains(WordTable.Fold(WordOf(first)));

    private static string WordOf(string first) => Word().Match(first.TrimStart()).Value;

    [GeneratedRegex(@"^[\p{L}\p{M}]+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
