namespace CallTracking.NameTraining;

/// <summary>The texts in folder <c>Texts</c>, by their files' names; lines that begin with # are for people.</summary>
internal static class TextResources
{
    public static IEnumerable<string> Lines(string name)
    {
        using var resource = typeof(TextResources).Assembly.GetManifestResourceStream(name) ?? throw new FileNotFoundException($"There are no texts '{name}'.");
        using var reader = new StreamReader(resource);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.StartsWith('#'))];
    }

    public static IEnumerable<string> Languages => typeof(TextResources).Assembly.GetManifestResourceNames()
        .Where(name => name is not ("things" or "words")).Order(StringComparer.Ordinal);
}
