using System.Text.Json;
using CallTracking.Testing;

namespace CallTracking.Mapping.Tests.Detection;

/// <summary>Texts of many languages from the shared data folder: four of five to learn from, the fifth to be judged by.</summary>
internal static class LanguageTexts
{
    // Languages of which there are names only.
    private static readonly Dictionary<string, string[]> NamesOf = new()
    {
        ["el"] = ["el", "GR"],
        ["he"] = ["he", "IL"],
        ["it"] = ["it", "IT"],
        ["pl"] = ["pl", "PL"],
        ["uk"] = ["uk", "UA"],
    };

    // Words that names do not have.
    private static readonly Dictionary<string, string[]> Sentences = new()
    {
        ["it"] =
        [
            "Non è più possibile: perché non può essere già così? Sarà una novità per la città e per la qualità dell’università.",
            "C’è però un’altra possibilità, cioè l’attività di lunedì o venerdì; né là né lì, giù o su, sì, finché ciò verrà.",
            "È andata così: poiché dà più libertà alla società, potrà e dovrà restare. Metà caffè, tè e virtù.",
        ],
    };

    /// <summary>By language, in the order of their names.</summary>
    public static IEnumerable<(string Language, IReadOnlyList<string> Texts)> Learned() => All(isHeldOut: false).Concat(Names());

    /// <summary>None of these has been learned from.</summary>
    public static IEnumerable<(string Language, IReadOnlyList<string> Texts)> HeldOut() => All(isHeldOut: true);

    private static IEnumerable<(string Language, IReadOnlyList<string> Texts)> All(bool isHeldOut)
    {
        var files = Directory.GetFiles(SharedData.Path("ner"), "*.jsonl").Order(StringComparer.Ordinal)
            .Select(file => (Language: Path.GetFileNameWithoutExtension(file), File: file)).Append((Language: "ko", File: SharedData.Path("pii", "ko_klue.jsonl")));
        foreach (var (language, file) in files)
        {
            yield return (language, [.. File.ReadLines(file).Select(TextOf).Where(text => IsHeldOut(text) == isHeldOut)]);
        }
    }

    private static IEnumerable<(string Language, IReadOnlyList<string> Texts)> Names()
    {
        var rows = File.ReadLines(SharedData.Path("names", "names.tsv")).Skip(1).Select(line => line.Split('\t')).ToLookup(cells => cells[0], cells => cells[2]);
        return NamesOf.Select(pair => (pair.Key, (IReadOnlyList<string>)[.. pair.Value.SelectMany(country => rows[country]), .. Sentences.GetValueOrDefault(pair.Key, [])]));
    }

    private static string TextOf(string line)
    {
        using var record = JsonDocument.Parse(line);
        return record.RootElement.GetProperty("text").GetString()!;
    }

    // By the text itself, so that the halves do not depend on an order.
    private static bool IsHeldOut(string text) => text.Aggregate(17, (hash, letter) => unchecked((hash * 31) + letter)) % 5 == 0;
}
