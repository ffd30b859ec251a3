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

    /// <summary>The text's rules of one field: the document's, changed by the field's own keys.</summary>
    public static TextRules Rules(YamlMap map, MappingScope scope)
    {
        var rules = scope.WithForm(map.TakeMap("normalize"));
        var upper = map.TakeFlag("upper", false);
        var lower = map.TakeFlag("lower", false);
        return rules with
        {
            Trim = map.TakeFlag("trim", rules.Trim),
            Case = upper ? LetterCase.Upper : lower ? LetterCase.Lower : LetterCase.AsIs,
            Pattern = scope.PatternOf(map.TakeScalar("pattern")),
            KeepsDamage = map.TakeChoice("damaged", DamageRules, rules.KeepsDamage),
            Nulls = map.Has("nulls") ? Words(map, "nulls") : rules.Nulls,
        };
    }

    /// <summary>Null, with a fault noted, when the map says neither <c>from</c> nor <c>join</c>.</summary>
    public static ValueSource? Source(YamlMap map, MappingScope scope)
    {
        var isOptional = map.TakeFlag("optional", false);
        var from = map.TakeScalars("from");
        var join = map.TakeScalars("join");
        var with = map.TakeText("with");
        if (from.Count == 0 == (join.Count == 0))
        {
            scope.Faults.Add(map.Node, "A value comes from a column or is joined from several: there is neither, or both.", "Write from: column, or join: [a, b].");
            return null;
        }

        return new ValueSource([.. from.Concat(join).Select(column => scope.SlotOf(column, isOptional))], Rules(map, scope))
        {
            JoinWith = join.Count > 0 ? with ?? " " : with,
            SplitAt = map.TakeText("split") is { Length: > 0 } sign ? sign : null,
            When = map.Take("when") is { } when ? Condition(when, scope) : null,
        };
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
            scope.Faults.Add(map.Node, "A condition asks one question.", "Write one of equals, in, not_equals, not_in, matches, is_null.");
            return null;
        }

        var isNegated = used[0].StartsWith("not_", StringComparison.Ordinal) || (used[0] == "is_null" && !asksNull);
        return source is null ? null : new ValueCondition(source, accepted, pattern, isNegated);
    }
}
