using System.Globalization;
using System.Text;

namespace CallTracking.Mapping.Proposals;

/// <summary>Writes tests of invented cases beside a proposed mapping. No value of the sample stands in them: tests are not encrypted.</summary>
internal static class TestsText
{
    private static readonly DateTime Invented = new(2026, 3, 2, 9, 30, 0);

    private static readonly HashSet<string> Texts = new(StringComparer.Ordinal)
    {
        "subject", "description", "resolution", "customer.name", "agent.name", "agent.id", "customer.number", "product.model", "product.lot", "centre", "company", "brand",
        "satisfaction.comment", "agent.team", "inquiry_type",
    };

    /// <summary>Null where nothing that names a record can be invented.</summary>
    public static string? Write(MappingText text, ColumnSamples sample, SourceMapping mapping)
    {
        var isTree = mapping.Format.IsTree;

        var key = sample.Columns.FirstOrDefault(column => YamlText.Of(column.Name) == text.Key.Yaml)?.Name;
        var cells = text.Fields.Where(field => field.Question is null && field.Target != "custom_fields" && IsPlain(field, isTree)).Select(field => CellOf(field, sample)).OfType<Cell>()
            .Where(cell => cell.Column != key).DistinctBy(cell => TreeText.PlaceOf(cell.Column)).ToList();
        var named = key is null || (isTree && !TreeText.IsPath(key)) ? [] : new List<Cell> { new(key, "T-1001", null, null, false) };
        if (isTree && named.Count == 0)
        {
            return null;
        }

        if (named.Count + cells.Count == 0)
        {
            // Where no column is mapped yet, a row is a case by any cell.
            named.AddRange(sample.Columns.Select(column => column.Name).Concat(sample.Empty).Take(1).Select(column => new Cell(column, "T-1001", null, null, false)));
        }

        string Row(IEnumerable<Cell> row) => isTree ? $"text: {YamlText.Of(TreeText.Of(mapping.Format, text.Format.Yaml, row.Select(cell => (cell.Column, cell.Text))))}" : $"row: {{{string.Join(", ", row.Select(cell => $"{YamlText.Of(cell.Column)}: {YamlText.Of(cell.Text)}"))}}}";
        var tests = new StringBuilder("# Invented cases: add yours, with invented values too, since this file is not encrypted.\ntests:\n");
        var expect = cells.Where(cell => cell.Expected is not null).Select(cell => $"{cell.Path}: {YamlText.Of(cell.Expected!)}").DefaultIfEmpty("kind: inquiry");
        Test("an invented case", [.. named, .. cells], $"expect: {{{string.Join(", ", expect)}}}");
        if (cells.FirstOrDefault(cell => cell.IsTime && cell.Path!.StartsWith("opened", StringComparison.Ordinal)) is { } opened)
        {
            Test("a date that never was", [.. named, opened with { Text = "no date" }], "rejected: {reason: bad-time, field: opened}");
        }

        if (cells.FirstOrDefault(cell => cell.Path is "status") is { } status)
        {
            Test("a status that the table does not know", [.. named, status with { Text = "an invented word" }], "rejected: {reason: unmapped-value, field: status}");
        }

        return tests.ToString();

        void Test(string name, IEnumerable<Cell> row, string verdict) => tests.Append(CultureInfo.InvariantCulture, $"  - name: {name}\n    {Row(row)}\n    {verdict}\n");
    }

    private static bool IsPlain(ProposedField field, bool isTree) => !field.Value.StartsWith('[') && (!isTree || TreeText.IsPath(field.Column));

    private static Cell? CellOf(ProposedField field, ColumnSamples sample)
    {
        var column = sample.Columns.First(column => column.Name == field.Column);
        return FieldKinds.Of(field.Target) switch
        {
            FieldKind.Time => TimeCell(field),
            FieldKind.Word => WordCell(field, column),
            FieldKind.Email => new Cell(field.Column, "a.person@example.com", "customer.emails", "a.person@example.com", false),
            FieldKind.Score when field.Value.Contains("scale: [1,", StringComparison.Ordinal) && !field.Value.Contains("values:", StringComparison.Ordinal) => new Cell(field.Column, "4", field.Target, "4", false),
            _ when Texts.Contains(field.Target) && !column.IsList => new Cell(field.Column, $"an invented {field.Target[(field.Target.LastIndexOf('.') + 1)..]}", field.Target, $"an invented {field.Target[(field.Target.LastIndexOf('.') + 1)..]}", false),
            _ => null,
        };
    }

    private static Cell TimeCell(ProposedField field)
    {
        var at = field.Value.IndexOf("format: ", StringComparison.Ordinal);
        var format = at < 0 ? "iso" : field.Value[(at + 8)..].TrimEnd('}').Split(", c")[0].Trim('"').Replace("\\\"", "\"", StringComparison.Ordinal);
        return format switch
        {
            "iso" => Cell.At(field, "2026-03-02T09:30:00Z"),
            "unix" => Cell.At(field, "1772443800") with { Expected = "2026-03-02T09:30:00Z" },
            "unix_ms" => Cell.At(field, "1772443800000") with { Expected = "2026-03-02T09:30:00Z" },
            _ when field.Value.Contains($"calendar: {EraShape.Calendar}", StringComparison.Ordinal) => Cell.At(field, EraShape.Write(format, Invented)) with { Path = $"{field.Target}.original" },
            _ => Cell.At(field, Invented.ToString(format, CultureInfo.InvariantCulture)) with { Path = $"{field.Target}.original" },
        };
    }

    // Only words that are the dictionary's own: a word of the sample could be anything.
    private static Cell? WordCell(ProposedField field, ColumnSample column)
    {
        foreach (var (word, _) in column.Words)
        {
            if (field.Target != "customer.gender" && ColumnCandidates.ValueOf(field.Target, word) is { IsWhole: true } meant)
            {
                return new Cell(field.Column, word, field.Target, meant.Key, false);
            }
        }

        return null;
    }

    private sealed record Cell(string Column, string Text, string? Path, string? Expected, bool IsTime)
    {
        public static Cell At(ProposedField field, string text) => new(field.Column, text, field.Target, text, true);
    }
}
