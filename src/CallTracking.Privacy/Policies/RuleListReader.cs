using CallTracking.Contracts;
using YamlDotNet.RepresentationModel;

namespace CallTracking.Privacy;

/// <summary>
/// Reads <c>rules:</c>. Before the colon stand one class or several; behind it one rule, or a list of rules that differ in
/// products or days.
/// </summary>
internal static class RuleListReader
{
    public static IReadOnlyList<RuleSource> Read(YamlSource source, string jurisdiction, IReadOnlyDictionary<string, YamlNode> document)
    {
        if (!document.TryGetValue("rules", out var node))
        {
            return [];
        }

        if (node is not YamlMappingNode mapping)
        {
            source.Report(node, "Expected a mapping of data classes.", "Write name: {action: drop, at: edge}.");
            return [];
        }

        var rules = new List<RuleSource>();
        foreach (var (key, value) in mapping.Children)
        {
            foreach (var dataClass in Classes(source, key))
            {
                foreach (var one in value is YamlSequenceNode list ? (IEnumerable<YamlNode>)list.Children : [value])
                {
                    if (RuleReader.Read(source, jurisdiction, dataClass, one) is { } rule)
                    {
                        Add(source, rules, new RuleSource(rule, one));
                    }
                }
            }
        }

        return rules;
    }

    private static IEnumerable<DataClass> Classes(YamlSource source, YamlNode key)
    {
        if (source.Text(key) is not { } names)
        {
            yield break;
        }

        foreach (var name in names.Split(',', StringSplitOptions.TrimEntries))
        {
            if (source.Class(name, key) is { } dataClass)
            {
                yield return dataClass;
            }
        }
    }

    // Two rules of which none beats the other: which one holds must not depend on the order in which they stand.
    private static void Add(YamlSource source, List<RuleSource> rules, RuleSource rule)
    {
        if (rules.Any(other => other.Rule.DataClass == rule.Rule.DataClass && Compete(other.Rule, rule.Rule)))
        {
            source.Report(
                rule.Node,
                $"Two rules for {DataClassNames.Of(rule.Rule.DataClass)} hold at once.",
                "Keep one, or let them differ in products: or in from: and until:.");
        }

        rules.Add(rule);
    }

    private static bool Compete(PolicyRule left, PolicyRule right) =>
        left.Validity.Overlaps(right.Validity)
        && (left.Products.Count == 0 ? right.Products.Count == 0 : left.Products.Intersect(right.Products).Any());
}
