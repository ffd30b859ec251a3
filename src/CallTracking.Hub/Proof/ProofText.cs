using System.Globalization;
using System.Text;

namespace CallTracking.Hub.Proof;

/// <summary>The report for people, in Markdown: the same counts as in JSON.</summary>
internal static class ProofText
{
    public static string Of(ProofReport report)
    {
        var text = new StringBuilder();
        Head(text, report);
        Table(text, "Stored cases", ["country", "policy version", "cases", "of these anonymized"], report.Cases.Select(row => Row(row.Country, row.PolicyVersion, row.Cases, row.Anonymized)));
        Table(text, "In which form", ["country", "class", "form", "values"], report.Forms.Select(row => Row(row.Country, row.Class, row.Form, row.Values)));
        Table(text, "Rules in force", ["country", "class", "rule", "law", "provision"], report.Rules.Select(row => Row(row.Country, row.Class, row.Rule, row.Law, row.Article)));
        Table(text, "Receipts", ["place", "policy version", "detectors", "cases"], report.Receipts.Select(row => Row(row.Place, row.PolicyVersion, row.Detectors, row.Cases)));
        Table(text, "What was done on the way here", ["place", "class", "action", "law", "values"], report.Removed.Select(row => Row(row.Place, row.Class, row.Action, row.Law, row.Values)));
        Table(text, "What later rules took", ["policy version", "since", "finished", "cases changed", "values"], report.Tightened.Select(row => Row(row.PolicyVersion, row.Since, row.FinishedAt, row.Changed, row.Removed)));
        Table(text, "Retention", ["run", "previewed", "confirmed", "finished", "result"], report.Retention.Select(row => Row(row.Run, row.PreviewedAt, row.ConfirmedAt, row.FinishedAt, row.Result)));
        Table(text, "Gone", ["region", "reason", "cases"], report.Gone.Select(row => Row(row.Region, row.Reason, row.Cases)));
        text.AppendLine("Holds on deletion, and erasures at the request of one person, are not recorded by this version.").AppendLine();
        Scan(text, report.Scan);
        return text.ToString();
    }

    private static void Head(StringBuilder text, ProofReport report)
    {
        var policies = report.Policies;
        text.AppendLine(Say($"# What {report.Entity} ({report.Country}) holds of the regions' cases")).AppendLine();
        text.AppendLine(Say($"Made {report.MadeAt:u}. Policy version {policies.Version} is in force since {policies.InForceSince:u}, published by {policies.PublishedBy}: {policies.Note}. "));
        text.AppendLine(Say($"Cases are processed for {(policies.Purposes.Count > 0 ? string.Join(", ", policies.Purposes) : "purposes that no document declares")}. "));
        text.AppendLine(Say($"SHA-256 of its documents: `{policies.Sha256}`. Detectors of this program: {report.Detectors}. No value of a case stands in this report.")).AppendLine();
        Table(text, "Laws that hold for stored cases", ["code", "law", "SHA-256 of the document", "review"], policies.Laws.Select(law => Row(law.Code, law.Law, law.Digest, law.Review)));
    }

    private static void Scan(StringBuilder text, ProofScan scan)
    {
        text.AppendLine("## What the detectors find in what is stored").AppendLine();
        text.AppendLine(Say($"{scan.Cases:N0} cases were looked through ({(scan.IsWhole ? "all" : "a sample")}): {scan.Texts:N0} texts and {scan.Codes:N0} codes. Of all stored cases {scan.WithoutReceipt:N0} have no receipt."));
        text.AppendLine("What stands in texts was looked through before: a find there is a value that slipped through, or something that looks like one. Codes and technical values no rule looks through: a find there mostly only looks like one, and is a value where a region's mapping calls a column technical that is not. What the detectors do not know they do not find here either.").AppendLine();
        Finds("Finds in texts", isText: true);
        Finds("Finds in codes and technical values", isText: false);

        void Finds(string title, bool isText) =>
            Table(text, title, ["where", "country", "looks like", "finds"], scan.Findings.Where(row => row.IsText == isText).Select(row => Row(row.Where, row.Country, row.Entity, row.Count)));
    }

    private static void Table(StringBuilder text, string title, string[] columns, IEnumerable<string> rows)
    {
        text.Append("## ").AppendLine(title).AppendLine();
        var lines = rows.ToList();
        if (lines.Count == 0)
        {
            text.AppendLine("None.").AppendLine();
            return;
        }

        text.AppendLine(Row([.. columns])).AppendLine(Row([.. columns.Select(_ => "---")]));
        lines.ForEach(line => text.AppendLine(line));
        text.AppendLine();
    }

    private static string Row(params object?[] cells) => $"| {string.Join(" | ", cells.Select(Cell))} |";

    private static string Cell(object? value) => value switch
    {
        null => "",
        long number => number.ToString("N0", CultureInfo.InvariantCulture),
        DateTimeOffset at => at.ToString("u", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("O", CultureInfo.InvariantCulture),
        _ => value.ToString()!.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" "),
    };

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
