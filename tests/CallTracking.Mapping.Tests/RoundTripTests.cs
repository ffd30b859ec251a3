using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace CallTracking.Mapping.Tests;

public sealed class RoundTripTests
{
    private const string Letters = "ab,;\"'\\|\t\r\n 0é髙ポ～表ｱ";

    private static readonly (string Encoding, string Letters)[] Encodings =
    [
        ("utf-8", Letters + "😀\u0301"),
        ("Shift_JIS", Letters.Replace("é", "", StringComparison.Ordinal)),
        ("windows-1252", "ab,;\"'\\|\t\r\n 0é€ß"),
        ("utf-16", Letters),
        ("gb18030", Letters + "😀"),
        ("iso-2022-jp", "ab,;\"'\\|\t\r\n 0表"),
    ];

    private static readonly (string Delimiter, string LineEnd, bool QuotesAll, string Escape)[] Styles =
        [(",", "\n", false, "double"), (";", "\r\n", true, "double"), ("\t", "\r", false, "double"), ("|", "\r\n", false, "\\")];

    static RoundTripTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [Fact]
    public void ReadAsync_AnyTableInAnyEncodingAndStyle_ReadsBackEqual()
    {
        var cases =
            from encoding in Gen.Elements(Encodings)
            from style in Gen.Elements(Styles)
            from drips in Gen.Elements(true, false)
            from rows in Gen.ListOf(Gen.ArrayOf(TextOf(encoding.Letters), 3))
            select (encoding.Encoding, style, drips, rows: rows.ToList());

        Prop.ForAll(cases.ToArbitrary(), table => ReadsBack(table.Encoding, table.style, table.drips, table.rows)).QuickCheckThrowOnFailure();
    }

    private static Gen<string> TextOf(string letters)
    {
        // By text element of UTF-16 code points, so that no surrogate stands alone.
        var runes = letters.EnumerateRunes().Select(rune => rune.ToString()).ToArray();
        return Gen.Elements(runes).ListOf().Select(string.Concat);
    }

    private static bool ReadsBack(string encoding, (string Delimiter, string LineEnd, bool QuotesAll, string Escape) style, bool drips, List<string[]> rows)
    {
        var yaml = Reading.Csv(
            "subject: {from: a, trim: false}\ndescription: {from: b, trim: false}\nresolution: {from: c, trim: false}",
            format: $"{{type: delimited, encoding: {encoding}, delimiter: {(style.Delimiter == "\t" ? "tab" : $"\"{style.Delimiter}\"")}, escape: '{style.Escape}'}}");
        var text = new StringBuilder();
        text.AppendJoin(style.Delimiter, "id", "a", "b", "c").Append(style.LineEnd);
        for (var row = 0; row < rows.Count; row++)
        {
            text.AppendJoin(style.Delimiter, rows[row].Prepend($"k{row}").Select(cell => Quoted(cell, style))).Append(style.LineEnd);
        }

        var content = Encoding.GetEncoding(encoding).GetBytes(text.ToString());
        using var reader = Reading.Mapping(yaml).OpenReader(drips ? new DrippingStream(content) : new MemoryStream(content), "cases.csv");
        var read = Reading.AllAsync(reader).GetAwaiter().GetResult().Select(outcome => outcome is RowOutcome.Mapped mapped
            ? string.Join('\u241E', mapped.LocalId, mapped.Case.Subject?.Clear, mapped.Case.Description?.Clear, mapped.Case.Resolution?.Clear)
            : outcome.ToString());
        return read.SequenceEqual(rows.Select((cells, row) => string.Join('\u241E', cells.Prepend($"k{row}"))));
    }

    private static string Quoted(string cell, (string Delimiter, string LineEnd, bool QuotesAll, string Escape) style)
    {
        var needsQuotes = style.QuotesAll || cell.AsSpan().ContainsAny("\"\r\n\\".AsSpan()) || cell.Contains(style.Delimiter, StringComparison.Ordinal);
        if (!needsQuotes)
        {
            return cell;
        }

        var inner = style.Escape == "\\"
            ? cell.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
            : cell.Replace("\"", "\"\"", StringComparison.Ordinal);
        return $"\"{inner}\"";
    }
}
