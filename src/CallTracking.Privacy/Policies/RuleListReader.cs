using CallTracking.Contracts;
using YamlDotNet.RepresentationModel;

namespace CallTracking.Privacy;

/// <summary>
/// Reads <c>rules:</c>. Before the colon stand one class or several; behind it one rule, or a list of rules that differ in
/// products, purposes or days.
/// </summary>
internal static class RuleListReader
{
    /// <param name="source">The document.</param>
    /// <param name="jurisdiction">Its code.</param>
    /// <param name="document">Its entries.</param>
    /// <param name="foreign">Null, or where what is not understood goes instead of being a fault.</param>
    public static IReadOnlyList<RuleSource> Read(
        YamlSource source, string jurisdiction, IReadOnlyDictionary<string, YamlNode> document, List<ForeignWord>? foreign)
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
            var before = source.FaultCount;
            IReadOnlyList<DataClass> classes = [.. Classes(source, key)];
            Divert(before, null);
            foreach (var dataClass in classes)
            {
                before = source.FaultCount;
                foreach (var one in value is YamlSequenceNode list ? (IEnumerable<YamlNode>)list.Children : [value])
                {
                    if (RuleReader.Read(source, jurisdiction, dataClass, one) is { } rule)
                    {
                        Add(source, rules, new RuleSource(rule, one));
                    }
                }

                Divert(before, dataClass);
            }
        }

        return rules;

        void Divert(int since, DataClass? dataClass) =>
            foreign?.AddRange(source.TakeBack(since).Select(fault => new ForeignWord(jurisdiction, dataClass, fault)));
    }

    /// <summary>The rules with one that drops in place of all those of classes of which some rule was not understood: nothing protects more.</summary>
    public static IReadOnlyList<RuleSource> WithoutForeign(
        string jurisdiction, IReadOnlyList<RuleSource> rules, IReadOnlySet<DataClass> classes, IReadOnlyDictionary<string, YamlNode> document) => classes.Count == 0
        ? rules
        :
        [
            .. rules.Where(rule => !classes.Contains(rule.Rule.DataClass)),
            .. classes.Select(dataClass => new RuleSource(new PolicyRule(dataClass, ClassRule.Drop(jurisdiction), ""), document["rules"])),
        ];

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
                "Keep one, or let them differ in products:, in for:, or in from: and until:; of two conditions let the narrower rule have both.");
        }

        rules.Add(rule);
    }

    // Of two that suit one case the one with more conditions holds (products and purposes: two at most); equal numbers compete, though of different kinds.
    private static bool Compete(PolicyRule left, PolicyRule right) =>
        left.Validity.Overlaps(right.Validity)
        && left.Conditions == right.Conditions
        && Meet(left.Products, right.Products, StringComparer.OrdinalIgnoreCase)
        && Meet(left.Purposes, right.Purposes, StringComparer.Ordinal);

    private static bool Meet(IReadOnlyList<string> left, IReadOnlyList<string> right, StringComparer words) =>
        left.Count == 0 || right.Count == 0 || left.Intersect(right, words).Any();
}
