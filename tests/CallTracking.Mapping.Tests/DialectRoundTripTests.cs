using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace CallTracking.Mapping.Tests;

/// <summary>Whatever is written in a dialect that a mapping can describe is read back equal, however the bytes arrive.</summary>
public sealed class DialectRoundTripTests
{
    private const string Letters = "ab,;|#'\"\\\t\r\n 0é表ポ～";

    private static readonly string[] Encodings = ["utf-8", "Shift_JIS", "gb18030", "utf-16", "utf-16BE", "windows-1252", "iso-2022-jp", "euc-jp"];

    static DialectRoundTripTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [Fact]
    public void ReadAsync_AnyTableInAnyDialect_ReadsBackEqual()
    {
        var tables =
            from encoding in Gen.Elements(Encodings)
            from delimiter in Gen.Elements(",", ";", "\t", "||", ";;", "|;|", "§")
            from quote in Gen.Elements('"', '\'')
            from escapes in Gen.Elements(true, false)
            from lineEnd in Gen.Elements("\n", "\r\n", "\r")
            from preamble in Gen.Choose(0, 2)
            from footer in Gen.Choose(0, 2)
            from footerByWords in Gen.Elements(true, false)
            from hasComments in Gen.Elements(true, false)
            from endsInLineEnd in Gen.Elements(true, false)
            from drips in Gen.Elements(true, false)
            from rows in TableOf(Known(encoding, Letters))
            select new Dialect(encoding, encoding is "utf-8" or "utf-16" or "windows-1252" || delimiter != "§" ? delimiter : ",", quote, escapes, lineEnd, preamble, footer, footerByWords, hasComments, endsInLineEnd, drips, rows);

        Prop.ForAll(tables.ToArbitrary(), ReadsBack).Check(Config.QuickThrowOnFailure.WithMaxTest(400));
    }

    [Fact]
    public void ReadAsync_AnyTableOfFixedWidth_ReadsBackEqual()
    {
        var tables =
            from encoding in Gen.Elements(Encodings)
            from countsBytes in Gen.Elements(true, false)
            from isRight in Gen.Elements(true, false)
            from lineEnd in Gen.Elements("\n", "\r\n", "\r", "")
            from drips in Gen.Elements(true, false)
            from rows in TableOf(Known(encoding, Letters.Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal) + "ｱ"))
            select (encoding, countsBytes, isRight, lineEnd, drips, rows);

        Prop.ForAll(tables.ToArbitrary(), table => ReadsBackFixed(table.encoding, table.countsBytes, table.isRight, table.lineEnd, table.drips, table.rows))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(400));
    }

    private static Gen<List<string[]>> TableOf(string letters) =>
        Gen.Elements(letters.ToCharArray()).ListOf().Select(text => string.Concat(text)).ArrayOf(2).ListOf().Select(rows => rows.ToList());

    private static string Known(string encoding, string letters) =>
        string.Concat(letters.Where(letter => encoding is "utf-8" or "utf-16" or "utf-16BE" || CanWrite(encoding, letter)));

    private static bool CanWrite(string encoding, char letter)
    {
        var strict = Encoding.GetEncoding(encoding, EncoderFallback.ReplacementFallback, DecoderFallback.ReplacementFallback);
        return strict.GetString(strict.GetBytes([letter])) == letter.ToString() && (letter != '～' || encoding != "euc-jp");
    }

    private static bool ReadsBack(Dialect dialect)
    {
        var comment = dialect.HasComments ? $"#{dialect.Quote}note{dialect.LineEnd}" : string.Empty;
        var text = new StringBuilder();
        text.Insert(0, $"Report {dialect.Quote} of{dialect.LineEnd}", dialect.Preamble);
        text.Append(comment).AppendJoin(dialect.Delimiter, "id", "a", "b").Append(dialect.LineEnd);
        for (var row = 0; row < dialect.Rows.Count; row++)
        {
            text.Append(comment).AppendJoin(dialect.Delimiter, dialect.Rows[row].Prepend($"k{row}").Select(cell => Quoted(cell, dialect))).Append(dialect.LineEnd);
        }

        text.Insert(text.Length, $"Totals {dialect.Quote}{dialect.LineEnd}", dialect.Footer);
        var written = dialect.EndsInLineEnd || text.Length == 0 ? text.ToString() : text.ToString(0, text.Length - dialect.LineEnd.Length);
        return Read(dialect.Yaml(), dialect.Encoding, written, dialect.Drips)
            .SequenceEqual(dialect.Rows.Select((cells, row) => string.Join('\u241E', cells.Prepend($"k{row}"))));
    }

    private static bool ReadsBackFixed(string encoding, bool countsBytes, bool isRight, string lineEnd, bool drips, List<string[]> rows)
    {
        var writer = Encoding.GetEncoding(encoding == "Shift_JIS" ? "shift_jis" : encoding);
        var isCutInBytes = countsBytes && encoding is not ("utf-16" or "utf-16BE" or "iso-2022-jp");
        int Measure(string cell) => isCutInBytes ? writer.GetByteCount(cell) : cell.Length;
        // Outer spaces are the filling's.
        var cells = rows.Select((row, index) => row.Select(cell => cell.Trim()).Prepend($"k{index}").ToArray()).ToList();
        var widths = Enumerable.Range(0, 3).Select(column => 1 + cells.Select(row => Measure(row[column])).DefaultIfEmpty(0).Max()).ToArray();
        var lines = cells.Select(row => string.Concat(row.Select((cell, column) => isRight ? Fill(cell, column) + cell : cell + Fill(cell, column))));
        string Fill(string cell, int column) => new(' ', widths[column] - Measure(cell));

        // Without line ends, records are of one length in bytes: where places count characters, a single-byte page's only.
        var hasLength = lineEnd.Length == 0 && isCutInBytes;
        var end = lineEnd.Length == 0 && !hasLength ? "\n" : lineEnd;
        var columns = string.Join(", ", new[] { "id", "a", "b" }.Select((name, column) => $"{{name: {name}, width: {widths[column]}, align: {(isRight ? "right" : "left")}}}"));
        var length = hasLength ? $", record_length: {widths.Sum()}" : string.Empty;
        var yaml = Mapping($"{{type: fixed, encoding: {encoding}, unit: {(isCutInBytes ? "bytes" : "chars")}, columns: [{columns}]{length}}}");
        return Read(yaml, encoding, string.Concat(lines.Select(line => line + end)), drips).SequenceEqual(cells.Select(row => string.Join('\u241E', row)));
    }

    private static IEnumerable<string?> Read(string yaml, string encoding, string text, bool drips)
    {
        var content = Encoding.GetEncoding(encoding == "euc-jp" ? 51932 : Encoding.GetEncoding(encoding).CodePage).GetBytes(text);
        using var reader = Reading.Mapping(yaml).OpenReader(drips ? new DrippingStream(content) : new MemoryStream(content), "cases.csv");
        return Reading.AllAsync(reader).GetAwaiter().GetResult().Select(outcome => outcome is RowOutcome.Mapped mapped
            ? string.Join('\u241E', mapped.LocalId, mapped.Case.Subject?.Clear, mapped.Case.Description?.Clear)
            : outcome.ToString());
    }

    private static string Quoted(string cell, Dialect dialect)
    {
        var quote = dialect.Quote.ToString();
        var inner = dialect.Escapes
            ? cell.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(quote, "\\" + quote, StringComparison.Ordinal)
            : cell.Replace(quote, quote + quote, StringComparison.Ordinal);
        return quote + inner + quote;
    }

    private static string Mapping(string format) =>
        Reading.Csv("subject: {from: a, trim: false}\ndescription: {from: b, trim: false}", format: format);

    private sealed record Dialect(
        string Encoding,
        string Delimiter,
        char Quote,
        bool Escapes,
        string LineEnd,
        int Preamble,
        int Footer,
        bool FooterByWords,
        bool HasComments,
        bool EndsInLineEnd,
        bool Drips,
        List<string[]> Rows)
    {
        public string Yaml() => Mapping(
            $"{{type: delimited, encoding: {Encoding}, delimiter: \"{Delimiter.Replace("\t", "\\t", StringComparison.Ordinal)}\", quote: \"{(Quote == '"' ? "\\\"" : "'")}\""
            + (Escapes ? ", escape: '\\'" : string.Empty) + (Preamble > 0 ? $", preamble: {Preamble}" : string.Empty)
            + (Footer > 0 ? $", footer: {(FooterByWords ? "{from: ^Totals}" : $"{Footer}")}" : string.Empty)
            + (EndsInLineEnd ? ", end: line" : string.Empty) + (HasComments ? ", comment: \"#\"" : string.Empty) + "}");
    }
}
