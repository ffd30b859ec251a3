using CallTracking.Contracts;
using Google.Protobuf.Reflection;

namespace CallTracking.SchemaLock;

/// <summary>The contract as sorted lines, one for each thing that a peer can depend on.</summary>
public static class SchemaLines
{
    /// <summary>The files of the contract, so that a new file is one line here and seen by every check.</summary>
    public static IReadOnlyList<FileDescriptor> Files { get; } =
    [
        OptionsReflection.Descriptor, CaseReflection.Descriptor, PolicyReflection.Descriptor,
        RunReflection.Descriptor, SyncReflection.Descriptor, TransferReflection.Descriptor, QueryReflection.Descriptor, AdminReflection.Descriptor,
    ];

    /// <summary>Every message of the contract, nested ones included.</summary>
    public static IEnumerable<MessageDescriptor> Messages => Files.SelectMany(file => file.MessageTypes).SelectMany(WithNested);

    public static IReadOnlyList<string> Current() =>
        [.. Messages.SelectMany(OfMessage)
            .Concat(Files.SelectMany(file => file.EnumTypes).SelectMany(OfEnum))
            .Concat(Files.SelectMany(file => file.Services).SelectMany(OfService))
            .Order(StringComparer.Ordinal)];

    private static IEnumerable<MessageDescriptor> WithNested(MessageDescriptor message) =>
        message.NestedTypes.SelectMany(WithNested).Prepend(message);

    private static IEnumerable<string> OfMessage(MessageDescriptor message)
    {
        foreach (var field in message.Fields.InFieldNumberOrder())
        {
            var label = field.IsRepeated ? "repeated" : field.HasPresence ? "optional" : "singular";
            var oneof = field.RealContainingOneof is { } choice ? $" oneof={choice.Name}" : string.Empty;
            yield return $"field {message.FullName} {field.FieldNumber} {field.Name} {TypeOf(field)} {label}{oneof} holds={DataClasses.Of(field)}";
        }

        foreach (var range in message.ToProto().ReservedRange)
        {
            for (var number = range.Start; number < range.End; number++)
            {
                yield return $"reserved {message.FullName} {number}";
            }
        }
    }

    private static string TypeOf(FieldDescriptor field) => field.FieldType switch
    {
        FieldType.Message => field.MessageType.FullName,
        FieldType.Enum => field.EnumType.FullName,
        var scalar => scalar.ToString(),
    };

    private static IEnumerable<string> OfEnum(EnumDescriptor type) =>
        type.Values.Select(value => $"value {type.FullName} {value.Number} {value.Name}");

    private static IEnumerable<string> OfService(ServiceDescriptor service) =>
        service.Methods.Select(method =>
            $"call {service.FullName}/{method.Name} {Stream(method.IsClientStreaming)}{method.InputType.FullName} -> {Stream(method.IsServerStreaming)}{method.OutputType.FullName}");

    private static string Stream(bool streaming) => streaming ? "stream " : string.Empty;
}
