using CallTracking.Mapping.Targets;
using CallTracking.Mapping.Values;
using Google.Protobuf.Reflection;
using YamlDotNet.RepresentationModel;

namespace CallTracking.Mapping.Spec;

/// <summary>Reads <c>fields</c>: each key is a path of the contract, each value says where its content comes from.</summary>
internal sealed class FieldParser(MappingScope scope, MessageDescriptor root)
{
    public IReadOnlyList<Binding> Parse(YamlMap fields)
    {
        var bindings = new List<Binding>();
        foreach (var (key, value) in fields.Entries())
        {
            if (TargetPath.Resolve(root, key.Value ?? string.Empty, out var problem, out var cure) is not { } path)
            {
                scope.Faults.Add(key, problem, cure);
            }
            else if (One(path, value) is { } binding)
            {
                bindings.Add(binding);
            }
        }

        return bindings;
    }

    private Binding? One(TargetPath path, YamlNode value)
    {
        if (path.Kind == TargetKind.Message)
        {
            return path.IsRepeated ? List(path, value) : NoMessage(path, value);
        }

        switch (value)
        {
            case YamlScalarNode scalar when YamlMap.IsNull(scalar):
                scope.Faults.Add(scalar, $"'{path.Text}' comes from nowhere.", "Write the name of a column, or take the line out.");
                return null;
            case YamlScalarNode scalar:
                return new ValueParser(scope, path, root).FromColumns([scalar]);
            case YamlSequenceNode sequence when sequence.Children.Count > 0 && sequence.Children.All(child => child is YamlScalarNode):
                return new ValueParser(scope, path, root).FromColumns([.. sequence.Children.Cast<YamlScalarNode>()]);
            case YamlMappingNode mapping:
                var map = new YamlMap(mapping, scope.Faults);
                var binding = new ValueParser(scope, path, root).FromMap(map);
                map.RejectUnknown();
                return binding;
            default:
                scope.Faults.Add(value, $"'{path.Text}' takes a column, a list of columns or keys.", "Write column, [a, b] or {from: column}.");
                return null;
        }
    }

    private Binding? NoMessage(TargetPath path, YamlNode value)
    {
        var below = path.Leaf.MessageType.Fields.InDeclarationOrder().Select(field => $"{path.Text}.{field.Name}").Take(4);
        scope.Faults.Add(value, $"'{path.Text}' is a group of fields.", $"Write its fields one by one: {string.Join(", ", below)} ….");
        return null;
    }

    private Binding? List(TargetPath path, YamlNode value)
    {
        switch (value)
        {
            case YamlMappingNode mapping when new YamlMap(mapping, scope.Faults) is var map && map.Has("each"):
                return Each(path, map);
            case YamlMappingNode mapping:
                return new ListBinding(path.Text, [Element(path, mapping)]);
            case YamlSequenceNode sequence when sequence.Children.Count > 0 && sequence.Children.All(child => child is YamlMappingNode):
                return new ListBinding(path.Text, [.. sequence.Children.Cast<YamlMappingNode>().Select(mapping => Element(path, mapping))]);
            default:
                scope.Faults.Add(value, $"'{path.Text}' is a list of groups.", "Write {each: array, fields: {…}}, or a list of {field: column}.");
                return null;
        }
    }

    private ElementMaker Element(TargetPath path, YamlMappingNode fields)
    {
        var type = path.Leaf.MessageType;
        var bindings = new FieldParser(scope, type).Parse(new YamlMap(fields, scope.Faults));
        return new ElementMaker(bindings, TargetSetter.CompileNew(type), TargetSetter.CompileAdd(root, path));
    }

    private EachBinding? Each(TargetPath path, YamlMap map)
    {
        var array = map.TakeScalar("each");
        var fields = map.TakeMap("fields");
        var where = map.Take("where");
        map.RejectUnknown();
        if (array is null || fields is null)
        {
            scope.Faults.Add(map.Node, $"'{path.Text}' with each needs the array and its fields.", "Write {each: comments, fields: {body: body, at: created_at}}.");
            return null;
        }

        if (!scope.Format.IsTree)
        {
            scope.Faults.Add(array, "Records of columns have no arrays for each.", "Write a list of {field: column} instead.");
            return null;
        }

        var inner = scope with { Columns = new ColumnTable() };
        var type = path.Leaf.MessageType;
        var bindings = new FieldParser(inner, type).Parse(fields);
        var condition = where is null ? null : SourceParser.Condition(where, inner);
        var maker = new ElementMaker(bindings, TargetSetter.CompileNew(type), TargetSetter.CompileAdd(root, path));
        return new EachBinding(path.Text, scope.SlotOf(array), inner.Columns, condition, maker);
    }
}
