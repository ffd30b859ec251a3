using System.Text;

namespace CallTracking.NameTraining;

/// <summary>Puts a labelled text together.</summary>
internal sealed class TextBuilder
{
    private readonly StringBuilder _text = new();
    private readonly List<(int Start, int End)> _names = [];

    public void Add(ReadOnlySpan<char> text) => _text.Append(text);

    public void AddName(string name)
    {
        _names.Add((_text.Length, _text.Length + name.Length));
        _text.Append(name);
    }

    public LabelledText Build(string source) => new(_text.ToString(), [.. _names], source);
}
