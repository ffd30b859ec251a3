using System.Globalization;
using System.Text.Json;
using CallTracking.Agent.Configuration;
using CallTracking.Agent.Ledger;
using CallTracking.Contracts;
using Google.Protobuf;

namespace CallTracking.Agent.Commands;

/// <summary>Run reports for people and for scripts. Counts only.</summary>
internal static class ReportText
{
    /// <summary>The report as lines for a terminal.</summary>
    public static IEnumerable<string> Lines(RunRow run, string region)
    {
        var report = run.Report;
        var took = report.FinishedAt is { } end ? end.ToDateTimeOffset() - report.StartedAt.ToDateTimeOffset() : TimeSpan.Zero;
        yield return Say($"{region} run {run.Number}: {Word(report.Outcome)}, {took.TotalSeconds:0.0} s of reading");
        var vanished = report.Vanished == 0 ? string.Empty : Say($" + vanished {report.Vanished:N0}");
        yield return Say(
            $"  rows  {report.Rows:N0}{vanished} = cases {report.Cases:N0} + folded {report.Folded:N0} + blank {report.Blank:N0} + filtered {report.Filtered:N0} + quarantined {report.Quarantined:N0}");
        yield return Say(
            $"  cases {report.Cases:N0} = new {report.New:N0} + changed {report.Changed:N0} + unchanged {report.Unchanged:N0} + held {report.Held:N0} + suppressed {report.Suppressed:N0} + gone {report.Gone:N0}");
        yield return Say($"  sent  {Amounts.Of((long)report.SentCases, "case")}, {Amounts.Size((long)report.SentBytes)}");
        foreach (var reason in report.QuarantineReasons)
        {
            yield return Say($"  quarantined: {reason.Reason} {reason.Count:N0}");
        }

        foreach (var reason in report.HeldReasons)
        {
            yield return Say($"  held: {reason.Reason} {reason.Count:N0}");
        }

        foreach (var held in report.TablesHeldBack)
        {
            yield return Say($"  code table {held.Name}: version {held.UsedVersion} was used and not {held.Version}, which does not fit the mapping");
        }

        foreach (var count in report.EdgeRedactions)
        {
            yield return Say($"  at the edge: {Written(count.DataClass)} {Written(count.Action)} ({count.Jurisdiction}) {count.Count:N0}");
        }

        yield return Verdict(run);
    }

    /// <summary>The runs of a sync as one JSON object: the last run's report beside the hub's count, and those closed before it.</summary>
    public static string Json(IReadOnlyList<RunRow> runs)
    {
        var earlier = string.Join(",", runs.SkipLast(1).Select(run => $$"""{{{Pair(run)}}}"""));
        return $$"""{"closes":{{(RunSum.Closes(runs[^1].Report) ? "true" : "false")}},{{Pair(runs[^1])}},"earlier":[{{earlier}}]}""";
    }

    private static string Pair(RunRow run)
    {
        var formatter = new JsonFormatter(JsonFormatter.Settings.Default.WithFormatDefaultValues(true));
        return $"\"report\":{formatter.Format(run.Report)},\"hub\":{(run.Ack is { } counted ? formatter.Format(counted) : "null")}";
    }

    private static string Verdict(RunRow run) => (RunSum.Closes(run.Report), run.Ack) switch
    {
        (false, _) => "  the report does NOT close",
        (_, null) => "  the hub has not counted it yet",
        (_, { Agrees: true } ack) => Say($"  the hub counted the same; it holds {Amounts.Of((long)ack.StoredCases, "case")} of this region"),
        (_, { } ack) => Say(
            $"  the hub counted OTHERWISE: received {ack.Received:N0}, new {ack.New:N0}, changed {ack.Changed:N0}, unchanged {ack.Unchanged:N0}, superseded {ack.Superseded:N0}, held {ack.Held:N0}, suppressed {ack.Suppressed:N0}, gone {ack.Gone:N0}, rejected {ack.Rejected:N0}"),
    };

    /// <summary>The outcome as one word; of a run that nobody ended, whether somebody still reads.</summary>
    /// <param name="runs">As the ledger has them, newest first.</param>
    /// <param name="folder">The state folder.</param>
    public static IReadOnlyList<string> Words(IReadOnlyList<RunRow> runs, string folder)
    {
        // Whoever reads holds the folder; a process that was killed holds nothing, and only the newest run can be under way.
        var isAtWork = runs is [{ State: RunState.Reading }, ..] && !StateFolder.IsFree(folder);
        return [.. runs.Select((run, place) => run.State == RunState.Reading && !(isAtWork && place == 0) ? Word(RunOutcome.Interrupted) : Word(run.Report.Outcome))];
    }

    private static string Word(RunOutcome outcome) => outcome switch
    {
        RunOutcome.Complete => "complete",
        RunOutcome.Interrupted => "interrupted",
        RunOutcome.Failed => "failed",
        _ => "running",
    };

    // As policies and mappings write it: customer_number.
    private static string Written<T>(T word)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(word.ToString());

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
