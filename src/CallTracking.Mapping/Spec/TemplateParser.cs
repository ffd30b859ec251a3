using System.Text;
using CallTracking.Mapping.Values;
using YamlDotNet.RepresentationModel;

namespace CallTracking.Mapping.Spec;

/// <summary>Reads a <c>template</c>: columns in braces, sections that may fall away in square brackets; doubled signs stand for themselves.</summary>
internal sealed class TemplateParser(YamlScalarNode node, MappingScope scope, bool isOptional)
{
    private readonly string _text = node.Value ?? string.Empty;
    private int _at;

    /// <summary>Null, with a fault noted, when it is broken or names no column.</summary>
    public TextTemplate? Parse()
    {
        var template = Sequence(isSection: false);
        if (template is null)
        {
            scope.Faults.Add(node, "The template is broken: it needs columns in braces, and every bracket closed.", "Write \"{first} {last}[ ({department})]\"; {{ }} [[ ]] stand for the signs themselves.");
        }

        return template;
    }

    private TextTemplate? Sequence(bool isSection)
    {
        var parts = new List<TemplatePart>();
        var literal = new StringBuilder();
        while (_at < _text.Length)
        {
            var sign = _text[_at++];
            if (sign is '{' or '}' or '[' or ']' && _at < _text.Length && _text[_at] == sign)
            {
                literal.Append(sign);
                _at++;
            }
            else if (sign == ']' && isSection)
            {
                return parts.Count > 0 ? new TextTemplate(parts, literal.ToString()) : null;
            }
            else if (sign is '{' or '}' or '[' or ']')
            {
                if (Part(sign, isSection, literal.ToString()) is not { } part)
                {
                    return null;
                }

                parts.Add(part);
                literal.Clear();
            }
            else
            {
                literal.Append(sign);
            }
        }

        return parts.Count > 0 && !isSection ? new TextTemplate(parts, literal.ToString()) : null;
    }

    private TemplatePart? Part(char sign, bool isSection, string before)
    {
        if (sign == '[' && !isSection)
        {
            return Sequence(isSection: true) is { } section ? new TemplatePart(before, -1, section) : null;
        }

        var end = sign == '{' ? _text.IndexOf('}', _at) : -1;
        if (end <= _at)
        {
            return null;
        }

        var name = _text[_at..end];
        _at = end + 1;
        return new TemplatePart(before, scope.SlotOf(name, node.Start, isOptional), null);
    }
}
