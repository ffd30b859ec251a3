using System.Collections.Frozen;
using System.Text.RegularExpressions;
using CallTracking.Mapping.Values;
using YamlDotNet.RepresentationModel;

namespace CallTracking.Mapping.Spec;

/// <summary>Reads where a value comes from and under which conditions.</summary>
internal static class SourceParser
{
    /// <summary>What <c>damaged</c> says, of the document or of a field.</summary>
    public static readonly IReadOnlyDictionary<string, bool> DamageRules = new Dictionary<string, bool> { ["reject"] = false, ["keep"] = true };

    /// <summary>What <c>unmatched</c> says: what a text becomes that the pattern does not fit.</summary>
    public static readonly IReadOnlyDictionary<string, PatternMiss> Misses = new Dictionary<string, PatternMiss> { ["null"] = PatternMiss.Null, ["keep"] = PatternMiss.Keep, ["reject"] = PatternMiss.Reject };

    /// <summary>The text's rules of one field: the document's, changed by the field's own keys.</summary>
    public static TextRules Rules(YamlMap map, MappingScope scope)
    {
        var rules = scope.WithForm(map.TakeMap("normalize"));
        var upper = map.TakeFlag("upper", false);
        var lower = map.TakeFlag("lower", false);
        var pattern = scope.PatternOf(map.TakeScalar("pattern"));
        return rules with
        {
            Trim = map.TakeFlag("trim", rules.Trim),
            Case = upper ? LetterCase.Upper : lower ? LetterCase.Lower : LetterCase.AsIs,
            KeepsDamage = map.TakeChoice("damaged", DamageRules, rules.KeepsDamage),
            Pattern = pattern,
            Unmatched = map.TakeChoice("unmatched", Misses, PatternMiss.Null),
            Group = GroupOf(map, pattern, scope),
            Nulls = map.Has("nulls") ? Words(map, "nulls") : rules.Nulls,
        };
    }

    /// <summary>Null, with a fault noted, when the map does not say one of <c>from</c>, <c>join</c> and <c>template</c>.</summary>
    public static ValueSource? Source(YamlMap map, MappingScope scope)
    {
        var isOptional = map.TakeFlag("optional", false);
        var from = map.TakeScalars("from");
        var join = map.TakeScalars("join");
        var template = map.TakeScalar("template");
        var with = map.TakeText("with");
        if ((from.Count > 0 ? 1 : 0) + (join.Count > 0 ? 1 : 0) + (template is null ? 0 : 1) != 1)
        {
            TakeRest(map, scope);
            map.Lacks(["from", "join", "template"], "A value comes from a column, is joined from several or put into a template: there is none of these, or more than one.", "Write from: column, join: [a, b] or template: \"{a} - {b}\".");
            return null;
        }

        RequireAnswer(map, template is not null, scope);
        return new ValueSource([.. from.Concat(join).Select(column => scope.SlotOf(column, isOptional))], Rules(map, scope))
        {
            JoinWith = join.Count > 0 ? with ?? " " : null,
            Template = template is null ? null : new TemplateParser(template, scope, isOptional).Parse(),
            Parts = Parts(map, scope),
            Lookup = scope.Lookups.Parse(map.TakeMap("lookup"), scope),
            When = map.Take("when") is { } when ? Condition(when, scope) : null,
        };
    }

    // What stands beside a missing column is no fault for that.
    private static void TakeRest(YamlMap map, MappingScope scope)
    {
        Rules(map, scope);
        Parts(map, scope);
        map.Take("lookup");
        map.Take("when");
    }

    private static void RequireAnswer(YamlMap map, bool isTemplate, MappingScope scope)
    {
        if (map.Has("pattern") && !map.Has("unmatched"))
        {
            scope.Faults.Demand(map.Node, "Nothing says what a text becomes that the pattern does not fit.", "Write unmatched: null, keep or reject.");
        }

        if (map.Take("unmatched") is YamlScalarNode unmatched && (!map.Has("pattern") || (isTemplate && unmatched.Value == "reject")))
        {
            scope.Faults.Add(unmatched, map.Has("pattern") ? "In a template a column that the pattern does not fit is left out: it cannot reject the record." : "'unmatched' says what a text becomes that the pattern does not fit, and there is no pattern.", map.Has("pattern") ? "Write unmatched: null, or keep." : "Write pattern: expression, or take unmatched out.");
        }
    }

    public static ValueSource Plain(IReadOnlyList<YamlScalarNode> columns, MappingScope scope) =>
        new([.. columns.Select(column => scope.SlotOf(column))], scope.Rules);

    /// <summary>A condition, or a list of conditions that must all hold.</summary>
    public static Condition? Condition(YamlNode node, MappingScope scope)
    {
        switch (node)
        {
            case YamlSequenceNode list:
                return Group(list, scope, needsAll: true);
            case YamlMappingNode mapping when new YamlMap(mapping, scope.Faults) is var map && (map.Has("any") || map.Has("all")):
                var needsAll = map.Has("all");
                var parts = map.Take(needsAll ? "all" : "any");
                map.RejectUnknown();
                return Group(parts!, scope, needsAll);
            case YamlMappingNode mapping:
                return Question(new YamlMap(mapping, scope.Faults), scope);
            default:
                scope.Faults.Add(node, "A condition asks a column.", "Write {from: column, equals: word}.");
                return null;
        }
    }

    public static FrozenSet<string> Words(YamlMap map, string key) =>
        map.TakeScalars(key).Select(word => word.Value ?? string.Empty).Where(word => word.Length > 0).ToFrozenSet(StringComparer.Ordinal);

    private static CellParts? Parts(YamlMap map, MappingScope scope)
    {
        var sign = map.TakeText("split");
        var number = map.TakeSigned("part");
        var entry = map.TakeText("entry");
        var assign = map.TakeText("assign");
        if (string.IsNullOrEmpty(sign))
        {
            if (number is not null || entry is not null)
            {
                map.Lacks(["split"], "'part' and 'entry' choose from what 'split' parts, and there is no split.", "Write split: \";\", the sign between the parts.");
            }

            return null;
        }

        if (number == 0 || (number is not null && entry is not null) || (assign is not null && entry is null))
        {
            scope.Faults.Add(map.Node, "'part' counts from 1, or from -1 at the end; 'entry' with 'assign' chooses by name; there is one of them.", "Write {split: \"-\", part: 2}, or {split: \";\", entry: colour, assign: \"=\"}.");
        }

        return new CellParts(sign, number, entry, string.IsNullOrEmpty(assign) ? "=" : assign);
    }

    private static string? GroupOf(YamlMap map, Regex? pattern, MappingScope scope)
    {
        var group = map.TakeScalar("group");
        var names = pattern is null ? [] : NamedGroups(pattern);
        if (group is not null && !names.Contains(group.Value!))
        {
            scope.Faults.Add(group, $"The pattern has no group '{group.Value}'.", NearestNames.Cure(group.Value!, names));
        }

        return group?.Value;
    }

    /// <summary>The names that a pattern gives to what it finds.</summary>
    public static IReadOnlyList<string> NamedGroups(Regex pattern) => [.. pattern.GetGroupNames().Where(name => !char.IsAsciiDigit(name[0]))];

    private static ConditionGroup? Group(YamlNode node, MappingScope scope, bool needsAll)
    {
        if (node is not YamlSequenceNode { Children.Count: > 0 } list)
        {
            scope.Faults.Add(node, "A group of conditions is a list.", "Write [{from: a, equals: x}, {from: b, equals: y}].");
            return null;
        }

        var parts = list.Children.Select(child => Condition(child, scope)).ToList();
        return parts.Contains(null) ? null : new ConditionGroup(parts.OfType<Condition>().ToList(), needsAll);
    }

    private static ValueCondition? Question(YamlMap map, MappingScope scope)
    {
        var asked = (string[])["equals", "in", "matches", "is_null", "not_equals", "not_in"];
        var used = asked.Where(map.Has).ToList();
        var source = Source(map, scope);
        var words = asked.Where(key => key is not ("matches" or "is_null")).SelectMany(key => map.TakeScalars(key)).Select(word => word.Value ?? string.Empty);
        var accepted = words.ToFrozenSet(StringComparer.Ordinal);
        Regex? pattern = scope.PatternOf(map.TakeScalar("matches"));
        var asksNull = map.TakeFlag("is_null", true);
        map.RejectUnknown();
        if (used.Count != 1)
        {
            map.Lacks(["equals", "in", "not_equals", "not_in", "matches", "is_null"], "A condition asks one question.", "Write one of equals, in, not_equals, not_in, matches, is_null.");
            return null;
        }

        var isNegated = used[0].StartsWith("not_", StringComparison.Ordinal) || (used[0] == "is_null" && !asksNull);
        return source is null ? null : new ValueCondition(source, accepted, pattern, isNegated);
    }
}
