using System.Globalization;
using System.Text;
using System.Text.Json;
using CallTracking.Contracts;
using Spectre.Console;

namespace CallTracking.Hub.Cases;

/// <summary>Writes answers for people (tables) and for programs (CSV, JSON lines).</summary>
internal sealed class CaseOutput(IAnsiConsole screen, TextWriter text)
{
    /// <summary>Counts the cases that are written; null where nobody asks.</summary>
    public CaseLook? Look { get; init; }

    public async Task<int> ListAsync(CaseStore store, CaseFilter filter, string format, int limit, CancellationToken cancellationToken)
    {
        var cases = store.StreamAsync(filter, CaseScope.AllRegions, null, cancellationToken);
        if (limit > 0)
        {
            cases = cases.Take(limit);
        }

        cases = Look?.CountAsync(cases, cancellationToken) ?? cases;
        if (format == "table")
        {
            return await ListTableAsync(cases, cancellationToken);
        }

        if (format == "csv")
        {
            await text.WriteAsync(CsvText.Row(CaseTable.Columns));
        }

        await foreach (var stored in cases.WithCancellation(cancellationToken))
        {
            await text.WriteAsync(format == "csv" ? CsvText.Row(CaseTable.Row(stored)) : CaseJson.ToLine(stored) + "\n");
        }

        return HubExit.Done;
    }

    public async Task<int> CountAsync(
        CaseCounts counts, CaseFilter filter, IReadOnlyList<CountBy> by, string format, int limit, CancellationToken cancellationToken)
    {
        var found = await counts.CountAsync(filter, CaseScope.AllRegions, by, cancellationToken);
        var shown = limit > 0 ? found.Take(limit) : found;
        string[] names = [.. by.Select(CaseCounts.NameOf), "count"];
        if (format == "csv")
        {
            await text.WriteAsync(CsvText.Row(names) + string.Concat(shown.Select(count => CsvText.Row([.. count.Keys, count.Count]))));
            return HubExit.Done;
        }

        var table = NewTable(names[..^1]).AddColumn(new TableColumn("count").RightAligned());
        foreach (var count in shown)
        {
            table.AddRow([.. count.Keys.Select(key => key.Length > 0 ? Markup.Escape(key) : "[grey]none[/]"), Number((long)count.Count)]);
        }

        screen.Write(table);
        var left = found.Count - (limit > 0 ? Math.Min(limit, found.Count) : found.Count);
        screen.MarkupLineInterpolated($"{found.Aggregate(0UL, (sum, count) => sum + count.Count):N0} cases in {found.Count:N0} {(found.Count == 1 ? "group" : "groups")}{(left > 0 ? $", {left:N0} groups not shown (--limit 0 shows all)" : string.Empty)}.");
        return HubExit.Done;
    }

    public async Task<int> BacklogAsync(BacklogStore store, BacklogQuestion question, string format, CancellationToken cancellationToken)
    {
        var points = await store.CountAsync(question, CaseScope.AllRegions, cancellationToken);
        if (format == "csv")
        {
            await text.WriteAsync(CsvText.Row(["at", "region", "open_cases"]));
            await text.WriteAsync(string.Concat(points.Select(point => CsvText.Row([point.At.ToDateTimeOffset(), point.Region, point.OpenCases]))));
            return HubExit.Done;
        }

        string[] regions = [.. points.Select(point => point.Region).Distinct()];
        var table = NewTable("at (UTC)");
        foreach (var region in regions.Append("all"))
        {
            table.AddColumn(new TableColumn(region).RightAligned());
        }

        foreach (var instant in points.GroupBy(point => point.At.ToDateTimeOffset()).OrderBy(group => group.Key))
        {
            var open = instant.ToDictionary(point => point.Region, point => point.OpenCases);
            table.AddRow([Day(instant.Key), .. regions.Select(region => Number(open[region])), Number(open.Values.Sum())]);
        }

        screen.Write(table);
        return HubExit.Done;
    }

    public static async Task WriteIndentedAsync(TextWriter text, StoredCase stored)
    {
        using var document = JsonDocument.Parse(CaseJson.ToLine(stored));
        using var buffer = new MemoryStream();
        await using (var json = new Utf8JsonWriter(buffer, CaseJson.Compact with { Indented = true }))
        {
            document.WriteTo(json);
        }

        await text.WriteLineAsync(Encoding.UTF8.GetString(buffer.ToArray()));
    }

    private async Task<int> ListTableAsync(IAsyncEnumerable<StoredCase> cases, CancellationToken cancellationToken)
    {
        var table = NewTable("opened (UTC)", "region", "country", "status", "category", "model", "subject", "uid");
        var shown = 0;
        await foreach (var stored in cases.WithCancellation(cancellationToken))
        {
            shown++;
            table.AddRow(new[]
            {
                Day(stored.Case.Opened?.At?.ToDateTimeOffset()),
                stored.Case.Region,
                stored.Case.CustomerCountry,
                CodedWord<CaseStatus>.Of(stored.Case.Status),
                stored.Case.Product?.Category ?? string.Empty,
                stored.Case.Product?.Model ?? string.Empty,
                Shorten(CaseTable.Readable(stored.Case.Subject)),
                CaseUid.FromBytes(stored.Case.CaseUid.Span).ToString(),
            }.Select(Plain).Select(Markup.Escape).ToArray());
        }

        screen.Write(table);
        screen.MarkupLineInterpolated($"{shown:N0} {(shown == 1 ? "case" : "cases")} shown, latest opened first.");
        return HubExit.Done;
    }

    private static Table NewTable(params string[] columns) => new Table().Border(TableBorder.Simple).AddColumns(columns);

    private static string Day(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? string.Empty;

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    // A region's text could steer the terminal that the table is shown on.
    private static string Plain(string text) => text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)) : text;

    private static string Shorten(string subject) => subject.Length > 40 ? subject[..39] + "…" : subject;
}
