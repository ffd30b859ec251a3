using System.Collections;
using System.Globalization;
using CallTracking.Contracts;
using CallTracking.Mapping.Spec;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace CallTracking.Mapping.Checks;

/// <summary>
/// A case as lines of path and text, in the contract's order: <c>messages[0].body</c>, <c>custom_fields.name</c>. Times are ISO 8601
/// with their offset, and beside them, where there is something to say, <c>.other</c> (the other reading), <c>.precision</c>, <c>.caution</c> and <c>.original</c>.
/// </summary>
internal static class CaseText
{
    private const string TimeShape = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK";

    public static IReadOnlyList<CaseLine> Lines(IMessage value)
    {
        var lines = new List<CaseLine>();
        AddFields(value, string.Empty, lines);
        return lines;
    }

    private static void AddFields(IMessage message, string prefix, List<CaseLine> lines)
    {
        foreach (var field in message.Descriptor.Fields.InDeclarationOrder())
        {
            var path = prefix + field.Name;
            if (field.IsRepeated)
            {
                AddList((IList)field.Accessor.GetValue(message), field, path, lines);
            }
            else if (!field.HasPresence || field.Accessor.HasValue(message))
            {
                Add(field.Accessor.GetValue(message), field, path, lines);
            }
        }
    }

    private static void AddList(IList values, FieldDescriptor field, string path, List<CaseLine> lines)
    {
        for (var index = 0; index < values.Count; index++)
        {
            if (values[index] is CustomField custom)
            {
                lines.Add(new CaseLine($"{path}.{custom.Name}", TextOf(custom)));
            }
            else
            {
                Add(values[index]!, field, string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]"), lines);
            }
        }
    }

    private static void Add(object value, FieldDescriptor field, string path, List<CaseLine> lines)
    {
        switch (value)
        {
            case CaseTime time:
                AddTime(time, path, lines);
                break;
            case PersonalText text:
                lines.Add(new CaseLine(path, TextOf(text)));
                break;
            case Money money:
                lines.Add(new CaseLine(path, string.Create(CultureInfo.InvariantCulture, $"{money.Micros / 1_000_000m:0.######} {money.Currency}")));
                break;
            case IMessage message:
                AddFields(message, path + ".", lines);
                break;
            case ByteString:
                break;
            default:
                var plain = Plain(value, field);
                if (plain.Length > 0)
                {
                    lines.Add(new CaseLine(path, plain));
                }

                break;
        }
    }

    private static void AddTime(CaseTime time, string path, List<CaseLine> lines)
    {
        var at = time.At.ToDateTimeOffset().ToOffset(TimeSpan.FromMinutes(time.UtcOffsetMinutes));
        lines.Add(new CaseLine(path, at.ToString(TimeShape, CultureInfo.InvariantCulture)));
        if (time.HasOtherUtcOffsetMinutes)
        {
            var other = new DateTimeOffset(at.DateTime, TimeSpan.FromMinutes(time.OtherUtcOffsetMinutes));
            lines.Add(new CaseLine(path + ".other", other.ToString(TimeShape, CultureInfo.InvariantCulture)));
        }

        AddFields(new CaseTime { Precision = time.Precision == TimePrecision.Second ? TimePrecision.Unspecified : time.Precision, Caution = time.Caution, Original = time.Original }, path + ".", lines);
    }

    private static string TextOf(PersonalText text) => text.FormCase switch
    {
        PersonalText.FormOneofCase.Clear => text.Clear,
        PersonalText.FormOneofCase.Masked => text.Masked,
        PersonalText.FormOneofCase.Generalized => text.Generalized,
        var other => $"({other})".ToLowerInvariant(),
    };

    private static string TextOf(CustomField field) => field.ValueCase switch
    {
        CustomField.ValueOneofCase.Text => TextOf(field.Text),
        CustomField.ValueOneofCase.Integer => field.Integer.ToString(CultureInfo.InvariantCulture),
        CustomField.ValueOneofCase.Number => field.Number.ToString("R", CultureInfo.InvariantCulture),
        CustomField.ValueOneofCase.Flag => field.Flag ? "true" : "false",
        CustomField.ValueOneofCase.Instant => Instant(field.Instant),
        _ => string.Empty,
    };

    private static string Instant(Timestamp instant) =>
        instant.ToDateTimeOffset().ToString(TimeShape, CultureInfo.InvariantCulture);

    private static string Plain(object value, FieldDescriptor field) => value switch
    {
        string text => text,
        bool flag => flag ? "true" : "false",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        _ when field.FieldType == FieldType.Enum => EnumNames.Of(field.EnumType).NameOf(Convert.ToInt32(value, CultureInfo.InvariantCulture)),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => string.Empty,
    };
}

/// <summary>One value of a case.</summary>
internal readonly record struct CaseLine(string Path, string Text);
