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
    private readonly List<(string Name, string Value)> _attributes = [];
    private readonly List<XmlBranch> _children = [];
    private StringBuilder? _text;

    public bool IsNil { get; set; }

    public bool IsEmpty => IsNil || (_attributes.Count == 0 && _children.Count == 0 && _text is null);

    public void AddAttribute(string attribute, string value) => _attributes.Add(("@" + attribute, value));

    public void AddText(ReadOnlySpan<char> text) => (_text ??= new StringBuilder()).Append(text);

    public XmlBranch AddChild(string child)
    {
        var added = new XmlBranch(child);
        _children.Add(added);
        return added;
    }

    /// <summary>As an object, even where there is nothing but text.</summary>
    public void WriteRecord(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        foreach (var (attribute, value) in _attributes)
        {
            json.WriteString(attribute, value);
        }

        if (_text is not null && (_children.Count == 0 || !IsBlank(_text)))
        {
            json.WriteString(JsonPath.Text, _text.ToString());
        }

        WriteChildren(json);
        json.WriteEndObject();
    }

    private void Write(Utf8JsonWriter json)
    {
        if (IsEmpty)
        {
            json.WriteNullValue();
        }
        else if (_attributes.Count == 0 && _children.Count == 0)
        {
            json.WriteStringValue(_text!.ToString());
        }
        else
        {
            WriteRecord(json);
        }
    }

    private void WriteChildren(Utf8JsonWriter json)
    {
        foreach (var same in _children.GroupBy(child => child.Name, StringComparer.Ordinal))
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

    private string Name => name;

    private static bool IsBlank(StringBuilder text)
    {
        foreach (var part in text.GetChunks())
        {
            if (!part.Span.IsWhiteSpace())
            {
                return false;
            }
        }

        return true;
    }
}
