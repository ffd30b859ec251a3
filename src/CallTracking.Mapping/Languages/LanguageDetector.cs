namespace CallTracking.Mapping.Languages;

/// <summary>
/// Tells a text's language: by its script and its letters where they suffice, else by the frequency of short pieces in the languages
/// of that script. Answers "und" rather than a guess. Thread-safe.
/// </summary>
internal sealed class LanguageDetector(IReadOnlyDictionary<string, NgramModel> models)
{
    /// <summary>BCP 47's word for "cannot be told".</summary>
    public const string Undetermined = "und";

    // Pieces overlap: a letter is counted in about so many, and chances must not be multiplied as if they were independent.
    private const double Overlap = 4;
    private const double CostsPerLog = 10;
    private const double LeastConfidence = 0.9;
    private const int FewestPieces = 12;
    private const int PiecesForStrangers = 60;
    private const double StrangerSpreads = 3;

    private static readonly Lazy<LanguageDetector> Own = new(LoadOwn);

    /// <summary>With the models of this version.</summary>
    public static LanguageDetector Default => Own.Value;

    /// <summary>Every tag that is answered by statistics.</summary>
    public IEnumerable<string> Trained => models.Values.SelectMany(model => model.Languages).Distinct(StringComparer.Ordinal);

    /// <summary>True for tags that can be answered, by statistics or by letters alone.</summary>
    public bool Knows(string tag) => Trained.Contains(tag) || Scripts.Answers.Contains(tag);

    /// <summary>A BCP 47 tag.</summary>
    /// <param name="text">Any text; its first few thousand characters count.</param>
    /// <param name="among">The only languages that can be; null: all that are known.</param>
    public string Detect(string text, IReadOnlyCollection<string>? among = null)
    {
        var script = Scripts.Of(text);
        if (script is null || !models.TryGetValue(script, out var model))
        {
            return script is null || (among is not null && !among.Contains(script)) ? Undetermined : script;
        }

        var sums = new double[model.Languages.Count];
        var pieces = 0;
        foreach (var piece in Ngrams.Of(script, text))
        {
            pieces++;
            model.Costs.TryGetValue(piece, out var costs);
            for (var index = 0; index < sums.Length; index++)
            {
                sums[index] += costs is null ? NgramModel.UnknownCost : costs[index];
            }
        }

        return Best(model, sums, pieces, script == Scripts.Han ? 1 : FewestPieces, among);
    }

    private static string Best(NgramModel model, double[] sums, int pieces, int fewest, IReadOnlyCollection<string>? among)
    {
        var candidates = Enumerable.Range(0, sums.Length).Where(index => among is null || among.Contains(model.Languages[index])).ToList();
        if (candidates.Count == 0 || pieces < fewest)
        {
            return Undetermined;
        }

        var best = candidates.MinBy(index => sums[index]);
        var others = candidates.Sum(index => Math.Exp((sums[best] - sums[index]) / (CostsPerLog * Overlap)));
        var isStranger = among is null && pieces >= PiecesForStrangers
            && sums[best] / pieces > model.UsualCost[best] + (StrangerSpreads * model.Spread[best]);
        return 1 / others >= LeastConfidence && !isStranger ? model.Languages[best] : Undetermined;
    }

    private static LanguageDetector LoadOwn()
    {
        using var stream = typeof(LanguageDetector).Assembly.GetManifestResourceStream("languages.model")!;
        return new LanguageDetector(NgramModel.Load(stream));
    }
}
