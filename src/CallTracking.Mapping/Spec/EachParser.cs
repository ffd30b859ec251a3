using System.Text.RegularExpressions;
using CallTracking.Mapping.Targets;
using CallTracking.Mapping.Values;
using Google.Protobuf.Reflection;
using YamlDotNet.RepresentationModel;

namespace CallTracking.Mapping.Spec;

/// <summary>Reads <c>each</c>: a list of the contract made from an array, or from texts that are cut into elements.</summary>
internal sealed class EachParser(MappingScope scope, TargetPath path, MessageDescriptor root)
{
    public EachBinding? Parse(YamlMap map)
    {
        var sources = map.TakeScalars("each");
        var fields = map.TakeMap("fields");
        var where = map.Take("where");
        var isReversed = map.TakeFlag("reverse", false);
        var isOptional = map.TakeFlag("optional", false);
        var distinct = map.TakeScalar("distinct");
        var cut = Cut(map);
        var rules = cut is null ? scope.Rules : SourceParser.Rules(map, scope) with { Pattern = null, Trim = false };
        map.RejectUnknown();
        if (sources.Count == 0 || fields is null)
        {
            map.Lacks(["each", "fields"], $"'{path.Text}' with each needs the array or text and its fields.", "Write {each: comments, fields: {body: body, at: created_at}}.");
            return null;
        }

        if (cut is null && (!scope.Format.IsTree || scope.Element is not null || sources.Count > 1))
        {
            scope.Faults.Add(sources[0], "Records of columns have no arrays for each, and a text needs to be told how it is cut.", "Write split_by, split or pattern beside each, or a list of {field: column}.");
            return null;
        }

        var slots = sources.Select(source => scope.SlotOf(source, isOptional)).ToList();
        var inner = scope with { Columns = new ColumnTable(), Element = cut is null ? null : new ElementScope(scope, NamesIn(cut)) };
        inner = cut is null ? inner with { Around = [.. scope.Around, Composition.NamesTo(scope.Columns.Columns[slots[0]].Path!, scope.Around)] } : inner;
        ElementSource elements = cut is null ? new ArrayElements(slots[0], inner.Columns) : new TextElements(slots, inner.Columns, rules, cut);
        var type = path.Leaf.MessageType;
        var bindings = new FieldParser(inner, type).Parse(fields);
        var condition = where is null ? null : SourceParser.Condition(where, inner);
        var maker = new ElementMaker(bindings, TargetSetter.CompileNew(type), TargetSetter.CompileAdd(root, path));
        return new EachBinding(path.Text, isReversed ? new ReversedElements(elements) : elements, condition, maker) { Distinct = Distinct(distinct, type) };
    }

    private FieldDescriptor? Distinct(YamlScalarNode? name, MessageDescriptor type)
    {
        var field = name is null ? null : type.FindFieldByName(name.Value);
        if (name is not null && field is null)
        {
            scope.Faults.Add(name, $"'{name.Value}' is no field of these elements.", NearestNames.Cure(name.Value!, type.Fields.InDeclarationOrder().Select(known => known.Name)));
        }

        return field;
    }

    private static List<string> NamesIn(TextCut cut)
    {
        var patterns = new[] { cut.Head, cut.Whole }.OfType<Regex>();
        return [.. patterns.SelectMany(SourceParser.NamedGroups).Append(TextCut.Rest).Distinct(StringComparer.Ordinal)];
    }

    private TextCut? Cut(YamlMap map)
    {
        var head = map.TakeScalar("split_by");
        var sign = map.TakeScalar("split");
        var whole = map.TakeScalar("pattern");
        if (head is null && sign is null && whole is null)
        {
            return null;
        }

        if (head is not null && (sign is not null || whole is not null))
        {
            scope.Faults.Add(head, "'split_by' cuts and finds at once: split and pattern are for texts without it.", "Keep one of them.");
        }

        var cut = new TextCut(scope.PatternOf(head), sign?.Value is { Length: > 0 } between ? between : null, scope.PatternOf(whole));
        if (cut.Head is not null && SourceParser.NamedGroups(cut.Head).Contains(TextCut.Rest))
        {
            scope.Faults.Add(head!, $"'{TextCut.Rest}' is what follows a head: its pattern cannot have a group of that name.", "Give the group another name.");
        }

        return cut;
    }
}
