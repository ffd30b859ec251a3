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

    /// <summary>Plain text of one width when nobody looks at a terminal.</summary>
    public static void AdaptToOutput()
    {
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Capabilities.Ansi = false;
            AnsiConsole.Profile.Capabilities.ColorSystem = ColorSystem.NoColors;
            AnsiConsole.Profile.Width = 140;
        }
    }

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

    /// <summary>Each region's report as the two sums that must close, and what stands in its quarantine.</summary>
    public static void Reports(IEnumerable<(string Region, SyncResult Result)> runs)
    {
        foreach (var (region, result) in runs)
        {
            var report = result.Report!;
            Line($"{region}  rows {report.Rows:N0} = cases {report.Cases:N0} + folded {report.Folded:N0} + blank {report.Blank:N0} + filtered {report.Filtered:N0} + quarantined {report.Quarantined:N0}");
            Line($"    cases {report.Cases:N0} = new {report.New:N0} + changed {report.Changed:N0} + unchanged {report.Unchanged:N0} + held {report.Held:N0} + suppressed {report.Suppressed:N0} + gone {report.Gone:N0}");
            if (report.QuarantineReasons.Count > 0)
            {
                Line($"    in the region's encrypted quarantine: {string.Join(", ", report.QuarantineReasons.Select(reason => $"{reason.Reason} {reason.Count:N0}"))}");
            }
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
