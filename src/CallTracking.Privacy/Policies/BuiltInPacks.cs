using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>The law packs that come with the program, as the YAML texts that stand in <c>Packs/</c>.</summary>
internal static class BuiltInPacks
{
    private const string Folder = "packs/";
    private static readonly Lazy<IReadOnlyList<PolicyDocument>> Documents = new(Read);

    public static IReadOnlyList<PolicyDocument> All => Documents.Value;

    /// <summary>True for a pack as it came with the program, not for a document that took its name.</summary>
    public static bool IsPack(string file, string text) => All.Any(pack => pack.Name == file && pack.Yaml == text);

    private static List<PolicyDocument> Read()
    {
        var assembly = typeof(BuiltInPacks).Assembly;
        var packs = new List<PolicyDocument>();
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            packs.Add(new PolicyDocument { Name = name[Folder.Length..], Yaml = reader.ReadToEnd() });
        }

        return packs;
    }
}
