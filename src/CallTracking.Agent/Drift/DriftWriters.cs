using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using CallTracking.Agent.Commands;
using CallTracking.Mapping;
using CallTracking.Mapping.Shapes;

namespace CallTracking.Agent.Drift;

/// <summary>Writes drift reports, for people or as JSON.</summary>
internal static class DriftWriters
{
    // For a terminal or a script, never for a page: letters of every language stay legible.
    private static readonly JsonSerializerOptions Legible = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true };

    public static void WriteText(TextWriter output, IEnumerable<SourceDrift> drifts)
    {
        foreach (var drift in drifts)
        {
            var since = drift.KnownRun is { } run ? $"against run {run}" : "first contact: against what the mapping names";
            output.WriteLine(Say($"source {drift.Source.Name}: {drift.Inputs:N0} {(drift.Inputs == 1 ? "input" : "inputs")}, {Rows(drift)}; {since}"));
            foreach (var change in drift.Changes)
            {
                output.WriteLine($"  {DriftText.Line(change, drift.Source.Mapping, drift.Rows > 0)}");
            }

            foreach (var word in drift.Words.Values)
            {
                output.WriteLine(Say($"  {"unknown",-9} {word.Field}: {Told(word.Word)} in {word.Rows:N0} {(word.Rows == 1 ? "row" : "rows")} -> quarantine (unmapped-value); {word.Cure(IsTold(word.Word) ? QuarantineListing.Yaml(word.Word) : "…")}"));
            }

            if (drift.Words.OtherRows > 0)
            {
                output.WriteLine(Say($"  {"unknown",-9} further words in {drift.Words.OtherRows:N0} {(drift.Words.OtherRows == 1 ? "row" : "rows")} -> quarantine (unmapped-value); a column with so many is none of words"));
            }

            foreach (var lost in drift.NewlyLost.Where(lost => lost.Reason != RejectReason.UnmappedValue || lost.Rows > drift.Words.Values.Sum(word => word.Rows) + drift.Words.OtherRows))
            {
                output.WriteLine(Say($"  {"rejected",-9} {lost.Reason}: {lost.Rows:N0} {(lost.Rows == 1 ? "row" : "rows")}, the first at {lost.First} -> quarantine; {lost.Cure}"));
            }

            if (drift.Vanished is { } vanished)
            {
                output.WriteLine($"  {"missing",-9} {vanished.Text}");
            }

            foreach (var doubt in drift.Doubts)
            {
                output.WriteLine($"  {"doubtful",-9} {doubt}");
            }

            if (drift.KnownRows.Count > 0)
            {
                output.WriteLine(Say($"  {"known",-9} {drift.KnownRows.Values.Sum():N0} of these rows {(drift.KnownRows.Values.Sum() == 1 ? "is" : "are")} in quarantine already ({Listed(drift.KnownRows)}): see quarantine list"));
            }

            foreach (var fault in drift.Faults)
            {
                output.WriteLine($"  FAULT     {fault}");
            }

            output.WriteLine(drift.BreaksOff ? Say($"  A sync would take what can be read ({drift.Cases:N0} {(drift.Cases == 1 ? "case" : "cases")} so far), leave the rest and end as one that failed.")
                : drift.Stops ? "  A sync would stop here." : drift.IsAllLost ? "  A sync would make no case of any row: all of them would go to quarantine." : drift.IsAny ? "  A sync would go through." : "  Nothing has changed.");
        }
    }

    private static string Rows(SourceDrift drift) => drift.Rows > 0
        ? Say($"{drift.Rows:N0} {(drift.Rows == 1 ? "row" : "rows")} ({Listed(drift.Counts)})")
        : drift.Faults.Count > 0 ? "refused before its first row" : "0 rows";

    private static string Listed(IReadOnlyDictionary<string, long> counts) => string.Join(", ", counts.Select(count => Say($"{count.Key} {count.Value:N0}")));

    public static void WriteJson(TextWriter output, IEnumerable<SourceDrift> drifts) => output.WriteLine(JsonSerializer.Serialize(
        new Dictionary<string, object>
        {
            ["sources"] = drifts.Select(drift => new Dictionary<string, object?>
            {
                ["source"] = drift.Source.Name,
                ["inputs"] = drift.Inputs,
                ["rows"] = drift.Rows,
                ["became"] = drift.Counts,
                ["in_quarantine_already"] = drift.KnownRows,
                ["known_run"] = drift.KnownRun,
                ["stops"] = drift.Stops,
                ["loses_all"] = drift.IsAllLost,
                ["changes"] = drift.Changes.Select(change => Of(change, drift)),
                ["unknown"] = drift.Words.Values.Select(word => new Dictionary<string, object> { ["field"] = word.Field, ["word"] = IsTold(word.Word) ? word.Word : null!, ["rows"] = word.Rows, ["values_at"] = word.Place.Replace("values at ", string.Empty, StringComparison.Ordinal) }),
                ["rows_of_further_words"] = drift.Words.OtherRows,
                ["rejected"] = drift.NewlyLost.Select(lost => new Dictionary<string, object> { ["reason"] = lost.Reason, ["rows"] = lost.Rows, ["first"] = lost.First, ["cure"] = lost.Cure }),
                ["missing"] = drift.Vanished is { } missing ? new Dictionary<string, object> { ["cases"] = missing.Missing, ["of"] = missing.Known, ["held"] = missing.AreHeld, ["released"] = missing.Released, ["rows_without_key"] = missing.WithoutKey } : null,
                ["doubts"] = drift.Doubts,
                ["faults"] = drift.Faults.Select(fault => fault.ToString()),
            }),
        },
        Legible));

    private static Dictionary<string, object> Of(ColumnChange change, SourceDrift drift) => new()
    {
        ["change"] = change.Change.ToString().ToLowerInvariant(),
        ["column"] = change.Column,
        ["count"] = change.Count,
        ["was"] = DriftText.Word(change.Was),
        ["is"] = DriftText.Word(change.Is),
        ["contract"] = DriftText.Word(change.Answer),
        ["will"] = DriftText.Will(change, drift.Source.Mapping),
    };

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    // What is told here may go into a mail or a log. A word of a table is short, without numbers and addresses; anything else may be a text about a person.
    private static bool IsTold(string word) => word.Length <= LongestWord && word.Count(char.IsDigit) < FewestDigitsOfNumber && !word.Contains('@');

    private static string Told(string word) => IsTold(word) ? QuarantineListing.Shown(word) : Say($"a word of {word.Length} characters ('quarantine list --values' shows it after the sync)");

    private const int LongestWord = 24;
    private const int FewestDigitsOfNumber = 5;
}
