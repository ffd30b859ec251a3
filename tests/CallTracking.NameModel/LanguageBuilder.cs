using CallTracking.Privacy;

namespace CallTracking.NameTraining;

/// <summary>Finds the little words by which languages written with capitals are told from each other.</summary>
internal static class LanguageBuilder
{
    private const int WordsPerLanguage = 80;

    // Too much alike to be told apart by little words, and it does not matter here.
    private static readonly Dictionary<string, string> Alike = new() { ["sr"] = "hr", ["sk"] = "cs" };

    public static string LanguageOf(string corpus) => Alike.GetValueOrDefault(corpus, corpus);

    public static NameLanguages Build(Corpus corpus)
    {
        var counts = new SortedDictionary<string, Dictionary<uint, double>>(StringComparer.Ordinal);
        foreach (var (name, texts) in corpus.Texts)
        {
            var language = LanguageOf(name);
            if (Count(texts) is { Count: > 0 } words)
            {
                counts[language] = counts.TryGetValue(language, out var before) ? Sum(before, words) : words;
            }
        }

        var tags = counts.Keys.ToArray();
        var found = new Dictionary<uint, byte>();
        for (var i = 0; i < tags.Length; i++)
        {
            foreach (var (hash, share) in counts[tags[i]].OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).Take(WordsPerLanguage))
            {
                if (tags.All(other => other == tags[i] || counts[other].GetValueOrDefault(hash) * 3 < share))
                {
                    found[hash] = (byte)(i + 1);
                }
            }
        }

        return NameLanguages.Build(tags, found);
    }

    private static Dictionary<uint, double> Sum(Dictionary<uint, double> left, Dictionary<uint, double> right) =>
        left.Keys.Union(right.Keys).ToDictionary(hash => hash, hash => (left.GetValueOrDefault(hash) + right.GetValueOrDefault(hash)) / 2);

    // The share of each word among the words in lower case.
    private static Dictionary<uint, double> Count(IReadOnlyList<LabelledText> texts)
    {
        var counts = new Dictionary<uint, double>();
        var reader = new UnitReader();
        foreach (var text in texts)
        {
            reader.Read(text.Text, 0);
            for (var i = UnitReader.First; i < reader.End; i++)
            {
                if (reader.Units[i] is { Shape: UnitShape.Lower } unit)
                {
                    counts[unit.Hash] = counts.GetValueOrDefault(unit.Hash) + 1;
                }
            }
        }

        var total = counts.Values.Sum();
        return total < 1000 ? [] : counts.ToDictionary(pair => pair.Key, pair => pair.Value / total);
    }
}
