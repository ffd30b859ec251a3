using CallTracking.Mapping.Proposals;

namespace CallTracking.Mapping;

/// <summary>A list of objects that a proposal left out.</summary>
/// <param name="Line">Where the mapping file asks what they are.</param>
/// <param name="Path">As a mapping names it.</param>
/// <param name="First">A name within its objects: the first, or that of a text.</param>
public sealed record OpenList(int Line, string Path, string First)
{
    /// <summary>As a mapping takes one value of each object.</summary>
    public string OfEach => YamlText.Of($"{Path}[*].{First}");

    /// <summary>As a mapping takes each object for a message.</summary>
    public string Messages => $"{{each: {YamlText.Of(Path)}, fields: {{body: {YamlText.Of(First)}}}}}";
}
