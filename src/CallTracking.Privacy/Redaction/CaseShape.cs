using System.Collections;
using CallTracking.Contracts;
using Google.Protobuf;
using Google.Protobuf.Collections;
using Google.Protobuf.Reflection;

namespace CallTracking.Privacy;

/// <summary>
/// Where personal values can stand in a case: read from the message descriptors once, so a field that the contract gains is
/// covered without a change here. Only fields that lead to a personal value have a slot.
/// </summary>
internal sealed class CaseShape
{
    /// <summary>The shape of <see cref="Case"/>.</summary>
    public static readonly CaseShape Instance = new(Case.Descriptor, static _ => true);

    /// <summary>Of <see cref="Case"/>, only what leads to free texts and custom fields.</summary>
    public static readonly CaseShape Texts = new(Case.Descriptor, static dataClass => dataClass == DataClass.FreeText);

    private readonly Slot[] _root;

    private CaseShape(MessageDescriptor descriptor, Func<DataClass, bool> takes) => _root = new Compiler(takes).Compile(descriptor, "");

    /// <summary>Paths of all fields that can hold a personal value, in the contract's order.</summary>
    public IEnumerable<string> Paths => PathsOf(_root).Distinct();

    /// <summary>Finds every personal value and every custom field of a case.</summary>
    public void Collect(Case value, List<Leaf> leaves) => Collect(_root, value, leaves);

    private static IEnumerable<string> PathsOf(Slot[] slots) =>
        slots.SelectMany(slot => slot.Children.Length > 0 ? PathsOf(slot.Children) : [slot.Path]);

    private static void Collect(Slot[] slots, IMessage parent, List<Leaf> leaves)
    {
        foreach (var slot in slots)
        {
            if (slot.Accessor.GetValue(parent) is not { } content)
            {
                continue;
            }

            switch (slot.Kind)
            {
                case SlotKind.Text:
                    leaves.Add(new Leaf(slot, parent, null, 0, (PersonalText)content, slot.DataClass));
                    break;
                case SlotKind.Texts:
                    Collect(slot, parent, (RepeatedField<PersonalText>)content, leaves);
                    break;
                case SlotKind.Custom:
                    Collect(slot, parent, (RepeatedField<CustomField>)content, leaves);
                    break;
                case SlotKind.Nested:
                    Collect(slot.Children, (IMessage)content, leaves);
                    break;
                case SlotKind.NestedList:
                    var messages = (IList)content;
                    for (var i = 0; i < messages.Count; i++)
                    {
                        Collect(slot.Children, (IMessage)messages[i]!, leaves);
                    }

                    break;
            }
        }
    }

    private static void Collect(Slot slot, IMessage parent, RepeatedField<PersonalText> values, List<Leaf> leaves)
    {
        for (var i = 0; i < values.Count; i++)
        {
            leaves.Add(new Leaf(slot, parent, values, i, values[i], slot.DataClass));
        }
    }

    private static void Collect(Slot slot, IMessage parent, RepeatedField<CustomField> fields, List<Leaf> leaves)
    {
        for (var i = 0; i < fields.Count; i++)
        {
            leaves.Add(new Leaf(slot, parent, fields, i, fields[i].Text, fields[i].DataClass));
        }
    }

    private sealed class Compiler(Func<DataClass, bool> takes)
    {
        private readonly Stack<MessageDescriptor> _open = new();

        public Slot[] Compile(MessageDescriptor descriptor, string path)
        {
            // The contract has no message inside itself; one day's mistake must not become an endless loop here.
            if (_open.Contains(descriptor))
            {
                throw new InvalidOperationException($"Message {descriptor.FullName} contains itself: the walk over a case would not end.");
            }

            _open.Push(descriptor);
            var slots = new List<Slot>();
            foreach (var field in descriptor.Fields.InDeclarationOrder())
            {
                if (field.FieldType == FieldType.Message && Compile(field, path) is { } slot)
                {
                    slots.Add(slot);
                }
            }

            _open.Pop();
            return [.. slots];
        }

        private Slot? Compile(FieldDescriptor field, string path)
        {
            var fieldPath = path.Length == 0 ? field.Name : $"{path}.{field.Name}";
            if (field.MessageType == PersonalText.Descriptor)
            {
                return takes(DataClasses.Of(field)) ? new Slot(field.IsRepeated ? SlotKind.Texts : SlotKind.Text, fieldPath, field.Accessor, DataClasses.Of(field), []) : null;
            }

            if (field.MessageType == CustomField.Descriptor)
            {
                return field.IsRepeated
                    ? new Slot(SlotKind.Custom, fieldPath, field.Accessor, DataClass.Unspecified, [])
                    : throw new InvalidOperationException($"Field {field.FullName} holds one custom field: only lists of them are known here.");
            }

            if (field.IsMap)
            {
                throw new InvalidOperationException($"Field {field.FullName} is a map: the walk over a case does not know maps.");
            }

            var children = Compile(field.MessageType, fieldPath);
            return children.Length == 0 ? null : new Slot(field.IsRepeated ? SlotKind.NestedList : SlotKind.Nested, fieldPath, field.Accessor, DataClass.Unspecified, children);
        }
    }
}

internal enum SlotKind
{
    Text,
    Texts,
    Custom,
    Nested,
    NestedList,
}

/// <summary>One field that holds a personal value, or a message that leads to one.</summary>
internal sealed record Slot(SlotKind Kind, string Path, IFieldAccessor Accessor, DataClass DataClass, Slot[] Children);

/// <summary>A value found in a case, with what it takes to change or remove it.</summary>
/// <param name="Slot">Its field.</param>
/// <param name="Parent">The message that holds the field.</param>
/// <param name="List">The repeated field, when it is one.</param>
/// <param name="Index">The place in that list. Leaves are removed last to first, so that places stay true.</param>
/// <param name="Text">The value; null for a custom field that holds a typed value or none.</param>
/// <param name="DataClass">The field's class, or the one that the mapping gave to a custom field.</param>
internal readonly record struct Leaf(Slot Slot, IMessage Parent, IList? List, int Index, PersonalText? Text, DataClass DataClass)
{
    /// <summary>The custom field itself, when the leaf is one.</summary>
    public CustomField? Custom => Slot.Kind == SlotKind.Custom ? (CustomField)List![Index]! : null;

    /// <summary>Takes the value out of the case: the field is cleared, the list's element or the whole custom field removed.</summary>
    public void Remove()
    {
        if (List is not null)
        {
            List.RemoveAt(Index);
        }
        else
        {
            Slot.Accessor.Clear(Parent);
        }
    }
}
