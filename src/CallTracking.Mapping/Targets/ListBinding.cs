using CallTracking.Mapping.Values;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace CallTracking.Mapping.Targets;

/// <summary>A repeated message whose elements are the elements of an array, or of a text, in the record.</summary>
internal sealed class EachBinding(string fieldName, ElementSource source, Condition? where, ElementMaker maker) : Binding(fieldName)
{
    /// <summary>An element is left out when this field of it is as in the element before.</summary>
    public FieldDescriptor? Distinct { get; init; }

    public override IReadOnlyList<Binding> Inner => maker.Bindings;

    public override RowFault? Apply(SourceRow row, IMessage target)
    {
        IMessage? before = null;
        if (source.Find(row, out var children) is { } fault)
        {
            return Named(fault);
        }

        for (var index = 0; index < children.Count; index++)
        {
            if (where is not null && where.Test(children[index], out var holds) is var unsure && (unsure is not null || !holds))
            {
                if (unsure is not null)
                {
                    return Named(unsure);
                }

                continue;
            }

            if (maker.Make(children[index], out var element) is { } bad)
            {
                return bad with { Field = $"{Field}[{index}].{bad.Field}" };
            }

            if (element is not null && !IsAsBefore(element, before))
            {
                before = element;
                maker.Add(element, target);
            }
        }

        return null;
    }

    private bool IsAsBefore(IMessage element, IMessage? before) =>
        Distinct is not null && before is not null && Equals(Distinct.Accessor.GetValue(element), Distinct.Accessor.GetValue(before));
}

/// <summary>A repeated message whose elements are written out one by one in the mapping.</summary>
internal sealed class ListBinding(string fieldName, IReadOnlyList<ElementMaker> elements) : Binding(fieldName)
{
    public override IReadOnlyList<Binding> Inner => [.. elements.SelectMany(element => element.Bindings)];

    public override bool InnerIsOfRecord => true;

    public override RowFault? Apply(SourceRow row, IMessage target)
    {
        for (var index = 0; index < elements.Count; index++)
        {
            if (elements[index].Add(row, target) is { } bad)
            {
                return bad with { Field = $"{Field}[{index}].{bad.Field}" };
            }
        }

        return null;
    }
}

/// <summary>A repeated message whose elements come from several places, one after another.</summary>
internal sealed class ChainBinding(string fieldName, IReadOnlyList<Binding> links) : Binding(fieldName)
{
    public override IReadOnlyList<Binding> Inner => [.. links.SelectMany(link => link.Inner)];

    public override RowFault? Apply(SourceRow row, IMessage target)
    {
        foreach (var link in links)
        {
            if (link.Apply(row, target) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }
}

/// <summary>Makes one element and adds it, unless the record gave nothing for it.</summary>
internal sealed class ElementMaker(IReadOnlyList<Binding> bindings, Func<IMessage> create, Action<IMessage, IMessage> add)
{
    public IReadOnlyList<Binding> Bindings => bindings;

    private readonly Binding[] _fromRecord = [.. bindings.Where(binding => !binding.IsConstant)];
    private readonly Binding[] _constants = [.. bindings.Where(binding => binding.IsConstant)];

    public RowFault? Add(SourceRow row, IMessage target)
    {
        var fault = Make(row, out var element);
        if (element is not null)
        {
            Add(element, target);
        }

        return fault;
    }

    public void Add(IMessage element, IMessage target) => add(target, element);

    /// <summary>The element; null beside a fault, and when the record gave nothing for it.</summary>
    public RowFault? Make(SourceRow row, out IMessage? element)
    {
        element = null;
        var made = create();
        if (Apply(_fromRecord, row, made) is { } fault)
        {
            return fault;
        }

        if (_fromRecord.Length > 0 && made.CalculateSize() == 0)
        {
            return null;
        }

        if (Apply(_constants, row, made) is { } bad)
        {
            return bad;
        }

        element = made;
        return null;
    }

    private static RowFault? Apply(Binding[] bindings, SourceRow row, IMessage element)
    {
        foreach (var binding in bindings)
        {
            if (binding.Fill(row, element) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }
}
