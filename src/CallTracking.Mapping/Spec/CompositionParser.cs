using CallTracking.Mapping.Reading.Joins;
using CallTracking.Mapping.Reading.Json;
using CallTracking.Mapping.Values;
using YamlDotNet.RepresentationModel;

namespace CallTracking.Mapping.Spec;

/// <summary>Reads <c>join</c> and <c>fold</c>: records that are composed of several files, or of several rows.</summary>
internal static class CompositionParser
{
    public static readonly IReadOnlyDictionary<string, bool> Misses = new Dictionary<string, bool> { ["absent"] = false, ["reject"] = true };

    public static readonly IReadOnlyDictionary<string, JoinLossRule> Losses = new Dictionary<string, JoinLossRule> { ["tell"] = JoinLossRule.Tell, ["accept"] = JoinLossRule.Accept, ["reject"] = JoinLossRule.Reject };

    public static readonly IReadOnlyDictionary<string, bool> Incomplete = new Dictionary<string, bool> { ["reject"] = false, ["accept"] = true };

    /// <summary>The scope of all that follows in the mapping; the same one when records are what the file has.</summary>
    /// <param name="root">The mapping.</param>
    /// <param name="scope">Of what stands before them.</param>
    /// <param name="given">Files that the configuration names, by what the joins are called.</param>
    public static MappingScope Parse(YamlMap root, MappingScope scope, IReadOnlyDictionary<string, string> given)
    {
        var node = root.Take("join");
        var folded = root.TakeMap("fold");
        if (node is null && folded is null)
        {
            RequireJoins(given, [], root, scope.Faults);
            return scope;
        }

        var primary = new FilePart(scope.Format);
        var fold = folded is null ? null : Fold(folded, PartOf(primary, scope));
        var joins = new List<JoinRule>();
        var composition = new Composition(primary, joins, fold, scope.Faults);
        var format = new ComposedFormat(primary, scope.Faults.Lines) { Joins = joins, Fold = fold, MaxRecordBytes = scope.Format.MaxRecordBytes };
        var composed = scope with { Format = format, Composition = composition };
        if (node is not null and not YamlSequenceNode)
        {
            scope.Faults.Add(node, "'join' is a list.", "Write [{as: requester, files: users.json, key: id, on: requester_id}].");
        }

        foreach (var child in (node as YamlSequenceNode)?.Children ?? [])
        {
            if (Join(child, composed with { Columns = format.References }, primary, joins) is { } join)
            {
                joins.Add(given.TryGetValue(join.As, out var files) ? join with { Files = files, IsOptional = false } : join);
            }
        }

        RequireJoins(given, joins, root, scope.Faults);
        return composed;
    }

    private static void RequireJoins(IReadOnlyDictionary<string, string> given, List<JoinRule> joins, YamlMap root, FaultLog faults)
    {
        foreach (var name in given.Keys.Where(name => !joins.Exists(join => join.As == name)))
        {
            faults.Add(root.Node, $"The configuration names files for '{name}', and nothing of that name is joined.", NearestNames.Cure(name, joins.Select(join => join.As)));
        }
    }

    private static FoldRule? Fold(YamlMap map, MappingScope part)
    {
        var by = map.TakeScalars("by");
        var order = Order(map, part);
        var last = map.TakeFlag("last", true);
        var accepts = map.TakeChoice("incomplete", Incomplete, false);
        map.RejectUnknown();
        if (by.Count > 0)
        {
            return new FoldRule(new ColumnKey((int)by[0].Start.Line, KeyParser.Sources(by, part)), order, last)
            {
                AcceptsIncomplete = accepts,
                Spelled = string.Join(' ', map.Entries().Where(entry => entry.Key.Value is "by" or "order").Select(entry => $"{entry.Key.Value} {entry.Value}")),
            };
        }

        map.Lacks(["by"], "A fold names what rows of one case have in common.", "Write fold: {by: number}.");
        return null;
    }

    private static JoinRule? Join(YamlNode node, MappingScope references, FilePart primary, List<JoinRule> earlier)
    {
        if (node is not YamlMappingNode mapping)
        {
            references.Faults.Add(node, "A join says what is joined.", "Write {as: requester, files: users.json, key: id, on: requester_id}.");
            return null;
        }

        var map = new YamlMap(mapping, references.Faults);
        var name = map.TakeScalar("as");
        var files = map.TakeText("files");
        var (keys, on) = (map.TakeScalars("key"), map.TakeScalars("on"));
        var side = new FilePart(map.Has("format") ? FormatParser.Parse(map, references.Faults) : primary.Format);
        var part = PartOf(side, references);
        var order = Order(map, part);
        var where = map.Take("where") is { } condition ? SourceParser.Condition(condition, part) : null;
        var (isMany, isOptional) = (map.TakeFlag("many", false), map.TakeFlag("optional", false));
        var rejects = map.TakeChoice("missing", Misses, false);
        var losses = map.TakeChoice("incomplete", Losses, JoinLossRule.Tell);
        map.RejectUnknown();
        if (name is null || string.IsNullOrEmpty(files) || keys.Count == 0 || keys.Count != on.Count)
        {
            references.Faults.Add(mapping, "A join has a name, files, a key of their records and what leads to it: as many columns as the key has.", "Write {as: requester, files: users.json, key: id, on: requester_id}.");
            return null;
        }

        RequireName(name, earlier, references.Faults);
        foreach (var path in on)
        {
            JoinPath.RequireWhole(path.Value ?? string.Empty, primary, earlier, path.Start, references.Faults);
        }

        var lead = Lead(on, name, earlier, references, out var through, out var hidden);
        return new JoinRule(name.Value!, files, side, new ColumnKey((int)keys[0].Start.Line, KeyParser.Sources(keys, part)), lead, mapping.Start)
        {
            Through = through,
            Hidden = hidden,
            Where = where,
            Order = order,
            IsMany = isMany,
            IsOptional = isOptional,
            RejectsMissing = rejects,
            Incomplete = losses,
        };
    }

    private static void RequireName(YamlScalarNode name, List<JoinRule> earlier, FaultLog faults)
    {
        if (JsonPath.Parse(name.Value ?? string.Empty) is not { LevelsUp: 0, Names: [not null] } || name.Value == FoldRule.Events)
        {
            faults.Add(name, $"'{name.Value}' cannot be the name of what is joined.", $"Write a name without points and brackets, other than {FoldRule.Events}.");
        }
        else if (earlier.Exists(join => join.As == name.Value))
        {
            faults.Add(name, $"Two joins are called '{name.Value}'.", "Give one of them another name.");
        }
    }

    // Read where it stands: in the primary record, or in that of the join through which it leads.
    private static ColumnKey Lead(
        IReadOnlyList<YamlScalarNode> on, YamlScalarNode name, List<JoinRule> earlier, MappingScope references, out int? through, out int hidden)
    {
        var leads = on.Select(path => (path.Start, Lead: JoinPath.Lead(path, earlier, references.Faults))).ToList();
        through = leads[0].Lead.Through;
        if (leads.Find(other => other.Lead.Through != leads[0].Lead.Through) is { Lead.Path: not null } other)
        {
            references.Faults.Add(other.Start, "What a join is on stands in one record, and these lead through different ones.", "Write columns of the record, or of one join before.");
        }

        var scope = through is { } index ? PartOf(earlier[index].Side, references) : references;
        hidden = scope.SlotOf(name, isOptional: true);
        return new ColumnKey((int)on[0].Start.Line, [.. leads.Select(path => (path.Lead.Path, new ValueSource([scope.SlotOf(path.Lead.Path, path.Start, isOptional: false)], scope.Rules)))]);
    }

    private static OrderRule? Order(YamlMap map, MappingScope part)
    {
        switch (map.Take("order"))
        {
            case null:
                return null;
            case YamlScalarNode column:
                return new OrderRule(new RulePlace((int)column.Start.Line, [column.Value ?? string.Empty]), SourceParser.Plain([column], part), part.IsoTimes, isTime: false);
            case YamlMappingNode mapping:
                var keys = new YamlMap(mapping, part.Faults);
                var name = keys.TakeScalar("from")?.Value ?? "order";
                var times = TimeParser.Parse(keys, part);
                var source = SourceParser.Source(keys, part);
                keys.RejectUnknown();
                return source is null ? null : new OrderRule(new RulePlace((int)mapping.Start.Line, [name]), source, times, isTime: true);
            case { } other:
                part.Faults.Add(other, "'order' is a column of whole numbers or of times.", "Write order: sequence, or {from: column, format: \"yyyy/MM/dd HH:mm\"}.");
                return null;
        }
    }

    // Within one file: a table's columns by their names, a tree's values by their paths.
    private static MappingScope PartOf(FilePart part, MappingScope scope) =>
        scope with { Format = part.Format, Columns = part.Columns, Composition = null, IsPart = true };
}
