using System.Globalization;
using System.Text;
using CallTracking.Testing;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace CallTracking.Mapping.Tests.Excel;

/// <summary>A table as a workbook and as CSV gives the same cases.</summary>
public sealed class SameAsCsvTests
{
    private const string Letters = "ab,;\"'<>&_x0D\t\r\n 0é髙ポ～😀";

    private static readonly string Fields = "subject: {from: a, trim: false}\ndescription: {from: b, trim: false}\nopened: {from: c, optional: true}";

    private enum Kind
    {
        Inline,
        Shared,
        Number,
        Flag,
    }

    [Fact]
    public void ReadAsync_AnyTable_GivesTheCasesOfTheSameCsv()
    {
        var text = Gen.Elements(Letters.EnumerateRunes().Select(rune => rune.ToString()).ToArray()).ListOf().Select(string.Concat);
        var cell =
            from kind in Gen.Elements(Enum.GetValues<Kind>())
            from letters in text
            from number in Gen.Choose(-1_000_000_000, 1_000_000_000)
            select (kind, kind switch
            {
                Kind.Number => (number / 100m).ToString("0.##", CultureInfo.InvariantCulture),
                Kind.Flag => number > 0 ? "true" : "false",
                _ => letters,
            });
        var row = from a in cell from b in cell from minutes in Gen.Choose(0, 50_000_000) select (a, b, minutes);

        Prop.ForAll(Gen.ListOf(row).ToArbitrary(), rows => IsSame([.. rows])).QuickCheckThrowOnFailure();
    }

    private static bool IsSame(((Kind Kind, string Text) A, (Kind Kind, string Text) B, int Minutes)[] rows)
    {
        var csv = new StringBuilder("id,a,b,c\n");
        var builder = new XlsxBuilder();
        var style = builder.Style("yyyy/m/d hh:mm");
        var sheet = new StringBuilder(XlsxBuilder.Row(1, "id", "a", "b", "c"));
        for (var index = 0; index < rows.Length; index++)
        {
            var at = new DateTime(1930, 1, 1, 0, 0, 0, DateTimeKind.Unspecified).AddMinutes(rows[index].Minutes);
            csv.Append(CultureInfo.InvariantCulture, $"k{index},{Quoted(rows[index].A.Text)},{Quoted(rows[index].B.Text)},{at:yyyy-MM-ddTHH:mm}\n");
            sheet.Append(CultureInfo.InvariantCulture, $"<row r=\"{index + 2}\">{XlsxBuilder.Text(0, index + 2, $"k{index}")}{Cell(builder, 'B', index + 2, rows[index].A)}{Cell(builder, 'C', index + 2, rows[index].B)}<c r=\"D{index + 2}\" s=\"{style}\"><v>{at.ToOADate():R}</v></c></row>");
        }

        return Cases(Reading.AllAsync(Workbooks.Yaml(fields: Fields), builder.Sheet(sheet.ToString()).Build()))
            .SequenceEqual(Cases(Reading.AllAsync(Reading.Csv(Fields), csv.ToString())));
    }

    private static IEnumerable<string> Cases(Task<List<RowOutcome>> reading) =>
        reading.GetAwaiter().GetResult().Select(outcome => outcome is RowOutcome.Mapped mapped ? $"{mapped.LocalId} {mapped.Case}" : $"{outcome}");

    private static string Cell(XlsxBuilder builder, char column, int row, (Kind Kind, string Text) cell) => cell.Kind switch
    {
        Kind.Number => $"<c r=\"{column}{row}\"><v>{cell.Text}</v></c>",
        Kind.Flag => $"<c r=\"{column}{row}\" t=\"b\"><v>{(cell.Text == "true" ? 1 : 0)}</v></c>",
        Kind.Shared => $"<c r=\"{column}{row}\" t=\"s\"><v>{builder.Shared(cell.Text)}</v></c>",
        _ => XlsxBuilder.Text(column - 'A', row, cell.Text),
    };

    private static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
