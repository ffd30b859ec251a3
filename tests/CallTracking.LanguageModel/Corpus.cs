using System.Text.Json;

namespace CallTracking.LanguageModel;

/// <summary>Texts by language: files <c>de.jsonl</c> of lines <c>{"text": …}</c>. Every tenth line is held out.</summary>
internal sealed record Corpus(IReadOnlyDictionary<string, IReadOnlyList<string>> Training, IReadOnlyDictionary<string, IReadOnlyList<string>> HeldOut)
{
    private const int HeldOutEvery = 10;

    // The file of Serbian is in Latin letters only.
    private static readonly Dictionary<string, string> Tags = new() { ["sr"] = "sr-Latn" };

    public static Corpus Read(string folder)
    {
        var training = new SortedDictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        var heldOut = new SortedDictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(folder, "*.jsonl").Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileNameWithoutExtension(file);
            var texts = File.ReadLines(file).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("text").GetString()!).ToList();
            var tag = Tags.GetValueOrDefault(name, name);
            training[tag] = [.. texts.Where((_, index) => index % HeldOutEvery != 0)];
            heldOut[tag] = [.. texts.Where((_, index) => index % HeldOutEvery == 0)];
        }

        return new Corpus(training, heldOut);
    }
}
