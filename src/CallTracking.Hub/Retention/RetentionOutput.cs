using System.Globalization;
using Spectre.Console;

namespace CallTracking.Hub.Retention;

/// <summary>Shows previews and results to people.</summary>
internal static class RetentionOutput
{
    public static void WritePreview(IAnsiConsole screen, RetentionRun run, DateTimeOffset now)
    {
        screen.MarkupLineInterpolated($"Expired by {run.AsOf.UtcDateTime:yyyy-MM-dd HH:mm} UTC under policy version {run.PolicyVersion}:");
        WriteLines(screen, run.Preview, "cases");
        if (run.PreviewCount == 0)
        {
            screen.WriteLine("Nothing has expired. There is nothing to confirm.");
        }
        else if (run.AsOf > now)
        {
            screen.MarkupLineInterpolated($"{run.PreviewCount:N0} cases. Nothing was changed; this looks ahead and cannot be confirmed.");
        }
        else
        {
            screen.MarkupLineInterpolated($"{run.PreviewCount:N0} cases. Nothing was changed. To carry out exactly this, within 24 hours:");
            screen.WriteLine($"calltracking-hub retention run --confirm {run.RunId}");
        }
    }

    public static void WriteResult(IAnsiConsole screen, RetentionRun run)
    {
        WriteLines(screen, run.Result, "done");
        var difference = RetentionLine.Difference(run.Preview, run.Result);
        if (difference.Count == 0)
        {
            screen.MarkupLineInterpolated($"{run.ResultCount:N0} cases, the same as previewed.");
            return;
        }

        screen.MarkupLineInterpolated($"{run.ResultCount:N0} cases; {run.PreviewCount:N0} were previewed. Cases arrived or changed since, or a push still held them:");
        WriteLines(screen, difference, "difference");
    }

    public static void WriteList(IAnsiConsole screen, IReadOnlyList<RetentionRun> runs)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("run id", "previewed (UTC)", "as of (UTC)");
        table.AddColumn(new TableColumn("policy").RightAligned()).AddColumn(new TableColumn("previewed").RightAligned()).AddColumn(new TableColumn("done").RightAligned()).AddColumn("state");
        foreach (var run in runs)
        {
            var state = run switch
            {
                { FinishedAt: { } finishedAt } => $"done {Day(finishedAt)}",
                { ConfirmedAt: not null } => "not finished: confirm it again",
                { PreviewCount: 0 } => "nothing to do",
                _ when run.AsOf > run.PreviewedAt => "looks ahead",
                _ => "waits",
            };
            table.AddRow(run.RunId.ToString(), Day(run.PreviewedAt), Day(run.AsOf), Number(run.PolicyVersion), Number(run.PreviewCount), Number(run.ResultCount), state);
        }

        screen.Write(table);
    }

    private static void WriteLines(IAnsiConsole screen, IReadOnlyList<RetentionLine> lines, string count)
    {
        if (lines.Count == 0)
        {
            return;
        }

        var table = new Table().Border(TableBorder.Simple).AddColumns("jurisdiction", "rule", "basis", "region", "action");
        table.AddColumn(new TableColumn(count).RightAligned());
        foreach (var line in lines)
        {
            table.AddRow([.. new[] { line.Jurisdiction, line.Rule, line.Basis, line.Region, line.Action }.Select(Markup.Escape), Number(line.Count)]);
        }

        screen.Write(table);
    }

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
