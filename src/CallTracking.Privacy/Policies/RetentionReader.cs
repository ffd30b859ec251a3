using CallTracking.Contracts;
using YamlDotNet.RepresentationModel;

namespace CallTracking.Privacy;

/// <summary>Reads <c>retention:</c>.</summary>
internal static class RetentionReader
{
    private static readonly Dictionary<string, CaseStatus> Statuses = new()
    {
        ["new"] = CaseStatus.New,
        ["open"] = CaseStatus.Open,
        ["pending_customer"] = CaseStatus.PendingCustomer,
        ["on_hold"] = CaseStatus.OnHold,
        ["resolved"] = CaseStatus.Resolved,
        ["closed"] = CaseStatus.Closed,
        ["cancelled"] = CaseStatus.Cancelled,
    };

    private static readonly Dictionary<string, RetentionClock> Clocks = new()
    {
        ["opened"] = RetentionClock.Opened,
        ["closed"] = RetentionClock.Closed,
        ["last_contact"] = RetentionClock.LastContact,
        ["updated"] = RetentionClock.Updated,
    };

    private static readonly Dictionary<string, RetentionAction> Actions = new()
    {
        ["anonymize"] = RetentionAction.Anonymize,
        ["delete"] = RetentionAction.Delete,
    };

    public static IReadOnlyList<RetentionRule> Read(
        YamlSource source, string jurisdiction, IReadOnlyDictionary<string, YamlNode> document)
    {
        var rules = new List<RetentionRule>();
        foreach (var node in source.Items(document, "retention"))
        {
            if (ReadOne(source, jurisdiction, node) is { } rule)
            {
                rules.Add(rule);
            }
        }

        return rules;
    }

    private static RetentionRule? ReadOne(YamlSource source, string jurisdiction, YamlNode node)
    {
        var entries = source.Entries(node, "products", "statuses", "clock", "period", "minimum", "action", "basis");
        var clock = Required(source, entries, "clock", node, Clocks);
        var action = Required(source, entries, "action", node, Actions);
        var period = source.Period(entries, "period");
        var minimum = source.Period(entries, "minimum");
        var statuses = StatusesOf(source, entries);
        if (!entries.ContainsKey("period"))
        {
            source.Report(node, "A retention rule without period.", "Add period: P3Y.");
        }

        if (period is { ApproximateDays: 0 })
        {
            source.Report(entries["period"], "A period of no time would remove every such case at once.", "Write how long they are kept, such as P1D or P3Y.");
        }

        if (period is { } kept && minimum is { } least && least.ApproximateDays > kept.ApproximateDays)
        {
            source.Report(entries["minimum"], "The minimum is longer than the period.", "Lengthen the period or shorten the minimum.");
        }

        return clock is null || action is null || period is null
            ? null
            : new RetentionRule(
                jurisdiction,
                [.. source.Texts(entries, "products").Select(product => product.Text)],
                statuses,
                clock.Value,
                period.Value,
                minimum,
                action.Value,
                source.TextOr(entries, "basis", ""));
    }

    private static List<CaseStatus> StatusesOf(YamlSource source, IReadOnlyDictionary<string, YamlNode> entries)
    {
        var statuses = new List<CaseStatus>();
        foreach (var (_, node) in source.Texts(entries, "statuses"))
        {
            if (source.Choice(node, Statuses) is { } status)
            {
                statuses.Add(status);
            }
        }

        return statuses;
    }

    private static T? Required<T>(
        YamlSource source, IReadOnlyDictionary<string, YamlNode> entries, string key, YamlNode node, Dictionary<string, T> choices)
        where T : struct
    {
        if (entries.TryGetValue(key, out var value))
        {
            return source.Choice(value, choices);
        }

        source.Report(node, $"A retention rule without {key}.", $"Add {key}: one of {string.Join(", ", choices.Keys)}.");
        return null;
    }
}
