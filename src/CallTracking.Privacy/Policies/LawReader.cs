using YamlDotNet.RepresentationModel;

namespace CallTracking.Privacy;

/// <summary>Reads what a document says of its law beside rules and retention: localisation and the deadlines of requests.</summary>
internal static class LawReader
{
    private static readonly Dictionary<string, LocalisationKind> Kinds = new()
    {
        ["none"] = LocalisationKind.None,
        ["by_volume"] = LocalisationKind.ByVolume,
        ["absolute"] = LocalisationKind.Absolute,
    };

    private static readonly Dictionary<string, RequestKind> Requests = new()
    {
        ["access"] = RequestKind.Access,
        ["correction"] = RequestKind.Correction,
        ["erasure"] = RequestKind.Erasure,
        ["withdrawal"] = RequestKind.Withdrawal,
        ["grievance"] = RequestKind.Grievance,
    };

    private static readonly string[] Stops = ["identity", "fee", "clarification"];

    public static Localisation Localisation(YamlSource source, IReadOnlyDictionary<string, YamlNode> document)
    {
        if (!document.TryGetValue("localisation", out var node))
        {
            return Privacy.Localisation.None;
        }

        var entries = source.Entries(node, "kind", "article", "note");
        if (!entries.TryGetValue("kind", out var kindNode))
        {
            source.Report(node, "A localisation without kind.", $"Add kind: one of {string.Join(", ", Kinds.Keys)}.");
            return Privacy.Localisation.None;
        }

        var kind = source.Choice(kindNode, Kinds) ?? LocalisationKind.None;
        return new Localisation(kind, source.TextOr(entries, "article", ""), source.TextOr(entries, "note", ""));
    }

    public static IReadOnlyList<RequestDeadline> Deadlines(YamlSource source, IReadOnlyDictionary<string, YamlNode> document)
    {
        var deadlines = new List<RequestDeadline>();
        foreach (var node in source.Items(document, "deadlines"))
        {
            var entries = source.Entries(node, "kind", "within", "extension", "clock_stop", "article", "basis", "note");
            if (!entries.TryGetValue("kind", out var kindNode) || !entries.ContainsKey("within"))
            {
                source.Report(node, "A deadline without kind or within.", "Write kind: erasure, within: 30 days (or within: none).");
            }
            else if (source.Choice(kindNode, Requests) is { } kind)
            {
                deadlines.Add(new RequestDeadline(
                    kind,
                    Term(source, entries, "within"),
                    Term(source, entries, "extension"),
                    ClockStops(source, entries),
                    source.TextOr(entries, "article", ""),
                    source.TextOr(entries, "basis", ""),
                    source.TextOr(entries, "note", "")));
            }
        }

        return deadlines;
    }

    private static DeadlineTerm? Term(YamlSource source, IReadOnlyDictionary<string, YamlNode> entries, string key)
    {
        if (!entries.TryGetValue(key, out var node) || source.Text(node) is not { } text || text == "none")
        {
            return null;
        }

        if (DeadlineTerm.TryParse(text, out var term))
        {
            return term;
        }

        source.Report(node, $"'{text}' is not a deadline.", "Write a number and hours, working_days, days or months: 10 working_days. Or none.");
        return null;
    }

    private static List<string> ClockStops(YamlSource source, IReadOnlyDictionary<string, YamlNode> entries)
    {
        var stops = new List<string>();
        foreach (var (stop, node) in source.Texts(entries, "clock_stop"))
        {
            if (!Stops.Contains(stop))
            {
                source.Report(node, $"'{stop}' does not stop a clock.", $"Use one of {string.Join(", ", Stops)}.");
            }
            else
            {
                stops.Add(stop);
            }
        }

        return stops;
    }
}
