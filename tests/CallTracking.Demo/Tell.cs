using System.Globalization;
using CallTracking.Contracts;
using CallTracking.Testing;
using CallTracking.Testing.Installations;
using Spectre.Console;

namespace CallTracking.Demo;

/// <summary>How the demo speaks: headings, plain lines, narrow tables.</summary>
internal static class Tell
{
    private static int _chapter;

    public static void Heading(string title)
    {
        AnsiConsole.WriteLine();
        AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[bold]{_chapter++}. {title}[/]");
    }

    public static void Line(string text) => AnsiConsole.WriteLine("  " + text);

    public static void Output(ProgramResult result)
    {
        foreach (var line in result.Output.TrimEnd().Split('\n'))
        {
            Line(line);
        }
    }

    /// <exception cref="DemoFailure">There is a fault.</exception>
    public static void Verdict(IEnumerable<string> faults, string whenFine)
    {
        var all = faults.ToList();
        if (all.Count > 0)
        {
            throw new DemoFailure(string.Join(" ", all));
        }

        AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"  [green]✓[/] {whenFine}");
    }

    /// <summary>rows = cases + folded + blank + filtered + quarantined; cases = new + changed + unchanged + held + suppressed + gone.</summary>
    public static void Reports(IEnumerable<(string Region, SyncResult Result)> runs)
    {
        var table = Narrow("", "rows", "= cases", "+ folded", "+ blank", "+ filtered", "+ quarantined", "| cases", "= new", "+ changed", "+ unchanged", "+ held", "+ suppressed", "+ gone");
        foreach (var (region, result) in runs)
        {
            var report = result.Report!;
            ulong[] numbers =
            [
                report.Rows, report.Cases, report.Folded, report.Blank, report.Filtered, report.Quarantined, report.Cases,
                report.New, report.Changed, report.Unchanged, report.Held, report.Suppressed, report.Gone,
            ];
            table.AddRow([region, .. numbers.Select(number => $"{number:N0}")]);
        }

        Write(table);
        foreach (var (region, result) in runs.Where(run => run.Result.Report!.QuarantineReasons.Count > 0))
        {
            var reasons = result.Report!.QuarantineReasons.Select(reason => $"{reason.Reason} {reason.Count:N0}");
            Line($"{region} quarantine, at the region, encrypted: {string.Join(", ", reasons)}");
        }
    }

    public static void Redactions(IEnumerable<SyncResult> results)
    {
        var counts = results.SelectMany(result =>
            result.Report!.EdgeRedactions.Select(count => (Place: "edge", Count: count))
                .Concat(result.HubCount!.HubRedactions.Select(count => (Place: "hub", Count: count))));
        var table = Narrow("class", "law", "action", "place", "values");
        foreach (var group in counts
            .Where(entry => entry.Count.Action != RedactionAction.Keep)
            .GroupBy(entry => (entry.Count.DataClass, entry.Count.Jurisdiction, entry.Count.Action, entry.Place))
            .OrderBy(group => group.Key.Jurisdiction, StringComparer.Ordinal).ThenBy(group => group.Key.DataClass).ThenBy(group => group.Key.Place, StringComparer.Ordinal))
        {
            var (dataClass, jurisdiction, action, place) = group.Key;
            table.AddRow(dataClass.ToString(), jurisdiction, action.ToString(), place, $"{group.Sum(entry => entry.Count.Count):N0}");
        }

        Write(table);
    }

    /// <summary>What travelled in the second night, beside the first.</summary>
    public static void WireShare(
        IReadOnlyList<(string Region, SyncResult Result)> first, IReadOnlyList<(string Region, SyncResult Result)> second)
    {
        var table = Narrow("", "cases read", "cases sent", "bytes sent", "bytes of night 1");
        foreach (var ((region, before), (_, after)) in first.Zip(second))
        {
            table.AddRow(
                region, $"{after.Report!.Cases:N0}", $"{after.Report.SentCases:N0}", $"{after.Report.SentBytes:N0}", $"{before.Report!.SentBytes:N0}");
        }

        Write(table);
    }

    public static Table Narrow(params string[] columns)
    {
        var table = new Table { Border = TableBorder.None };
        foreach (var (column, index) in columns.Select((column, index) => (column, index)))
        {
            table.AddColumn(new TableColumn($"[grey]{column.EscapeMarkup()}[/]") { Alignment = index == 0 ? Justify.Left : Justify.Right, NoWrap = true });
        }

        return table;
    }

    public static void Write(Table table) => AnsiConsole.Write(new Padder(table, new Padding(2, 0, 0, 0)));
}
