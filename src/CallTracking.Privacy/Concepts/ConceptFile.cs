using System.Text;
using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>The outcome of reading a concept dictionary: its entries, or every fault at once.</summary>
/// <param name="Entries">Guards last; empty when there are faults.</param>
/// <param name="Faults">In the order of the files.</param>
public sealed record ConceptLoad(IReadOnlyList<DictionaryEntry> Entries, IReadOnlyList<Fault> Faults);

/// <summary>
/// A concept dictionary as people write it: one or several YAML documents, whose concepts and languages come together. What one reads,
/// <see cref="ConceptWriter"/> writes.
/// </summary>
public static class ConceptFile
{
    /// <summary>For patterns that hold in every language, such as codes.</summary>
    public const string AnyLanguage = "mul";

    /// <summary>The name of the dictionary that comes with the program.</summary>
    public const string StarterName = "hazards";

    private const string StarterPrefix = "concepts/";

    /// <summary>The documents of the dictionary that comes with the program: hazards, lots and firmwares in 12 languages.</summary>
    public static IReadOnlyList<(string File, string Yaml)> Starter { get; } = [.. typeof(ConceptFile).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(StarterPrefix, StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)
        .Select(name =>
        {
            using var reader = new StreamReader(typeof(ConceptFile).Assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
            return (name[StarterPrefix.Length..], reader.ReadToEnd());
        })];

    /// <summary>Reads documents that are one dictionary together. Never throws for what is in them.</summary>
    public static ConceptLoad Parse(IEnumerable<(string File, string Yaml)> documents)
    {
        ArgumentNullException.ThrowIfNull(documents);
        var reader = new ConceptReader();
        foreach (var (file, yaml) in documents)
        {
            reader.Read(file, yaml);
        }

        return reader.Finish();
    }
}
