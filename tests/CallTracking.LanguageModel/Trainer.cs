using CallTracking.Mapping.Languages;

namespace CallTracking.LanguageModel;

/// <summary>Counts the pieces of the texts of one script and makes costs of them.</summary>
internal static class Trainer
{
    private const double Smoothing = 0.5;
    private const int LongEnough = 60;

    public static NgramModel Train(string script, IReadOnlyList<string> languages, Corpus corpus, int piecesPerLanguage)
    {
        var counts = languages.Select(language => Count(script, corpus.Training[language])).ToList();
        var vocabulary = counts
            .SelectMany(count => count.OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key, StringComparer.Ordinal).Take(piecesPerLanguage).Select(entry => entry.Key))
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var totals = counts.Select(count => count.Values.Sum() + (Smoothing * vocabulary.Count)).ToList();
        var costs = vocabulary.ToDictionary(
            piece => piece,
            piece => counts.Select((count, index) => CostOf((count.GetValueOrDefault(piece) + Smoothing) / totals[index])).ToArray(),
            StringComparer.Ordinal);
        var usual = languages.Select((language, index) => Usual(script, corpus.Training[language], costs, index)).ToList();
        return new NgramModel(languages, [.. usual.Select(pair => pair.Mean)], [.. usual.Select(pair => pair.Spread)], costs);
    }

    private static Dictionary<string, long> Count(string script, IEnumerable<string> texts)
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var piece in texts.SelectMany(text => Ngrams.Of(script, text)))
        {
            counts[piece] = counts.GetValueOrDefault(piece) + 1;
        }

        return counts;
    }

    private static byte CostOf(double share) => (byte)Math.Clamp(Math.Round(-10 * Math.Log(share)), 0, 255);

    private static (float Mean, float Spread) Usual(string script, IEnumerable<string> texts, Dictionary<string, byte[]> costs, int language)
    {
        var means = texts.Select(text => Ngrams.Of(script, text).ToList()).Where(pieces => pieces.Count >= LongEnough)
            .Select(pieces => pieces.Average(piece => costs.TryGetValue(piece, out var cost) ? cost[language] : NgramModel.UnknownCost)).ToList();
        if (means.Count == 0)
        {
            return (byte.MaxValue, 0);
        }

        var mean = means.Average();
        return ((float)mean, (float)Math.Sqrt(means.Average(value => (value - mean) * (value - mean))));
    }
}
