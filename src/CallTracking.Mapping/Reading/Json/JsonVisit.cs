using System.Text.Json;
using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Reading.Json;

/// <summary>Shows the values of an object with their paths; what stands below a name that could be a value itself is left out.</summary>
internal readonly ref struct JsonVisit(ICellVisitor visitor)
{
    private const int Deepest = 16;
    private readonly List<char> _path = [];

    public void Show(JsonElement element) => Show(element, Deepest);

    private void Show(JsonElement element, int depth)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object when _path.Count > 0 && AtlassianText.Is(element):
                ShowDocument(element);
                break;
            case JsonValueKind.Object or JsonValueKind.Array when _path.Count > 0 && IsHollow(element):
                ShowNothing();
                break;
            case JsonValueKind.Object when depth > 0:
                ShowProperties(element, depth);
                break;
            case JsonValueKind.Array when depth > 0:
                Append("[*]");
                foreach (var item in element.EnumerateArray())
                {
                    Show(item, depth - 1);
                }

                Cut(3);
                break;
            case JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False when _path.Count > 0:
                ShowText(element);
                break;
            case JsonValueKind.Null when _path.Count > 0:
                ShowNothing();
                break;
        }
    }

    private void ShowProperties(JsonElement element, int depth)
    {
        foreach (var property in element.EnumerateObject())
        {
            // What a type of the source's own is wrapped in is no name.
            var name = JsonText.NameOf(property) is { } written ? written is JsonPath.Invariant or JsonPath.Text ? string.Empty : written : null;
            if (name is null || (name.Length > 0 && name != JsonPath.Member && !UnmappedNames.IsPlain(name.StartsWith('@') ? name[1..] : name)))
            {
                continue;
            }

            var dot = name.Length > 0 && _path.Count > 0 ? "." : string.Empty;
            Append(dot);
            Append(name);
            Show(property.Value, depth - 1);
            Cut(name.Length + dot.Length);
        }
    }

    private void ShowText(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.String)
        {
            visitor.Cell(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_path), 0, element.GetRawText());
        }
        else if (JsonText.Single(element, out var text) is null && text.Span.Trim() is { IsEmpty: false } trimmed)
        {
            visitor.Cell(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_path), 0, trimmed);
        }
        else
        {
            ShowNothing();
        }
    }

    private void ShowNothing() => visitor.Empty(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_path));

    private static bool IsHollow(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? element.GetArrayLength() == 0 : !element.EnumerateObject().MoveNext();

    private void ShowDocument(JsonElement element)
    {
        if (AtlassianText.Read(element, out var text) is null && text.Span.Trim() is { IsEmpty: false } trimmed)
        {
            visitor.Cell(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_path), 0, trimmed);
        }
    }

    private void Append(ReadOnlySpan<char> text)
    {
        foreach (var letter in text)
        {
            _path.Add(letter);
        }
    }

    private void Cut(int letters) => _path.RemoveRange(_path.Count - letters, letters);
}
