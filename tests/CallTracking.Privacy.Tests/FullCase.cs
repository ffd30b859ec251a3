using System.Collections;
using CallTracking.Contracts;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace CallTracking.Privacy.Tests;

/// <summary>Builds a case in which every field that can hold a personal value holds one, by the descriptors alone.</summary>
internal static class FullCase
{
    public static Case Create(Func<string, DataClass, string> valueOf)
    {
        var value = new Case();
        Fill(value, "", valueOf);
        return value;
    }

    private static void Fill(IMessage message, string path, Func<string, DataClass, string> valueOf)
    {
        foreach (var field in message.Descriptor.Fields.InFieldNumberOrder().Where(field => field.FieldType == FieldType.Message))
        {
            var own = path.Length == 0 ? field.Name : $"{path}.{field.Name}";
            if (Content(field, own, valueOf) is not { } content)
            {
                continue;
            }

            if (field.IsRepeated)
            {
                ((IList)field.Accessor.GetValue(message)).Add(content);
            }
            else
            {
                field.Accessor.SetValue(message, content);
            }
        }
    }

    private static IMessage? Content(FieldDescriptor field, string path, Func<string, DataClass, string> valueOf)
    {
        if (field.MessageType == PersonalText.Descriptor)
        {
            return new PersonalText { Clear = valueOf(path, DataClasses.Of(field)) };
        }

        if (field.MessageType == CustomField.Descriptor)
        {
            return new CustomField { Name = "note", DataClass = DataClass.FreeText, Text = new PersonalText { Clear = valueOf(path, DataClass.FreeText) } };
        }

        var nested = field.MessageType.Parser.ParseFrom(ByteString.Empty);
        Fill(nested, path, valueOf);
        return nested;
    }
}
