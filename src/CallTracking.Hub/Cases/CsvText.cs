using System.Buffers;

namespace CallTracking.Hub.Cases;

/// <summary>
/// RFC 4180: commas, CRLF, quotes where needed. A text that a spreadsheet would take for a formula gets an apostrophe in front,
/// so that opening an export never runs what a customer wrote.
/// </summary>
internal static class CsvText
{
    /// <summary>What makes Excel read UTF-8 as UTF-8.</summary>
    public const string ByteOrderMark = "\uFEFF";

    private static readonly SearchValues<char> Special = SearchValues.Create(",\"\r\n");

    /// <summary>A row with its line end. Numbers are written as they are; texts are made safe.</summary>
    public static string Row(IEnumerable<object?> cells) => string.Join(',', cells.Select(Cell)) + "\r\n";

    private static string Cell(object? value) => value switch
    {
        null => string.Empty,
        string text => Quote(text.Length > 0 && IsFormula(text) ? "'" + text : text),
        DateTimeOffset at => CaseJson.ToText(at),
        IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => throw new System.Diagnostics.UnreachableException(value.GetType().Name),
    };

    // Full-width signs count too: spreadsheets in Japanese settings take them for the narrow ones.
    private static bool IsFormula(string text) => text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠';

    private static string Quote(string text) =>
        text.AsSpan().ContainsAny(Special) ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
