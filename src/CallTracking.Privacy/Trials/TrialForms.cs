using System.Collections;
using CallTracking.Contracts;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace CallTracking.Privacy;

/// <summary>The form of a value, and the text in it where there is one.</summary>
internal readonly record struct TrialForm(string Form, string Text)
{
    public const string Absent = "absent";

    public override string ToString() => Text.Length > 0 ? $"{Form} \"{Text}\"" : Form;
}

/// <summary>Looks up values in a case by path: <c>customer.emails</c>, <c>custom_fields[note]</c>.</summary>
internal static class TrialForms
{
    /// <summary>The field at the end of a path; null when the path is none. A custom field's path gives its text.</summary>
    public static FieldDescriptor? Find(string path)
    {
        var descriptor = Case.Descriptor;
        FieldDescriptor? field = null;
        foreach (var step in path.Split('.'))
        {
            field = descriptor?.FindFieldByName(NameOf(step));
            descriptor = field is { FieldType: FieldType.Message } ? field.MessageType : null;
            if (field is null)
            {
                return null;
            }
        }

        return field?.FieldType == FieldType.Message && (field.MessageType == PersonalText.Descriptor || field.MessageType == CustomField.Descriptor) ? field : null;
    }

    /// <summary>Every path that names a personal value, in the contract's order.</summary>
    public static IReadOnlyList<string> Paths { get; } = [.. PathsBelow(Case.Descriptor, "")];

    private static IEnumerable<string> PathsBelow(MessageDescriptor message, string prefix) =>
        message.Fields.InDeclarationOrder().Where(field => field.FieldType == FieldType.Message).SelectMany(field =>
            field.MessageType == PersonalText.Descriptor ? [prefix + field.Name]
            : field.MessageType == CustomField.Descriptor ? [$"{prefix}{field.Name}[NAME]"]
            : PathsBelow(field.MessageType, $"{prefix}{field.Name}."));

    /// <summary>The forms of all values at the path; one <c>absent</c> when there is none.</summary>
    public static IReadOnlyList<TrialForm> Of(Case value, string path)
    {
        var found = new List<TrialForm>();
        Collect(value, path.Split('.'), found);
        return found.Count > 0 ? found : [new TrialForm(TrialForm.Absent, "")];
    }

    private static void Collect(IMessage message, ReadOnlySpan<string> path, List<TrialForm> found)
    {
        var field = message.Descriptor.FindFieldByName(NameOf(path[0]));
        var content = field.Accessor.GetValue(message);
        foreach (var item in content is IList list ? list.Cast<object?>() : [content])
        {
            if (item is CustomField custom && (NameIn(path[0]) is not { } name || name == custom.Name) && custom.Text is { } text)
            {
                Add(text, found);
            }
            else if (item is PersonalText personal)
            {
                Add(personal, found);
            }
            else if (path.Length > 1 && item is IMessage nested)
            {
                Collect(nested, path[1..], found);
            }
        }
    }

    private static void Add(PersonalText value, List<TrialForm> found)
    {
        if (value.FormCase != PersonalText.FormOneofCase.None)
        {
            var text = value.FormCase switch
            {
                PersonalText.FormOneofCase.Clear => value.Clear,
                PersonalText.FormOneofCase.Masked => value.Masked,
                PersonalText.FormOneofCase.Generalized => value.Generalized,
                _ => "",
            };
            found.Add(new TrialForm(value.FormCase.ToString().ToLowerInvariant(), text));
        }
    }

    private static string NameOf(string step) => step.IndexOf('[', StringComparison.Ordinal) is >= 0 and var at ? step[..at] : step;

    private static string? NameIn(string step) =>
        step.IndexOf('[', StringComparison.Ordinal) is >= 0 and var at && step[^1] == ']' ? step[(at + 1)..^1] : null;
}
