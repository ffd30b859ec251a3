using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace CallTracking.Hub.Ingest;

/// <summary>Something in a message that the hub cannot keep. The path names the field, never its value.</summary>
internal sealed record MessageFault(string Reason, string Path);

/// <summary>
/// Walks a received message once: takes out what the contract does not know (a newer sender's fields are not covered by any
/// policy) and finds what PostgreSQL or the calendar cannot hold.
/// </summary>
internal static class MessageInspector
{
    private static readonly ConcurrentDictionary<System.Type, Plan> Plans = new();

    /// <summary>Null when the message is good. <paramref name="unknownBytes"/> grows by what was taken out.</summary>
    public static MessageFault? Inspect(IMessage message, ref int unknownBytes)
    {
        var plan = Plans.GetOrAdd(message.GetType(), static (_, descriptor) => new Plan(descriptor), message.Descriptor);
        unknownBytes += plan.DiscardUnknown(message);
        if (message is Timestamp instant)
        {
            return IsInstant(instant) ? null : new MessageFault("bad-time", "");
        }

        foreach (var field in plan.Texts)
        {
            var isBroken = field.IsRepeated
                ? ((IList<string>)field.Accessor.GetValue(message)).Any(HasNul)
                : HasNul((string)field.Accessor.GetValue(message));
            if (isBroken)
            {
                return new MessageFault("nul-character", field.Name);
            }
        }

        foreach (var field in plan.Messages)
        {
            if (InspectField(message, field, ref unknownBytes) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    private static MessageFault? InspectField(IMessage message, FieldDescriptor field, ref int unknownBytes)
    {
        var value = field.Accessor.GetValue(message);
        if (value is IMessage single)
        {
            return Inspect(single, ref unknownBytes) is { } fault ? Below(fault, field.Name) : null;
        }

        if (value is not System.Collections.IList { Count: > 0 } several)
        {
            return null;
        }

        for (var index = 0; index < several.Count; index++)
        {
            if (Inspect((IMessage)several[index]!, ref unknownBytes) is { } fault)
            {
                return Below(fault, FormattableString.Invariant($"{field.Name}[{index}]"));
            }
        }

        return null;
    }

    private static MessageFault Below(MessageFault fault, string parent) =>
        fault with { Path = fault.Path.Length == 0 ? parent : $"{parent}.{fault.Path}" };

    private static bool HasNul(string text) => text.Contains('\0', StringComparison.Ordinal);

    // 0001-01-01 to 9999-12-31, as protobuf, .NET and PostgreSQL all hold it.
    private static bool IsInstant(Timestamp instant) =>
        instant is { Seconds: > -62_135_596_800 and <= 253_402_300_799, Nanos: >= 0 and < 1_000_000_000 };

    private sealed class Plan
    {
        private readonly Func<IMessage, UnknownFieldSet?> _unknown;
        private readonly Action<IMessage> _forget;

        public Plan(MessageDescriptor descriptor)
        {
            Texts = [.. descriptor.Fields.InDeclarationOrder().Where(field => field.FieldType == FieldType.String)];
            Messages = [.. descriptor.Fields.InDeclarationOrder().Where(field => field.FieldType == FieldType.Message)];
            (_unknown, _forget) = Access(descriptor.ClrType);
        }

        public FieldDescriptor[] Texts { get; }

        public FieldDescriptor[] Messages { get; }

        public int DiscardUnknown(IMessage message)
        {
            if (_unknown(message) is not { } unknown)
            {
                return 0;
            }

            _forget(message);
            return unknown.CalculateSize();
        }

        // The generated code keeps unknown fields in a private field and offers no way to drop them from a parsed message.
        private static (Func<IMessage, UnknownFieldSet?> Unknown, Action<IMessage> Forget) Access(System.Type type)
        {
            var kept = type.GetField("_unknownFields", BindingFlags.Instance | BindingFlags.NonPublic)
                ?? throw new MissingFieldException(type.FullName, "_unknownFields");
            var message = Expression.Parameter(typeof(IMessage));
            var field = Expression.Field(Expression.Convert(message, type), kept);
            return (
                Expression.Lambda<Func<IMessage, UnknownFieldSet?>>(field, message).Compile(),
                Expression.Lambda<Action<IMessage>>(Expression.Assign(field, Expression.Constant(null, typeof(UnknownFieldSet))), message).Compile());
        }
    }
}
