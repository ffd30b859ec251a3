using System.Linq.Expressions;
using CallTracking.Contracts;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace CallTracking.Mapping.Targets;

/// <summary>
/// Turns a path of the contract into a delegate, once, when the mapping is loaded. Messages on the way are made when the first
/// value comes; a repeated message on the way stands for its first element.
/// </summary>
internal static class TargetSetter
{
    /// <summary>Sets the leaf, or adds to it when it is repeated.</summary>
    public static Action<IMessage, T> Compile<T>(MessageDescriptor root, TargetPath path)
    {
        var message = Expression.Parameter(typeof(IMessage));
        var value = Expression.Parameter(typeof(T));
        var leaf = Expression.Property(Parent(message, root, path), PropertyOf(path.Leaf));
        Expression content = path.Kind == TargetKind.Personal ? Expression.Call(Method(nameof(Clear)), value) : value;
        Expression body = path.IsRepeated
            ? Add(leaf, content)
            : Expression.Assign(leaf, content.Type == leaf.Type ? content : Expression.Convert(content, leaf.Type));
        return Expression.Lambda<Action<IMessage, T>>(body, message, value).Compile();
    }

    /// <summary>Adds a message to a repeated leaf.</summary>
    public static Action<IMessage, IMessage> CompileAdd(MessageDescriptor root, TargetPath path)
    {
        var message = Expression.Parameter(typeof(IMessage));
        var element = Expression.Parameter(typeof(IMessage));
        var list = Expression.Property(Parent(message, root, path), PropertyOf(path.Leaf));
        var add = Add(list, Expression.Convert(element, path.Leaf.MessageType.ClrType));
        return Expression.Lambda<Action<IMessage, IMessage>>(add, message, element).Compile();
    }

    public static Func<IMessage> CompileNew(MessageDescriptor type) =>
        Expression.Lambda<Func<IMessage>>(Expression.New(type.ClrType)).Compile();

    private static Expression Parent(Expression message, MessageDescriptor root, TargetPath path)
    {
        Expression parent = Expression.Convert(message, root.ClrType);
        foreach (var step in path.Steps.SkipLast(1))
        {
            var property = Expression.Property(parent, PropertyOf(step));
            var type = step.MessageType.ClrType;
            parent = step.IsRepeated
                ? FirstOrNew(property, type)
                : Expression.Coalesce(property, Expression.Assign(property, Expression.New(type)));
        }

        return parent;
    }

    private static string PropertyOf(FieldDescriptor field) =>
        string.Concat(field.Name.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    private static System.Reflection.MethodInfo Method(string name) =>
        typeof(TargetSetter).GetMethod(name, System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.NonPublic)!;

    private static PersonalText Clear(string text) => new() { Clear = text };

    private static ConditionalExpression FirstOrNew(Expression list, Type type)
    {
        var made = Expression.Variable(type);
        return Expression.Condition(
            Expression.Equal(Expression.Property(list, "Count"), Expression.Constant(0)),
            Expression.Block([made], Expression.Assign(made, Expression.New(type)), Add(list, made), made),
            Expression.Property(list, "Item", Expression.Constant(0)));
    }

    // Most lists of a case have one element: a list that nobody asks for less takes room for eight.
    private static BlockExpression Add(Expression list, Expression element)
    {
        var found = Expression.Variable(list.Type);
        return Expression.Block(
            [found],
            Expression.Assign(found, list),
            Expression.IfThen(
                Expression.Equal(Expression.Property(found, "Count"), Expression.Constant(0)),
                Expression.Assign(Expression.Property(found, "Capacity"), Expression.Constant(1))),
            Expression.Call(found, "Add", null, element));
    }
}
