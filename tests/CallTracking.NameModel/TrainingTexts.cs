using CallTracking.Privacy;

namespace CallTracking.NameTraining;

/// <summary>All texts that a model learns from, and its lists.</summary>
internal sealed record TrainingTexts(IReadOnlyList<LabelledText> Texts, NameLexicon Lexicon)
{
    private static readonly HashSet<string> WithGenitives = ["fi", "hr", "sr", "cs", "sk", "ru", "hu", "bn", "or", "te", "ur", "hi"];

    public static TrainingTexts Gather(Corpus corpus, NameTable names, Dictionaries dictionaries, TrainerOptions options)
    {
        var dice = new Dice(options.Seed);
        var things = Things.Read(dictionaries);
        var corpora = corpus.Texts.OrderBy(pair => pair.Key, StringComparer.Ordinal).SelectMany(pair => UnlabelledNames.Without(pair.Value)).ToList();
        var texts = new List<LabelledText>(corpora);
        foreach (var language in TextResources.Languages.Where(language => options.Languages.Count == 0 || options.Languages.Contains(language)))
        {
            var support = SupportTexts.Read(language, names, things);
            texts.AddRange(support.Invent(options.TimesEach, dice));
            if (corpus.Texts.TryGetValue(language, out var cased) && Things.ScriptOf(language) is "latin" or "cyrillic")
            {
                texts.AddRange(cased!.Select(text => Casing.Otherwise(text, dice)).OfType<LabelledText>());
            }

            if (corpus.Texts.TryGetValue(language, out var own) && !WithGenitives.Contains(language))
            {
                var swap = new NameSwap(support.Persons, language, dictionaries.Transcribed(language), own);
                texts.AddRange(UnlabelledNames.Without(own).Where(_ => dice.IsLucky(options.Swapped)).Select(text => swap.Swap(text, dice)).OfType<LabelledText>());
            }
        }

        return new TrainingTexts(texts, ListBuilder.Build(names, things, dictionaries, corpora, LanguageBuilder.Build(corpus)));
    }
}
