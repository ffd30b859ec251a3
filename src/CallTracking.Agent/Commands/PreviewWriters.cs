using System.Text.Encodings.Web;
using System.Text.Json;
using CallTracking.Contracts;
using CallTracking.Mapping;
using Google.Protobuf;

namespace CallTracking.Agent.Commands;

/// <summary>How a preview is written.</summary>
internal interface IPreviewWriter
{
    void Case(RowPosition position, string raw, Case value);

    void Other(RowPosition position, string raw, string kind, string why);

    /// <summary>What all rows became that were shown.</summary>
    /// <param name="counts">By kind.</param>
    /// <param name="limit">Where it ended because so many were asked for: nobody looked further. Null when all were looked at.</param>
    void Totals(IReadOnlyDictionary<string, int> counts, int? limit);
}

/// <summary>For people: the row, then what became of it.</summary>
internal sealed class PreviewTable(TextWriter output) : IPreviewWriter
{
    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default.WithIndentation("  ").WithPreserveProtoFieldNames(true));

    public void Case(RowPosition position, string raw, Case value)
    {
        Head(position, raw);
        output.WriteLine("becomes");
        output.WriteLine(Formatter.Format(value));
        output.WriteLine();
    }

    public void Other(RowPosition position, string raw, string kind, string why)
    {
        Head(position, raw);
        output.WriteLine($"{kind}: {why}");
        output.WriteLine();
    }

    public void Totals(IReadOnlyDictionary<string, int> counts, int? limit)
    {
        var rows = counts.Values.Sum();
        output.WriteLine(rows == 0 && limit is null ? "── no rows to show" : $"── {rows} {(rows == 1 ? "row" : "rows")}: {string.Join(", ", counts.Select(entry => $"{entry.Key} {entry.Value}"))}");
        if (limit is { } most)
        {
            output.WriteLine(FormattableString.Invariant($"   --limit {most} reached, and nobody looked further; more: --limit {most * 10L}"));
        }
    }

    private void Head(RowPosition position, string raw)
    {
        output.WriteLine($"── {position}");
        output.WriteLine(raw);
    }
}

/// <summary>For scripts that want cases: one a line, as protobuf's own JSON. What became no case is told on the side.</summary>
internal sealed class PreviewCases(TextWriter output, TextWriter side) : IPreviewWriter
{
    public void Case(RowPosition position, string raw, Case value) => output.WriteLine(PreviewLines.Formatter.Format(value));

    public void Other(RowPosition position, string raw, string kind, string why) => side.WriteLine($"{position}: {kind}: {why}");

    public void Totals(IReadOnlyDictionary<string, int> counts, int? limit)
    {
        // Each line is a case: a script counts them itself.
    }
}

/// <summary>For scripts: one JSON object a row, with its place, its text, and the case or the reason.</summary>
internal sealed class PreviewLines(TextWriter output) : IPreviewWriter
{
    // Names as headquarters' interface has them.
    public static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default.WithPreserveProtoFieldNames(true));

    // The lines go to a terminal or a script, never into a page: letters of every language stay legible.
    private static readonly JsonSerializerOptions Legible = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public void Case(RowPosition position, string raw, Case value) =>
        output.WriteLine($$"""{{{Head(position, raw)}},"case":{{Formatter.Format(value)}}}""");

    public void Other(RowPosition position, string raw, string kind, string why) =>
        output.WriteLine($$"""{{{Head(position, raw)}},"reason":{{Text(kind)}},"message":{{Text(why)}}}""");

    public void Totals(IReadOnlyDictionary<string, int> counts, int? limit)
    {
        // Each line is a row: a script counts them itself.
    }

    private static string Head(RowPosition position, string raw) =>
        $"\"file\":{Text(position.File)},\"row\":{position.Row},\"local\":{Text(raw)}";

    private static string Text(string value) => JsonSerializer.Serialize(value, Legible);
}
