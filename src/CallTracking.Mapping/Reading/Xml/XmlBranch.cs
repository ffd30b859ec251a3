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
    public void WriteRecord(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        foreach (var (attribute, value) in _attributes ?? [])
        {
            json.WriteString(attribute, value);
        }

        if (_text is not null && (_children is null || !string.IsNullOrWhiteSpace(Text)))
        {
            json.WriteString(JsonPath.Text, _children is not null && XmlMarkup.Is(_children.Select(child => child.Name)) ? Whole() : Text);
        }

        WriteChildren(json, _children ?? []);
        json.WriteEndObject();
    }

    private void Write(Utf8JsonWriter json)
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
            WriteRecord(json);
        }
    }

    private static void WriteChildren(Utf8JsonWriter json, List<XmlBranch> children)
    {
        if (HasRepeated(children))
        {
            WriteGroups(json, children);
            return;
        }

        foreach (var child in children)
        {
            json.WritePropertyName(child.Name);
            child.Write(json);
        }
    }

    private static void WriteGroups(Utf8JsonWriter json, List<XmlBranch> children)
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
                child.Write(json);
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
        var whole = new StringBuilder();
        AppendWhole(whole);
        return whole.ToString();
    }

    private void AppendWhole(StringBuilder whole)
    {
        var (text, done) = (_text is null ? string.Empty : Text, 0);
        foreach (var (index, child) in (_children ?? []).Index())
        {
            whole.Append(text, done, child._behind - done);
            if (XmlMarkup.BeginsLine(child.Name) && whole.Length > 0 && whole[^1] != '\n')
            {
                whole.Append('\n');
            }
            else if (index > 0 && done == child._behind && whole.Length > 0 && char.IsLetterOrDigit(whole[^1]))
            {
                // The parser drops a text of blanks alone: words must not grow together.
                whole.Append(' ');
            }

            done = child._behind;
            child.AppendWhole(whole);
        }

        whole.Append(text, done, text.Length - done);
    }

    private string Name => name;

    private string Text => _texts?.ToString() ?? _text!;
}
