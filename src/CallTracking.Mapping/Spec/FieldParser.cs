using CallTracking.Mapping.Shapes;
using CallTracking.Mapping.Targets;
using Google.Protobuf.Reflection;
using YamlDotNet.RepresentationModel;

namespace CallTracking.Mapping.Spec;

/// <summary>Reads <c>fields</c>: each key is a path of the contract, each value says where its content comes from.</summary>
internal sealed class FieldParser(MappingScope scope, MessageDescriptor root)
{
    private static readonly HashSet<string> TypingKeys = ["values", "lookup", "format", "pattern", "split", "nulls", "detect", "scale", "currency", "each"];

    // What makes another text of the column's before it is converted, or reads it in a way of its own.
    private static readonly HashSet<string> RemakingKeys = ["values", "lookup", "format", "pattern", "split", "scale", "template", "join"];

    public IReadOnlyList<Binding> Parse(YamlMap fields)
    {
        var bindings = new List<Binding>();
        foreach (var (key, value) in fields.Entries())
        {
            if (TargetPath.Resolve(root, key.Value ?? string.Empty, out var problem, out var cure) is not { } path)
            {
                scope.Faults.Add(key, problem, cure);
            }
            else
            {
                var used = scope.Columns.Uses.Count;
                if (One(path, value) is { } binding)
                {
                    binding.Origin = OriginOf(key, value, scope, used);
                    binding.Contract = scope.RuleOf(used, isTyped: path.Kind is not (TargetKind.Text or TargetKind.Personal or TargetKind.Message) || IsTyped(value));
                    Check(key, value, path, binding.Contract);
                    bindings.Add(binding);
                }
            }
        }

        return bindings;
    }

    // What can be told of a field's type before any value comes.
    private void Check(YamlScalarNode key, YamlNode value, TargetPath path, ContractRule? rule)
    {
        var isCountry = path.Kind is TargetKind.Text or TargetKind.Personal && path.Leaf.Name.EndsWith("country", StringComparison.Ordinal);
        if ((path.Kind == TargetKind.Enum || isCountry) && rule is not null && !(value is YamlMappingNode map && (map.Children.ContainsKey("values") || map.Children.ContainsKey("lookup"))))
        {
            scope.Faults.Demand(value, $"{path.Text}: nothing says what a word becomes that is none of its values.", "Write {from: column, values: {…}, unknown: reject}.");
        }

        var kind = path.Kind switch
        {
            TargetKind.Number or TargetKind.Integer or TargetKind.Size or TargetKind.Money => ValueKinds.Number,
            TargetKind.Time => ValueKinds.Time,
            TargetKind.Flag => ValueKinds.Flag,
            _ => ValueKinds.None,
        };
        var other = rule?.Columns.FirstOrDefault(name => scope.Contract.Columns.GetValueOrDefault(name)?.Is is { } wanted && wanted != kind);
        if (other is not null && kind != ValueKinds.None && !(value is YamlMappingNode keys && keys.Children.Keys.Any(word => RemakingKeys.Contains(word.ToString()))))
        {
            scope.Faults.Add(key, $"'{path.Text}' reads '{other}' as a {kind.ToString().ToLowerInvariant()}, and the contract wants it to be something else.", "Make 'is' under contract.columns the field's type, or read another column.");
        }
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

    /// <summary>Whether the keys make more of a text than the text itself, so that they are the judge of what it may be.</summary>
    public static bool IsTyped(YamlNode value) => value is YamlMappingNode map && map.Children.Keys.Any(key => TypingKeys.Contains(key.ToString()));

    private Binding? NoMessage(TargetPath path, YamlNode value)
    {
        var below = path.Leaf.MessageType.Fields.InDeclarationOrder().Select(field => $"{path.Text}.{field.Name}").Take(4);
        scope.Faults.Add(value, $"'{path.Text}' is a group of fields.", $"Write its fields one by one: {string.Join(", ", below)} ….");
        return null;
    }

    /// <summary>Where a mapping says it, and what columns it named since the use of this number.</summary>
    public static BindingOrigin OriginOf(YamlNode key, YamlNode value, MappingScope scope, int firstUse)
    {
        var slots = scope.Columns.Uses.Skip(firstUse).Distinct().Select(slot => new ColumnSlot(scope.Columns.Columns[slot].Name, slot)).ToList();
        var rule = value is YamlMappingNode map ? string.Join(", ", map.Children.Keys.Select(part => part.ToString())) : "column";
        return new BindingOrigin((int)key.Start.Line, (int)key.Start.Column, value is YamlSequenceNode ? "list" : rule, slots) { Place = scope.PlaceOf(key, firstUse) };
    }

    private Binding? List(TargetPath path, YamlNode value)
    {
        switch (value)
        {
            case YamlMappingNode mapping:
                return Link(path, mapping);
            case YamlSequenceNode sequence when sequence.Children.Count > 0 && sequence.Children.All(child => child is YamlMappingNode):
                var elements = sequence.Children.Cast<YamlMappingNode>().ToList();
                return elements.Exists(HasEach)
                    ? new ChainBinding(path.Text, [.. elements.Select(element => Link(path, element)).OfType<Binding>()])
                    : new ListBinding(path.Text, [.. elements.Select(element => Element(path, element))]);
            default:
                scope.Faults.Add(value, $"'{path.Text}' is a list of groups.", "Write {each: array, fields: {…}}, or a list of {field: column}.");
                return null;
        }
    }

    private bool HasEach(YamlMappingNode mapping) => new YamlMap(mapping, scope.Faults).Has("each");

    private Binding? Link(TargetPath path, YamlMappingNode mapping) => HasEach(mapping)
        ? new EachParser(scope, path, root).Parse(new YamlMap(mapping, scope.Faults))
        : new ListBinding(path.Text, [Element(path, mapping)]);

    private ElementMaker Element(TargetPath path, YamlMappingNode fields)
    {
        var type = path.Leaf.MessageType;
        var bindings = new FieldParser(scope, type).Parse(new YamlMap(fields, scope.Faults));
        return new ElementMaker(bindings, TargetSetter.CompileNew(type), TargetSetter.CompileAdd(root, path));
    }
}
