using System.Collections;
using CallTracking.Contracts;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace CallTracking.Hub.Retention;

/// <summary>
/// Takes every personal value out of a case, whatever its form: clear, masked, generalized, pseudonym or sealed. Works by the
/// contract's data classes, so a field that is added tomorrow is covered; a text without a class goes too.
/// </summary>
internal static class CaseAnonymizer
{
    /// <summary>Empties the case in place; codes, times and counts stay.</summary>
    public static void Anonymize(Case @case) => Strip(@case);

    private static void Strip(IMessage message)
    {
        foreach (var field in message.Descriptor.Fields.InFieldNumberOrder())
        {
            if (field.FieldType == FieldType.Message)
            {
                StripMessages(message, field);
            }
            else if (field.FieldType is FieldType.String or FieldType.Bytes && DataClasses.IsPersonal(DataClasses.Of(field)))
            {
                field.Accessor.Clear(message);
            }
        }
    }

    private static void StripMessages(IMessage message, FieldDescriptor field)
    {
        if (field.MessageType == PersonalText.Descriptor)
        {
            field.Accessor.Clear(message);
        }
        else if (field.IsRepeated)
        {
            foreach (var item in (IEnumerable)field.Accessor.GetValue(message))
            {
                Strip((IMessage)item);
            }
        }
        else if (field.Accessor.GetValue(message) is IMessage child)
        {
            Strip(child);
        }
    }
}
