using System.Text;
using System.Text.Json;
using CallTracking.Mapping.Reading.Json;

namespace CallTracking.Mapping.Reading.Xml;

/// <summary>
/// An element of a record, and its form in JSON: attributes as <c>@name</c>, elements by name, in an array where a name is
/// repeated; its text as the value, or as <c>#text</c> beside the others; nothing in it, or <c>xsi:nil</c>, as null.
/// </summary>
internal sealed class XmlBranch(string name)
{
    // Up to here each name is looked for among those behind it.
    private const int FewChildren = 64;

    private List<(string Name, string Value)>? _attributes;
    private List<XmlBranch>? _children;
    private string? _text;
    private StringBuilder? _texts;

    // How much of the parent's text stands before it.
    private int _behind;

    public bool IsNil { get; set; }

    public bool IsEmpty => IsNil || (_attributes is null && _children is null && _text is null);

    public void AddAttribute(string attribute, string value) => (_attributes ??= []).Add(("@" + attribute, value));

    public void AddText(ReadOnlySpan<char> text)
    {
        // Mostly a text comes in one piece.
        if (_text is null)
        {
            _text = text.ToString();
        }
        else
        {
            (_texts ??= new StringBuilder(_text)).Append(text);
        }
    }

    public XmlBranch AddChild(string child)
    {
        var added = new XmlBranch(child) { _behind = _texts?.Length ?? _text?.Length ?? 0 };
        (_children ??= []).Add(added);
        return added;
    }

    /// <summary>As an object, even where there is nothing but text.</summary>
    public void WriteRecord(Utf8JsonWriter json) => WriteObject(json, isText: HasText && IsMarked, isWithin: false);

    private bool HasText => _text is not null && !string.IsNullOrWhiteSpace(Text);

    // Elements in it set off parts of a text.
    private bool IsMarked => _children is not null && XmlMarkup.Is(_children.Select(child => child.Name));

    private void WriteObject(Utf8JsonWriter json, bool isText, bool isWithin)
    {
        json.WriteStartObject();
        foreach (var (attribute, value) in _attributes ?? [])
        {
            json.WriteString(attribute, value);
        }

        if (isText)
        {
            json.WriteString(JsonPath.Text, Whole());
        }
        else if (_children is null ? _text is not null : HasText)
        {
            json.WriteString(JsonPath.Text, Text);
        }

        WriteChildren(json, _children ?? [], isWithin || isText);
        json.WriteEndObject();
    }

    // Within a text that is written whole, what is marked is written once more, by its own text only: however deep it stands.
    private void Write(Utf8JsonWriter json, bool isWithin)
    {
        if (IsEmpty)
        {
            json.WriteNullValue();
        }
        else if (_attributes is null && _children is null)
        {
            json.WriteStringValue(Text);
        }
        else
        {
            WriteObject(json, isText: !isWithin && IsMarked && HasAnyText, isWithin);
        }
    }

    private bool HasAnyText => HasText || (_children?.Exists(child => child.HasAnyText) ?? false);

    private static void WriteChildren(Utf8JsonWriter json, List<XmlBranch> children, bool isWithin)
    {
        if (HasRepeated(children))
        {
            WriteGroups(json, children, isWithin);
            return;
        }

        foreach (var child in children)
        {
            json.WritePropertyName(child.Name);
            child.Write(json, isWithin);
        }
    }

    private static void WriteGroups(Utf8JsonWriter json, List<XmlBranch> children, bool isWithin)
    {
        foreach (var same in children.GroupBy(child => child.Name, StringComparer.Ordinal))
        {
            json.WritePropertyName(same.Key);
            var isRepeated = same.Skip(1).Any();
            if (isRepeated)
            {
                json.WriteStartArray();
            }

            foreach (var child in same)
            {
                child.Write(json, isWithin);
            }

            if (isRepeated)
            {
                json.WriteEndArray();
            }
        }
    }

    // True too where there are so many children that a look at each would take longer than to group them.
    private static bool HasRepeated(List<XmlBranch> children)
    {
        for (var index = 1; index < children.Count && children.Count <= FewChildren; index++)
        {
            for (var before = 0; before < index; before++)
            {
                if (string.Equals(children[index].Name, children[before].Name, StringComparison.Ordinal))
                {
                    return true;
                }
            }
        }

        return children.Count > FewChildren;
    }

    // "The battery <b>burns</b>!": what is set off is part of the text.
    private string Whole()
    {
        var (whole, isLineOver) = (new StringBuilder(), false);
        AppendWhole(whole, ref isLineOver);
        return whole.ToString();
    }

    private void AppendWhole(StringBuilder whole, ref bool isLineOver)
    {
        var (text, done) = (_text is null ? string.Empty : Text, 0);
        foreach (var (index, child) in (_children ?? []).Index())
        {
            Append(whole, text.AsSpan(done, child._behind - done), ref isLineOver);
            if (XmlMarkup.BeginsLine(child.Name))
            {
                isLineOver = true;
            }
            else if (index > 0 && done == child._behind && !isLineOver && whole.Length > 0 && !char.IsWhiteSpace(whole[^1]))
            {
                // The parser drops a text of blanks alone: words must not grow together.
                whole.Append(' ');
            }

            done = child._behind;
            child.AppendWhole(whole, ref isLineOver);
            isLineOver |= XmlMarkup.BeginsLine(child.Name);
        }

        Append(whole, text.AsSpan(done), ref isLineOver);
    }

    // Behind the end of a block a line begins with the next text.
    private static void Append(StringBuilder whole, ReadOnlySpan<char> text, ref bool isLineOver)
    {
        if (text.IsEmpty)
        {
            return;
        }

        if (isLineOver && whole.Length > 0 && whole[^1] != '\n')
        {
            whole.Append('\n');
        }

        isLineOver = false;
        whole.Append(text);
    }

    private string Name => name;

    private string Text => _texts?.ToString() ?? _text!;
}
