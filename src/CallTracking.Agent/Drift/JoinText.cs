using System.Globalization;
using CallTracking.Mapping;
using CallTracking.Mapping.Shapes;

namespace CallTracking.Agent.Drift;

/// <summary>Says in words that joins find nothing.</summary>
internal static class JoinText
{
    // What law holds for a case hangs on it.
    private const string Country = "customer_country";

    private const string Meant = "; where so much is gone for good, run calltracking-agent drift --accept";

    /// <summary>Joins that leave fields empty: some record names what is not there. One that takes all that match may find none; that it never finds any is told.</summary>
    public static IEnumerable<string> Unmatched(ShapeWatch watch) => watch.Joins
        .Where(join => join.IsMany ? join.Named > 0 && join.Unmatched == join.Named : join.Unmatched > 0)
        .Select(join => Line(join, null));

    /// <summary>Joins that have come to find clearly less than they did.</summary>
    public static IEnumerable<string> Missed(ShapeWatch watch) => watch.MissedJoins.Select(missed => Line(missed.Join, missed.Known) + (missed.Known is null ? string.Empty : Meant));

    /// <summary>Joins that give cases fewer records than before, however few.</summary>
    /// <param name="watch">Has seen it.</param>
    /// <param name="besides">Joins of which it is told already that they find less.</param>
    public static IEnumerable<string> Lost(ShapeWatch watch, IReadOnlyList<MissedJoin> besides) => watch.JoinLosses
        .Where(lost => !besides.Any(missed => missed.Join.As == lost.Join.As && missed.Join.Unmatched >= lost.Cases))
        .Select(lost => Invariant($"join '{lost.Join.As}' ({lost.Join.Files}, {lost.Join.Place}) no longer finds all that it found: {lost.Text}{Lacking(lost.Join)}. Cure: See that its file is whole and as new as the records; when they are gone for good, run calltracking-agent drift --accept; where its records come and go, write incomplete: accept at the join"));

    private static string Lacking(JoinMatches join) => join.RejectsIncomplete ? $", and those that change by it go to quarantine ({RejectReason.IncompleteCase})"
        : join.Fields.Count == 0 ? string.Empty
        : $", of which {string.Join(", ", join.Fields)} {(join.Fields.Count == 1 ? "is" : "are")} made{LawText(join)}";

    private static string Line(JoinMatches join, JoinShape? known) => string.Create(
        CultureInfo.InvariantCulture,
        $"join '{join.As}' ({join.Files}, {join.Place}) finds nothing for {join.Unmatched:N0} of {join.Named:N0} records that name one ({Share(join.Unmatched, join.Named)} %{(known is { } before ? Invariant($", before {Share(before.Unmatched, before.Named)} %") : string.Empty)}){Emptied(join)}. Cure: {Cure(join)}");

    private static string Cure(JoinMatches join) => join.Zeros switch
    {
        LostZeros.InFile => $"Keys of the records begin with zeros, and none in {join.Files} does: a program took them for numbers there; have that file exported with its keys as text",
        LostZeros.InRecords => $"Keys in {join.Files} begin with zeros, and none of the records does: a program took them for numbers here; have the records exported with their keys as text",
        _ => "See that its file is whole and as new as the records, and that 'key' and 'on' write the same values alike",
    };

    private static long Share(long unmatched, long named) => unmatched == 0 ? 0 : Math.Max(1, 100 * unmatched / named);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Emptied(JoinMatches join) => join.RejectsMissing ? $", which go to quarantine ({RejectReason.UnmatchedReference})"
        : join.Fields.Count == 0 ? string.Empty
        : $", so that {string.Join(", ", join.Fields)} {(join.Fields.Count == 1 ? "stays" : "stay")} empty there{LawText(join)}";

    private static string LawText(JoinMatches join) => join.Fields.Contains(Country) && !join.RejectsMissing ? ", and the law of the centre's country counts (missing: reject at the join keeps such records here)" : string.Empty;
}
